"""A ring round what is meant, and an arrow to it; it follows when that moves, and takes no click."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from widgets.style import style

GAP, ARROW = 5, 34
"""Pixels between what is meant and the ring, and the length of the arrow."""
_MOVES = (
    QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Paint,
    QEvent.Type.LayoutRequest, QEvent.Type.ParentChange,
)  # fmt: skip
_SIDES = ((-1, 0), (1, 0), (0, -1), (0, 1))
"""Where the arrow may come from, the best first."""


class Ring(QWidget):
    """Stands over the window of its target, and is hidden while that cannot be seen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Ring round what the lesson means")
        self._target: QWidget | None = None
        self._rect_in: Callable[[], QRect] = QRect
        self._watched: list[QWidget] = []
        self._meant, self._side = QRect(), _SIDES[0]
        self.hide()

    @property
    def target(self) -> QWidget | None:
        """The widget that is pointed at, or a part of it."""
        return self._target

    @property
    def meant(self) -> QRect:
        """What the ring goes round, in the coordinates of its window."""
        return QRect(self._meant) if self.isVisible() else QRect()

    def point_at(self, target: QWidget, rect_in: Callable[[], QRect] | None = None) -> None:
        """Go round `target`, or round what `rect_in` returns in its coordinates each time it is asked."""
        self.clear()
        self._target = target
        self._rect_in = rect_in or target.rect
        part: QWidget | None = target
        while part is not None:
            self._watched.append(part)
            part.installEventFilter(self)
            part = None if part.isWindow() else part.parentWidget()
        self.follow()

    def clear(self) -> None:
        """Point at nothing."""
        for part in self._watched:
            if isValid(part):
                part.removeEventFilter(self)
        self._watched, self._target = [], None
        self._meant = QRect()
        self.hide()

    def follow(self) -> None:
        """Stand where the target is now."""
        target = self._target
        if target is None or not isValid(target) or not target.isVisible():
            self.hide()
            return
        window = target.window()
        inside = self._rect_in()
        seen = QRect() if inside.isEmpty() else inside.intersected(target.visibleRegion().boundingRect())
        if seen.isEmpty():
            self.hide()
            return
        if self.parentWidget() is not window:
            self.setParent(window)
        meant = QRect(target.mapTo(window, seen.topLeft()), seen.size())
        if meant != self._meant or not self.isVisible():
            self._meant = meant
            self._place(window.rect())
            self.show()
            self.raise_()
            self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what moves."""
        if event.type() in _MOVES:
            self.follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring and the arrow, in the accent, on a line of the panel's colour that keeps them legible."""
        theme = style.current()
        ring = QRectF(self._meant.translated(-self.pos())).adjusted(-GAP, -GAP, GAP, GAP)
        along = QPointF(*self._side)
        tip = ring.center() + QPointF(along.x() * (ring.width() / 2 + 3), along.y() * (ring.height() / 2 + 3))
        tail = tip + along * (ARROW - 4)
        across = QPointF(along.y(), along.x()) * 7
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for colour, width in ((theme.panel, 6.0), (theme.accent, 2.6)):
                painter.setPen(QPen(QColor(colour), width, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
                painter.drawRoundedRect(ring, 8, 8)
                painter.drawLine(tip + along * 4, tail)
                painter.drawPolyline(QPolygonF([tip + along * 11 + across, tip + along * 2, tip + along * 11 - across]))

    def _place(self, room: QRect) -> None:
        """Choose the side that the arrow has room on."""
        reach = GAP + ARROW + 4
        for side in _SIDES:
            end = self._meant.center() + QPoint(
                side[0] * (self._meant.width() // 2 + reach), side[1] * (self._meant.height() // 2 + reach)
            )
            if room.contains(end):
                self._side = side
                break
        self.setGeometry(self._meant.adjusted(-reach, -reach, reach, reach))
