"""The iteration of the time line as a number that can be typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLineEdit, QWidget

from widgets.controls.elided_label import ElidedLabel
from widgets.controls.labels import Label
from widgets.style import boxes, numbers, style

HINT = "type, or drag the line"
TOOLTIP = "Drag the line on the curves to return to an earlier iteration: everything is exactly as it was then."


class TimeField(QWidget):
    """The iteration of the time line; typing another moves the line.

    Signals
    -------
    iteration_typed(float)
        The user typed an iteration, 0 or later.
    """

    iteration_typed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: float | None = None
        self.field = QLineEdit(self)
        self.field.setProperty("role", "number")
        self.field.setAccessibleName("Iteration")
        self.field.setToolTip("The iteration that the line marks. Type another to go there.")
        self.field.setPlaceholderText("–")
        self.field.editingFinished.connect(self._on_editing_finished)
        self.hint = ElidedLabel(HINT, self)
        self.hint.setProperty("role", "secondary")
        self.hint.setToolTip(TOOLTIP)
        name = Label("iteration", self)
        name.setProperty("role", "secondary")
        boxes.row(name, self.field, (self.hint, 1), owner=self, spacing=4)
        self._fit()

    def _fit(self) -> None:
        room = QFontMetrics(style.mono(9.0, bold=True)).horizontalAdvance("000 000 000")
        self.field.setFixedWidth(room + 12)

    def changeEvent(self, event: QEvent) -> None:
        """Take up a new type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def set_iteration(self, iteration: float | None) -> None:
        """Show `iteration`, unless the user is typing."""
        self._shown = iteration
        if self.field.hasFocus() and self.field.isModified():
            return
        text = "" if iteration is None else numbers.grouped(round(iteration))
        if text != self.field.text():
            self.field.setText(text)

    def _on_editing_finished(self) -> None:
        if not self.field.isModified():
            return
        try:
            iteration = numbers.whole(self.field.text())
            divergence = "" if iteration >= 0 else "expected an iteration of 0 or more"
        except ValueError as error:
            iteration, divergence = 0, str(error)
        self.hint.setText(divergence or HINT)
        self.field.setModified(False)
        if divergence:
            self.set_iteration(self._shown)
        else:
            self.iteration_typed.emit(float(iteration))
