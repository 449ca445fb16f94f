"""The first rows of a table to import: inputs tinted, the target in bold, the rest pale."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionHeader, QTableView, QWidget

from widgets.style import style
from widgets.style.themed import Themed
from widgets.values.data_import import ImportForm, ImportPreview

Index = QModelIndex | QPersistentModelIndex
WIDEST = 160
MOST_CHARACTERS = 60
_PADDING = 6


class ImportTableModel(QAbstractTableModel):
    """Rows and columns of an ``ImportPreview``, coloured by an ``ImportForm``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = ImportPreview()
        self._form = ImportForm()

    def show_preview(self, preview: ImportPreview) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._preview = preview
        self.endResetModel()

    def show_form(self, form: ImportForm) -> None:
        """Show another choice."""
        self._form = form
        self.recolour()

    def recolour(self) -> None:
        """Ask for every colour again."""
        n_columns = self.columnCount()
        if n_columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, n_columns - 1)
            if self.rowCount():
                self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, n_columns - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._preview.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self._preview.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says and how it looks."""
        row, column = self._preview.rows[index.row()], index.column()
        text = row[column] if column < len(row) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return text[:MOST_CHARACTERS]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{self._preview.columns[column].name}: {text or 'empty'} · {self.role_of(column)}"
        if role == Qt.ItemDataRole.FontRole:
            return style.mono(8.5, bold=column == self._form.target)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            numeric = self._preview.columns[column].kind == "number"
            side = Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.BackgroundRole and column in self._form.features:
            return QBrush(QColor(style.current().accent_soft))
        if role == Qt.ItemDataRole.ForegroundRole and self.role_of(column) == "left out":
            return QBrush(QColor(style.current().secondary))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's name and what it is for."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self._preview.columns):
            return None
        column = self._preview.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{column.name[:MOST_CHARACTERS]}\n{self.role_of(section)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{column.name}: {column.kind}. {column.detail}\nClick to use it as an input, or to leave it out."
        return None

    def role_of(self, column: int) -> str:
        """Return what a column is for: input, target, or left out."""
        if column == self._form.target:
            return "target"
        return "input" if column in self._form.features else "left out"


class _Header(QHeaderView):
    """Column names over what the columns are for; Qt does not cut a text of two lines with an ellipsis."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, index: int) -> None:
        """Cut each line where its column ends."""
        super().initStyleOptionForIndex(option, index)
        room = self.sectionSize(index) - 2 * _PADDING
        lines = option.text.split("\n")
        option.text = "\n".join(
            option.fontMetrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines
        )


class ImportTable(Themed, QTableView):
    """The preview table; a click on a heading is reported by ``horizontalHeader().sectionClicked``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ImportTableModel(self)
        self.setModel(self.rows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = _Header(self)
        self.setHorizontalHeader(header)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName("First rows of the table")

    def show_preview(self, preview: ImportPreview) -> None:
        """Show the rows of `preview`, each column as wide as it needs."""
        self.rows.show_preview(preview)
        self._fit()

    def take_theme(self) -> None:
        """Ask for the colours again, and fit the cells to the type."""
        self.rows.recolour()
        self._fit()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        for column in range(min(self.rows.columnCount(), 200)):
            wanted = max(self.sizeHintForColumn(column), self.horizontalHeader().sectionSizeHint(column)) + 8
            self.setColumnWidth(column, min(wanted, round(WIDEST * style.current().scale)))
