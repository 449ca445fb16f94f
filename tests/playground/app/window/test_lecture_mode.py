"""Lecture mode fits every screen, and the docks keep their shares of the window until the user drags a border."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from playground.app.window.lecture_mode import LEAST_SCALE, MOST_SCALE, LectureMode, scale_for
from playground.app.window.main_window import MainWindow
from playground.document.document import Node
from widgets.frame.panel_dock import LowScrollArea
from widgets.style import style


@pytest.mark.parametrize(
    ("size", "scale"),
    [
        ((800, 600), LEAST_SCALE),
        ((1280, 720), 1.15),
        ((1600, 1000), 1.45),
        ((1920, 1080), 1.6),
        ((3840, 2160), MOST_SCALE),
    ],
)
def test_type_is_as_large_as_the_screen_has_room_for(size: tuple[int, int], scale: float) -> None:
    assert scale_for(QSize(*size)) == pytest.approx(scale)


@pytest.mark.slow
def test_lecture_mode_enlarges_type_and_lines_lays_nothing_over_anything_and_goes_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    widths = {name: dock.width() for name, dock in window.parts.docks.items()}
    window.parts.actions["lecture"].trigger()
    qtbot.waitUntil(window.updatesEnabled)
    window.showNormal()  # a screen of another size
    for size in ((1600, 1000), (1280, 720)):
        window.resize(*size)
        qtbot.waitUntil(lambda: style.current().scale == scale_for(window.size()) and window.updatesEnabled())
        QApplication.processEvents()
        assert window.size() == QSize(*size)
        assert style.current().stroke > 1.5
        shown = [
            window.centralWidget(),
            *(dock for dock in window.parts.docks.values() if not dock.visibleRegion().isEmpty()),
        ]
        for one, other in combinations(shown, 2):
            assert not one.geometry().intersects(other.geometry()), (size, one.objectName(), other.objectName())
    window.parts.actions["lecture"].trigger()
    assert style.current().scale == 1.0
    qtbot.waitUntil(window.updatesEnabled)
    window.resize(1600, 1000)
    for _ in range(3):
        QApplication.processEvents()
    assert {name: dock.width() for name, dock in window.parts.docks.items()} == widths
    assert not window.isFullScreen()


def test_a_drag_of_the_border_in_lecture_mode_changes_the_type_once(window: MainWindow, qtbot: QtBot) -> None:
    window.parts.actions["lecture"].trigger()
    qtbot.waitUntil(window.updatesEnabled)
    window.showNormal()
    lecture = window.findChild(LectureMode)
    assert lecture is not None
    resting = lecture.findChild(QTimer)
    assert resting is not None
    resting.setInterval(60_000)  # however slow the machine is, the drag is one
    scales = [style.current().scale]
    for step in range(10):
        window.resize(1250 + 35 * step, 760 + 24 * step)
        QApplication.processEvents()
        scales.append(style.current().scale)
    assert len(set(scales)) == 1
    assert resting.isActive()
    resting.start(0)
    qtbot.waitUntil(lambda: style.current().scale == scale_for(window.size()) and window.updatesEnabled())
    assert style.current().scale > scales[0]
    window.parts.actions["lecture"].trigger()


class Paints(QObject):
    """Notes at what size of the window a widget is painted, and with how large a type."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.seen: list[tuple[QSize, float]] = []
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.seen.append((watched.size(), style.current().scale))
        return False


def test_lecture_mode_is_drawn_when_everything_stands_in_its_place(window: MainWindow, qtbot: QtBot) -> None:
    canvas = window.parts.panels.network.canvas
    paints = Paints(canvas)
    for scale in (scale_for(window.screen().size()), 1.0):
        window.parts.actions["lecture"].trigger()
        paints.seen.clear()
        assert not window.updatesEnabled()
        qtbot.waitUntil(window.updatesEnabled)
        qtbot.waitUntil(lambda: len(paints.seen) > 0)
        for _ in range(3):
            QApplication.processEvents()
        assert [one for one in paints.seen if one != (canvas.size(), scale)] == []


