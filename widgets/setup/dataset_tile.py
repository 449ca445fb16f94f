"""One picture of the data gallery: its points, small, and its name."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from widgets.style import style
from widgets.values import Floats, GalleryItem

_DOT, _LARGE_DOT = 2.4, 8.0
_FEW_POINTS = 10
_MOST_POINTS = 160
_MOST_PICTURES = 4


class DatasetTile(QAbstractButton):
    """A checkable picture; the points are painted once for each theme and kept."""

    def __init__(self, item: GalleryItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self._pictures: dict[tuple[str, int, float], QPixmap] = {}
        self.setCheckable(True)
        self.setText(item.label)
        self.setAccessibleName(item.label)
        self.setAccessibleDescription(item.tooltip)
        self.setToolTip(f"{item.label}\n{item.tooltip}" if item.tooltip else item.label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a square picture over one line of text."""
        return QSize(52, 46 + self._text_height())

    def minimumSizeHint(self) -> QSize:
        """Stay narrow enough for four in a column of 230 pixels."""
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, picture, name; the frame says checked, hovered and focused."""
        theme = style.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            chosen = self.isChecked() or self.hasFocus()
            painter.setPen(QPen(QColor(theme.accent if chosen else theme.line), 2 if self.isChecked() else 1))
            painter.setBrush(QColor(theme.accent_soft if self.underMouse() else theme.panel))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
            area = self.rect().adjusted(4, 4, -4, -self._text_height() - 2)
            side = min(area.width(), area.height())
            at = area.topLeft() + QPoint((area.width() - side) // 2, (area.height() - side) // 2)
            painter.drawPixmap(at, self._drawn(side))
            painter.setPen(QColor(theme.text if self.isChecked() else theme.secondary))
            painter.setFont(style.sans(7.5))
            band = self.rect().adjusted(2, self.height() - self._text_height() - 2, -2, -3)
            name = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, band.width())
            painter.drawText(band, Qt.AlignmentFlag.AlignCenter, name)

    def _drawn(self, side: int) -> QPixmap:
        """Return the square picture: a tile that only gets wider draws nothing again."""
        key = style.current().name, side, self.devicePixelRatioF()
        if key not in self._pictures:
            if len(self._pictures) >= _MOST_PICTURES:  # while a panel is laid out, sizes come and go
                self._pictures.clear()
            self._pictures[key] = _points_picture(self.item, side, key[2])
        return self._pictures[key]

    def _text_height(self) -> int:
        return round(14 * style.current().scale)


def _points_picture(item: GalleryItem, side: int, ratio: float) -> QPixmap:
    picture = QPixmap(QSize(side, side) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    positions = item.positions[:_MOST_POINTS]
    if len(positions) == 0 or side <= 0:
        return picture
    low, high = positions.min(axis=0), positions.max(axis=0)
    reach = float(max(high - low)) or 1.0
    dot = _LARGE_DOT if len(positions) <= _FEW_POINTS else _DOT
    scale = (side - dot) / reach
    middle = (low + high) / 2.0
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = (positions - middle) * scale * (1.0, -1.0) + side / 2
        for colour, dots in _by_colour(item, places).items():  # a round dot is a point of a thick pen
            painter.setPen(QPen(QColor.fromRgba(colour), dot, c=Qt.PenCapStyle.RoundCap))
            painter.drawPoints(dots)
    return picture


def _by_colour(item: GalleryItem, places: Floats) -> dict[int, QPolygonF]:
    """Return the dots of each colour."""
    found: dict[int, list[QPointF]] = {}
    for colour, (x, y) in zip(_colours(item, len(places)), places.tolist(), strict=True):
        found.setdefault(colour, []).append(QPointF(x, y))
    return {colour: QPolygonF(dots) for colour, dots in found.items()}


def _colours(item: GalleryItem, n: int) -> list[int]:
    """Return the colours of the first `n` points."""
    theme = style.current()
    if item.levels is not None:
        ends = (theme.negative, theme.positive)
        made = [style.blend(ends[int(v > 0)], theme.middle, min(1.0, 0.25 + abs(v))) for v in item.levels[:n].tolist()]
        return [colour.rgba() for colour in made]
    names = (theme.negative, theme.positive) if item.n_classes <= 2 else theme.classes
    palette = [QColor(name).rgba() for name in names]
    return [palette[kind % len(palette)] for kind in item.classes[:n].tolist()]
