"""A label where a curve ends, in its own colour: each curve can be recognized without a legend."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets.style import style
from widgets.style.text_room import TextRoom

POINTS = 8.5
GAP = 4.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class EndLabel:
    """A label to stand right of `end`, in the parent's pixels."""

    text: str
    colour: QColor
    end: QPointF


def _font() -> QFont:
    return style.sans(POINTS, bold=True)


def _room() -> TextRoom:
    return style.sans_room(POINTS, bold=True)


def gutter(widest: str = "M") -> float:
    """Return the room that labels as wide as `widest` need right of the curves, in pixels."""
    return GAP + _room().width(widest) + 2.0


class EndLabels(QWidget):
    """Lies over the plot and lets the mouse through; labels that would cover each other move apart."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = parent
        self.labels: tuple[EndLabel, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_labels(self, labels: tuple[EndLabel, ...]) -> None:
        """Show `labels` over the whole parent."""
        self.setGeometry(self._canvas.rect())
        if labels != self.labels:
            self.labels = labels
            self.update()

    def places(self) -> list[QRectF]:
        """Return where each label stands."""
        room = _room()
        widths = [room.width(label.text) for label in self.labels]
        width, height = max([*widths, room.width("M")]), room.height * 0.85
        order = sorted(range(len(self.labels)), key=lambda i: self.labels[i].end.y())
        tops = [self.labels[i].end.y() - height / 2.0 for i in order]
        for i in range(1, len(tops)):
            overlap = tops[i - 1] + height - tops[i]
            if overlap > 0 and abs(self.labels[order[i]].end.x() - self.labels[order[i - 1]].end.x()) < width:
                tops[i - 1] -= overlap / 2.0
                tops[i] += overlap / 2.0
        low = self.height() - height
        by_label = dict(zip(order, (min(max(top, 0.0), low) for top in tops), strict=True))
        return [QRectF(label.end.x() + GAP, by_label[i], width, height) for i, label in enumerate(self.labels)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the labels."""
        if not self.labels:
            return
        with QPainter(self) as painter:
            painter.setFont(_font())
            for label, place in zip(self.labels, self.places(), strict=True):
                painter.setPen(label.colour)
                painter.drawText(place, _LEFT, label.text)
