"""A push button whose icon follows the theme."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton, QWidget

from widgets.style import style
from widgets.style.themed import Themed

Role = Literal["plain", "primary", "flat"]


class Button(Themed, QPushButton):
    """A button with a word and an icon; in tight places the icon alone, with the word as its name."""

    def __init__(
        self,
        text: str,
        tooltip: str,
        icon: str = "",
        *,
        role: Role = "plain",
        icon_after: bool = False,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._word = text
        self._icon_name = icon
        self._role = role
        self._compact = False
        self._shown: tuple[object, ...] = ()
        self.setProperty("role", role)
        self.setCheckable(checkable)
        self.setToolTip(tooltip)
        self.setAccessibleName(text)
        if icon_after:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.take_theme()

    def set_face(self, text: str, icon: str, tooltip: str = "") -> None:
        """Show another word and icon; Play becomes Pause."""
        self._word, self._icon_name = text, icon
        self.setAccessibleName(text)
        if tooltip:
            self.setToolTip(tooltip)
        self.take_theme()

    def set_compact(self, compact: bool) -> None:
        """Show the icon alone, or the word with it; without an icon the word stays."""
        if compact != self._compact:
            self._compact = compact
            self.take_theme()

    def sizeHint(self) -> QSize:
        """Return room for the word in bold where it can be switched on, so that nothing moves then."""
        hint = super().sizeHint()
        if self.isCheckable() and self.text():
            bold = self.font()
            bold.setBold(True)
            plain = self.fontMetrics().horizontalAdvance(self.text())
            hint.setWidth(hint.width() + max(0, QFontMetrics(bold).horizontalAdvance(self.text()) - plain) + 4)
        return hint

    def take_theme(self) -> None:
        """Show the word and the icon in the current theme."""
        face = self._word, self._icon_name, self._compact, style.current()
        if face == self._shown:  # Qt tells of the same palette several times while a window is built
            return
        self._shown = face
        self.setText("" if self._compact and self._icon_name else self._word)
        if self._icon_name:
            side = round(14 * style.current().scale)
            self.setIcon(style.icon(self._icon_name, on_accent=self._role == "primary", side=side))
            self.setIconSize(QSize(side, side))
