"""The boxes at the top of a card: big numbers with their operators between them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.controls.answer_field import AnswerField, opening_text
from widgets.controls.blank_bar import paint_blank
from widgets.controls.number_menu import open_number_menu, wish_of
from widgets.controls.painted_items import PaintedItems
from widgets.gradient_card.card_sheet import Box, Role, Segment
from widgets.style import numbers, style
from widgets.style.paint_ratio import is_on_pixels, ratio_of
from widgets.style.tips import Tip

OPERATOR = 26.0
PAD = 9.0
_BIG = 14.0
_NAME = 8.0
_SMALLER = (11.0, 10.0, 9.0, 8.0)
ROOM, FULL_ROOM = 7, 20
"""Digits that a number in a note keeps free, so that what follows it stays in place."""


def colour_of(role: Role) -> QColor:
    """Return the colour of a role in the current theme."""
    theme = style.current()
    return QColor(theme.text if role == "plain" else getattr(theme, role))


class BoxesView(PaintedItems[int], QWidget):
    """Two or three boxes; the tooltip of each is its formula with the numbers plugged in.

    The left and right keys move from box to box.

    Signals
    -------
    answered(object, str)
        The place of a hidden number, and what was typed for it.
    wished(object, str)
        The place of a number, and what is asked of it: ``why`` or ``predict``.
    """

    answered = Signal(object, str)
    wished = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: tuple[Box, ...] = ()
        self._operators: tuple[str, ...] = ()
        self._all_digits = False
        self._frames = QPixmap()
        self._frames_key: tuple[object, ...] = ()
        self._at = 0  # the box that has the keyboard
        self._answer = AnswerField(self)
        self._answer.answered.connect(self.answered)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Nothing shines through: the widgets behind need not be painted at each frame.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Upstream times local is downstream")

    def show_boxes(self, boxes: tuple[Box, ...], operators: tuple[str, ...], *, all_digits: bool) -> None:
        """Show `boxes`; a change of numbers alone moves nothing."""
        self._boxes, self._operators = boxes, operators
        self._at = min(self._at, max(len(boxes) - 1, 0))
        if not self._answer.isHidden() and not any(b.blank and (b.field, 0) == self._answer.place for b in boxes):
            self._answer.close_field()
        if all_digits != self._all_digits:
            self._all_digits = all_digits
            self.updateGeometry()
        self.update()

    def box_rects(self) -> list[QRectF]:
        """Return the place of each box."""
        n = len(self._boxes)
        if n == 0:
            return []
        gaps = [OPERATOR if operator else 10.0 for operator in self._operators]
        width = (self.width() - sum(gaps)) / n
        rects, x = [], 0.0
        for i in range(n):
            rects.append(QRectF(x, 0, width, self.height()).adjusted(0.5, 0.5, -0.5, -0.5))
            x += width + (gaps[i] if i < len(gaps) else 0.0)
        return rects

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the boxes."""
        rects = self.box_rects()
        with QPainter(self) as painter:
            has_words = is_on_pixels(painter) and ratio_of(painter, self) == self.devicePixelRatioF()
            words = (self._operators, *((box.title, box.symbol) for box in self._boxes)) if has_words else ()
            key = (self.size().toTuple(), self.devicePixelRatioF(), style.current(), len(rects), words)
            if key != self._frames_key:
                self._frames, self._frames_key = self._draw_frames(rects, has_words=has_words), key
            painter.drawPixmap(0, 0, self._frames)
            if not has_words:
                self._paint_words(painter, rects)
            for index, (box, rect) in enumerate(zip(self._boxes, rects, strict=True)):
                self._paint_box(painter, box, rect)
                if self.hasFocus() and index == self._at:
                    painter.setPen(QPen(QColor(style.current().accent), 1))
                    painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), style.RADIUS - 2, style.RADIUS - 2)

    def _paint_words(self, painter: QPainter, rects: list[QRectF]) -> None:
        """Write the names of the boxes and the operators between them."""
        painter.setPen(colour_of("secondary"))
        painter.setFont(style.sans(_NAME))
        for box, rect in zip(self._boxes, rects, strict=True):
            inner = _inside(rect)
            name = style.sans_room(_NAME).elided(f"{box.title}   {box.symbol}", inner.width())
            painter.drawText(inner, _TOP, name)
        painter.setFont(style.sans(15.0))
        for operator, left, right in zip(self._operators, rects, rects[1:], strict=False):
            between = QRectF(left.right(), 0, right.left() - left.right(), self.height())
            painter.drawText(between, Qt.AlignmentFlag.AlignCenter, operator)

    def _draw_frames(self, rects: list[QRectF], *, has_words: bool) -> QPixmap:
        """Return the empty boxes, which stay the same from frame to frame, with their words or without."""
        theme, ratio = style.current(), self.devicePixelRatioF()
        layer = QPixmap(self.size() * ratio)
        layer.setDevicePixelRatio(ratio)
        layer.fill(QColor(theme.panel))
        with QPainter(layer) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.setBrush(QColor(theme.panel))
            for rect in rects:
                painter.drawRoundedRect(rect, style.RADIUS, style.RADIUS)
            if has_words:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
                self._paint_words(painter, rects)
        return layer

    def _paint_box(self, painter: QPainter, box: Box, rect: QRectF) -> None:
        inner, small = _inside(rect), style.sans_room(_NAME)
        foot_height = small.height * self._note_lines
        foot = QRectF(inner.left(), inner.bottom() - foot_height, inner.width(), foot_height)
        middle = QRectF(inner.topLeft() + QPointF(0, small.height), foot.topRight())
        self._paint_number(painter, box, middle)
        _paint_note(painter, box.note, foot, all_digits=self._all_digits)

    def _paint_number(self, painter: QPainter, box: Box, place: QRectF) -> None:
        if box.value is None:
            return
        if box.blank:
            painter.setFont(style.mono(11.0, bold=True))
            width = min(10.0 * painter.fontMetrics().horizontalAdvance("0"), place.width())
            paint_blank(painter, box.blank, QRectF(place.left(), place.top() + 2, width, place.height() - 4))
            return
        text = numbers.full(box.value) if self._all_digits else numbers.four(box.value)
        rounded = not self._all_digits and not numbers.is_exact(box.value)
        # The slots for ≈ and for the sign are always there, so that streaming digits stay in place.
        text = text if text.startswith(numbers.MINUS) else f" {text}"
        points = _fitting(22 if self._all_digits else 0, place.width())
        painter.setFont(style.mono(points, bold=True))
        advance = painter.fontMetrics().horizontalAdvance("0")
        slot = 0.0 if self._all_digits else 1.6 * advance
        if rounded:
            painter.setPen(colour_of("secondary"))
            painter.drawText(place, _MIDDLE, numbers.APPROXIMATELY)
        painter.setPen(colour_of(box.role))
        painter.drawText(place.adjusted(slot if slot else 0.0, 0, 60, 0), _MIDDLE, text)

    def tip_at(self, point: QPoint) -> Tip | None:
        """Return the derivation of the box under `point`."""
        boxes = zip(self._boxes, self.box_rects(), strict=True)
        tips = (Tip(box_tooltip(box), rect.toAlignedRect()) for box, rect in boxes if rect.contains(point.toPointF()))
        return next(tips, None)

    # ---- one box -----------------------------------------------------------------------------------

    @property
    def focused(self) -> int | None:
        """The box that has the keyboard."""
        return self._at if self._boxes else None

    def items(self) -> Sequence[int]:
        """Return the boxes from left to right."""
        return range(len(self._boxes))

    def item_at(self, point: QPointF) -> int | None:
        """Return the box at a point."""
        return next((i for i, rect in enumerate(self.box_rects()) if rect.contains(point)), None)

    def place_of(self, key: int) -> QRect:
        """Return where a box is."""
        return self.box_rects()[key].toAlignedRect()

    def name_of(self, key: int) -> str:
        """Return a box in words: its name and its number."""
        box = self._boxes[key]
        if box.blank:
            return f"{box.title} {box.symbol}: {box.blank.words}"
        return f"{box.title} {box.symbol}" + ("" if box.value is None else f" = {numbers.four(box.value)}")

    def tooltip(self, key: int) -> str:
        """Return the derivation of a box."""
        return box_tooltip(self._boxes[key])

    def _open_answer(self, index: int, text: str = "") -> None:
        box, rect = self._boxes[index], self.box_rects()[index].toAlignedRect()
        if box.blank is not None and box.blank.is_asked:
            middle = rect.adjusted(round(PAD), rect.height() // 3, -round(PAD), -rect.height() // 4)
            self._answer.open_at(middle, (box.field, 0), box.blank.name, text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Give the keyboard to the box under the mouse; open the field where its number is asked."""
        index = self.item_at(event.position())
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            self.press(index)

    def press(self, key: int) -> None:
        """Give the keyboard to a box; open the field where its number is asked."""
        self._move_to(key)
        self._open_answer(key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be asked of a number."""
        is_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self._at if is_key else self.item_at(event.pos().toPointF())
        if index is None or index >= len(self._boxes) or not self._boxes[index].field:
            return
        box = self._boxes[index]
        at = self.place_of(index).bottomLeft() if is_key else event.pos()
        open_number_menu(self, at, lambda wish: self.wished.emit((box.field, 0), wish), can_predict=box.blank is None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move from box to box; open the field for an answer; ask why."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        box = self._boxes[self._at] if self._boxes else None
        typed, wish = opening_text(event), wish_of(event)
        if step is not None and 0 <= self._at + step < len(self._boxes):
            self._move_to(self._at + step)
        elif box is not None and box.blank is not None and typed is not None:
            self._open_answer(self._at, typed)
        elif box is not None and box.field and wish is not None:
            self.wished.emit((box.field, 0), wish)
        else:
            super().keyPressEvent(event)

    def _move_to(self, index: int) -> None:
        self._at = index
        self.report_focus(index)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys while a box has the keyboard."""
        is_ours = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if event.type() == QEvent.Type.ShortcutOverride and is_ours:
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus is gone."""
        super().focusOutEvent(event)
        self.update()

    @property
    def _note_lines(self) -> int:
        return 2 if self._all_digits else 1

    def sizeHint(self) -> QSize:
        """Return the height of three lines, the middle one large; all digits of a note need one more."""
        small, big = style.sans_room(8.0).height, style.mono_room(_BIG, bold=True).height
        return QSize(560, math.ceil((1 + self._note_lines) * small + big + 10))

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which the numbers fit."""
        number = 10.5 * style.mono_room(_BIG, bold=True).digit + 2 * PAD
        return QSize(math.ceil(3 * number + 2 * OPERATOR), self.sizeHint().height())


_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _inside(rect: QRectF) -> QRectF:
    """Return the part of a box that is written in."""
    return rect.adjusted(PAD, 5, -PAD, -5)


def box_tooltip(box: Box) -> str:
    """Return everything that a box shows, for where some of it is cut: its name, its derivation, its note."""
    note = " ".join(numbers.four(part) if isinstance(part, float) else part for part, _ in box.note)
    return f"{box.title}   {box.symbol}\n{box.derivation()}\n{note}"


def _fitting(characters: int, width: float) -> float:
    """Return the largest of our sizes at which so many characters fit into `width`; 0 asks for the big one."""
    if characters == 0:
        return _BIG
    fit = (points for points in _SMALLER if style.mono_room(points, bold=True).digit * characters <= width)
    return next(fit, _SMALLER[-1])


def _paint_note(painter: QPainter, note: tuple[Segment, ...], place: QRectF, *, all_digits: bool) -> None:
    text_font, number_font = style.sans(8.0), style.mono(8.0)
    digit, height = style.mono_room(8.0).digit, style.sans_room(8.0).height
    x, y = place.left(), place.top()
    for i, (part, role) in enumerate(note):
        number = isinstance(part, float)
        text = (numbers.full if all_digits else numbers.four)(part) if isinstance(part, float) else part
        painter.setFont(number_font if number else text_font)
        painter.setPen(colour_of(role))
        type_room = style.mono_room(8.0) if number else style.sans_room(8.0)
        # A number keeps its room however many digits it has just now.
        width = type_room.width(text)
        if number:
            width = max(width, digit * (FULL_ROOM if all_digits else ROOM))
        after = digit * FULL_ROOM + 4 if i + 1 < len(note) and isinstance(note[i + 1][0], float) else 0.0
        if all_digits and not number and x > place.left() and x + width + after > place.right():
            x, y = place.left(), y + height  # a name stands in one line with its number
        room = max(place.right() - x, 0.0)
        painter.drawText(QRectF(x, y, room, height), _MIDDLE, type_room.elided(text, room))
        x += width + 4
