"""One phase of an iteration as a chip: waiting, done, or the current one."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from widgets.style import style
from widgets.values import Phase

State = Literal["waiting", "done", "current"]
_ROOM = 10


class PhaseChip(QAbstractButton):
    """A rounded chip with as much of its words as fits."""

    def __init__(self, phase: Phase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.phase = phase
        self.state: State = "waiting"
        self.setText(phase.label)
        self.setAccessibleName(phase.label)
        self.setToolTip(f"{phase.label}\n{phase.tooltip}" if phase.tooltip else phase.label)

    def set_state(self, state: State) -> None:
        """Show the chip as waiting, done or current. Never emits."""
        if state != self.state:
            self.state = state
            self.setAccessibleDescription(state)
            self.update()

    def width_of(self, words: str) -> int:
        """Return the width that the ``label`` or the ``short`` words ask for."""
        text = self.phase.label if words == "label" else self.phase.short
        return self.fontMetrics().horizontalAdvance(text) + 2 * _ROOM

    def sizeHint(self) -> QSize:
        """Ask for the room of the full words."""
        return QSize(self.width_of("label"), self.fontMetrics().height() + 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill by state, write what fits, ring when focused."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            fill, ink = self._colours()
            area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            theme = style.current()
            painter.setPen(QPen(QColor(theme.accent), 2) if self.hasFocus() else QPen(self._edge(fill), 1))
            painter.setBrush(fill)
            radius = min(area.width(), area.height()) / 2
            painter.drawRoundedRect(area, radius, radius)
            painter.setPen(ink)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._words())

    def _words(self) -> str:
        for text in (self.phase.label, self.phase.short):
            if self.fontMetrics().horizontalAdvance(text) + 4 <= self.width() - 4:
                return text
        return ""

    def _colours(self) -> tuple[QColor, QColor]:
        theme = style.current()
        if self.state == "current":
            # A phase wears the colour of what it makes: gradients, values, or neither.
            back = {"backward": theme.gradient, "forward": theme.forward}.get(self.phase.kind, theme.accent)
            return QColor(back), QColor(theme.on_accent)
        if self.state == "done":
            return QColor(theme.accent_soft), QColor(theme.text)
        return QColor(theme.window if self.underMouse() else theme.panel), QColor(theme.text)

    def _edge(self, fill: QColor) -> QColor:
        return fill if self.state == "current" else QColor(style.current().line)
