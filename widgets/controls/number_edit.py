"""A number in monospace that can be typed: four digits at rest, every digit while it is edited."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from widgets.controls import fields
from widgets.style import style
from widgets.style.themed import Themed, restyle
from widgets.values import NumberField


class NumberEdit(Themed, QLineEdit):
    """The value of one :class:`~widgets.values.NumberField`, editable in place.

    Enter or leaving the editor takes what was typed, Escape puts the last value back.

    Signals
    -------
    number_entered(float)
        The user typed a value within the hard limits, be it the one that is shown.
    number_refused(str)
        What was typed will not do; the text says why in one line. An empty text withdraws that.
    """

    number_entered = Signal(float)
    number_refused = Signal(str)

    def __init__(self, field: NumberField, parent: QWidget | None = None, *, characters: int = 10) -> None:
        super().__init__(parent)
        self._field = field
        self._value = field.default
        self._characters = characters
        self.setProperty("role", "number")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setMaxLength(60)
        self.setAccessibleName(f"{field.label}, typed")
        self.textEdited.connect(self._on_text_edited)
        self.take_theme()
        self._show()

    @property
    def value(self) -> float:
        """The last value shown or accepted."""
        return self._value

    def set_field(self, field: NumberField) -> None:
        """Take other limits; the value stays."""
        self._field = field
        self._show()

    def set_characters(self, characters: int) -> None:
        """Keep room for so many characters."""
        if characters != self._characters:
            self._characters = characters
            self.take_theme()

    def set_value(self, value: float) -> None:
        """Show `value`, unless the user is typing."""
        changed, self._value = float(value) != self._value, float(value)
        if not self.hasFocus():
            self._show()
        elif changed and not self.isModified():
            self._offer()

    def take(self) -> None:
        """Take what was typed, as Enter does."""
        if self.isModified():
            self._commit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Offer every digit for editing."""
        super().focusInEvent(event)
        self._offer()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed, or put the last value back where it will not do."""
        if self.isModified() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._commit()
        self._withdraw()
        super().focusOutEvent(event)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the text, Escape puts the last value back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._commit()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self._withdraw()
            self._offer()
        else:
            super().keyPressEvent(event)

    def _on_text_edited(self, _text: str) -> None:
        restyle(self, "wrong", False)
        self.number_refused.emit("")

    def _commit(self) -> None:
        try:
            value = fields.read(self._field, self.text())
        except ValueError as error:
            restyle(self, "wrong", True)
            self.number_refused.emit(str(error))
            return
        typed = self.isModified()
        self.setModified(False)
        if typed or value != self._value:
            self._value = value
            self.number_entered.emit(value)
        self._withdraw()
        if self.hasFocus():
            self._offer()

    def _withdraw(self) -> None:
        self.setModified(False)
        restyle(self, "wrong", False)
        self.number_refused.emit("")

    def _offer(self) -> None:
        self.setText(fields.exact(self._field, self._value))
        self.setModified(False)
        self.setSelection(len(self.text()), -len(self.text()))  # all of it, its head in sight

    def _show(self) -> None:
        self.setText(fields.shown(self._field, self._value))
        self.setModified(False)

    def take_theme(self) -> None:
        """Keep the width right for the type scale."""
        metrics = QFontMetrics(style.mono(9.0, bold=True))
        self.setFixedWidth(metrics.horizontalAdvance("0") * self._characters + 10)
