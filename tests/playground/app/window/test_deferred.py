"""Deferred loading: nothing before the first paint, everything once, one part at a time, at once when needed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Generator
from importlib import import_module
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QWidget, QWidgetItem
from pytestqt.qtbot import QtBot
from shiboken6 import getAllValidWrappers

from playground.app.window.construction import make_stage, new_window, shown_offscreen
from playground.app.window.deferred import DeferredLoading
from playground.app.window.inspector_pages import PAGES
from playground.app.window.layout_memory import LayoutMemory
from playground.app.window.main_window import MainWindow
from playground.app.window.start import collector_at_rest, open_window
from playground.engine.slices import finish
from playground.files import lesson_file
from playground.files.settings import Settings
from playground.session.session import Session


def test_parts_are_made_once_in_order_after_the_first_paint(qtbot: QtBot) -> None:
    window, made = QWidget(), list[str]()
    qtbot.addWidget(window)
    deferred = DeferredLoading(window)
    for key in ("first", "second"):
        deferred.add(key, lambda key=key: made.append(key))
    assert made == []
    window.show()
    qtbot.waitUntil(lambda: made == ["first", "second"])
    deferred.finish()
    assert made == ["first", "second"]


def test_a_part_that_is_needed_is_made_at_once_and_never_again() -> None:
    window, made = QWidget(), list[str]()
    deferred = DeferredLoading(window)
    for key in ("first", "second"):
        deferred.add(key, lambda key=key: made.append(key))
    deferred.need("second")
    deferred.need("second")
    assert made == ["second"]
    assert deferred.waiting == ("first",)
    deferred.finish()
    assert made == ["second", "first"]
    window.deleteLater()


def test_what_it_begins_with_comes_before_what_was_added() -> None:
    window, made = QWidget(), list[str]()
    deferred = DeferredLoading(window)
    deferred.add("part", lambda: made.append("part"))
    deferred.begin_with("painting", lambda: made.append("painting"))
    deferred.finish()
    assert made == ["painting", "part"]
    window.deleteLater()


def pieces(made: list[str], *names: str) -> Generator[None, None, None]:
    for name in names:
        made.append(name)
        yield


def test_a_part_in_pieces_is_made_one_an_event_before_the_next_part(qtbot: QtBot) -> None:
    window, made = QWidget(), list[str]()
    qtbot.addWidget(window)
    deferred, seen = DeferredLoading(window), list[tuple[str, ...]]()
    deferred.add("plot", lambda: pieces(made, "plot", "curves"))
    deferred.add("next", lambda: made.append("next"))
    beside = QTimer(window)
    beside.timeout.connect(lambda: seen.append(tuple(made)))
    beside.start(0)
    window.show()
    qtbot.waitUntil(lambda: made == ["plot", "curves", "next"])
    beside.stop()
    assert ("plot",) in seen
    assert ("plot", "curves") in seen
    assert deferred.waiting == ()


def test_a_part_that_is_begun_is_made_to_its_end_when_it_or_another_is_needed() -> None:
    for needed in ("plot", "other"):
        window, made = QWidget(), list[str]()
        deferred = DeferredLoading(window)
        deferred.add("plot", lambda made=made: pieces(made, "plot", "curves"))
        deferred.add("other", lambda made=made: made.append("other"))
        deferred._make_next()
        assert (made, deferred.waiting) == (["plot"], ("plot", "other"))
        deferred.need(needed)
        assert made[:2] == ["plot", "curves"]
        assert ("other" in made) is (needed == "other")
        deferred.finish()
        assert made == ["plot", "curves", "other"]
        window.deleteLater()


def test_modules_are_loaded_one_an_event_in_the_main_thread_before_the_part_that_needs_them(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "slow_module.py").write_text("import threading\nWHO = threading.current_thread()\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    window, made = QWidget(), list[str]()
    qtbot.addWidget(window)
    deferred = DeferredLoading(window)
    deferred.add("needs it", lambda: made.append(sys.modules["slow_module"].WHO.name), ("slow_module",))
    deferred.add("next", lambda: made.append("next"))
    window.show()
    qtbot.waitUntil(lambda: not deferred.waiting)

    assert made == ["MainThread", "next"]
    del sys.modules["slow_module"]


def test_a_module_that_cannot_be_loaded_says_so_where_it_is_needed(qtbot: QtBot) -> None:
    window, made = QWidget(), list[str]()
    qtbot.addWidget(window)
    deferred = DeferredLoading(window)

    def make() -> None:
        with pytest.raises(ModuleNotFoundError):
            import_module("no_such_module")
        made.append("said")

    deferred.add("needs it", make, ("no_such_module",))
    window.show()
    qtbot.waitUntil(lambda: made == ["said"])


def test_a_window_that_was_not_painted_yet_has_made_nothing_that_is_not_seen(qtbot: QtBot) -> None:
    window = new_window(Session(), Settings())
    qtbot.addWidget(window)
    keys = tuple(spec.key for spec in PAGES)
    assert set(keys) <= set(window.parts.deferred.waiting)
    for at, spec in enumerate(PAGES, start=1):
        assert window.parts.panels.inspector.tabs.tabText(at) == spec.title
    window.parts.panels.inspector.show_page("jacobian")
    assert set(window.parts.pages.presenters) == {"jacobian"}
    assert window.parts.pages.widget("jacobian").isVisibleTo(window)


def test_a_window_that_opens_shows_the_numbers_of_its_network_and_every_part_in_its_share(qtbot: QtBot) -> None:
    window = open_window()
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: not window.parts.deferred.waiting)
    assert window.parts.panels.network.canvas.scene.frame is not None
    sizes = [dock.size() for dock in window.parts.docks.values()]
    window.parts.sizes.apply()
    assert [dock.size() for dock in window.parts.docks.values()] == sizes


def test_the_docks_of_a_window_that_opens_are_painted_in_turn(qtbot: QtBot) -> None:
    window = open_window()
    qtbot.addWidget(window)
    deferred, docks = window.parts.deferred, window.parts.docks.values()
    shown = [dock for dock in docks if dock.isVisible()]
    held = [dock for dock in shown if not dock.updatesEnabled()]
    assert (window.updatesEnabled(), held, deferred.waiting[0]) == (True, shown, "painting")
    qtbot.waitUntil(lambda: "painting" not in deferred.waiting)
    assert all(dock.updatesEnabled() for dock in docks)


def test_the_window_of_an_animation_is_made_in_steps_and_holds_what_is_needed(qtbot: QtBot) -> None:
    work, steps = make_stage(Session(), (1280, 760)), 0
    while True:
        try:
            next(work)
        except StopIteration as end:
            stage = end.value
            break
        QApplication.processEvents()
        steps += 1
    qtbot.addWidget(stage.window)
    QApplication.processEvents()
    assert steps == 7
    assert "curves" in stage.window.parts.deferred.waiting
    assert stage.network.scene.frame is not None
    assert not stage.window.updatesEnabled()  # nobody sees it: only its pictures are drawn
    assert not stage.network.updatesEnabled()


def test_a_window_that_nobody_sees_does_not_stand_as_the_last_one_was_left(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    restore = MagicMock(return_value=False)
    monkeypatch.setattr(LayoutMemory, "restore", restore)
    for unseen in (finish(make_stage(Session(), (1280, 760))).window, shown_offscreen(Session(), (1280, 760))):
        qtbot.addWidget(unseen)
        assert restore.call_count == 0
    qtbot.addWidget(new_window(Session(), Settings()))
    assert restore.call_count == 1


@pytest.mark.parametrize("steps", [1, 2, 3, 4, 6])
def test_the_window_of_an_animation_that_is_cancelled_leaves_nothing(qapp: QApplication, steps: int) -> None:
    before = _windows(qapp)
    work = make_stage(Session(), (1280, 760))
    for _ in range(steps):
        next(work)
    work.close()
    del work
    for _ in range(2):  # what a connection held is let go of with its sender
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    assert _windows(qapp) == before


def _windows(application: QApplication) -> set[QWidget]:
    """Return every window and every dock that stands alone."""
    return {one for one in application.topLevelWidgets() if isinstance(one, QMainWindow | QDockWidget)}


def test_the_collector_rests_while_the_window_is_made_and_skips_what_was_made() -> None:
    try:
        with collector_at_rest():
            assert not gc.isenabled()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def test_no_wrapper_of_a_layout_item_outlives_the_making_of_a_window(window: MainWindow) -> None:
    # A widget that is made at the address of such an item would be taken for it.
    window.parts.deferred.finish()
    assert not [thing for thing in getAllValidWrappers() if isinstance(thing, QWidgetItem)]


def test_the_lessons_are_read_one_by_one_while_nothing_happens(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window, read = new_window(Session(), Settings()), MagicMock(side_effect=lesson_file.load)
    qtbot.addWidget(window)
    monkeypatch.setattr(lesson_file, "load", read)
    parts = window.parts
    reading = parts.lessons.read_shipped()
    for n_read, _ in enumerate(reading, start=1):
        assert read.call_count == n_read
    assert parts.lessons.shipped() == lesson_file.shipped()
    read.reset_mock()
    parts.actions["lessons"].trigger()
    assert read.call_count == 0
