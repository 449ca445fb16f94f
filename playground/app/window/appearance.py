"""Appearance: theme, text size and animations of the whole program."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from playground.app.window.curtain import Curtain
from playground.files.settings import Settings
from playground.session.clock import Ticker
from widgets.style import style, themes


class Appearance:
    """Changes the style of the application and remembers the choice in `settings`."""

    def __init__(self, settings: Settings, dark: QAction, curtain: Curtain) -> None:
        """Keep the check mark of the action `dark` in step with the theme; `curtain` hides what is half changed."""
        self._settings, self._dark, self._curtain = settings, dark, curtain
        self._rest: Generator[None, None, None] | None = None  # what is not in sight and has another type still
        self._waiting = Ticker(self._go_on, curtain)
        dark.setChecked(style.current().is_dark)

    def apply(self, name: str, scale: float) -> None:
        """Show everything in the theme `name`, with text `scale` times as large as usual."""
        base = themes.DARK if name == "dark" else themes.LIGHT
        self._apply(replace(base, scale=scale, reduced_motion=style.current().reduced_motion))

    def toggle_theme(self) -> None:
        """Switch between light and dark, and remember it; it is drawn with the next event, all of it at once."""
        self._settings.theme = "light" if style.current().is_dark else "dark"
        self._curtain.close(self)
        self.apply(self._settings.theme, style.current().scale)
        self._curtain.open_soon(self)

    def toggle_reduced_motion(self) -> None:
        """Turn animations off or on, and remember it."""
        self._settings.reduced_motion = not style.current().reduced_motion
        self._apply(replace(style.current(), reduced_motion=self._settings.reduced_motion))

    def _apply(self, theme: themes.Theme) -> None:
        """Change all that is in sight; the rest follows between the events that come."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        while self._rest is not None:
            self._go_on()
        self._rest = style.applied_in_slices(application, theme)
        self._go_on()
        if self._rest is not None:
            self._waiting.start()
        self._dark.setChecked(theme.is_dark)

    def _go_on(self) -> None:
        assert self._rest is not None
        try:
            next(self._rest)
        except StopIteration:
            self._rest = None
            self._waiting.stop()
