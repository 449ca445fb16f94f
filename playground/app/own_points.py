"""OwnPoints: painting is switched, tables come in and go out; everything about a person's own data in one window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from playground.app.main_window import MainWindow

PAINT = "paint"


class OwnPoints(QObject):
    """Joins the data panel's *Paint* and *Import* to what they open."""

    def __init__(self, window: MainWindow) -> None:
        """Serve `window`; painting is off at first, whatever the layout remembers."""
        super().__init__(window)
        self._window = window
        self._dock = window.views.docks[PAINT]
        self._dock.hide()
        self._dock.toggleViewAction().toggled.connect(self._on_paint_shown)
        window.panels.gallery.paint_toggled.connect(self.set_painting)

    @property
    def is_painting(self) -> bool:
        """Whether presses on the output plane paint."""
        return self._dock.toggleViewAction().isChecked()

    def set_painting(self, on: bool) -> None:
        """Show the tools near the output view, or put them away."""
        self._dock.setVisible(on)
        if on:
            self._window.docks["output"].raise_()
            self._dock.raise_()

    def _on_paint_shown(self, on: bool) -> None:
        self._window.panels.gallery.set_painting(on)
        presenter = self._window.views.presenters.get(PAINT)
        if presenter is not None:
            presenter.show_frame()
