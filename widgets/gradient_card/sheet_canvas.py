"""The sections of a card as they stand in a table: where everything is, and how it is painted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyleOptionViewItem, QTreeView, QWidget

from widgets.gradient_card.card_sheet import Section
from widgets.gradient_card.column_widths import column_widths, row_height
from widgets.gradient_card.sheet_model import SheetModel
from widgets.gradient_card.table_painting import Columns, RowState, paint_head, paint_row
from widgets.values import EdgeKey

Index = QModelIndex | QPersistentModelIndex
SHORT_SUM = 1


class SheetCanvas(QTreeView):
    """Rows under the heads of their sections; the head of the topmost row stays in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = SheetModel(self)
        self._shape: tuple[object, ...] = ()
        self._all_digits = False
        self._unfolded: dict[str, bool] = {}
        self._selected: EdgeKey | int | None = None
        self._hovered: EdgeKey | int | None = None
        self._rights: list[float] = []
        self._set_up()
        self.setModel(self._sheet)
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

    # ---- values in -------------------------------------------------------------------------------

    def show_sections(self, sections: tuple[Section, ...], *, all_digits: bool) -> None:
        """Show `sections`; new numbers alone move nothing."""
        shape = (all_digits, tuple((s.name, len(s.rows), s.columns) for s in sections))
        self._all_digits = all_digits
        if shape == self._shape:
            self._sheet.stream(sections)
            return
        self._shape = shape
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

    def _on_folded(self, head: QModelIndex, *, unfolded: bool) -> None:
        self._unfolded[self._sheet.section_at(head).name] = unfolded

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

    # ---- Qt --------------------------------------------------------------------------------------

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
