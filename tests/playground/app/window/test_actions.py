"""Keys: each has one meaning in a window, and the windows do not contradict each other."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from playground.app.window.actions import ACTIONS
from playground.app.window.circuits_window import KEYS
from playground.app.window.main_window import MainWindow
from playground.app.window.view_docks import VIEWS

SAME = {
    "play": "Play or pause",
    "step": "Compute the next gate",
    "back": "Undo the last gate",
    "epoch": "Go to the end: both passes are done",
    "reset": "Go to the start: only the inputs are known",
    "predict": "Predict: fill in the backward pass",
    "reveal": "Reveal the next hidden number",
    "circuits": "Back to the network",
    "shortcuts": "Keys",
    "clear_selection": "Back to the network",
}
"""An action of the main window, and what the same keys do in the Circuits window: the same there."""


def keys_of(owner: QWidget) -> list[tuple[str, str]]:
    """Return (key, text) of every action and every shortcut that works in the window of `owner` or in a part of it."""
    found: set[QAction] = set()
    for widget in (owner, *owner.findChildren(QWidget)):
        if home_of(widget) is owner:
            found.update(widget.actions())
    inside = [one for one in owner.findChildren(QShortcut) if home_of(one.parent()) is owner]
    return [(key.toString(), action.text()) for action in found for key in action.shortcuts()] + [
        (key.toString(), one.whatsThis()) for one in inside for key in QShortcut.keys(one)
    ]


def home_of(widget: QWidget) -> QWidget:
    """Return the window of `widget`; of a menu, that which it opens in."""
    return home_of(widget.parentWidget()) if isinstance(widget, QMenu) else widget.window()


def test_every_key_of_the_table_is_one_that_qt_knows_and_stands_there_once() -> None:
    for names in (
        [key for spec in ACTIONS for key in spec.keys + spec.canvas_keys],
        [key for entry in KEYS for key in entry.keys + entry.canvas],
    ):
        assert [name for name, n in Counter(names).items() if n > 1] == []
        assert [QKeySequence(name).toString() for name in names] == names


def test_no_key_means_two_things_in_a_window(window: MainWindow) -> None:
    window.parts.deferred.finish()
    for spec in VIEWS:
        window.parts.views.open(spec.key)
        QApplication.processEvents()
    for owner in (window, window.parts.circuits.window):
        keys = Counter(key for key, _text in keys_of(owner))
        assert keys["F5"] == keys["F1"] == 1
        assert {key for key, n in keys.items() if n > 1} == set()


def test_a_key_of_both_windows_means_the_same_in_both() -> None:
    circuits = {key: entry.text for entry in KEYS for key in entry.keys + entry.canvas} | {"F1": "Keys"}
    shared = {
        key: (spec.key, circuits[key]) for spec in ACTIONS for key in spec.keys + spec.canvas_keys if key in circuits
    }
    assert {key: pair for key, pair in shared.items() if SAME.get(pair[0]) != pair[1]} == {}
    assert {"F5", "F10", "Space", "Esc"} <= set(shared)


def test_no_two_entries_of_a_menu_are_reached_by_the_same_letter(window: MainWindow) -> None:
    menus = [entry.menu() for entry in window.menuBar().actions()]
    menus += [entry.menu() for menu in menus for entry in menu.actions() if entry.menu() is not None]
    for menu in menus:
        menu.aboutToShow.emit()
        texts = [action.text().replace("&&", "") for action in menu.actions()]
        letters = Counter(QKeySequence.mnemonic(text).toString() for text in texts if "&" in text)
        assert {letter for letter, n in letters.items() if n > 1} == set(), menu.objectName()
