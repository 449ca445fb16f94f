"""A field over a cell into which a new weight is typed."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from widgets.style import numbers, style
from widgets.values import EdgeKey


class WeightEditor(QLineEdit):
    """Opens with every digit of the present weight; Enter takes the number, Esc leaves it.

    Signals
    -------
    number_typed(object, float)
        The edge (EdgeKey) and its new weight.
    refused(str)
        Why what was typed is no number; empty once there is nothing to complain about.
    """

    number_typed = Signal(object, float)
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._key: EdgeKey | None = None
        self._before = ""
        self.setProperty("role", "number")
        self.setToolTip("New weight: Enter takes it, Esc leaves the old one.")
        self.returnPressed.connect(self._on_return_pressed)
        self.hide()

    def open(self, cell: QRect, key: EdgeKey, value: float, label: str) -> None:
        """Show the field over `cell` with `value`, all of it chosen."""
        self._key = key
        self._before = numbers.full(value)
        self.setFont(style.mono(8.5))
        self.setAccessibleName(f"Weight from {label}")
        self.setText(self._before)
        width = max(cell.width(), self.fontMetrics().horizontalAdvance("−0.000000000000"))
        self.setGeometry(QRect(cell.right() - width, cell.top(), width, cell.height()))
        self.show()
        self.setFocus()
        self.selectAll()

    def close_without_typing(self) -> None:
        """Hide the field; the weight stays."""
        if self._key is not None:
            self._key = None
            self._mark("")
            self.hide()

    def _on_return_pressed(self) -> None:
        key = self._key
        if key is None:
            return
        try:
            value = numbers.parse(self.text())
        except ValueError as error:
            self._mark(str(error))
            return
        changed = self.text() != self._before
        self._leave()
        if changed:
            self.number_typed.emit(key, value)

    def _leave(self) -> None:
        self.close_without_typing()
        viewport = self.parentWidget()
        table = None if viewport is None else viewport.parentWidget()
        if table is not None:
            table.setFocus()

    def _mark(self, divergence: str) -> None:
        wrong = "true" if divergence else "false"
        if self.property("wrong") != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)
        self.refused.emit(divergence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the weight as it is with Esc; Enter goes no further than here."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # A QLineEdit lets Enter through: the table would take it as the wish to edit again.
            event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the weight as it is when the keyboard goes elsewhere, but not with another window."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.close_without_typing()
