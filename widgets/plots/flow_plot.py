"""How gradients and updates flow through the layers: bars on a log scale, with their numbers."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from widgets.controls.picture import Picture
from widgets.frame.warning_card import WarningCard, listed, on_screen
from widgets.plots.decades import NOWHERE
from widgets.plots.flow_bars import NAME, NUMBER, SMALL, Places, paint_bars, paint_head, paint_rails, tall
from widgets.style import numbers, style
from widgets.style.paint_ratio import is_on_pixels, is_vector, ratio_of
from widgets.style.tips import Tip
from widgets.values import FlowRow, FlowWarning

GAP = 8.0
NOT_YET = "not computed yet"
EMPTY = "No gradients yet: press Step or Play."
WHAT = (
    "How large the gradient of each layer is (thick bar), and how far an update moves its weights (thin bar), on one "
    "log scale.\nBars that shrink from the last layer to the first: the gradient vanishes."
)


class FlowPlot(Picture, QAbstractScrollArea):
    """Per layer: ‖g‖ and ‖ΔW‖ / ‖W‖ as bars, and dead and saturated units in words.

    One scale serves all bars and only ever grows while the layers stay the same, so that they can be
    compared with each other and from frame to frame. A click on a warning, or Enter, explains it.

    Signals
    -------
    fix_picked(object, str)
        What the user wants to do about a warning: its NodeKey (unit −1: a layer), and the key of the choice.
    """

    fix_picked = Signal(object, str)
    spoken_role = QAccessible.Role.Chart

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[FlowRow, ...] = ()
        self._scale = NOWHERE
        self._still = QPixmap()
        self._still_of: tuple[object, ...] = ()
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Nothing shines through: the widgets behind need not be painted at each frame.
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Gradient flow per layer")
        self._card: WarningCard | None = None

    def set_rows(self, rows: tuple[FlowRow, ...], beside: tuple[FlowRow, ...] = ()) -> None:
        """Show one row per layer, the first layer first, on a scale that also holds the rows of a plot `beside`."""
        if [row.label for row in rows] != [row.label for row in self._rows]:
            self._scale = NOWHERE
        self._rows = rows
        sizes = [size for row in (*rows, *beside) for size in (row.gradient_norm, row.update_ratio) if size is not None]
        self._scale = self._scale.holding(sizes) if sizes else self._scale
        self._fit()

    def forget_scale(self) -> None:
        """Begin a new scale with the next rows. Never emits."""
        self._scale = NOWHERE

    def sentences_of(self, row: FlowRow) -> str:
        """Return everything about `row` in words, for its tooltip."""
        norm, ratio = (NOT_YET if x is None else numbers.full(x) for x in (row.gradient_norm, row.update_ratio))
        lines = [
            f"{row.label}: ‖g‖ = {norm}",
            "g = ∂L_B/∂W + λ·∂R/∂W over the pending batch",
            "‖g‖: the square root of the sum of its squares, without the biases",
            f"‖ΔW‖ / ‖W‖ = {ratio}",
            "how far one update moves the weights; about 0.001 (the tick) is healthy",
        ]
        for warning in row.warnings:
            lines += _sentences(warning)
        return "\n".join(lines)

    def words(self) -> str:
        """Return both numbers and the warnings of every row."""
        return "\n".join(_spoken(row) for row in self._rows)

    # ---- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the heads and the rows in sight."""
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not self._rows:
                painter.fillRect(self.viewport().rect(), QColor(style.current().panel))
                painter.setFont(style.sans(8.5))
                painter.setPen(QColor(style.current().secondary))
                painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, EMPTY)
            else:
                places, bands = self._places(), self._bands()
                self._paint_still(painter, places, bands)
                for row, band in zip(self._rows, bands, strict=True):
                    self._paint_row(painter, row, band, places)
                if self.verticalScrollBar().value():
                    paint_head(painter, self._head, places, self._scale)  # again: rows have scrolled below it

    def _paint_still(self, painter: QPainter, places: Places, bands: list[QRectF]) -> None:
        """Draw what stays from frame to frame; on the screen from a picture of it that is kept."""
        ratio = self.viewport().devicePixelRatioF()
        if is_vector(painter) or ratio_of(painter, self.viewport()) != ratio or not is_on_pixels(painter):
            self._draw_still(painter, places, bands)
            return
        labels, tops = tuple(row.label for row in self._rows), tuple(band.top() for band in bands)
        key = self.viewport().size().toTuple(), ratio, style.current(), self._scale, labels, tops
        if key != self._still_of:
            self._still, self._still_of = QPixmap(self.viewport().size() * ratio), key
            self._still.setDevicePixelRatio(ratio)
            self._still.fill(QColor(style.current().panel))
            with QPainter(self._still) as into:
                into.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._draw_still(into, places, bands)
        painter.drawPixmap(0, 0, self._still)

    def _draw_still(self, painter: QPainter, places: Places, bands: list[QRectF]) -> None:
        painter.fillRect(self.viewport().rect(), QColor(style.current().panel))
        for row, band in zip(self._rows, bands, strict=True):
            paint_rails(painter, row.label, band, places)
        paint_head(painter, self._head, places, self._scale)

    @property
    def _head(self) -> QRectF:
        return QRectF(0, 0, self.viewport().width(), self._head_height())

    def _paint_row(self, painter: QPainter, row: FlowRow, band: QRectF, places: Places) -> None:
        theme = style.current()
        _left, right, norm, ratio = places
        line = QRectF(0, band.top(), band.width(), band.height())
        paint_bars(painter, row, band, places, self._scale)
        painter.setFont(style.mono(NUMBER))
        painter.setPen(QColor(theme.gradient))
        painter.drawText(QRectF(right, line.top(), norm - right, line.height()), _RIGHT, _number(row.gradient_norm))
        painter.setPen(QColor(theme.text))
        painter.drawText(QRectF(norm, line.top(), ratio - norm, line.height()), _RIGHT, _number(row.update_ratio))
        if not row.warnings:
            return
        painter.setFont(style.sans(SMALL, bold=True))
        for warning, box in self.warning_boxes(row):
            painter.setPen(QPen(QColor(theme.warning), 1.0))
            painter.setBrush(QColor(theme.panel))
            painter.drawRoundedRect(box, box.height() / 2.0, box.height() / 2.0)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, warning.text)

    def warning_boxes(self, row: FlowRow) -> list[tuple[FlowWarning, QRectF]]:
        """Return where the warnings of `row` stand: on its own line, from the right end of its bars to the left."""
        if not row.warnings:
            return []
        left, right, _norm, _ratio = self._places()
        room, made = style.sans_room(SMALL, bold=True), []
        band, x = self.band_of(row), right - 2.0
        for warning in row.warnings:
            width = min(room.width(warning.text) + 12.0, max(x - left, 0.0))
            made.append((warning, QRectF(x - width, band.center().y() - room.height / 2, width, room.height)))
            x -= width + 4.0
        return made

    def band_of(self, row: FlowRow) -> QRectF:
        """Return where `row` stands in the viewport."""
        return self._band(self._rows.index(row))

    def _band(self, index: int) -> QRectF:
        return self._bands()[index]

    def _bands(self) -> list[QRectF]:
        """Return where each row stands in the viewport."""
        height, width = self._row_height(), self.viewport().width()
        top, scrolled = self._head_height(), self.verticalScrollBar().value()
        return [QRectF(0, top + index * height - scrolled, width, height) for index in range(len(self._rows))]

    def _places(self) -> Places:
        """Return the left and right end of the bars, and the right ends of the two number columns."""
        name, number = style.sans_room(NAME), style.mono_room(NUMBER)
        label = max((name.width(row.label) for row in self._rows), default=20.0) + GAP
        head = style.sans_room(SMALL).width("‖ΔW‖/‖W‖") + GAP
        column = max(number.width("0.00e−00") + GAP, head)
        width = float(self.viewport().width())
        return label, max(width - 2 * column, label + 20), width - column, width - 2

    # ---- Qt --------------------------------------------------------------------------------------

    def _head_height(self) -> float:
        return math.ceil(style.sans_room(SMALL).height + 2)

    def _row_height(self) -> float:
        room = (self.viewport().height() - self._head_height()) / max(len(self._rows), 1)
        least = style.sans_room(NAME).height + 8
        return float(min(max(room, least), max(tall(), least)))

    def _fit(self) -> None:
        bar = self.verticalScrollBar()
        total = round(len(self._rows) * self._row_height() + self._head_height())
        bar.setRange(0, max(0, total - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(round(self._row_height()))
        self.viewport().update()

    def row_at(self, y: float) -> FlowRow | None:
        """Return the row at height `y` of the viewport, or None."""
        index = (y - self._head_height() + self.verticalScrollBar().value()) / self._row_height()
        return self._rows[int(index)] if 0 <= index < len(self._rows) and y >= self._head_height() else None

    def tip_at(self, point: QPoint) -> Tip:
        """Return the numbers of the layer at `point` in full."""
        row, warning = self.row_at(point.y()), self.warning_at(point)
        if row is None:
            return Tip(WHAT, self.viewport().rect())
        band = self.band_of(row).toAlignedRect()
        if warning is not None:
            return Tip("\n".join(_sentences(warning[0])), warning[1].toAlignedRect(), (band,))
        return Tip(self.sentences_of(row), band)

    def warning_at(self, point: QPoint) -> tuple[FlowWarning, QRectF] | None:
        """Return the warning at `point` of the viewport, and where it stands."""
        row = self.row_at(point.y())
        boxes = [] if row is None else self.warning_boxes(row)
        return next(((warning, box) for warning, box in boxes if box.contains(point.toPointF())), None)

    def explain(self, warning: FlowWarning, place: QRectF) -> None:
        """Open the card of `warning` beside `place` of the viewport."""
        if self._card is None:
            self._card = WarningCard(self)
            self._card.fix_picked.connect(self.fix_picked)
        badges = {key: badge for row in self._rows for one in row.warnings for key, badge in one.badges.items()}
        self._card.open_for(min(warning.badges), badges, on_screen(self.viewport(), place.toAlignedRect()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press: the release counts."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Explain the warning under the mouse."""
        found = self.warning_at(event.position().toPoint())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.explain(*found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a warning can be clicked."""
        found = self.warning_at(event.position().toPoint())
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor if found is None else Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Explain the first warning with Enter; its card leads to the others."""
        first = next((found for row in self._rows for found in self.warning_boxes(row)), None)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and first is not None:
            self.explain(*first)
        else:
            super().keyPressEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 (Qt's name)
        """Redraw after scrolling."""
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the rows over the new height."""
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Take up a new theme or type."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._fit()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Return room for three layers."""
        return QSize(320, round(self._head_height() + 3 * 34))

    def minimumSizeHint(self) -> QSize:
        """Return room for two layers."""
        return QSize(200, round(self._head_height() + 2 * 24))


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _sentences(warning: FlowWarning) -> tuple[str, ...]:
    """Return what the first badge of `warning` says, and which others there are."""
    first = warning.badges[min(warning.badges)].sentences
    return first if len(warning.badges) == 1 else (f"{warning.text}: {listed(warning.badges)}.", *first)


def _spoken(row: FlowRow) -> str:
    """Return a row as it is read aloud."""
    norm, ratio = (NOT_YET if x is None else numbers.four(x) for x in (row.gradient_norm, row.update_ratio))
    warned = " ".join(sentence for warning in row.warnings for sentence in _sentences(warning))
    return f"{row.label}: ‖g‖ = {norm}, ‖ΔW‖ / ‖W‖ = {ratio}. {warned}".strip()


def _number(size: float | None) -> str:
    return "" if size is None else numbers.scientific(size)
