"""What the colours mean: a bar from one end to the other, or a chip per class."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.plane.indexed_image import colour_table
from widgets.style import markers, style
from widgets.values import PlaneImage, Points

BAR = 6.0
GAP = 8.0
MARK = 7.0
"""Sizes at ordinary type."""
LONGEST = 0.35
"""The share of the line that the name at either end of the bar may take."""


class Legend(QWidget):
    """One line under the picture; emits nothing.

    With two classes each end of the bar shows its class's marker, so that shape and colour are
    explained together.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: PlaneImage | None = None
        self._labels: tuple[str, ...] = ()
        self._discretize = False
        self._bar = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Legend of the output")

    def show_for(self, image: PlaneImage, points: Points | None, *, discretize: bool) -> None:
        """Explain `image`; repaint only when the explanation changes."""
        labels = _class_labels(image, points)
        same = self._image is not None and _explained(self._image) == _explained(image)
        if same and labels == self._labels and discretize == self._discretize:
            return
        self._image, self._labels, self._discretize = image, labels, discretize
        self._colour()

    def texts(self) -> tuple[str, ...]:
        """Return the words that the legend shows, from left to right."""
        if self._image is None:
            return ()
        if self._image.kind == "classes":
            return self._labels
        return (self._image.low_label, self._image.high_label)

    def _colour(self) -> None:
        if self._image is not None and self._image.kind != "classes":
            table = colour_table(self._image, discretize=self._discretize)
            self._bar = QImage(table.data, len(table), 1, QImage.Format.Format_RGB32).copy()
        self.setAccessibleDescription(", ".join(self.texts()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar or the chips."""
        if self._image is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setFont(style.sans(8.0))
            if self._image.kind == "classes":
                self._paint_chips(painter)
            else:
                self._paint_bar(painter, self._image)

    def _paint_bar(self, painter: QPainter, image: PlaneImage) -> None:
        metrics = painter.fontMetrics()
        middle = self.height() / 2
        marked = len(self._labels) == 2
        size, thick = MARK * style.current().scale, BAR * style.current().scale
        mark = 2 * size if marked else 0.0
        most = int(self.width() * LONGEST)
        low, high = (
            metrics.elidedText(text, Qt.TextElideMode.ElideRight, most) for text in (image.low_label, image.high_label)
        )
        left = metrics.horizontalAdvance(low) + GAP + mark
        right = self.width() - metrics.horizontalAdvance(high) - GAP - mark
        painter.setPen(QColor(style.current().secondary))
        row = QRectF(self.rect())
        painter.drawText(row.adjusted(mark, 0, 0, 0), _LEFT, low)
        painter.drawText(row.adjusted(0, 0, -mark, 0), _RIGHT, high)
        if marked:
            self._mark(painter, 0, QPointF(size - 2, middle))
            self._mark(painter, 1, QPointF(self.width() - size + 2, middle))
        bar = QRectF(left, middle - thick / 2, max(right - left, 0.0), thick)
        painter.drawImage(bar, self._bar)
        painter.setPen(QPen(QColor(style.current().line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)

    def _paint_chips(self, painter: QPainter) -> None:
        metrics = painter.fontMetrics()
        room = self.width() / max(len(self._labels), 1)
        size = MARK * style.current().scale
        full = all(metrics.horizontalAdvance(label) + 2 * size + GAP <= room for label in self._labels)
        x = 0.0
        for i, label in enumerate(self._labels):
            text = label if full else label.removeprefix("class ")
            self._mark(painter, i, QPointF(x + size - 2, self.height() / 2))
            painter.setPen(QColor(style.current().secondary))
            box = QRectF(x + 2 * size - 1, 0, room - 2 * size, self.height())
            painter.drawText(box, _LEFT, metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width())))
            x += room

    def _mark(self, painter: QPainter, label: int, place: QPointF) -> None:
        colours = markers.class_colours(len(self._labels))
        painter.translate(place)
        painter.fillPath(
            markers.marker_path(markers.shape_of(label), MARK / 2 * style.current().scale),
            QColor(colours[label % len(colours)]),
        )
        painter.translate(-place)

    def changeEvent(self, event: QEvent) -> None:
        """Take up a new theme or type."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._colour()
            self.updateGeometry()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Return one line of text."""
        return QSize(200, self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Return one line of text, however narrow."""
        return QSize(80, self.sizeHint().height())


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _explained(image: PlaneImage) -> tuple[object, ...]:
    return (image.kind, image.low_label, image.high_label, image.class_labels, image.threshold)


def _class_labels(image: PlaneImage, points: Points | None) -> tuple[str, ...]:
    """Return the classes that markers stand for; none where the picture is not about classes."""
    n = points.n_classes if points is not None else len(image.class_labels)
    named = image.class_labels or (points.labels if points is not None else ())
    labels = named or tuple(f"class {i}" for i in range(n))
    if image.kind == "classes":
        return labels
    if points is None or points.levels is not None:
        return ()
    return labels[:2] if labels[:2] == (image.low_label, image.high_label) else ()
