"""The confusion matrix itself: a cell per pair of classes, with its count and its per cent."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.matrices.cell_grid import Cell, CellGrid
from widgets.style import markers, numbers, style, themes
from widgets.values.confusion import Confusion

_DARKEST = 0.42
TWO_LINES = 30
NAMED = 3
WIDEST = 2.0
"""How much wider than tall the cells may be: a low view has room for three digits then."""


class ConfusionGrid(CellGrid):
    """Rows are true classes, columns what the network says; the shade is the share of the row.

    Right answers stand on the diagonal, which is framed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Confusion matrix", parent)
        self._confusion = Confusion(np.zeros((2, 2), dtype=np.int64), ("class 0", "class 1"))
        self._shares = np.zeros((2, 2))
        self._decimals: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_confusion(self, confusion: Confusion) -> None:
        """Show other counts. Never emits."""
        counts = confusion.counts
        if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or counts.shape[0] != len(confusion.class_names):
            raise ValueError(f"confusion: expected counts of shape (k, k) and k names, got {counts.shape}")
        if counts.shape != self._confusion.counts.shape:
            self._cursor = (0, 0)
            self.updateGeometry()
        self._confusion = confusion
        totals = counts.sum(axis=1, keepdims=True)
        self._shares = counts / np.maximum(totals, 1)
        self._describe()
        self.update()

    @property
    def n_classes(self) -> int:
        """Number of classes k."""
        return len(self._confusion.class_names)

    @property
    def shape(self) -> Cell:
        """One row and one column per class."""
        return self.n_classes, self.n_classes

    def cell_text(self, true: int, predicted: int) -> str:
        """Return one cell as a sentence."""
        names, counts = self._confusion.class_names, self._confusion.counts
        total = int(counts[true].sum())
        n = int(counts[true, predicted])
        per_cent = f" ({self._per_cent(true, predicted)})" if total else ""
        what = "were recognized" if true == predicted else f"were taken for {names[predicted]}"
        examples = numbers.plural(total, "{count} example", "{count} examples")
        return f"{numbers.grouped(n)} of {examples} of {names[true]} {what}{per_cent}."

    # ---- places ----------------------------------------------------------------------------------

    def area(self) -> QRectF:
        """Return where the cells are."""
        line = self.fontMetrics().height()
        left = line + self._name_width() + 8
        top = 2.0 * line + 6
        height = max(self.height() - top - 2, 20.0)
        width = max(min(self.width() - left - 2, WIDEST * height), 20.0)
        return QRectF(round(left), round(top), round(width), round(min(height, width)))

    def cell_rect(self, true: int, predicted: int) -> QRectF:
        """Return where one cell is drawn."""
        area, k = self.area(), self.n_classes
        left, right = (round(area.width() * (predicted + i) / k) for i in (0, 1))
        top, bottom = (round(area.height() * (true + i) / k) for i in (0, 1))
        return QRectF(area.left() + left, area.top() + top, right - left, bottom - top)

    def item_at(self, point: QPointF) -> Cell | None:
        """Return true and predicted class of the cell under `point`."""
        area, k = self.area(), self.n_classes
        if not area.contains(point):
            return None
        row = int((point.y() - area.top()) / area.height() * k)
        column = int((point.x() - area.left()) / area.width() * k)
        return min(row, k - 1), min(column, k - 1)

    def tooltip_at(self, point: QPointF) -> str:
        """Return the sentence of the cell under `point`, or what rows and columns are."""
        cell = self.item_at(point)
        return "Rows: true class. Columns: predicted class." if cell is None else self.cell_text(*cell)

    def sizeHint(self) -> QSize:
        """Return room for a count and a per cent in each cell."""
        side = round(self.n_classes * 46 * style.current().scale)
        return QSize(max(side, 150) + 90, max(side, 150) + 40)

    def minimumSizeHint(self) -> QSize:
        """Return the least at which counts can be read."""
        return QSize(180, 150)

    # ---- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw cells, headings and the frame of the diagonal."""
        theme, k = style.current(), self.n_classes
        with QPainter(self) as painter:
            self._draw_headings(painter, theme)
            self._decimals = self._decimals_that_fit(painter)
            for true in range(k):
                for predicted in range(k):
                    self._draw_cell(painter, theme, true, predicted)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawRect(self.area())
            low = self.cell_rect(0, 0).height() < TWO_LINES / 2 * theme.scale
            painter.setPen(QPen(QColor(theme.text), 1.0 if low else 1.5))
            inset = 0 if low else 1
            for label in range(k):
                painter.drawRect(self.cell_rect(label, label).adjusted(inset, inset, -1 - inset, -1 - inset))
            if self.hasFocus():
                painter.setPen(QPen(QColor(theme.accent), 2))
                painter.drawRect(self.cell_rect(*self._cursor).adjusted(3, 3, -4, -4))

    def _draw_cell(self, painter: QPainter, theme: themes.Theme, true: int, predicted: int) -> None:
        rect = self.cell_rect(true, predicted)
        painter.fillRect(rect, style.blend(theme.text, theme.panel, _DARKEST * float(self._shares[true, predicted])))
        count = int(self._confusion.counts[true, predicted])
        strong = true == predicted or count > 0
        painter.setPen(QColor(theme.text if strong else theme.secondary))
        painter.setFont(style.mono(9.0 if self.n_classes <= 5 else 8.0, bold=true == predicted))
        if self._decimals is None or not count:
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(count))
            return
        line = painter.fontMetrics().height()
        upper = QRectF(rect.left(), rect.center().y() - line, rect.width(), line)
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, str(count))
        painter.setFont(style.mono(7.5))
        per_cent = self._per_cent(true, predicted, self._decimals)
        painter.drawText(upper.translated(0, line), Qt.AlignmentFlag.AlignCenter, per_cent)

    def _decimals_that_fit(self, painter: QPainter) -> int | None:
        """Return with how many decimals every cell can hold its per cent; None: not at all."""
        painter.setFont(style.mono(7.5))
        area = self.area()
        width, height = area.width() / self.n_classes, area.height() / self.n_classes
        if height < TWO_LINES * style.current().scale:
            return None
        fits = (d for d in (1, 0) if painter.fontMetrics().horizontalAdvance(f"{100.0:.{d}f} %") + 4 <= width)
        return next(fits, None)

    def _draw_headings(self, painter: QPainter, theme: themes.Theme) -> None:
        area, line = self.area(), self.fontMetrics().height()
        painter.setPen(QColor(theme.secondary))
        painter.setFont(style.sans(8.0))
        painter.drawText(QRectF(area.left(), 0, area.width(), line), Qt.AlignmentFlag.AlignCenter, "predicted")
        painter.save()
        painter.translate(0, area.bottom())
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, area.height(), line), Qt.AlignmentFlag.AlignCenter, "true")
        painter.restore()
        ratio, side = self.devicePixelRatioF(), round(10 * theme.scale)
        colours = markers.class_colours(self.n_classes)
        for label, name in enumerate(self._confusion.class_names):
            image = markers.marker_image(markers.shape_of(label), colours[label], theme.panel, side, ratio)
            size = image.width() / ratio
            row, column = self.cell_rect(label, label), self.cell_rect(0, label)
            self._draw_marker(painter, image, QPointF(area.left() - 6 - size / 2, row.center().y()), size)
            text = QRectF(line + 2, row.top(), area.left() - line - size - 12, row.height())
            painter.setPen(QColor(theme.text))
            shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(text.width()))
            painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
            above = QRectF(column.left(), line + 2, column.width(), line)
            room = int(above.width() - size - 4)
            fits = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
            if len(fits) < min(len(name), NAMED) or painter.fontMetrics().horizontalAdvance(fits) > room:
                fits = ""
            width = size + painter.fontMetrics().horizontalAdvance(fits)
            left = above.center().x() - width / 2
            self._draw_marker(painter, image, QPointF(left + size / 2, above.center().y()), size)
            painter.drawText(QRectF(left + size, above.top(), room + 4, line), Qt.AlignmentFlag.AlignVCenter, fits)

    def _draw_marker(self, painter: QPainter, image: QImage, centre: QPointF, size: float) -> None:
        painter.drawImage(QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size), image)

    def _name_width(self) -> float:
        names = self._confusion.class_names
        widest = max(self.fontMetrics().horizontalAdvance(name) for name in names)
        return float(min(widest, 0.28 * self.width())) + 24 * style.current().scale

    def _per_cent(self, true: int, predicted: int, decimals: int = 1) -> str:
        return f"{numbers.fixed(100.0 * float(self._shares[true, predicted]), decimals)} %"
