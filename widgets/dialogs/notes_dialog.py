"""A small table of texts to read and to copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from widgets.controls.button import Button
from widgets.controls.labels import heading
from widgets.style import boxes
from widgets.style.letting_go import let_go_when_closed


class NotesDialog(QDialog):
    """Rows of texts under a heading; the last column takes the remaining width. It is deleted when it is closed."""

    def __init__(
        self, title: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        let_go_when_closed(self)
        self.table = QTableWidget(len(rows), len(columns))
        self.copy = Button("Copy", "Copy the list to the clipboard, one line per row, tabs between cells.")
        self.done_button = Button("Close", "Close this list (Esc).", role="primary")
        self._fill(columns, rows)
        buttons = boxes.row(boxes.STRETCH, self.copy, self.done_button)
        parts = heading(title), (self.table, 1), buttons
        boxes.column(*parts, owner=self, spacing=10, margins=(16, 14, 16, 14))
        self.copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in (columns, *rows)))
        )
        self.done_button.clicked.connect(self.accept)
        self.done_button.setDefault(True)
        self.done_button.setFocus()
        self.resize(760, min(560, 160 + 28 * len(rows)))

    def _fill(self, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
        table = self.table
        table.setAccessibleName(self.windowTitle())
        table.setHorizontalHeaderLabels(list(columns))
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(y, x, item)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(columns) - 1, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
