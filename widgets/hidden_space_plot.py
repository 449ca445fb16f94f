"""Hidden space: the data as one layer sees them, with the bent grid of the input plane."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from widgets import style
from widgets.boundary_plot import overlay
from widgets.boundary_plot.axes_layer import axes_layer, margins
from widgets.boundary_plot.picture import Picture
from widgets.boundary_plot.point_layer import diameter_for, point_layer
from widgets.boundary_plot.projection import Projection
from widgets.choice_box import CalmComboBox
from widgets.paint_ratio import ratio_of
from widgets.values import Choice, Extent
from widgets.values.views import HiddenSpaceFrame

EMPTY = "There is no hidden layer: add one with the slider above the network."
PRINCIPAL, SCORE = "principal", "score"
REACH = 9.0
SOFT = 0.45


class HiddenSpaceView(QWidget):
    """The square itself; a click takes a data point.

    Signals
    -------
    point_clicked(int)
        The index of the data point in the sample.
    """

    point_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frame: HiddenSpaceFrame | None = None
        self.message = EMPTY
        self.example: int | None = None
        self._picture = Picture()
        self._axes: QPixmap | None = None
        self._layer: QImage | None = None
        self._projection = Projection(Extent(-1.0, 1.0, -1.0, 1.0), QRectF(0, 0, 1, 1))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Hidden space")

    def show_frame(self, frame: HiddenSpaceFrame | None) -> None:
        """Draw `frame`; None shows the message."""
        moved = frame is None or self.frame is None or _axes_of(frame) != _axes_of(self.frame)
        self.frame, self._layer = frame, None
        if frame is not None and frame.image is not None:
            self._picture.fill(frame.image, discretize=False)
        if moved:
            self._lay_out()
        self.update()

    def restyle(self) -> None:
        """Colour everything anew."""
        self._axes = None
        self.show_frame(self.frame)
        self._lay_out()

    def _lay_out(self) -> None:
        left, top, right, bottom = margins()
        side = max(min(self.width() - left - right, self.height() - top - bottom), 16.0)
        x = round(left + max(self.width() - left - right - side, 0.0) / 2)
        extent = self.frame.extent if self.frame else Extent(-1.0, 1.0, -1.0, 1.0)
        self._projection = Projection(extent, QRectF(x, round(top), round(side), round(side)))
        self._axes = self._layer = None

    # ---- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the decision, the grid, the points."""
        painter = QPainter(self)
        if self.frame is None:
            self._paint_message(painter)
            return
        frame, ratio, square = self.frame, ratio_of(painter, self), self._projection.square
        if self._axes is None or self._axes.devicePixelRatio() != ratio:
            self._axes = axes_layer(self._projection, self.size(), ratio, frame.axis_names)
        if self._layer is None or self._layer.devicePixelRatio() != ratio:
            self._layer = point_layer(frame.points, self._projection, self.size(), ratio, with_test=True)
        painter.drawPixmap(0, 0, self._axes)
        painter.setClipRect(square)
        if frame.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(SOFT)
            painter.drawImage(square, self._picture.image)
            painter.setOpacity(1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_grid(painter, frame)
        shapes = [overlay.polygon(self._projection, line) for line in frame.boundary]
        overlay.paint_lines(painter, frame.boundary, shapes, -1)
        painter.drawImage(0, 0, self._layer)
        place = self._place_of(self.example)
        if place is not None:
            overlay.paint_example(painter, place, diameter_for(len(frame.points.positions)))
        painter.setClipping(False)
        overlay.paint_frame(painter, square, focused=False)
        painter.end()

    def _paint_message(self, painter: QPainter) -> None:
        theme = style.current()
        painter.fillRect(self.rect(), style.blend(theme.panel, theme.panel, 1.0))
        painter.setPen(style.blend(theme.secondary, theme.panel, 1.0))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(12, 12, -12, -12), flags, self.message)
        painter.end()

    def _paint_grid(self, painter: QPainter, frame: HiddenSpaceFrame) -> None:
        theme = style.current()
        half = len(frame.grid) // 2
        colour = style.blend(theme.text, theme.panel, 0.5)
        for i, line in enumerate(frame.grid):
            painter.setPen(QPen(colour, theme.scale, _STROKES[i >= half]))
            places = self._projection.many(line)
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in places.tolist()]))

    def _place_of(self, index: int | None) -> QPointF | None:
        if index is None or self.frame is None:
            return None
        found = np.flatnonzero(self.frame.indices == index)
        if not len(found):
            return None
        return self._projection.to_screen(*self.frame.points.positions[found[0]].tolist())

    # ---- Qt --------------------------------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the nearest point within reach."""
        if self.frame is None or event.button() != Qt.MouseButton.LeftButton or not len(self.frame.indices):
            return
        at = event.position()
        away = self._projection.many(self.frame.points.positions) - (at.x(), at.y())
        squared = np.einsum("ij,ij->i", away, away)
        nearest = int(np.argmin(squared))
        if squared[nearest] <= REACH**2:
            self.point_clicked.emit(int(self.frame.indices[nearest]))

    def changeEvent(self, event: QEvent) -> None:
        """Take up a new theme or type."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.restyle()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the square into the new size."""
        self._lay_out()

    def sizeHint(self) -> QSize:
        """Return a square with room for the axes."""
        return QSize(320, 320)

    def minimumSizeHint(self) -> QSize:
        """Return the least that can be read."""
        return QSize(160, 140)


