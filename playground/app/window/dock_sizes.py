"""The docks' shares of the window: kept while it grows or shrinks, until a person sets other ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QDockWidget

from widgets.style import style

if TYPE_CHECKING:
    from playground.app.window.main_window import MainWindow

TALL = 860
"""Below this height, at ordinary type, the curves and the flow stand behind each other."""
LEAST_NETWORK = 280
"""Below this the network's heading, sliders and units lie over each other; a smaller window takes from the docks."""


class DockSizes(QObject):
    """Gives the docks of one window their sizes.

    Attributes
    ----------
    are_ours : bool
        Whether no person has dragged a border since the first layout, so that they follow the window.
    """

    def __init__(self, window: MainWindow) -> None:
        """Follow `window`; its docks are placed."""
        super().__init__(window)
        self._window = window
        self.are_ours = True
        self._at_press: list[QSize] | None = None
        window.installEventFilter(self)

    def give(self) -> None:
        """Give every dock the share that it begins with, and follow the window from now on."""
        window, docks, scale = self._window, self._window.docks, style.current().scale
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
        self.are_ours = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a new size; see a person take a border of a dock."""
        if event.type() == QEvent.Type.Resize and self.are_ours:
            self.give()
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._at_press = self._sizes()
        elif event.type() == QEvent.Type.MouseButtonRelease and self._at_press is not None:
            self.are_ours = self.are_ours and self._sizes() == self._at_press
            self._at_press = None
        return False

    @property
    def is_low(self) -> bool:
        """Whether there is no room for curves and flow under each other."""
        return self._window.height() / style.current().scale < TALL

    def _sizes(self) -> list[QSize]:
        return [dock.size() for dock in self._window.docks.values()]

    def _fold(self) -> None:
        """Put the flow behind the curves in a low window and under them in a tall one, where a person left it there."""
        window, curves, flow = self._window, self._window.docks["curves"], self._window.docks["flow"]
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
