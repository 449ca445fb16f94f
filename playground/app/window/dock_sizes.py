"""Dock sizes: shares of the window, kept while it grows or shrinks, until the user drags a border."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from widgets.style import style

TALL = 860
"""Below this height, with text of the usual size, curves and flow share one place as tabs."""
LEAST_NETWORK = 280
"""Below this the network's heading, sliders and units overlap; a smaller window shrinks the docks instead."""


class DockSizes(QObject):
    """Sizes the docks of one window."""

    def __init__(self, window: QMainWindow, docks: Mapping[str, QDockWidget]) -> None:
        """Follow the size of `window`."""
        super().__init__(window)
        self._window, self._docks = window, docks
        self.follow_window = True  # whether docks keep their shares of the window: until the user drags a border
        self._at_press: list[QSize] | None = None
        window.installEventFilter(self)

    def apply(self) -> None:
        """Give every dock its default share, and follow the window from now on."""
        window, docks, scale = self._window, self._docks, style.current().scale
        center = window.centralWidget()
        assert center is not None
        center.setMinimumHeight(round(LEAST_NETWORK * scale))
        self._fold()
        width, height = window.width(), window.height() - round(110 * scale)
        across: list[QDockWidget] = [docks["setup"], docks["output"]]
        least = [max(int(240 * scale), int(width * 0.165)), max(int(280 * scale), int(width * 0.232))]
        window.resizeDocks(across, least, Qt.Orientation.Horizontal)
        column: list[QDockWidget] = [docks["output"], docks["curves"], docks["flow"]]
        parts = (0.55, 0.45, 0.45) if self.is_low else (0.48, 0.30, 0.22)
        window.resizeDocks(column, [int(height * part) for part in parts], Qt.Orientation.Vertical)
        inspector = int(max(282 * scale, height * 0.32))
        window.resizeDocks([docks["inspector"]], [inspector], Qt.Orientation.Vertical)
        self.follow_window = True

    def ensure_height(self, key: str, share: float) -> None:
        """Make the dock `key` at least `share` of the window high, and at least as high as the inspector."""
        wanted = max(self._docks["inspector"].height(), int(share * self._window.height()))
        self._window.resizeDocks([self._docks[key]], [wanted], Qt.Orientation.Vertical)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a new size; notice when the user drags a border."""
        if event.type() == QEvent.Type.Resize and self.follow_window:
            self.apply()
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._at_press = self._sizes()
        elif event.type() == QEvent.Type.MouseButtonRelease and self._at_press is not None:
            self.follow_window = self.follow_window and self._sizes() == self._at_press
            self._at_press = None
        return False

    @property
    def is_low(self) -> bool:
        """Whether the window is too low for curves above flow."""
        return self._window.height() / style.current().scale < TALL

    def _sizes(self) -> list[QSize]:
        return [dock.size() for dock in self._docks.values()]

    def _fold(self) -> None:
        """Show curves and flow as tabs in a low window and stacked in a tall one, unless the user moved them."""
        window, curves, flow = self._window, self._docks["curves"], self._docks["flow"]
        stand = [window.dockWidgetArea(dock) for dock in (curves, flow) if dock.isVisible() and not dock.isFloating()]
        if stand != [Qt.DockWidgetArea.RightDockWidgetArea] * 2:
            return
        together = flow in window.tabifiedDockWidgets(curves)
        if self.is_low and not together:
            window.tabifyDockWidget(curves, flow)
            curves.raise_()
        elif together and not self.is_low:
            window.removeDockWidget(flow)
            window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, flow, Qt.Orientation.Vertical)
            flow.show()
