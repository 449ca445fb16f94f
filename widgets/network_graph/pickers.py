"""What edges and neurons show, as a line of words of which one is picked: ``weights · gradients · updates``."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QWidget

from widgets import style
from widgets.values import Choice

EDGE_KINDS = (
    Choice("weight", "weights", "Edges show weights: what the input is multiplied by, z = Σ w·x + b"),
    Choice("gradient", "gradients", "Edges show gradients: ∂L/∂w = ∂L/∂z · x"),
    Choice("update", "updates", "Edges show updates: Δw, what the next update adds to w"),
)
NEURON_KINDS = (
    Choice("activation", "activation", "Neurons show their activation over the plane: a = f(z)"),
    Choice("upstream", "upstream", "Neurons show the upstream gradient over the plane: ∂L/∂a"),
    Choice("downstream", "downstream", "Neurons show the downstream gradient over the plane: ∂L/∂z = ∂L/∂a · ∂a/∂z"),
)


class KindPicker(QWidget):
    """A caption and a few words; exactly one of them is bold.

    Signals
    -------
    kind_picked(str)
        The key of the word that a person picked.
    """

    kind_picked = Signal(str)

    def __init__(self, caption: str, choices: tuple[Choice, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current = choices[0].key
        self.buttons = {choice.key: QPushButton(choice.label, self) for choice in choices}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(_quiet(caption))
        for index, choice in enumerate(choices):
            if index:
                row.addWidget(_quiet("·"))
            row.addWidget(self._button(choice, caption))
        self.refresh()
        self.set_kind(self._current)

    @property
    def kind(self) -> str:
        """The key of the word that is picked."""
        return self._current

    def set_kind(self, key: str) -> None:
        """Show `key` as the picked word; an unknown key picks none. Never emits."""
        self._current = key
        self._group.setExclusive(False)
        for name, button in self.buttons.items():
            button.setChecked(name == key)
        self._group.setExclusive(True)

    def refresh(self) -> None:
        """Take the fonts of the theme, with room for the bold word so that nothing moves when it changes."""
        for button in self.buttons.values():
            button.setFont(style.sans(8.0))
            button.ensurePolished()
            button.setFixedWidth(_bold_width(button.text()) + 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk the words."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        words = list(self.buttons.values())
        here = next((index for index, button in enumerate(words) if button.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        words[(here + step) % len(words)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, choice: Choice, caption: str) -> QPushButton:
        button = self.buttons[choice.key]
        button.setProperty("role", "flat")
        button.setCheckable(True)
        button.setStyleSheet(
            "QPushButton { padding: 1px 3px; } QPushButton:checked { background: transparent; font-weight: bold; }"
        )
        button.setAccessibleName(f"{caption} {choice.label}")
        button.setToolTip(choice.tooltip)
        button.clicked.connect(lambda _checked, key=choice.key: self._on_clicked(key))
        self._group.addButton(button)
        return button

    def _on_clicked(self, key: str) -> None:
        if key != self._current:
            self._current = key
            self.kind_picked.emit(key)


def _quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "secondary")
    return label


def _bold_width(text: str) -> int:
    return QFontMetrics(style.sans(8.0, bold=True)).horizontalAdvance(text)
