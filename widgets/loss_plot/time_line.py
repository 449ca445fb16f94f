"""The vertical line at the current iteration; dragging it goes through time."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPen

from widgets.plots.library import pg
from widgets.style import style


class TimeLine(pg.InfiniteLine):  # type: ignore[misc]
    """Moves only when it is set or dragged.

    Signals
    -------
    pressed(), dragged(float), released()
        One drag; the number is the iteration under the line.
    """

    pressed = Signal()
    dragged = Signal(float)
    released = Signal()

    def __init__(self) -> None:
        super().__init__(pos=0.0, angle=90, movable=True)
        self.addMarker("v", position=1.0, size=9.0)
        self.setZValue(20)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.restyle()

    def restyle(self) -> None:
        """Take up the theme."""
        accent = QColor(style.current().accent)
        for set_pen, width in ((self.setPen, 2.0), (self.setHoverPen, 4.0)):
            pen = QPen(accent, width * style.current().scale)
            pen.setCosmetic(True)
            set_pen(pen)

    def mouseDragEvent(self, ev: Any) -> None:
        """Follow a drag with the left button and report it."""
        if ev.button() != Qt.MouseButton.LeftButton:
            return
        if ev.isStart():
            self.moving = True
            self.cursorOffset = self.pos() - self.mapToParent(ev.buttonDownPos())
            self.pressed.emit()
        ev.accept()
        if not self.moving:
            return
        self.setPos(self.cursorOffset + self.mapToParent(ev.pos()))
        self.dragged.emit(float(self.value()))
        if ev.isFinish():
            self.moving = False
            self.released.emit()

    def mouseClickEvent(self, ev: Any) -> None:
        """Do nothing: a click does not move the line."""