def test_each_piece_of_a_switch_of_lecture_mode_is_an_event_of_its_own(window: MainWindow, qtbot: QtBot) -> None:
    """What is posted is carried out before input is answered: pieces that are posted would be one block."""
    paints = Paints(window.parts.panels.network.canvas)
    for is_on in (True, False):
        paints.seen.clear()
        window.parts.actions["lecture"].trigger()
        QCoreApplication.sendPostedEvents()
        assert window.isFullScreen() is not is_on
        assert paints.seen == []
        qtbot.waitUntil(lambda is_on=is_on: window.isFullScreen() is is_on)
        qtbot.waitUntil(lambda: len(paints.seen) > 0)


def test_leaving_lecture_mode_fits_the_docks_into_no_size_that_the_window_will_not_keep(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[QSize] = []
    restore = MainWindow.restoreState
    window.parts.actions["lecture"].trigger()
    qtbot.waitUntil(window.updatesEnabled)
    full = window.size()

    def noted(one: MainWindow, *state: object) -> bool:
        sizes.append(one.size())
        return restore(one, *state)

    monkeypatch.setattr(MainWindow, "restoreState", noted)
    window.parts.actions["lecture"].trigger()
    qtbot.waitUntil(window.updatesEnabled)
    assert sizes
    assert full not in sizes


def test_a_desktop_that_refuses_the_full_screen_gets_its_picture_too(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "showFullScreen", lambda: None)
    window.parts.actions["lecture"].trigger()
    qtbot.waitUntil(window.updatesEnabled)
    qtbot.waitUntil(lambda: style.current().scale == scale_for(window.size()) and window.updatesEnabled())
    qtbot.waitUntil(window.updatesEnabled)
    window.parts.actions["lecture"].trigger()
    qtbot.waitUntil(window.updatesEnabled)
    assert style.current().scale == 1.0


@pytest.mark.parametrize("times", [2, 3, 4, 5])
def test_a_hasty_switch_leaves_the_window_drawn(window: MainWindow, qtbot: QtBot, times: int) -> None:
    for _ in range(times):
        window.parts.actions["lecture"].trigger()
    qtbot.waitUntil(window.updatesEnabled)
    for _ in range(3):
        QApplication.processEvents()
    assert window.updatesEnabled()
    assert window.isFullScreen() == (times % 2 == 1)
    if times % 2:
        window.parts.actions["lecture"].trigger()
        qtbot.waitUntil(window.updatesEnabled)


@pytest.mark.slow
def test_docks_follow_the_window_until_the_user_drags_a_border(window: MainWindow) -> None:
    docks = window.parts.docks
    first = [dock.size() for dock in docks.values()]
    window.resize(1280, 720)
    QApplication.processEvents()
    assert docks["output"].width() < first[2].width()
    assert docks["flow"] in window.tabifiedDockWidgets(docks["curves"])
    window.resize(1600, 1000)
    QApplication.processEvents()
    assert [dock.size() for dock in docks.values()] == first

    border = QPoint(docks["output"].x() - 2, docks["output"].geometry().center().y())
    QTest.mouseMove(window, border)
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=border)
    QTest.mouseMove(window, border - QPoint(60, 0))
    QApplication.processEvents()
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=border - QPoint(60, 0))
    QApplication.processEvents()
    wide = docks["output"].width()
    assert wide > first[2].width()
    window.resize(1500, 900)
    QApplication.processEvents()
    assert docks["output"].width() == wide


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768)])
@pytest.mark.parametrize("is_selected_first", [True, False], ids=["selected first", "selected later"])
def test_nobody_has_to_scroll_the_card_of_a_neuron_in_a_lecture(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int], is_selected_first: bool
) -> None:
    session, dock = window.session, window.parts.docks["inspector"]
    session.select(node=Node(1, 0) if is_selected_first else None)
    window.parts.actions["lecture"].trigger()
    qtbot.waitUntil(window.updatesEnabled)
    window.showNormal()
    window.resize(*size)
    qtbot.waitUntil(lambda: style.current().scale == scale_for(window.size()) and window.updatesEnabled())
    session.select(node=Node(1, 0))
    for _ in range(3):
        QApplication.processEvents()
    area = dock.findChild(LowScrollArea)
    assert area is not None
    assert area.verticalScrollBar().maximum() == 0
    assert window.centralWidget().height() > dock.height()
    window.parts.actions["lecture"].trigger()
