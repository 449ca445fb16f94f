"""The probe's coordinates as two numbers that can be typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLineEdit, QWidget

from widgets.controls.elided_label import ElidedLabel
from widgets.style import boxes, numbers, style

HINT = "type, or drag"
TOOLTIP = "The probe is a free example: drag its cross on the picture, or type its coordinates."


class ProbeEditor(QWidget):
    """Two small fields; text that is not a number is marked, explained, and changes nothing.

    Signals
    -------
    coordinates_typed(float, float)
        The user typed other coordinates and pressed Enter or left the field.
    """

    coordinates_typed = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinates: tuple[float, float] | None = None
        self.fields = (QLineEdit(self), QLineEdit(self))
        self.names = (ElidedLabel("x₁", self), ElidedLabel("x₂", self))
        self.message = ElidedLabel(HINT, self)
        self.message.setProperty("role", "secondary")
        self.message.setToolTip(TOOLTIP)
        row = boxes.row(owner=self, spacing=4)
        for name, field in zip(self.names, self.fields, strict=True):
            name.setProperty("role", "secondary")
            name.installEventFilter(self)
            field.setProperty("role", "number")
            field.setPlaceholderText("–")
            field.editingFinished.connect(self._on_editing_finished)
            row.addWidget(name, 1)
            row.addWidget(field)
        row.addWidget(self.message, 1)
        self.set_names("x₁", "x₂")

    def set_names(self, horizontal: str, vertical: str) -> None:
        """Name the two coordinates."""
        for label, field, name in zip(self.names, self.fields, (horizontal, vertical), strict=True):
            label.setText(name)
            label.setToolTip(name)
            field.setAccessibleName(f"Probe {name}")
            field.setToolTip(f"{name} of the probe, the free example that the inspector can read.\nType a number.")
        self._fit()

    def _fit(self) -> None:
        for label, field in zip(self.names, self.fields, strict=True):
            label.setMaximumWidth(label.fontMetrics().horizontalAdvance(label.text()) + 1)
            field.setFixedWidth(QFontMetrics(style.mono(9.0, bold=True)).horizontalAdvance("−0000.000") + 12)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take up the new type of a name, which has it later than this widget."""
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        return super().eventFilter(watched, event)

    def set_coordinates(self, coordinates: tuple[float, float] | None) -> None:
        """Show `coordinates`, but leave a field alone while the user types in it."""
        self._coordinates = coordinates
        for i, field in enumerate(self.fields):
            if field.hasFocus() and field.isModified():
                continue
            text = "" if coordinates is None else numbers.four(coordinates[i])
            if field.text() != text:
                field.setText(text)

    def _on_editing_finished(self) -> None:
        if not any(field.isModified() for field in self.fields):
            return
        typed: list[float] = []
        for i, field in enumerate(self.fields):
            if not field.isModified() and self._coordinates is not None:
                typed.append(self._coordinates[i])
                continue
            try:
                typed.append(numbers.parse(field.text()))
            except ValueError as error:
                self._complain(field, str(error) if field.isModified() else "")
                return
        self._complain(None, "")
        for field in self.fields:
            field.setModified(False)
        self.coordinates_typed.emit(typed[0], typed[1])

    def _complain(self, wrong: QLineEdit | None, message: str) -> None:
        self.message.setText(message or HINT)
        self.message.setToolTip(message or TOOLTIP)
        for field in self.fields:
            marked = "true" if field is wrong and message else "false"
            if field.property("wrong") != marked:
                field.setProperty("wrong", marked)
                field.style().unpolish(field)
                field.style().polish(field)
