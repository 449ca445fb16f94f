"""LayoutMemory: keeps the layout of one window whenever it changes, and brings it back to the pixel."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QMainWindow

from playground.app.window.desktop import desktop_name
from playground.app.window.dock_sizes import DockSizes
from playground.files.settings import Settings, WindowLayout
from widgets.frame.panel_dock import PanelDock

REST_MS = 300
"""A change is kept once the window has rested this long: dragging a border changes the layout many times."""
SETTLE_MS = 1000
"""How long after it is complete, or has left the full screen, a window may still get another size by itself."""
_NESTED = 8
_CHANGES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.WindowStateChange, QEvent.Type.MouseButtonRelease)


class LayoutMemory(QObject):
    """Keeps the layout of `window` in `settings`; lecture mode has a layout of its own, which is not kept."""

    def __init__(
        self, window: QMainWindow, docks: Mapping[str, PanelDock], sizes: DockSizes, settings: Settings
    ) -> None:
        """Keep nothing before the window has settled."""
        super().__init__(window)
        self._window, self._docks, self._sizes, self._settings = window, docks, sizes, settings
        self._is_paused = True
        self._kept: WindowLayout | None = None
        self._rest = _single_shot(self, REST_MS, self.keep)
        self._settle = _single_shot(self, SETTLE_MS, self._end_settling)

    def restore(self) -> bool:
        """Put the docks where the last window left them; return whether one did."""
        layout = self._settings.layout(desktop_name()) or self._settings.last_layout()
        return layout is not None and self._sizes.hold(layout.docks, layout.sizes)

    def watch(self) -> None:
        """Keep every change from now on; call it once everything in the window is made."""
        for watched in (self._window, *self._docks.values()):
            watched.installEventFilter(self)
        for dock in self._docks.values():
            for changed in (dock.topLevelChanged, dock.visibilityChanged, dock.dockLocationChanged):
                changed.connect(self._rest.start)
        self.settle()

    def now(self) -> WindowLayout:
        """Return the layout as it is, or as it will be once the window has settled."""
        if self._is_paused:
            self.fit()
            if self._sizes.held is not None:
                return WindowLayout(self._window.saveGeometry(), *self._sizes.held)
        return WindowLayout(self._window.saveGeometry(), self._window.saveState(), self._sizes.rectangles())

    def keep(self) -> None:
        """Save the layout, unless the window is changing by itself."""
        if self._is_paused or self._window.isMinimized() or self._window.isFullScreen() or _is_off_screen(self._window):
            return
        layout = self.now()
        if layout != self._kept:
            self._settings.keep_layout(layout, desktop_name())
            self._kept = layout

    def pause(self) -> None:
        """Keep nothing until the window has settled again."""
        self.keep()
        self._settle.stop()
        self._sizes.release()
        self._is_paused = True

    def bring_back(self, layout: WindowLayout) -> None:
        """Put the docks as in `layout` when the window has its next size: fitting them into this one would be vain."""
        self._sizes.hold_later(layout.docks, layout.sizes)

    def settle(self) -> None:
        """Size the docks, and keep changes once the window has come to rest."""
        self.fit()
        self._settle.start()

    def fit(self) -> None:
        """Size the docks, now that every part knows how much room it needs."""
        for _ in range(_NESTED):  # each widget passes the request to its parent
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self._sizes.refit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice what changes the layout."""
        if event.type() in _CHANGES:
            self._rest.start()
        return False

    def _end_settling(self) -> None:
        self.fit()  # parts that are made when they are first shown have been made
        self._sizes.release()
        self._is_paused = False
        self.keep()


def _is_off_screen(window: QMainWindow) -> bool:
    return window.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)


def _single_shot(parent: QObject, wait_ms: int, run: Callable[[], None]) -> QTimer:
    timer = QTimer(parent, interval=wait_ms, singleShot=True)
    timer.timeout.connect(run)
    return timer
