"""The base of every plot with axes: theme, zoom and fit, the values under the cursor, labels where curves end."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QKeyEvent, QMouseEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.controls.labels import Label
from widgets.controls.picture import Picture
from widgets.plots.axis import ValueAxis
from widgets.plots.end_labels import EndLabel, EndLabels, gutter
from widgets.plots.library import pg
from widgets.plots.readout import Readout, ReadoutRow
from widgets.style import style
from widgets.values import Floats

EDGE = 2.0
Range = tuple[float, float]


MOST = 1e300
"""An axis ends there: the lengths beyond are too large for a number, and so for Qt."""


def _within_reach(low: float, high: float) -> Range:
    return max(low, -MOST), min(high, MOST)


class PlotCanvas(Picture, pg.PlotWidget):  # type: ignore[misc]
    """A pyqtgraph plot: the wheel zooms, a drag pans, a double-click or Home fits, the cursor reads values.

    Subclasses say what is to be seen (:meth:`ranges`), what is read under the cursor (:meth:`rows_at`) and what
    stands where a curve ends (:meth:`end_labels`); they call :meth:`restyle` once they are built.

    Parameters
    ----------
    left, bottom : ValueAxis
        The two axes.
    square : bool
        Whether the plot is as high as it is wide.
    zooms : bool
        Whether the user can zoom and pan.
    hint, least : (int, int)
        The size that is asked for, and the least that can be read.

    Signals
    -------
    fitted_changed(bool)
        Whether the view follows its values by itself (False once the user zoomed or panned).
    """

    fitted_changed = Signal(bool)
    spoken_role = QAccessible.Role.Chart
    _is_built = False

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        left: ValueAxis,
        bottom: ValueAxis,
        square: bool = False,
        zooms: bool = True,
        hint: tuple[int, int] = (340, 200),
        least: tuple[int, int] = (180, 100),
    ) -> None:
        # pyqtgraph resizes the widget before its own constructor has returned.
        self.left, self.bottom, self._is_square = left, bottom, square
        self._label_room = EDGE
        self._hint, self._least = QSize(*hint), QSize(*least)
        axes = {"left": left, "bottom": bottom}
        super().__init__(parent, background=None, enableMenu=False, axisItems=axes)  # type: ignore[call-arg]
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the canvas, which has a name, takes the keys
        self.fitted = True
        self._fitted_to: tuple[object, ...] = ()  # what was asked for, and what the view made of it
        self.labels = EndLabels(self)
        self.readout = Readout(self, has_hairline=not square)
        self._message = Label(parent=self)
        self._message.setWordWrap(True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setProperty("role", "secondary")
        self._message.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._message.hide()
        item, view = self.getPlotItem(), self.getViewBox()
        item.hideButtons()
        view.setDefaultPadding(0.0)
        view.disableAutoRange()
        view.setMouseEnabled(zooms, zooms)
        view.sigRangeChanged.connect(self.place_labels)
        view.sigResized.connect(self.place_labels)
        view.sigRangeChangedManually.connect(self._on_zoomed)
        self.setMouseTracking(True)

    # ---- what subclasses say ---------------------------------------------------------------------

    def ranges(self) -> tuple[Range, Range]:
        """Return what is to be seen across and upwards."""
        return (0.0, 1.0), (0.0, 1.0)

    def rows_at(self, x: float, y: float = 0.0) -> tuple[ReadoutRow, ...]:
        """Return what is read at (x, y) of the plot; nothing where there are no values."""
        return ()

    def end_labels(self) -> tuple[EndLabel, ...]:
        """Return the labels where curves end."""
        return ()

    # ---- view ------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Show everything, and follow the values from now on."""
        across, upwards = (_within_reach(*ends) for ends in self.ranges())
        view = self.getViewBox()
        if (across, upwards, view.viewRange()) != self._fitted_to:
            view.setRange(xRange=across, yRange=upwards, padding=0, disableAutoRange=True)
            self._fitted_to = across, upwards, view.viewRange()
        self._follow(True)

    def refresh(self) -> None:
        """Follow new values, unless the user has zoomed."""
        if self.fitted:
            self.fit()
        self.place_labels()
        # pyqtgraph moves what is in a view when it is painted, and Qt would paint it all again for that.
        self.scene().prepareForPaint()

    def set_message(self, message: str) -> None:
        """Show `message` in place of the plot; an empty one shows the plot."""
        self._message.setText(message)
        self._message.setGeometry(self.rect().adjusted(12, 8, -12, -8))
        self._message.setVisible(bool(message))
        self.getPlotItem().setVisible(not message)
        self.labels.setVisible(not message)
        if message:
            self.readout.hide()

    @property
    def message(self) -> str:
        """What is shown in place of the plot."""
        return self._message.text()

    def place_of(self, x: float, y: float, view: pg.ViewBox | None = None) -> QPointF:
        """Return the pixel of (x, y) on the scale of `view`."""
        scene = (view or self.getViewBox()).mapViewToScene(QPointF(x, y))
        return QPointF(self.viewportTransform().map(scene))

    def area(self) -> QRectF:
        """Return the pixels inside the axes."""
        return QRectF(self.viewportTransform().mapRect(self.getViewBox().sceneBoundingRect()))

    def place_labels(self, *_: object) -> None:
        """Put each label where its curve ends in the view."""
        if self._is_built:
            self.labels.show_labels(self.end_labels())

    def set_label_room(self, widest: str) -> None:
        """Leave room right of the curves for labels as wide as `widest`; an empty one needs none."""
        room = gutter(widest) if widest else EDGE
        if room != self._label_room:
            self._label_room = room
            self._arrange()

    def _arrange(self) -> None:
        """Share out the room between plot and labels; a square plot stands in the middle."""
        room, top, aside, below = self._label_room, self.left.overhang, 0.0, 0.0
        if self._is_square:
            across = self.width() - self.left.width() - room
            upwards = self.height() - self.bottom.height() - top
            side = max(min(across, upwards), 16.0)
            aside, below = max((across - side) / 2.0, 0.0), max(upwards - side, 0.0)
        self.getPlotItem().layout.setContentsMargins(aside, top, room + aside, below)

    def _follow(self, fitted: bool) -> None:
        if fitted != self.fitted:
            self.fitted = fitted
            self.fitted_changed.emit(fitted)

    def _on_zoomed(self, *_: object) -> None:
        self._follow(False)

    def restyle(self) -> None:
        """Take up the theme and the type."""
        self.setBackground(QColor(style.current().panel))
        for axis in (self.left, self.bottom):
            axis.restyle()
        self.readout.hide()
        self._is_built = True
        self._arrange()
        self.place_labels()

    # ---- Qt --------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the values under the cursor."""
        super().mouseMoveEvent(event)
        self.read(event.position())

    def read(self, place: QPointF) -> None:
        """Show the values at the pixel `place`."""
        at = self.getViewBox().mapSceneToView(self.mapToScene(place.toPoint()))
        rows = self.rows_at(at.x(), at.y()) if not self.message and self.area().contains(place) else ()
        if rows:
            self.readout.show_at(place, self.area(), rows)
        else:
            self.readout.hide()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the readout."""
        self.readout.hide()
        super().leaveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit the view to the values."""
        super().mouseDoubleClickEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fit with Home."""
        if event.key() == Qt.Key.Key_Home:
            self.fit()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the square and the message into the new size."""
        super().resizeEvent(event)
        if self._is_built:
            self._arrange()
            self._message.setGeometry(self.rect().adjusted(12, 8, -12, -8))

    def sizeHint(self) -> QSize:
        """Return the size that is asked for."""
        return self._hint

    def minimumSizeHint(self) -> QSize:
        """Return the least that can be read."""
        return self._least

    def changeEvent(self, event: QEvent) -> None:
        """Take up a new theme or type."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._is_built:
            self.restyle()


def pen(colour: str | QColor, width: float = 1.0, dash: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """Return a pen that keeps its `width` (pixels at ordinary type) however far the user zooms."""
    made = QPen(QColor(colour), width * style.current().scale, dash)
    made.setCosmetic(True)
    return made


def nearest(x: Floats, value: float) -> int:
    """Return the index of the entry of the rising `x` that is nearest to `value`."""
    i = int(np.searchsorted(x, value))
    if i == 0:
        return 0
    return i - 1 if i == len(x) or value - x[i - 1] <= x[i] - value else i
