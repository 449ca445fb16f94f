"""Widgets that follow the theme and the type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from widgets.style import style

if TYPE_CHECKING:
    Base = QWidget
else:  # Qt allows one of its own classes among the bases
    Base = object


class Themed(Base):
    """To put before the Qt class: calls :meth:`take_theme` after every change of colours or type.

    Qt itself draws and measures a widget again after such a change; this is for what a widget keeps.
    """

    def take_theme(self) -> None:
        """Make again what depends on the colours or the type of the theme."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the type."""
        super().changeEvent(event)
        if is_change_of_look(self, event):
            self.take_theme()


def is_change_of_look(widget: QWidget, event: QEvent) -> bool:
    """Return whether `widget` must take colours and type now; of a change of the type it hears three times."""
    if event.type() == QEvent.Type.StyleChange:
        return True
    is_one = event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
    return is_one and not style.will_measure(widget)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet selects by, and let it take effect."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
