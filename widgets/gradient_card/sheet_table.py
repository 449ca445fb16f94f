"""The table of a card under the hand: click a row, move through the rows with the arrows, type a weight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QWidget

from widgets.controls.answer_field import AnswerField, opening_text
from widgets.controls.number_menu import open_number_menu, wish_of
from widgets.gradient_card.card_sheet import Section
from widgets.gradient_card.sheet_canvas import SheetCanvas
from widgets.gradient_card.weight_delegate import WeightDelegate
from widgets.values import EdgeKey

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_OURS = (*_SIDEWAYS, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, *_ENTER)


class SheetTable(SheetCanvas):
    """Rows whose numbers can be chosen, asked and typed.

    Signals
    -------
    row_clicked(object)
        The key (EdgeKey, or the number of an example) of a row that the user chose.
    row_hovered(object)
        The key under the cursor, or None.
    number_opened(object)
        The key of a row whose number the user wants to see the terms of.
    number_typed(object, float)
        The key of a row and the number typed into its editable cell.
    typing_refused(str)
        Why the typed text is not a number; empty as soon as there is no error.
    answered(object, str)
        The place of a hidden number, and what was typed for it.
    wished(object, str)
        The place of a number, and what is asked of it: ``why`` or ``predict``.
    """

    row_clicked = Signal(object)
    row_hovered = Signal(object)
    number_opened = Signal(object)
    number_typed = Signal(object, float)
    typing_refused = Signal(str)
    answered = Signal(object, str)
    wished = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weights = WeightDelegate(self)
        self._answer = AnswerField(self.viewport())
        self._answer.answered.connect(self.answered)
        self.viewport().setFocusProxy(self)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Numbers behind the card")
        self.setAccessibleDescription(
            "The up and down keys move through the rows, the left and right keys through their numbers. Enter opens "
            "what a batch gradient is made of, or types a weight; Space selects the edge or the example."
        )
        self.setItemDelegate(self._weights)
        self._weights.number_typed.connect(self.number_typed)
        self._weights.typing_refused.connect(self.typing_refused)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._type_weight)
        self.entered.connect(self._on_entered)
        self.viewportEntered.connect(lambda: self._hover(None))

    def show_sections(self, sections: tuple[Section, ...], *, all_digits: bool) -> None:
        """Show `sections`; the field for an answer closes where what it asked for has gone, or is no longer hidden."""
        before = self._shape
        super().show_sections(sections, all_digits=all_digits)
        if self._shape != before:
            self._answer.close_field()
        else:
            self._close_answered()

    def show_line(self, line: int) -> None:
        """Bring a line of text into sight, and the keyboard to it; nothing happens while it is not there."""
        index = self._sheet.line_index(line)
        if index.isValid():
            self.setExpanded(index.parent(), True)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    # ---- gestures --------------------------------------------------------------------------------

    def _on_clicked(self, index: QModelIndex) -> None:
        row = self._sheet.row_at(index)
        if self._opens_answer(index):
            return
        if row is None:
            head = index.siblingAtColumn(0)
            self.setExpanded(head, not self.isExpanded(head))
        elif row.key is not None:
            self.select(row.key)
            self.row_clicked.emit(row.key)
            if self._sheet.opens(index):
                self.number_opened.emit(row.key)

    def _opens_answer(self, index: QModelIndex, text: str = "") -> bool:
        """Open the field for an answer over a hidden number; return whether there is one."""
        blank, place = self._sheet.blank_at(index), self._sheet.place_at(index)
        if blank is None or not blank.is_asked:
            return blank is not None
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self._answer.open_at(self.visualRect(index), place, blank.name, text)
        return True

    def _close_answered(self) -> None:
        """Close the field where what it asked for is no longer hidden."""
        if not self._answer.isHidden() and self._sheet.blank_at(self.currentIndex()) is None:
            self._answer.close_field()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be asked of the number under the mouse, or at the keyboard's cell."""
        is_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_key else self.indexAt(self.viewport().mapFrom(self, event.pos()))
        place = self._sheet.place_at(index)
        if place is None:
            event.ignore()
            return
        self.setCurrentIndex(index)
        at = self.visualRect(index).bottomLeft() if is_key else self.viewport().mapFrom(self, event.pos())
        is_shown = self._sheet.blank_at(index) is None
        open_number_menu(self.viewport(), at, lambda wish: self.wished.emit(place, wish), can_predict=is_shown)

    def _type_weight(self, index: QModelIndex) -> None:
        weight = self._sheet.weight_index(index)
        if weight.isValid():
            self.setCurrentIndex(weight)
            self.scrollTo(weight)
            self.edit(weight)

    def _on_entered(self, index: QModelIndex) -> None:
        row = self._sheet.row_at(index)
        if self._sheet.opens(index):
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.viewport().unsetCursor()
        self._hover(None if row is None else row.key)

    def _hover(self, key: EdgeKey | int | None) -> None:
        if key != self._hovered:
            self._hovered = key
            self.viewport().update()
            self.row_hovered.emit(key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Type a weight; where the first click has opened terms, the second one chooses none of them."""
        index = self.indexAt(event.position().toPoint())
        if self._sheet.row_at(index) is None or self._sheet.weight_index(index).isValid():
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type a weight with Enter or F2, select the edge with Space; the card copies itself."""
        index = self.currentIndex()
        place, wish = self._sheet.place_at(index), wish_of(event)
        typed = opening_text(event) if self._sheet.blank_at(index) else None
        if typed is not None:
            self._opens_answer(index, typed)
        elif place is not None and wish is not None:
            self.wished.emit(place, wish)
        elif event.matches(QKeySequence.StandardKey.Copy) or event.key() == Qt.Key.Key_Backspace:
            event.ignore()  # the card's
        elif event.key() in _SIDEWAYS and self._sheet.row_at(index) is not None:
            column = index.column() + _SIDEWAYS[Qt.Key(event.key())]
            self.setCurrentIndex(index.siblingAtColumn(min(max(column, 0), len(self._rights) - 1)))
        elif event.key() in _ENTER and self._sheet.weight_index(index).isValid() and not self._sheet.opens(index):
            self._type_weight(index)
        elif event.key() in (Qt.Key.Key_Space, *_ENTER) and index.isValid():
            self._on_clicked(index)
        else:
            super().keyPressEvent(event)

    # ---- Qt --------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys, Space and Enter while the table has the keyboard."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _OURS:
            event.accept()
            return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the row under the cursor."""
        self._hover(None)
        super().leaveEvent(event)
