"""A panel scrolls where room is short, and nothing moves when it begins to."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget
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
    QApplication.processEvents()
    assert area.viewport().geometry() == before
    assert area.verticalScrollBar().maximum() > 0
    assert area.verticalScrollBar().grab().toImage() != blank  # which shows that there is more
