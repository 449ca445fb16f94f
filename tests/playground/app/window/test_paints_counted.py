"""A frame paints what shows other numbers, and nothing that stands on it or behind it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from playground.app.window.main_window import MainWindow


class _Painted(QObject):
    """Keeps what was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.parts.append(watched)
        return False


def test_an_iteration_paints_neither_the_controls_of_the_columns_nor_what_is_behind(window: MainWindow) -> None:
    parts, painted = window.parts, _Painted()
    for _ in range(12):  # until no number changes its width any more
        window.session.step()
        QApplication.processEvents()
    headers = parts.panels.network.hidden_headers
    toolbar = parts.panels.transport.parentWidget()
    still = [toolbar, parts.docks["curves"], parts.panels.curves, *headers, *(header.settings for header in headers)]
    moving = [parts.panels.network.canvas, parts.panels.transport]
    for part in (*still, *moving):
        part.installEventFilter(painted)
    window.session.step()
    QApplication.processEvents()
    assert set(painted.parts) == set(moving)
