"""A labelled combo box over a tuple of choices, with the formula of the current one underneath."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QWidget

from widgets.controls.labels import Label, Note
from widgets.style import boxes
from widgets.values import Choice


class CalmComboBox(QComboBox):
    """A combo box that leaves the wheel to the panel around it unless it has the focus; a long text ends in …."""

    def text_shown(self) -> str:
        """Return the current text as there is room for it."""
        option, part = QStyleOptionComboBox(), QStyle.SubControl.SC_ComboBoxEditField
        self.initStyleOption(option)
        field = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, field.width() - 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box with as much of its text as there is room for."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.text_shown()
        with QPainter(self) as painter:
            self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
            self.style().drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option, painter, self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the panel, not the choice, unless the user is at this box."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def compact_box(name: str, tooltip: str) -> CalmComboBox:
    """Return a combo box without a label that stays as narrow as its row."""
    box = CalmComboBox()
    box.setAccessibleName(name)
    box.setToolTip(tooltip)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setMinimumContentsLength(6)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


class ChoiceBox(QWidget):
    """A label over a combo box; with `show_formula` the current choice's formula under it.

    Signals
    -------
    choice_picked(str)
        The key of what the user picked; not sent when it is what was there.
    """

    choice_picked = Signal(str)

    def __init__(self, label: str, tooltip: str, parent: QWidget | None = None, *, show_formula: bool = False) -> None:
        super().__init__(parent)
        self._tooltip = tooltip
        self._choices: tuple[Choice, ...] = ()
        self._current = ""
        self._show_formula = show_formula
        self.label = Label(label)
        self.box = CalmComboBox()
        self.formula = Note("formula")
        self._build(label)
        self.box.activated.connect(self._on_activated)

    @property
    def current(self) -> str:
        """The key of the choice shown; empty when there is none."""
        return self._current

    def set_choices(self, choices: tuple[Choice, ...], current: str) -> None:
        """Offer `choices` and show the one whose key is `current`. Never emits."""
        if choices != self._choices:
            self._choices = choices
            with QSignalBlocker(self.box):
                self.box.clear()
                for i, choice in enumerate(choices):
                    self.box.addItem(choice.label, choice.key)
                    self.box.setItemData(i, _told(choice), Qt.ItemDataRole.ToolTipRole)
        self.set_current(current)

    def set_current(self, current: str) -> None:
        """Show the choice whose key is `current`; an unknown key shows an empty box. Never emits."""
        self._current = current
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self.box.findData(current))
        self._describe()

    def _build(self, label: str) -> None:
        self.label.setBuddy(self.box)
        if not label:
            self.label.hide()
        self.box.setAccessibleName(label or self._tooltip)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box.setMinimumContentsLength(8)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        boxes.column(self.label, self.box, self.formula, owner=self, spacing=4)

    def _on_activated(self, index: int) -> None:
        key = str(self.box.itemData(index))
        if key != self._current:
            self._current = key
            self._describe()
            self.choice_picked.emit(key)

    def _describe(self) -> None:
        choice = next((c for c in self._choices if c.key == self._current), None)
        text = "\n".join(part for part in (self._tooltip, _told(choice) if choice else "") if part)
        self.label.setToolTip(text)
        self.box.setToolTip(text)
        self.formula.setText(choice.formula if choice and self._show_formula else "")


def _told(choice: Choice) -> str:
    return "\n".join(part for part in (choice.label, choice.tooltip, choice.formula) if part)
