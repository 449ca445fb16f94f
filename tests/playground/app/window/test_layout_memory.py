"""What a user leaves comes back, to the pixel: at the next start, after a crash, after lecture mode."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.app.window import layout_memory, main_window
from playground.app.window.construction import new_window
from playground.app.window.lecture_mode import scale_for
from playground.app.window.main_window import FRAME, MainWindow
from playground.app.window.start import make_application, open_window
from playground.document.document import Node
from playground.files.settings import Settings
from playground.session.session import Session
from widgets.frame.panel_dock import QuietScrollBar
from widgets.style import style

ORIENTATION = Qt.Orientation


def started(qtbot: QtBot, size: tuple[int, int]) -> MainWindow:
    """Return a window as the next start shows it: the window manager gives it its size late."""
    make_application("light")
    window = new_window(Session(), Settings())
    qtbot.addWidget(window)
    window.show()
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.parts.deferred.finish()
    qtbot.wait(0)
    window.resize(*size)  # the screen of the tests is smaller
    qtbot.wait(0)
    window.parts.memory._end_settling()
    return window


def rectangles(window: MainWindow) -> dict[str, QRect]:
    """Return where the network and each visible panel stand."""
    for _ in range(8):  # each widget passes on what it needs to the one that holds it
        QApplication.processEvents()
    shown = {key: dock.geometry() for key, dock in window.parts.docks.items() if dock.content.isVisible()}
    return shown | {"network": window.centralWidget().geometry()}


def leave(window: MainWindow) -> dict[str, QRect]:
    """Let the layout be kept as after a moment of rest, and return it; the window is not closed, as in a crash."""
    left = rectangles(window)
    window.parts.memory.keep()
    window.hide()
    return left


def _widen(window: MainWindow) -> None:
    docks = window.parts.docks
    window.resizeDocks([docks["setup"], docks["output"]], [333, 401], ORIENTATION.Horizontal)
    window.resizeDocks([docks["inspector"]], [411], ORIENTATION.Vertical)
    window.parts.sizes.follow_window = False


def _float(window: MainWindow) -> None:
    dock = window.parts.docks["output"]
    dock.setFloating(True)
    dock.setGeometry(60, 80, 500, 470)


def _close_and_open(window: MainWindow) -> None:
    window.parts.docks["flow"].close()
    window.parts.views.open("statistics")


@pytest.mark.parametrize("size", [(1366, 740), (1600, 960), (1100, 600)])
@pytest.mark.parametrize("change", [lambda _window: None, _widen, _float, _close_and_open])
def test_three_starts_show_what_was_left(qtbot: QtBot, size: tuple[int, int], change: object) -> None:
    window = started(qtbot, size)
    window.parts.layout.arrange_at(*size)
    change(window)  # type: ignore[operator]
    left = leave(window)
    for _ in range(2):
        window = started(qtbot, size)
        assert rectangles(window) == left
        leave(window)


def test_a_panel_that_floats_shows_its_content_after_the_next_start(qtbot: QtBot) -> None:
    window = started(qtbot, (1366, 740))
    _float(window)
    leave(window)
    window = open_window()
    qtbot.addWidget(window)
    dock = window.parts.docks["output"]
    assert dock.isFloating()
    qtbot.waitUntil(dock.updatesEnabled)
    assert dock.content.updatesEnabled()


def test_lecture_mode_gives_the_layout_back(qtbot: QtBot) -> None:
    window = started(qtbot, (1366, 740))
    _widen(window)
    left = rectangles(window)
    for _ in range(2):
        window.parts.actions["lecture"].trigger()
        qtbot.waitUntil(window.updatesEnabled)
        assert "setup" not in rectangles(window)  # its room goes to the network
        window.parts.memory.keep()
        window.parts.actions["lecture"].trigger()
        window.resize(1366, 740)
        qtbot.waitUntil(window.updatesEnabled)
        window.parts.memory._end_settling()
        assert rectangles(window) == left
    stored = Settings().last_layout()
    assert stored is not None
    assert (stored.sizes.width, stored.sizes.height) == (1366, 740)


def test_docks_keep_their_shares_on_another_screen(qtbot: QtBot) -> None:
    window = started(qtbot, (1920, 1000))
    window.resizeDocks([window.parts.docks["output"]], [700], ORIENTATION.Horizontal)
    window.parts.sizes.follow_window = False
    leave(window)
    small = rectangles(started(qtbot, (1366, 740)))
    assert small["output"].width() == pytest.approx(700 * 1366 / 1920, abs=2)
    assert small["network"].width() > 500


def test_the_first_window_and_its_frame_lie_inside_the_screen(qtbot: QtBot) -> None:
    window = new_window(Session(), Settings())
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    assert window.y() >= room.top()  # of the frame: `move` places it, not what is in it
    assert window.y() + FRAME.top() + window.height() <= room.bottom() + 1
    window.open()
    assert window.isMaximized()  # this screen is smaller than the window would like


def test_the_inspector_is_a_slim_bar_until_something_is_selected(qtbot: QtBot) -> None:
    window = started(qtbot, (1366, 740))
    inspector, network = window.parts.docks["inspector"], window.centralWidget()
    slim, wide = inspector.height(), network.height()
    assert slim < 60
    window.session.select(node=Node(1, 0))
    qtbot.waitUntil(lambda: inspector.height() > 250)
    assert network.height() < wide - 150
    open_height = inspector.height()
    window.session.select(node=None)
    qtbot.waitUntil(lambda: inspector.height() == slim and network.height() == wide)
    window.parts.panels.inspector.show_page("tensors")  # which needs no selection
    qtbot.waitUntil(lambda: inspector.height() == open_height)
    window.parts.panels.inspector.show_page("gradients")
    leave(window)
    again = started(qtbot, (1366, 740))
    assert again.parts.docks["inspector"].height() == slim
    again.session.select(node=Node(1, 0))
    qtbot.waitUntil(lambda: again.parts.docks["inspector"].height() == open_height)


def test_the_inspector_becomes_slim_when_the_selection_of_the_first_start_is_cleared(qtbot: QtBot) -> None:
    window = open_window()
    qtbot.addWidget(window)
    window.parts.deferred.finish()
    assert window.session.view.selection.node == Node(1, 0)
    window.session.select(node=None)
    qtbot.waitUntil(lambda: window.parts.docks["inspector"].height() < 60)
    bars = window.parts.docks["inspector"].findChildren(QuietScrollBar)
    qtbot.waitUntil(lambda: all(bar.maximum() == 0 for bar in bars if bar.isVisible()))


@pytest.mark.parametrize("size", [(1092, 599), (1024, 600), (900, 560)])
def test_nothing_lies_over_anything_in_a_low_window_and_panels_scroll(qtbot: QtBot, size: tuple[int, int]) -> None:
    window = started(qtbot, size)
    window.session.select(node=Node(1, 0))
    places = rectangles(window)
    for one, other in combinations(places, 2):
        assert not places[one].intersects(places[other]), (one, other)
    assert all(place.bottom() < window.statusBar().y() for place in places.values())
    assert (window.width(), window.height()) == size


@pytest.mark.parametrize("size", [(1366, 740), (1600, 960), (1920, 1040), (1092, 599)])
def test_the_network_has_the_largest_area(qtbot: QtBot, size: tuple[int, int]) -> None:
    window = started(qtbot, size)
    for node in (None, Node(1, 0)):
        window.session.select(node=node)
        areas = {key: place.width() * place.height() for key, place in rectangles(window).items()}
        assert max(areas, key=areas.__getitem__) == "network"


def test_the_network_dominates_in_lecture_mode(qtbot: QtBot) -> None:
    window = started(qtbot, (1366, 740))
    window.session.select(node=Node(1, 0))
    window.parts.actions["lecture"].trigger()
    qtbot.waitUntil(window.updatesEnabled)
    window.showNormal()
    window.resize(1366, 740)  # as large as a laptop's screen: that of the tests is 800 × 800
    qtbot.waitUntil(lambda: style.current().scale == scale_for(window.size()) and window.updatesEnabled())
    window.parts.memory.fit()
    places = rectangles(window)
    areas = {key: place.width() * place.height() for key, place in places.items()}
    assert max(areas, key=areas.__getitem__) == "network"
    assert places["network"].height() > 1.2 * places["inspector"].height()


def test_lecture_mode_at_once_gives_the_settled_layout_back(qtbot: QtBot) -> None:
    settled = rectangles(started(qtbot, (1366, 740)))
    window = new_window(Session(), Settings())
    qtbot.addWidget(window)
    window.show()
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 740)
    for _ in range(2):
        window.parts.actions["lecture"].trigger()
    window.parts.deferred.finish()
    window.resize(1366, 740)
    qtbot.waitUntil(window.updatesEnabled)
    window.parts.memory._end_settling()
    assert rectangles(window) == settled


def test_a_desktop_gets_its_layout_back_after_another_one(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def use(desktop: str) -> None:
        for module in (main_window, layout_memory):
            monkeypatch.setattr(module, "desktop_name", lambda: desktop)

    use("1600x1000")
    window = started(qtbot, (1600, 960))
    _widen(window)
    left = leave(window)
    use("1366x768")
    window = started(qtbot, (1366, 740))
    assert rectangles(window)["setup"].width() == pytest.approx(333 * 1366 / 1600, abs=2)
    leave(window)
    use("1600x1000")
    assert rectangles(started(qtbot, (1600, 960))) == left


@pytest.mark.parametrize("size", [(910, 490), (1093, 590), (1366, 740)], ids=["144 dpi", "120 dpi", "96 dpi"])
def test_no_panel_is_larger_than_the_network_on_a_small_laptop(window: MainWindow, size: tuple[int, int]) -> None:
    window.parts.session.select(node=Node(1, 0))
    window.parts.layout.arrange_at(*size)
    found = rectangles(window)
    areas = {key: place.width() * place.height() for key, place in found.items()}
    assert max(areas, key=areas.__getitem__) == "network", areas


@pytest.mark.parametrize("size", [(1366, 700), (1500, 900)])
def test_a_panel_that_is_opened_or_closed_while_the_window_settles_stays_so(
    qtbot: QtBot, size: tuple[int, int]
) -> None:
    leave(started(qtbot, (1366, 700)))
    make_application("light")
    window = new_window(Session(), Settings())
    qtbot.addWidget(window)
    window.show()
    window.parts.deferred.finish()
    docks = window.parts.docks
    assert docks["statistics"].isHidden()
    docks["statistics"].toggleViewAction().trigger()
    docks["output"].hide()
    window.resize(*size)
    qtbot.wait(0)
    window.parts.memory._end_settling()
    qtbot.wait(0)
    assert docks["statistics"].content.isVisible()
    assert docks["output"].isHidden()
    assert not docks["curves"].isHidden()