class HiddenSpacePlot(QWidget):
    """The view with its choices: which layer, and which axes.

    Signals
    -------
    layer_picked(int)
        A person picked a hidden layer, 1 … H.
    axes_picked(object)
        Two units (across, up), or ``"principal"`` or ``"score"``.
    point_clicked(int)
        A data point was clicked.
    """

    layer_picked = Signal(int)
    axes_picked = Signal(object)
    point_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = HiddenSpaceView(self)
        self.title = QLabel(self)
        self.title.setProperty("role", "secondary")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.layer_box = _box("Hidden layer", "Which hidden layer's activations a = f(W·x + b) are shown.")
        self.across_box = _box("Across", "The axis across: one unit's activation, or the first principal component.")
        self.up_box = _box("Up", "The axis up: one unit's activation, or the second principal component.")
        row = QHBoxLayout()
        row.setSpacing(6)
        for box in (self.layer_box, self.across_box, self.up_box):
            row.addWidget(box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.title)
        column.addWidget(self.view, 1)
        self.layer_box.activated.connect(lambda i: self.layer_picked.emit(i + 1))
        self.across_box.activated.connect(lambda _i: self._on_axis_picked(self.across_box, self.up_box))
        self.up_box.activated.connect(lambda _i: self._on_axis_picked(self.up_box, self.across_box))
        self.view.point_clicked.connect(self.point_clicked)

    def set_choices(
        self,
        layers: tuple[Choice, ...],
        layer: int,
        units: tuple[str, ...],
        axes: tuple[int, int | None] | str,
        *,
        with_score: bool = False,
    ) -> None:
        """Offer `layers` (1 … H) with `layer` shown, its `units`, and the axes shown. Never emits."""
        _fill(self.layer_box, {str(i): choice.label for i, choice in enumerate(layers, 1)}, str(layer))
        plain = {str(i): label for i, label in enumerate(units)}
        score = {SCORE: "w·h (score)"} if with_score else {}
        chosen = axes if isinstance(axes, tuple) else (axes, axes)
        _fill(self.across_box, {PRINCIPAL: "PC₁", **score, **plain}, str(chosen[0]))
        _fill(self.up_box, {PRINCIPAL: "PC₂", **({SCORE: "PC beside it"} if score else {}), **plain}, str(chosen[1]))
        for box in (self.across_box, self.up_box):
            box.setEnabled(len(units) > 1)
        self.layer_box.setEnabled(bool(layers))

    def set_frame(self, frame: HiddenSpaceFrame | None, message: str = EMPTY) -> None:
        """Show `frame`, or `message` where there is nothing to show."""
        self.view.message = message
        self.view.show_frame(frame)
        title = frame.title if frame else ""
        if title != self.title.text():
            self.title.setText(title)
            self.title.setToolTip(title)

    def set_example(self, index: int | None) -> None:
        """Ring the example that the inspector reads."""
        if index != self.view.example:
            self.view.example = index
            self.view.update()

    def _on_axis_picked(self, picked: CalmComboBox, other: CalmComboBox) -> None:
        """Let the other axis follow where the two would not go together."""
        key = str(picked.currentData())
        if key in (PRINCIPAL, SCORE):
            _show(other, key)
            self.axes_picked.emit(key)
            return
        if other.currentData() in (PRINCIPAL, SCORE, key):
            _show(other, "1" if key == "0" else "0")
        self.axes_picked.emit((int(self.across_box.currentData()), int(self.up_box.currentData())))


_STROKES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DotLine)


def _axes_of(frame: HiddenSpaceFrame) -> tuple[object, ...]:
    return frame.extent, frame.axis_names


def _box(name: str, tooltip: str) -> CalmComboBox:
    box = CalmComboBox()
    box.setAccessibleName(name)
    box.setToolTip(tooltip)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setMinimumContentsLength(6)
    box.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def _fill(box: CalmComboBox, entries: dict[str, str], current: str) -> None:
    """Offer `entries`, text by key; only a person's choice makes a combo box emit ``activated``."""
    if {str(box.itemData(i)): box.itemText(i) for i in range(box.count())} != entries:
        box.clear()
        for key, text in entries.items():
            box.addItem(text, key)
    _show(box, current)


def _show(box: CalmComboBox, key: str) -> None:
    box.setCurrentIndex(box.findData(key))
