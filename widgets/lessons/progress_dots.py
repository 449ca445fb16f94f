"""One dot for each step of a lesson: done, present, or still to come."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.style import style

DOT, GAP = 10, 5


class ProgressDots(QWidget):
    """Filled dots are done; the present step has a ring round its dot. They move together where room is short."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done: tuple[bool, ...] = ()
        self._step = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_progress(self, done: tuple[bool, ...], step: int) -> None:
        """Show which steps are `done`, and that the learner is at `step`."""
        self._done, self._step = done, step
        self.setAccessibleName(f"Step {step + 1} of {len(done)}, {sum(done)} done")
        self.setToolTip(f"{sum(done)} of {len(done)} steps are done; you are at step {step + 1}.")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for every dot."""
        scale = style.current().scale
        return QSize(round(len(self._done) * (DOT + GAP) * scale) + 2, round((DOT + 4) * scale))

    def minimumSizeHint(self) -> QSize:
        """Let the dots move together."""
        return QSize(round(len(self._done) * 0.6 * DOT), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dots."""
        theme = style.current()
        if not self._done:
            return
        pitch = min((DOT + GAP) * theme.scale, (self.width() - 2) / len(self._done))
        radius = min(DOT * theme.scale, pitch - 1.0) / 2.0
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for index, done in enumerate(self._done):
                is_here = index == self._step
                painter.setPen(
                    QPen(QColor(theme.accent if done or is_here else theme.secondary), 2.0 if is_here else 1.2)
                )
                painter.setBrush(QColor(theme.accent if done else theme.panel))
                size = radius if is_here else 0.8 * radius
                painter.drawEllipse(QPointF(1.0 + pitch * (index + 0.5), self.height() / 2.0), size, size)
