"""How a file to import is written: a choice for each thing that was guessed."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from widgets.controls.choice_box import ChoiceBox
from widgets.controls.labels import Label
from widgets.style import boxes
from widgets.style.letting_go import let_go
from widgets.values.data_import import ImportOption

COLUMNS = 4


class TextOption(QWidget):
    """A labelled line of text."""

    entered = Signal(str)  # what the user typed, when it is another text than before

    def __init__(self, option: ImportOption) -> None:
        super().__init__()
        self._text = option.current
        self.edit = QLineEdit(option.current)
        self.edit.setToolTip(option.tooltip)
        self.edit.setAccessibleName(option.label)
        label = Label(option.label)
        label.setProperty("role", "field")
        label.setBuddy(self.edit)
        boxes.column(label, self.edit, owner=self, spacing=2)
        self.edit.editingFinished.connect(self._on_finished)

    def set_text(self, text: str) -> None:
        """Show `text`. Never emits."""
        self._text = text
        with QSignalBlocker(self.edit):
            self.edit.setText(text)

    def _on_finished(self) -> None:
        if self.edit.text() != self._text:
            self._text = self.edit.text()
            self.entered.emit(self._text)


class ImportOptions(QWidget):
    """The options of a file in two rows."""

    picked = Signal(str, str)  # the key of an option, and that of the choice or the text

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, ChoiceBox | TextOption] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)

    def set_options(self, options: tuple[ImportOption, ...]) -> None:
        """Show `options`. Never emits."""
        if [option.key for option in options] != list(self.fields):
            for field in self.fields.values():
                let_go(field)
            self.fields = {option.key: self._made(option) for option in options}
            for place, field in enumerate(self.fields.values()):
                self._grid.addWidget(field, place // COLUMNS, place % COLUMNS)
        for option in options:
            field = self.fields[option.key]
            if isinstance(field, ChoiceBox):
                field.set_choices(option.choices, option.current)
            else:
                field.set_text(option.current)
        self.setVisible(bool(options))

    def _made(self, option: ImportOption) -> ChoiceBox | TextOption:
        if not option.choices:
            text = TextOption(option)
            text.entered.connect(lambda typed: self.picked.emit(option.key, typed))
            return text
        box = ChoiceBox(option.label, option.tooltip)
        box.box.setMinimumContentsLength(8)
        box.choice_picked.connect(lambda key: self.picked.emit(option.key, key))
        return box
