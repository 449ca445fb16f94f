"""A label in the fixed-pitch font that follows the type scale."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QWidget

from widgets.style import style


class MonoLabel(QLabel):
    """Formulas and names of tensors, in columns that stay put."""

    def __init__(self, points: float, parent: QWidget | None = None, *, bold: bool = False) -> None:
        super().__init__(parent)
        self._points, self._bold = points, bold
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the type scale."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        wanted = style.mono(self._points, bold=self._bold)
        if self.font() != wanted:
            self.setFont(wanted)
