"""Pictures to a screen reader: what a widget draws as a whole, with its role, its name and what it says in words."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from widgets.controls.described import Described


class Picture(Described):
    """To put before the Qt class: a picture, not a nameless client area."""

    spoken_role: ClassVar = QAccessible.Role.Graphic

    def description(self) -> QAccessibleInterface:
        """Return the picture."""
        return _PictureInterface(self)

    def words(self) -> str:
        """Return what the picture says, with its numbers of now."""
        return self.accessibleDescription()


class _PictureInterface(QAccessibleWidget):
    """The picture as a whole; its words are made when they are asked for."""

    def __init__(self, picture: Picture) -> None:
        super().__init__(picture, picture.spoken_role)
        self._picture = picture

    def text(self, kind: QAccessible.Text) -> str:
        """Return its name, or its words."""
        return self._picture.words() if kind == QAccessible.Text.Description else super().text(kind)
