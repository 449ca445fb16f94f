"""A panel scrolls where room is short, and nothing moves when it begins to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from widgets.frame.panel_dock import LowScrollArea, PanelDock


def test_content_keeps_its_place_when_it_begins_to_scroll(qtbot: QtBot) -> None:
    content = QWidget()
    content.setMinimumSize(100, 100)
    dock = PanelDock("dock", "Dock", content, summary="what it shows")
    qtbot.addWidget(dock)
    dock.resize(300, 300)
    dock.show()
    QApplication.processEvents()
    area = dock.findChild(LowScrollArea)
    assert area is not None
    before, blank = QRect(area.viewport().geometry()), area.verticalScrollBar().grab().toImage()
    content.setMinimumSize(100, 2000)
    for _ in range(4):
        QApplication.processEvents()
    assert area.viewport().geometry() == before
    assert area.verticalScrollBar().maximum() > 0
    assert area.verticalScrollBar().grab().toImage() != blank  # which shows that there is more


@pytest.mark.parametrize("grip", [False, True])
def test_a_floating_panel_has_a_title_and_a_way_back(qtbot: QtBot, grip: bool) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    dock = PanelDock("dock", "Gradient flow", QWidget(), summary="what it shows", grip=grip)
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    window.show()
    title, back = dock.heading.findChild(QLabel), dock.heading.findChild(QPushButton)
    assert title is not None
    assert back is not None
    QApplication.processEvents()
    docked = dock.heading.height()
    assert (title.isVisible(), back.isVisible()) == (not grip, False)
    dock.setFloating(True)
    QApplication.processEvents()
    assert (title.isVisible(), back.isVisible()) == (True, True)
    assert dock.heading.rect().contains(back.geometry())
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    for _ in range(4):
        QApplication.processEvents()
    assert not dock.isFloating()
    assert (title.isVisible(), back.isVisible(), dock.heading.height()) == (not grip, False, docked)


def test_a_narrow_heading_gives_up_its_title_before_a_control_is_cut(qtbot: QtBot) -> None:
    dock = PanelDock("dock", "Output", QWidget(), summary="what it shows")
    controls = QPushButton("test data"), QPushButton("discretize")
    for control in controls:
        dock.add_control(control)
    qtbot.addWidget(dock)
    title = dock.heading.findChild(QLabel)
    assert title is not None
    dock.show()
    for width, has_title in ((500, True), (sum(one.sizeHint().width() for one in controls) + 60, False), (500, True)):
        dock.resize(width, 200)
        QApplication.processEvents()
        QApplication.processEvents()
        assert title.isVisible() == has_title
        assert all(one.width() >= one.sizeHint().width() for one in controls)


def test_the_content_is_framed_when_the_dock_is_first_shown(qtbot: QtBot) -> None:
    content = QLabel("content")
    dock = PanelDock("dock", "Dock", content, summary="what it shows")
    qtbot.addWidget(dock)
    dock.hide()
    assert dock.findChild(LowScrollArea) is None
    dock.show()
    area = dock.findChild(LowScrollArea)
    assert area is not None
    assert area.isAncestorOf(content)
    assert content.isVisible()
