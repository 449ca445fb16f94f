"""Whatever the window replaces may get every kind of event before it is gone: nothing happens."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from playground.app.window.main_window import MainWindow
from playground.document.changes import with_depth
from tests.every_event import send_every_event
from widgets.style.letting_go import _Deafness
from widgets.values import Choice, NodeKey


def silenced(widgets: list[QWidget]) -> list[QWidget]:
    """Return those of `widgets` that were let go of, with what they hold."""
    gone = [widget for widget in widgets if isValid(widget) and _Deafness in map(type, widget.children())]
    return [part for widget in gone for part in (widget, *widget.findChildren(QWidget))]


def test_nothing_that_was_let_go_of_still_hears(window: MainWindow, qtbot: QtBot) -> None:
    parts, session = window.parts, window.session

    def new_data() -> None:
        parts.panels.gallery.more.click()
        tile = next(iter(parts.panels.gallery.tiles.values()))
        tile.setFocus()
        data = next(one for one in parts.presenters if type(one).__name__ == "DataPresenter")
        data._show_more_items()

    again = {Choice("again", "Try again", "Read the file again."): lambda: None}
    steps = {
        "Button": lambda: [parts.notices.show("Not read", text, again) for text in "ab"],
        "DatasetTile": new_data,
        "PhaseChip": lambda: session.change(with_depth(4), "Four layers"),
        "HiddenHeader": lambda: session.change(with_depth(1), "One layer"),
        "QMenu": lambda: [parts.hand_edits.fill(NodeKey(1, unit)) for unit in (0, 1)],
    }
    tried: set[str] = set()
    for step in steps.values():
        step()
        document, run = session.document, session.run.iteration
        for widget in silenced(window.findChildren(QWidget)):
            tried.add(type(widget).__name__)
            send_every_event(widget)
        assert session.document is document
        assert session.run.iteration == run
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert set(steps) <= tried
