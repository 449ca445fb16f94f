"""The sections of a card as a table: click a row, move through the rows with the arrows, type a weight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyleOptionViewItem, QTreeView, QWidget

from widgets.controls.answer_field import AnswerField, opening_text
from widgets.controls.number_menu import open_number_menu, wish_of
from widgets.gradient_card.card_sheet import Section
from widgets.gradient_card.column_widths import column_widths, row_height
from widgets.gradient_card.sheet_model import SheetModel
from widgets.gradient_card.table_painting import Columns, RowState, paint_head, paint_row
from widgets.gradient_card.weight_delegate import WeightDelegate
from widgets.values import EdgeKey

Index = QModelIndex | QPersistentModelIndex
SHORT_SUM = 1
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_OURS = (*_SIDEWAYS, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, *_ENTER)


class SheetTable(QTreeView):
    """Rows under the heads of their sections; the head of the topmost row stays in sight.

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
        self._sheet, self._weights = SheetModel(self), WeightDelegate(self)
        self._shape: tuple[object, ...] = ()
        self._all_digits = False
        self._unfolded: dict[str, bool] = {}
        self._selected: EdgeKey | int | None = None
        self._hovered: EdgeKey | int | None = None
        self._rights: list[float] = []
        self._answer = AnswerField(self.viewport())
        self._answer.answered.connect(self.answered)
        self.viewport().setFocusProxy(self)
        self._set_up()
        self.setModel(self._sheet)
        self.setItemDelegate(self._weights)
        self._weights.number_typed.connect(self.number_typed)
        self._weights.typing_refused.connect(self.typing_refused)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._type_weight)
        self.entered.connect(self._on_entered)
        self.viewportEntered.connect(lambda: self._hover(None))
        self.expanded.connect(lambda index: self._on_folded(index, unfolded=True))
        self.collapsed.connect(lambda index: self._on_folded(index, unfolded=False))

    def _set_up(self) -> None:
        self.setHeaderHidden(True)
        self.header().setMinimumSectionSize(1)
        self.header().setStretchLastSection(False)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Nothing shines through: the widgets behind need not be painted at each frame.
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Numbers behind the card")
        self.setAccessibleDescription(
            "The up and down keys move through the rows, the left and right keys through their numbers. Enter opens "
            "what a batch gradient is made of, or types a weight; Space selects the edge or the example."
        )

    # ---- values in -------------------------------------------------------------------------------

    def show_sections(self, sections: tuple[Section, ...], *, all_digits: bool) -> None:
        """Show `sections`; new numbers alone move nothing."""
        shape = (all_digits, tuple((s.name, len(s.rows), s.columns) for s in sections))
        self._all_digits = all_digits
        if shape == self._shape:
            self._sheet.stream(sections)
            self._close_answered()
            return
        self._shape = shape
        self._answer.close_field()
        self._sheet.reset(sections)
        self.doItemsLayout()
        self._fit()

    def select(self, key: EdgeKey | int | None) -> None:
        """Mark the row of `key`, and give it the keyboard where the rows are others now; None marks none."""
        if key != self._selected:
            self._selected = key
            self.viewport().update()
        if self.hasFocus() and not self.currentIndex().isValid():
            self.setCurrentIndex(self._sheet.index_of(key))

    @property
    def selected(self) -> EdgeKey | int | None:
        """The key of the marked row."""
        return self._selected

    # ---- places ----------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Spread the columns over the width, and fold a sum that would hide the edges."""
        sections = self._sheet.sections
        for i, width in enumerate(column_widths(sections, self.viewport().width(), all_digits=self._all_digits)):
            self.header().resizeSection(i, width)
        columns = range(self._sheet.columnCount())
        self._rights = [float(self.header().sectionPosition(i) + self.header().sectionSize(i)) for i in columns]
        with QSignalBlocker(self):
            for i, section in enumerate(sections):
                self.setExpanded(self._sheet.index(i, 0), self._unfolded.get(section.name, self._opens(section)))

    def _opens(self, section: Section) -> bool:
        sections = self._sheet.sections
        fits = sum(len(s.rows) + 1 for s in sections) * row_height() <= self.viewport().height()
        return section.name != "terms" or len(sections) == 1 or fits or len(section.rows) <= SHORT_SUM

    @property
    def _is_wide(self) -> bool:
        """Whether the columns are wider than the table: then the last one, the result, stays in sight."""
        return bool(self._rights) and self._rights[-1] > self.viewport().width()

    @property
    def _last_left(self) -> float:
        return float(self.viewport().width() - self.header().sectionSize(len(self._rights) - 1))

    def _covering_head(self) -> QModelIndex:
        """Return the head drawn over the top of the view, because its rows have scrolled; else no index."""
        first = super().indexAt(QPoint(0, 0))
        head = first.parent() if first.parent().isValid() else first
        return head if head.isValid() and super().visualRect(head).top() < 0 else QModelIndex()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the cell under `point`; the head that stays on top and the last column count first."""
        index = super().indexAt(point)
        if index.isValid() and self._is_wide and point.x() >= self._last_left:
            index = index.siblingAtColumn(len(self._rights) - 1)
        head = self._covering_head() if 0 <= point.y() < row_height() else QModelIndex()
        return head.siblingAtColumn(max(index.column(), 0)) if head.isValid() else index

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = QTreeView.ScrollHint.EnsureVisible) -> None:
        """Scroll so that the row of `index` stands clear of the head that stays on top."""
        super().scrollTo(index, hint)
        hidden = row_height() - self.visualRect(index).top()
        if index.parent().isValid() and hidden > 0:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - hidden)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Repaint once: new numbers move nothing, and Qt would look each cell up to find what to repaint."""
        self.viewport().update()

    # ---- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows in sight, then the head of the section they belong to on top."""
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), self.palette().base())
        super().paintEvent(event)
        head = self._covering_head()
        if head.isValid():
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            option.rect = QRect(0, 0, self.viewport().width(), row_height())
            with QPainter(self.viewport()) as painter:
                self.drawRow(painter, option, head)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one head or row."""
        section, row = self._sheet.section_at(index), self._sheet.row_at(index)
        left, place = -float(self.header().offset()), option.rect
        width = max(float(self.viewport().width()) - left, self._rights[-1])
        band = QRectF(left, place.top(), width, place.height())
        columns = Columns(self._rights)
        if self._is_wide:
            rights = [left + right for right in self._rights[:-1]]
            columns = Columns([*rights, float(self.viewport().width())], self._last_left)
        current = self.hasFocus() and self.currentIndex().siblingAtColumn(0) == index.sibling(index.row(), 0)
        cell = self.currentIndex().column() if current else 0
        if row is None:
            open_ = self.isExpanded(index.sibling(index.row(), 0))
            paint_head(painter, section, band, columns, open_=open_, current=current, all_digits=self._all_digits)
            return
        selected = row.key is not None and row.key == self._selected
        hovered = row.key is not None and row.key == self._hovered
        state = RowState(selected, current, hovered, cell)
        paint_row(painter, section, index.row(), band, columns, state, all_digits=self._all_digits)

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

    def _on_folded(self, head: QModelIndex, *, unfolded: bool) -> None:
        self._unfolded[self._sheet.section_at(head).name] = unfolded

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the columns over the new width."""
        super().resizeEvent(event)
        if self._shape:
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Take up a new theme or type."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._shape:
            self.doItemsLayout()
            self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return room for a head and three rows."""
        return QSize(240, row_height() * 4)
