"""The sections of a card as a tree of two levels: heads, and below each head its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from widgets.gradient_card.card_sheet import Row, Section
from widgets.style import numbers
from widgets.values import EdgeKey
from widgets.values.veil import HIDDEN_TEXT, Blank, Place

Index = QModelIndex | QPersistentModelIndex
HEAD = 0


class SheetModel(QAbstractItemModel):
    """Column 0 holds the labels, the others hold numbers. An index's id is 0 for a head, else section + 1."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sections: tuple[Section, ...] = ()
        self._columns = 1

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections that are shown."""
        return self._sections

    def reset(self, sections: tuple[Section, ...]) -> None:
        """Show `sections` of another shape."""
        self.beginResetModel()
        self._sections = sections
        self._columns = 1 + max((len(section.columns) for section in sections), default=0)
        self.endResetModel()

    def stream(self, sections: tuple[Section, ...]) -> None:
        """Show the new numbers of `sections`, which have the shape of those before."""
        self._sections = sections
        last = self._columns - 1
        for i, section in enumerate(sections):
            head = self.index(i, 0)
            self.dataChanged.emit(head, head.siblingAtColumn(last))
            if section.rows:
                self.dataChanged.emit(self.index(0, 0, head), self.index(len(section.rows) - 1, last, head))

    def section_at(self, index: Index) -> Section:
        """Return the section that `index` heads or belongs to."""
        identity = index.internalId()
        return self._sections[index.row() if identity == HEAD else identity - 1]

    def row_at(self, index: Index) -> Row | None:
        """Return the row at `index`; None for a head and for no index."""
        if not index.isValid() or index.internalId() == HEAD:
            return None
        return self._sections[index.internalId() - 1].rows[index.row()]

    def weight_index(self, index: Index) -> QModelIndex:
        """Return the cell in the row of `index` that can be typed into; invalid when there is none."""
        row = self.row_at(index)
        if row is None or row.key is None:
            return QModelIndex()
        columns = enumerate(self.section_at(index).columns, start=1)
        section = self.section_at(index)
        can_be_typed = (
            index.sibling(index.row(), i)
            for i, column in columns
            if column.editable and not section.blank(index.row(), i - 1)
        )
        return next(can_be_typed, QModelIndex())

    def index_of(self, key: EdgeKey | int | None) -> QModelIndex:
        """Return the label of the first row that is about `key`; no index when there is none."""
        return self._first(lambda row: row.key is not None and row.key == key)

    def line_index(self, line: int) -> QModelIndex:
        """Return the first row that is `line` of the reading; no index while there is none."""
        return self._first(lambda row: row.line == line)

    def _first(self, is_wanted: Callable[[Row], bool]) -> QModelIndex:
        for i, section in enumerate(self._sections):
            for j, row in enumerate(section.rows):
                if is_wanted(row):
                    return self.index(j, 0, self.index(i, 0))
        return QModelIndex()

    def opens(self, index: Index) -> bool:
        """Return whether the number at `index` opens what it is made of."""
        row, column = self.row_at(index), index.column() - 1
        if row is None or row.key is None or not 0 <= column < len(row.values):
            return False
        return self.section_at(index).columns[column].opens and self.section_at(index).columns[column].is_known

    def blank_at(self, index: Index) -> Blank | None:
        """Return what is hidden at `index`; None where nothing is."""
        return None if self.row_at(index) is None else self.section_at(index).blank(index.row(), index.column() - 1)

    def place_at(self, index: Index) -> Place | None:
        """Return which number of the reading stands at `index`, or which line of text; None for a label and a head."""
        row, column = self.row_at(index), index.column() - 1
        if row is None:
            section = self.section_at(index) if index.isValid() else None
            return (section.total_field, 0) if section is not None and section.total_field else None
        if row.line is not None:
            return self.section_at(index).line_field, row.line
        fields = self.section_at(index).fields
        is_number = 0 <= column < min(len(fields), len(row.values)) and row.values[column] is not None
        return (fields[column], index.row()) if is_number else None

    # ---- Qt --------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        """Return the index of a head, or of a cell below the head `parent`."""
        if parent is None or not parent.isValid():
            inside = 0 <= row < len(self._sections) and 0 <= column < self._columns
            return self.createIndex(row, column, HEAD) if inside else QModelIndex()
        return self.createIndex(row, column, parent.row() + 1) if parent.internalId() == HEAD else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """Return the head above a row."""
        identity = index.internalId() if index.isValid() else HEAD
        return QModelIndex() if identity == HEAD else self.createIndex(identity - 1, 0, HEAD)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of heads, or of rows below a head."""
        if parent is None or not parent.isValid():
            return len(self._sections)
        below = parent.internalId() == HEAD and parent.column() == 0
        return len(self._sections[parent.row()].rows) if below else 0

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns of the widest section, its labels included."""
        return self._columns

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that everything can be reached, and that a weight can be typed."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.weight_index(index) == index else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, its formula as a tooltip, and what a screen reader says."""
        if not index.isValid() or index.column() > len(self.section_at(index).columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._formula(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        return None

    def _text(self, index: Index) -> str:
        section, row, column = self.section_at(index), self.row_at(index), index.column() - 1
        if row is None:
            return section.label_head if column < 0 else section.columns[column].head
        if column < 0 or not row.values:
            return row.label
        return section.text(index.row(), column, numbers.four)

    def _formula(self, index: Index) -> str:
        section, row, column = self.section_at(index), self.row_at(index), index.column() - 1
        if column < 0:
            return section.summary if row is None else row.label
        if row is None:
            return f"{section.columns[column].head}: {section.columns[column].meaning}"
        if not row.values:
            return row.label
        blank = section.blank(index.row(), column)
        return blank.words if blank else section.derive(index.row(), column)

    def _spoken(self, index: Index) -> str:
        """Return a cell with the name of its column; the label speaks for its whole row."""
        section, row, column = self.section_at(index), self.row_at(index), index.column() - 1
        if row is None:
            return section.summary if column < 0 else section.columns[column].head
        if not row.values:
            return row.label
        texts = section.texts(index.row(), numbers.four)
        cells = [f"{c.head} {'hidden' if text == HIDDEN_TEXT else text}"
                 for c, text in zip(section.columns, texts, strict=True)]  # fmt: skip
        return f"{row.label}: {', '.join(cells)}" if column < 0 else cells[column]
