"""Type a new weight into the cell that shows the current one."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from widgets.gradient_card.column_widths import row_height
from widgets.gradient_card.sheet_model import SheetModel
from widgets.style import numbers, style
from widgets.style.themed import restyle

Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STAYS_OPEN = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class WeightDelegate(QStyledItemDelegate):
    """Opens a field with every digit of the weight; Enter takes the number, Esc leaves the old one.

    Signals
    -------
    number_typed(object, float)
        The edge (EdgeKey) and its new weight.
    typing_refused(str)
        Why the typed text is not a number; empty as soon as there is no error.
    """

    number_typed = Signal(object, float)
    typing_refused = Signal(str)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QLineEdit:
        """Return the field, all of its text selected."""
        model = index.model()
        assert isinstance(model, SheetModel)
        row = model.row_at(index)
        assert row is not None
        weight = numbers.full(row.values[index.column() - 1] or 0.0)
        field = QLineEdit(weight, parent)
        field.setProperty("role", "number")
        field.setProperty("before", weight)
        field.setProperty("key", row.key)
        field.setFont(style.mono(8.5))
        field.setAccessibleName(f"Weight from {row.label}")
        field.setToolTip("New weight: Enter takes it, Esc leaves the old one.")
        field.setSelection(len(weight), -len(weight))  # all of it, its head in sight
        return field

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row; the table sets the widths."""
        return QSize(1, row_height())

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Leave the typed text alone when the numbers of the card change."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Leave the model alone: a new weight comes back with the next reading."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Place the field at the right end of its cell, wide enough for a long number."""
        cell: QRect = option.rect
        width = max(cell.width(), editor.fontMetrics().horizontalAdvance("−0.000000000000"))
        editor.setGeometry(QRect(cell.right() - width, cell.top(), width, cell.height()))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Take the number with Enter; leave the weight with Esc or when the keyboard goes elsewhere."""
        if not isinstance(editor, QLineEdit):  # while the table is being destroyed
            return super().eventFilter(editor, event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _ENTER:
                self._take(editor)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._close(editor)
                return True
        elif isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() not in _STAYS_OPEN:
                self._close(editor)
            return False
        return super().eventFilter(editor, event)

    def _take(self, editor: QLineEdit) -> None:
        try:
            weight = numbers.parse(editor.text())
        except ValueError as error:
            restyle(editor, "wrong", True)
            self.typing_refused.emit(str(error))
            return
        if editor.text() != editor.property("before"):
            self.number_typed.emit(editor.property("key"), weight)
        self._close(editor)

    def _close(self, editor: QLineEdit) -> None:
        self.typing_refused.emit("")
        self.closeEditor.emit(editor)
