"""Every tooltip of the window stands beside what it explains: controls, tiles, edges, boxes, tabs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QTabBar, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from playground.app.window.main_window import MainWindow
from widgets.style.tips import Explains
from widgets.values import BIAS, LOSS, EdgeKey, NodeKey


@pytest.fixture(autouse=True)
def no_tooltip_stays(window: MainWindow, qtbot: QtBot) -> Iterator[None]:
    yield
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def shown_at(widget: QWidget, at: QPoint) -> QRect | None:
    """Ask for the tooltip at a point of `widget`; return where it stands on the screen."""
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
    for top in QApplication.topLevelWidgets():
        if isinstance(top, QLabel) and top.inherits("QTipLabel") and top.isVisible():
            return QRect(top.pos(), top.size())
    return None


def on_screen(widget: QWidget, rect: QRect) -> QRect:
    return QRect(widget.mapToGlobal(rect.topLeft()), rect.size())


def test_no_tooltip_covers_its_control(window: MainWindow) -> None:
    covered = []
    parts = [part for part in window.findChildren(QWidget) if part.isVisible() and part.toolTip()]
    for part in parts:
        at = part.rect().center()
        if isinstance(part, Explains | QTabBar) or part.childAt(at) is not None:
            continue
        tip = shown_at(part, at)
        if tip is None or tip.intersects(on_screen(part, part.rect())):
            covered.append(f"{type(part).__name__} {part.accessibleName()}: {tip}")
    assert not covered
    assert len(parts) > 60


@pytest.mark.parametrize(
    "key",
    [NodeKey(0, 0), NodeKey(1, 2), NodeKey(2, 0), LOSS, EdgeKey(1, 0, 3), EdgeKey(2, 1, 0), EdgeKey(1, BIAS, 1)],
    ids=str,
)
def test_no_tooltip_covers_its_node_or_edge(window: MainWindow, key: NodeKey | EdgeKey) -> None:
    canvas = window.parts.panels.network.canvas
    at = canvas.scene.spot(key).toPoint()
    explained = [canvas.scene.box(key).toAlignedRect()] if isinstance(key, NodeKey) else []
    if isinstance(key, EdgeKey):
        explained = [
            QRect(p.toPoint() - QPoint(2, 2), QRect(0, 0, 4, 4).size()) for p in canvas.scene.points_along(key)
        ]
        at = canvas.scene.points_along(key)[len(explained) // 5].toPoint()
    tip = shown_at(canvas, at)
    assert tip is not None
    assert not any(tip.intersects(on_screen(canvas, rect)) for rect in explained)


def test_no_tooltip_covers_its_cell_its_box_or_its_tab(window: MainWindow) -> None:
    panels = window.parts.panels
    panels.network.canvas.neuron_clicked.emit(NodeKey(1, 0))
    QApplication.processEvents()
    card = panels.card
    box = card.boxes.box_rects()[1].toAlignedRect()
    tip = shown_at(card.boxes, box.center())
    assert tip is not None
    assert not tip.intersects(on_screen(card.boxes, box))
    tabs = panels.inspector.tabs
    tip = shown_at(tabs, tabs.tabRect(1).center())
    assert tip is not None
    assert not tip.intersects(on_screen(tabs, tabs.tabRect(1)))
