"""What edges and neurons show, as a line of words of which one is picked: ``weights · gradients · updates``."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QPushButton, QWidget

from widgets.controls.labels import secondary
from widgets.controls.word_switch import WordSwitch
from widgets.style import boxes, style
from widgets.style.themed import Themed
from widgets.values import Choice

BREVITY = 2
"""The shortest form of a row of pickers."""


class KindPicker(QWidget):
    """A caption and a few words; exactly one of them is bold.

    Parameters
    ----------
    caption : str
        What the words are for: ``edges show``; its first word and then none of it where room is short.
    choices : tuple of Choice
        The words.

    Signals
    -------
    kind_picked(str)
        The key of the word that the user picked.
    """

    kind_picked = Signal(str)

    def __init__(self, caption: str, choices: tuple[Choice, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current = ""
        self._choices, self._caption = choices, caption
        self._longest = {choice.key: choice.label for choice in choices}
        self.buttons = {choice.key: QPushButton(choice.label, self) for choice in choices}
        self._group = QButtonGroup(self)
        row = boxes.row(owner=self, spacing=0)
        self._captions = tuple(dict.fromkeys((caption, caption.partition(" ")[0], "")))
        self.caption = secondary(caption, wrap=False)
        row.addWidget(self.caption)
        for index, choice in enumerate(choices):
            if index:
                row.addWidget(secondary("·", wrap=False))
            row.addWidget(self._button(choice))
        self.refresh()
        self.set_kind(choices[0].key)

    @property
    def kind(self) -> str:
        """The key of the word that is picked."""
        return self._current

    def set_choices(self, choices: tuple[Choice, ...]) -> None:
        """Give the words of the same keys other names; the room of the longest stays. Never emits."""
        if choices == self._choices:
            return
        self._choices = choices
        for choice in choices:
            self._longest[choice.key] = max(self._longest[choice.key], choice.label, key=len)
            self._name(choice)
        self.refresh()

    def set_kind(self, key: str) -> None:
        """Mark `key` as the picked word; an unknown key marks none. Never emits."""
        if key != self._current:
            self._current = key
            self._mark_current()

    def _mark_current(self) -> None:
        self._group.setExclusive(False)
        for name, button in self.buttons.items():
            button.setChecked(name == self._current)
        self._group.setExclusive(True)

    def set_brevity(self, level: int) -> None:
        """Show the whole caption (0), its first word (1), or none of it (2)."""
        text = self._captions[min(level, len(self._captions) - 1)]
        if text != self.caption.text():
            self.caption.setText(text)
            self.caption.setVisible(bool(text))

    def width_at(self, level: int) -> int:
        """Return the width that the picker needs at a brevity."""
        text = self._captions[min(level, len(self._captions) - 1)]
        metrics = self.caption.fontMetrics()
        # A label is one pixel wider than its text.
        labels = sum(
            metrics.horizontalAdvance(word) + 1 for word in [text] * bool(text) + ["·"] * (len(self._choices) - 1)
        )
        return labels + sum(button.width() for button in self.buttons.values())

    def refresh(self) -> None:
        """Take the fonts of the theme, with room for the bold word so that nothing moves when it changes."""
        for key, button in self.buttons.items():
            button.setFont(style.sans(8.0))
            button.ensurePolished()
            button.setFixedWidth(_bold_width(self._longest[key]) + 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move through the words with the left and right keys."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        words = list(self.buttons.values())
        here = next((index for index, button in enumerate(words) if button.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        words[(here + step) % len(words)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self, choice: Choice) -> None:
        button = self.buttons[choice.key]
        button.setText(choice.label)
        button.setAccessibleName(f"{self._caption} {choice.label}")
        button.setToolTip(choice.tooltip)

    def _button(self, choice: Choice) -> QPushButton:
        button = self.buttons[choice.key]
        button.setProperty("role", "flat")
        button.setCheckable(True)
        button.setStyleSheet(
            "QPushButton { padding: 1px 3px; } QPushButton:checked { background: transparent; font-weight: bold; }"
        )
        self._name(choice)
        button.clicked.connect(lambda _checked, key=choice.key: self._on_clicked(key))
        self._group.addButton(button)
        return button

    def _on_clicked(self, key: str) -> None:
        wanted, before = key, self._current
        self._mark_current()  # what is marked follows the values, never the mouse
        if wanted != before:
            self.kind_picked.emit(wanted)


class PickerRow(Themed, QWidget):
    """A switch and pickers beside each other; where room is short captions get shorter, then all form a column."""

    def __init__(self, pickers: tuple[KindPicker, ...], switch: WordSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pickers, self.switch = pickers, switch
        self._row = boxes.row(boxes.STRETCH, switch, *pickers, owner=self, spacing=style.GRID)
        for part in (switch, *pickers):
            self._row.setAlignment(part, Qt.AlignmentFlag.AlignRight)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)

    def sizeHint(self) -> QSize:
        """Return the size with whole captions, whatever is shown now."""
        return QSize(self._width(0), self._row.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the size without captions, below each other."""
        widest = max(picker.width_at(BREVITY) for picker in self.pickers)
        return QSize(widest, self._row.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of each caption as fits."""
        self._fit()

    def take_theme(self) -> None:
        """Take up a new type."""
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        level = next((level for level in range(BREVITY) if self._width(level) <= self.width()), BREVITY)
        for picker in self.pickers:
            picker.set_brevity(level)
        one_row = self._width(level) <= self.width()
        direction = QBoxLayout.Direction.LeftToRight if one_row else QBoxLayout.Direction.TopToBottom
        if direction != self._row.direction():
            self._row.setDirection(direction)
            self._row.setSpacing(style.GRID if one_row else 0)
            self.updateGeometry()

    def _width(self, level: int) -> int:
        gaps = style.GRID * len(self.pickers)
        return self.switch.width() + sum(picker.width_at(level) for picker in self.pickers) + gaps


def _bold_width(text: str) -> int:
    return QFontMetrics(style.sans(8.0, bold=True)).horizontalAdvance(text)
