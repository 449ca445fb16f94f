"""Appearance: theme, text size and animations of the whole program."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from playground.files.settings import Settings
from widgets.style import style, themes


class Appearance:
    """Changes the style of the application and remembers the choice in `settings`."""

    def __init__(self, settings: Settings, dark: QAction) -> None:
        """Keep the check mark of the action `dark` in step with the theme."""
        self._settings, self._dark = settings, dark
        dark.setChecked(style.current().is_dark)

    def apply(self, name: str, scale: float) -> None:
        """Show everything in the theme `name`, with text `scale` times as large as usual."""
        base = themes.DARK if name == "dark" else themes.LIGHT
        self._apply(replace(base, scale=scale, reduced_motion=style.current().reduced_motion))

    def toggle_theme(self) -> None:
        """Switch between light and dark, and remember it."""
        self._settings.theme = "light" if style.current().is_dark else "dark"
        self.apply(self._settings.theme, style.current().scale)

    def toggle_reduced_motion(self) -> None:
        """Turn animations off or on, and remember it."""
        self._settings.reduced_motion = not style.current().reduced_motion
        self._apply(replace(style.current(), reduced_motion=self._settings.reduced_motion))

    def _apply(self, theme: themes.Theme) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        style.apply(application, theme)
        self._dark.setChecked(theme.is_dark)
