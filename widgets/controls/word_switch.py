"""One word that is on or off: bold with a filled dot while it is on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton, QWidget

from widgets.style import style

_ON, _OFF = "●", "○"


class WordSwitch(QPushButton):
    """A flat word among the words of pickers.

    Signals
    -------
    switched(bool)
        The user wants it on, or off.
    """

    switched = Signal(bool)

    def __init__(self, word: str, tooltip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = word
        self.setProperty("role", "flat")
        self.setCheckable(True)
        self.setStyleSheet(
            "QPushButton { padding: 1px 3px; } QPushButton:checked { background: transparent; font-weight: bold; }"
        )
        self.setAccessibleName(word)
        self.setToolTip(tooltip)
        self.clicked.connect(self._on_clicked)
        self.refresh()

    def set_on(self, on: bool) -> None:
        """Show it as on or off. Never emits."""
        if on != self.isChecked():
            self.setChecked(on)
            self._write()

    def refresh(self) -> None:
        """Take the font of the theme, with room for the bold word so that nothing moves when it changes."""
        self.setFont(style.sans(8.0))
        self._write()
        self.ensurePolished()
        widest = QFontMetrics(style.sans(8.0, bold=True)).horizontalAdvance(f"{self._word} {_ON}")
        self.setFixedWidth(widest + 12)

    def _write(self) -> None:
        self.setText(f"{self._word} {_ON if self.isChecked() else _OFF}")

    def _on_clicked(self, on: bool) -> None:
        self.setChecked(not on)  # what is shown follows the values, never the mouse
        self.switched.emit(on)
