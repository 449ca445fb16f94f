"""The loss over two directions as a contour map, with the path of training on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from widgets.controls.button import Button
from widgets.controls.choice_box import CalmComboBox
from widgets.controls.elided_label import ElidedLabel
from widgets.plane import overlay
from widgets.plots.square_view import SquareView
from widgets.style import numbers, style
from widgets.style.paint_ratio import ratio_of
from widgets.values import Choice, Floats
from widgets.values.loss_slice import LossSurface

NO_PATH: Floats = np.zeros((0, 2))
TOLD = (
    "The training loss over two directions through the present weights: each place is another network.\n"
    "Contours join places of equal loss; the line is the path that training took, from ■ the start to ● now."
)
WAITING = "The loss is being measured here…"


class LossSliceView(SquareView):
    """The map itself, with the loss under the cursor. Emits nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.surface: LossSurface | None = None
        self.path: Floats = NO_PATH
        self.message = WAITING
        self._buffer: NDArray[np.uint32] = np.zeros((0, 0), dtype=np.uint32)
        self._image = QImage()
        self._shapes: list[QPolygonF] = []
        self._cursor: QPointF | None = None
        self.setMouseTracking(True)
        self.setAccessibleName("Loss slice")

    def show_surface(self, surface: LossSurface | None) -> None:
        """Draw `surface`; None shows the message."""
        self.surface = surface
        if surface is not None:
            self.set_axes(surface.extent, surface.axis_names)
            self._colour(surface)
            self.lay_out()
        self.update()

    def show_path(self, path: Floats) -> None:
        """Draw the path (n, 2), the start first and the present last."""
        self.path = path
        self.update()

    def loss_at(self, x: float, y: float) -> float:
        """Return the measured loss nearest to (x, y)."""
        assert self.surface is not None
        e, values = self.surface.extent, self.surface.values
        last = len(values) - 1
        column = round((x - e.left) / (e.right - e.left) * last)
        row = round((e.top - y) / (e.top - e.bottom) * last)
        return float(values[min(max(row, 0), last), min(max(column, 0), last)])

    def lay_out(self) -> None:
        """Fit the square, and the contours into it."""
        super().lay_out()
        if self.surface is not None:
            self._shapes = [overlay.polygon(self.projection, line) for line in self.surface.contours]

    def recolour(self) -> None:
        """Take up the theme."""
        if self.surface is not None:
            self._colour(self.surface)
        super().recolour()

    def _colour(self, surface: LossSurface) -> None:
        theme = style.current()
        middle, high = (style.blend(theme.secondary, theme.panel, share).name() for share in (0.35, 0.75))
        table = style.diverging_table(theme.panel, middle, high)
        self._buffer = np.ascontiguousarray(table[surface.heights])
        height, width = self._buffer.shape
        self._image = QImage(self._buffer.data, width, height, 4 * width, QImage.Format.Format_RGB32)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the heights, the contours, the path."""
        painter = QPainter(self)
        if self.surface is None:
            self.paint_message(painter)
            painter.end()
            return
        self.paint_axes(painter, ratio_of(painter, self))
        square = self.projection.square
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        painter.setClipRect(square)
        # The outermost points lie on the edge: half a cell of the picture hangs over it.
        cell = square.width() / max(len(self.surface.values) - 1, 1) / 2.0
        painter.drawImage(square.adjusted(-cell, -cell, cell, cell), self._image)
        theme = style.current()
        painter.setPen(QPen(style.blend(theme.text, theme.panel, 0.45), theme.scale))
        for shape in self._shapes:
            painter.drawPolyline(shape)
        self._paint_path(painter)
        painter.setClipping(False)
        overlay.paint_frame(painter, square, focused=False)
        self._paint_readout(painter)
        painter.end()

    def _paint_path(self, painter: QPainter) -> None:
        if not len(self.path):
            return
        theme = style.current()
        places = [QPointF(x, y) for x, y in self.projection.many(self.path).tolist()]
        for colour, width in ((theme.panel, 4.0), (theme.gradient, 2.0)):
            painter.setPen(QPen(QColor(colour), width * theme.scale))
            painter.drawPolyline(QPolygonF(places))
        painter.setPen(QPen(QColor(theme.panel), 1.5 * theme.scale))
        painter.setBrush(QColor(theme.gradient))
        half, radius = 4.0 * theme.scale, 6.0 * theme.scale
        painter.drawRect(QRectF(places[0].x() - half, places[0].y() - half, 2.0 * half, 2.0 * half))
        painter.drawEllipse(places[-1], radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_readout(self, painter: QPainter) -> None:
        if self._cursor is not None:
            at = self.projection.to_plane(self._cursor)
            lines = overlay.cursor_lines(at, self._names, f"loss {numbers.live(self.loss_at(*at))}")
            overlay.paint_readout(painter, self._cursor, lines, QRectF(self.rect()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the loss under the cursor."""
        inside = self.projection.square.contains(event.position())
        self._cursor = event.position() if inside and self.surface is not None else None
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the cursor."""
        self._cursor = None
        self.update()


class LossSlicePlot(QWidget):
    """The map with its choices, and the progress of measuring.

    Signals
    -------
    kind_picked(str)
        Which plane a person wants.
    weights_picked(int, int)
        The two weights, by their place in the list offered.
    measure_clicked(), cancel_clicked()
        A person asked to measure (again), or to stop measuring.
    """

    kind_picked = Signal(str)
    weights_picked = Signal(int, int)
    measure_clicked = Signal()
    cancel_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = LossSliceView(self)
        self.kind_box = _box("Directions", "Along which two directions the loss is measured.")
        self.first_box = _box("Weight across", "The weight that varies across; all others stay.")
        self.second_box = _box("Weight up", "The weight that varies up; all others stay.")
        self.title, self.key = ElidedLabel(parent=self), ElidedLabel(parent=self)
        for line in (self.title, self.key):
            line.setProperty("role", "secondary")
            line.setToolTip(TOLD)
        self.view.setToolTip(TOLD)
        self.progress = QProgressBar(self)
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.button = Button("Measure", "Measure the loss around the present weights", parent=self)
        self._lay_out()
        self._is_measuring = False
        self.kind_box.activated.connect(lambda _i: self.kind_picked.emit(str(self.kind_box.currentData())))
        for box in (self.first_box, self.second_box):
            box.activated.connect(lambda _i: self._on_weight_picked())
        self.button.clicked.connect(self._on_clicked)

    def _lay_out(self) -> None:
        top, weights = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.kind_box, 1)
        top.addWidget(self.button)
        for box in (self.first_box, self.second_box):
            weights.addWidget(box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addLayout(weights)
        column.addWidget(self.progress)
        column.addWidget(self.title)
        column.addWidget(self.key)
        column.addWidget(self.view, 1)
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)

    def set_choices(
        self, kinds: tuple[Choice, ...], kind: str, weights: tuple[str, ...], pair: tuple[int, int] | None
    ) -> None:
        """Offer `kinds`, and `weights` of which `pair` is shown; None hides the weights. Never emits."""
        if self.kind_box.count() != len(kinds):
            self.kind_box.clear()
            for choice in kinds:
                self.kind_box.addItem(choice.label, choice.key)
                self.kind_box.setItemData(self.kind_box.count() - 1, choice.tooltip, Qt.ItemDataRole.ToolTipRole)
        self.kind_box.setCurrentIndex(self.kind_box.findData(kind))
        for i, box in enumerate((self.first_box, self.second_box)):
            if [box.itemText(at) for at in range(box.count())] != list(weights):
                box.clear()
                box.addItems(list(weights))
            box.setVisible(pair is not None)
            if pair is not None:
                box.setCurrentIndex(pair[i])

    def set_surface(self, surface: LossSurface | None, message: str = WAITING) -> None:
        """Show `surface`, or `message` where there is none."""
        self.view.message = message
        self.view.show_surface(surface)
        self.title.setText(surface.title if surface else "")
        self.key.setText(_key(surface) if surface else "")

    def set_path(self, path: Floats) -> None:
        """Show the path of training, (n, 2)."""
        self.view.show_path(path)

    def set_progress(self, share: float | None) -> None:
        """Show how much is measured; None when nothing is being measured."""
        self._is_measuring = share is not None
        self.progress.setVisible(self._is_measuring)
        self.progress.setValue(round(1000 * (share or 0.0)))
        if self._is_measuring != (self.button.text() == "Cancel"):
            word = "Cancel" if self._is_measuring else "Measure"
            told = "Stop measuring" if self._is_measuring else "Measure the loss around the present weights"
            self.button.set_face(word, "", told)

    def _on_weight_picked(self) -> None:
        self.weights_picked.emit(self.first_box.currentIndex(), self.second_box.currentIndex())

    def _on_clicked(self) -> None:
        (self.cancel_clicked if self._is_measuring else self.measure_clicked).emit()


def _key(surface: LossSurface) -> str:
    known = surface.values[np.isfinite(surface.values)]
    ends = f" {numbers.four(float(known.min()))} … {numbers.four(float(known.max()))}" if known.size else ""
    return f"grey: loss{ends} · ■ start · ● now"


def _box(name: str, tooltip: str) -> CalmComboBox:
    box = CalmComboBox()
    box.setAccessibleName(name)
    box.setToolTip(tooltip)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setMinimumContentsLength(6)
    box.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box
