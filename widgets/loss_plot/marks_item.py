"""Marks at the iterations where the rate dropped, the user edited, or a branch began."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.plots.library import pg
from widgets.style import style
from widgets.values import CurveMark

SIGNS = {"drop": "↓", "edit": "✎", "branch": "⑂"}
DASHES = {
    "drop": Qt.PenStyle.DotLine,
    "edit": Qt.PenStyle.DashLine,
    "branch": Qt.PenStyle.DashDotLine,
}
MOST = 200


class MarksItem(pg.GraphicsObject):  # type: ignore[misc]
    """Thin vertical lines over the whole height of the view, each with a sign at its foot."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: tuple[CurveMark, ...] = ()
        self.setZValue(-5)

    def show_marks(self, marks: tuple[CurveMark, ...]) -> None:
        """Draw `marks`, the last ones where there are very many."""
        if marks[-MOST:] != self.marks:
            self.marks = marks[-MOST:]
            self.update()

    def viewRangeChanged(self) -> None:  # noqa: N802 (pyqtgraph's name)
        """Cover the new view."""
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the whole view."""
        rect: QRectF = self.viewRect()
        return rect

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Draw what is in sight."""
        box = self.getViewBox()
        if box is None or not self.marks:
            return
        theme = style.current()
        (left, right), (bottom, top) = box.viewRange()
        seen = [mark for mark in self.marks if left <= mark.iteration <= right]
        places = [(mark, self.mapToDevice(QPointF(mark.iteration, 0.0))) for mark in seen]
        area = self.mapRectToDevice(QRectF(left, bottom, right - left, top - bottom))
        if area is None:
            return
        painter.save()
        painter.resetTransform()
        painter.setFont(style.sans(7.5))
        for mark, place in places:
            painter.setPen(QPen(style.blend(theme.secondary, theme.panel, 0.7), 1, DASHES[mark.kind]))
            x = round(place.x()) + 0.5
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom() - 12))
            painter.setPen(QColor(theme.secondary))
            painter.drawText(QRectF(x - 8, area.bottom() - 13, 16, 12), Qt.AlignmentFlag.AlignCenter, SIGNS[mark.kind])
        painter.restore()
