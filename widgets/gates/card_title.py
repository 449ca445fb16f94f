"""The title of a gate's card."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel

from widgets.style import style


class CardTitle(QLabel):
    """The name of a gate, bold, following the type scale."""

    def __init__(self) -> None:
        super().__init__()
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the type scale."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        wanted = style.sans(10.5, bold=True)
        if self.font() != wanted:
            self.setFont(wanted)
