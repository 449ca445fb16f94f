"""A dock, or its tab, that is dragged while docks find other places: it is let go, and nothing is held any longer."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QWidget

from playground.app.window.main_window import MainWindow
from widgets.style.parts import direct_parts_of

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
REARRANGED = {
    "restored": lambda window, layout: window.parts.sizes.hold(layout.docks, layout.sizes),
    "put into default places": lambda window, _layout: window.parts.layout.arrange(),
    "folded": lambda window, _layout: window.parts.layout.arrange_at(1366, 768),
}


def move(window: MainWindow, place: QPoint, rng: np.random.Generator, by: tuple[int, int]) -> QPoint:
    x, y = place.x() + rng.integers(-by[0], by[0]), place.y() + rng.integers(-by[1], by[1])
    place = QPoint(int(np.clip(x, 1, window.width() - 2)), int(np.clip(y, 1, window.height() - 2)))
    QTest.mouseMove(window.windowHandle(), place)
    QApplication.processEvents()
    return place


def bars(window: MainWindow) -> list[QTabBar]:
    return [bar for bar in direct_parts_of(window, QTabBar) if bar.isVisible() and bar.count() > 1]


@pytest.mark.qt_log_ignore("grabbing the mouse", extend=True)
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("how", REARRANGED)
def test_a_dock_that_is_dragged_is_let_go(window: MainWindow, how: str, seed: int) -> None:
    rng, handle = np.random.default_rng(seed), window.windowHandle()
    for key in ("output", "curves", "setup"):
        window.parts.layout.arrange_at(1600, 1000)
        layout, place = window.parts.memory.now(), window.parts.docks[key].mapTo(window, QPoint(30, 9))
        QTest.mousePress(handle, LEFT, NO_KEY, place)
        for _ in range(3):
            place = move(window, place, rng, (120, 120))
        assert QWidget.mouseGrabber() is not None
        REARRANGED[how](window, layout)
        assert QWidget.mouseGrabber() is None
        place = move(window, place, rng, (120, 120))
        QTest.mouseRelease(handle, LEFT, NO_KEY, place)
        assert not window.parts.docks[key].isFloating()


@pytest.mark.parametrize("how", REARRANGED)
def test_a_tab_that_is_dragged_is_let_go_and_only_tab_bars_in_use_are_seen(window: MainWindow, how: str) -> None:
    rng, handle = np.random.default_rng(0), window.windowHandle()
    for _ in range(6):
        window.parts.layout.arrange_at(1366, 768)
        QApplication.processEvents()
        layout = window.parts.memory.now()
        (bar,) = bars(window)
        place = bar.mapTo(window, bar.tabRect(0).center())
        QTest.mousePress(handle, LEFT, NO_KEY, place)
        place = move(window, place, rng, (90, 3))
        REARRANGED[how](window, layout)
        for _ in range(3):
            place = move(window, place, rng, (90, 3))
        QTest.mouseRelease(handle, LEFT, NO_KEY, place)
        assert len(bars(window)) <= 1
