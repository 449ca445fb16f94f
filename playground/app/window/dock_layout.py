"""DockLayout: data and training left, inspector below the network, output and curves right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from playground.app.window.dock_drag import end_drag, hide_tab_bars
from playground.app.window.dock_sizes import DockSizes
from playground.app.window.view_docks import VIEWS
from playground.files.settings import Settings
from widgets.frame.panel_dock import PanelDock

_LEFT, _RIGHT, _BOTTOM = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)


class DockLayout:
    """Puts the docks of one window into their default places and sizes."""

    def __init__(
        self, window: QMainWindow, docks: Mapping[str, PanelDock], sizes: DockSizes, settings: Settings
    ) -> None:
        """Place nothing yet."""
        self._window, self._docks, self._sizes, self._settings = window, docks, sizes, settings
        self.kept: set[str] = set()  # views that stay open in the default layout: a lesson that is being taken
        self._fronts: list[PanelDock] = []  # what was in sight before others were brought forward

    def arrange(self) -> None:
        """Put every dock into its default place; those of ``VIEWS`` are closed."""
        window, docks = self._window, self._docks
        end_drag(window)
        for dock in docks.values():
            if dock.parent() is None:  # it was never anywhere
                continue
            if dock.isFloating():
                dock.setFloating(False)
            window.removeDockWidget(dock)
        hide_tab_bars(window)
        window.addDockWidget(_LEFT, docks["setup"])
        window.addDockWidget(_BOTTOM, docks["inspector"])
        window.addDockWidget(_RIGHT, docks["output"])
        window.splitDockWidget(docks["output"], docks["curves"], Qt.Orientation.Vertical)
        if self._sizes.is_low:
            window.tabifyDockWidget(docks["curves"], docks["flow"])
        else:
            window.splitDockWidget(docks["curves"], docks["flow"], Qt.Orientation.Vertical)
        for key in ("setup", "inspector", "output", "curves", "flow"):
            docks[key].show()
        for spec in VIEWS:
            window.tabifyDockWidget(docks[spec.beside], docks[spec.key])
            if spec.key in self.kept:
                docks[spec.key].show()
                docks[spec.key].raise_()
            else:
                docks[spec.key].close()
        docks["curves"].raise_()
        self._sizes.apply()

    def bring_forward(self, keys: Iterable[str]) -> None:
        """Put the docks `keys` in front of the tabs beside them, where they are open, until ``put_back``."""
        self._sizes.release()  # else a window that is still opening puts them behind again, as they were last time
        self._fronts = [dock for dock in self._docks.values() if dock.content.isVisible()]
        _raise_those_behind(self._docks[key] for key in keys)

    def put_back(self) -> None:
        """Put those docks in front that were before ``bring_forward``."""
        _raise_those_behind(self._fronts)
        self._fronts = []

    def arrange_at(self, width: int, height: int) -> None:
        """Resize the window and restore the default layout, whatever layout is remembered."""
        self._sizes.release()
        self._window.resize(width, height)
        self.arrange()

    def reset(self) -> None:
        """Restore the default layout and forget the remembered one."""
        self._settings.forget_layout()
        self._sizes.release()
        self.arrange()


def _raise_those_behind(docks: Iterable[PanelDock]) -> None:
    for dock in docks:
        if dock.is_behind:
            dock.raise_()
