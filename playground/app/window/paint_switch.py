"""PaintSwitch: painting is on while its tools are shown."""

from __future__ import annotations

from PySide6.QtCore import QObject
from shiboken6 import isValid

from widgets.frame.panel_dock import PanelDock
from widgets.setup.dataset_gallery import DatasetGallery


class PaintSwitch(QObject):
    """Connects the *Paint* button of the gallery to the dock with the tools."""

    def __init__(self, gallery: DatasetGallery, tools: PanelDock, output: PanelDock) -> None:
        """Begin with painting off, whatever the remembered layout says."""
        super().__init__(tools)
        self._gallery, self._tools, self._output = gallery, tools, output
        tools.hide()
        tools.toggleViewAction().toggled.connect(self._on_shown)
        gallery.paint_toggled.connect(self.set_on)

    @property
    def is_on(self) -> bool:
        """Whether presses on the output plane paint."""
        return self._tools.toggleViewAction().isChecked()

    def set_on(self, on: bool) -> None:
        """Show the tools near the output plane, or close them."""
        self._tools.setVisible(on)
        if on:
            self._output.raise_()
            self._tools.raise_()

    def _on_shown(self, on: bool) -> None:
        if not isValid(self._tools):
            return  # a visible window is deleted: Qt hides its docks when Python's side of them is gone
        self._gallery.set_painting(on)
