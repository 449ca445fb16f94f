"""Later: nothing before the first paint, everything once, one part at a time, and at once when it is needed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.app.window.deferred import DeferredLoading
from playground.app.window.inspector_pages import PAGES
from playground.app.window.main_window import MainWindow
from playground.app.window.start import open_window
from playground.files.settings import Settings
from playground.session.session import Session


def test_parts_are_made_once_in_order_after_the_first_paint(qtbot: QtBot) -> None:
    window, made = QWidget(), list[str]()
    qtbot.addWidget(window)
    later = DeferredLoading(window)
    for key in ("first", "second"):
        later.add(key, lambda key=key: made.append(key))
    assert made == []
    window.show()
    qtbot.waitUntil(lambda: made == ["first", "second"])
    later.finish()
    assert made == ["first", "second"]


def test_a_part_that_is_needed_is_made_at_once_and_never_again() -> None:
    window, made = QWidget(), list[str]()
    later = DeferredLoading(window)
    for key in ("first", "second"):
        later.add(key, lambda key=key: made.append(key))
    later.need("second")
    later.need("second")
    assert made == ["second"]
    assert later.waiting == ("first",)
    later.finish()
    assert made == ["second", "first"]
    window.deleteLater()


def test_a_window_that_was_not_painted_yet_has_made_nothing_that_is_not_seen(qtbot: QtBot) -> None:
    window = MainWindow(Session(), Settings())
    qtbot.addWidget(window)
    keys = tuple(spec.key for spec in PAGES)
    assert set(keys) <= set(window.later.waiting)
    for at, spec in enumerate(PAGES, start=1):
        assert window.panels.inspector.tabs.tabText(at) == spec.title
    window.panels.inspector.show_page("jacobian")
    assert set(window.pages.presenters) == {"jacobian"}
    assert window.panels.jacobian.isVisibleTo(window)


def test_a_window_that_opens_shows_the_numbers_of_its_network_and_every_part_in_its_share(qtbot: QtBot) -> None:
    window = open_window()
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: not window.later.waiting)
    assert window.panels.network.canvas.scene.frame is not None
    sizes = [dock.size() for dock in window.docks.values()]
    window.shares.give()
    assert [dock.size() for dock in window.docks.values()] == sizes
