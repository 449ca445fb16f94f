"""Dock sizes: shares of the window, kept while it grows or shrinks, until the user drags a border."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget
from shiboken6 import isValid

from playground.app.window.dock_drag import end_drag
from playground.files.settings import DockRectangles
from widgets.frame.panel_dock import BAR, PanelDock
from widgets.style import style

QWIDGETSIZE_MAX = (1 << 24) - 1  # which PySide does not name
TALL = 860
"""Below this height, with text of the usual size, curves and flow share one place as tabs."""
LEAST_NETWORK = 280
"""Below this the network's heading, sliders and units overlap; a smaller window shrinks the docks instead."""

LEFT = ("setup", "lesson")
"""The docks at the left, which share one place."""


class DockSizes(QObject):
    """Sizes the docks of one window."""

    def __init__(self, window: QMainWindow, docks: Mapping[str, PanelDock]) -> None:
        """Follow the size of `window`."""
        super().__init__(window)
        self._window, self._docks = window, docks
        self.follow_window = True  # whether docks keep their shares of the window: until the user drags a border
        self._at_press: list[QSize] | None = None
        self.held: tuple[QByteArray, DockRectangles] | None = None  # see `hold`
        self._restored: frozenset[str] | None = None  # the docks that are open in what is held
        self._aside: DockRectangles | None = None  # of docks that something else covers
        self.reading_width = 0  # of what is read at the left
        self._is_lecture = False
        self._is_slim = False  # whether the inspector has nothing to show but its tabs
        self._open_height = 0  # of the inspector, when it has more
        for changed in (docks["inspector"].visibilityChanged, docks["inspector"].topLevelChanged):
            # Qt hides the docks of a window that is being deleted.
            changed.connect(lambda _on: self._bound_inspector() if isValid(window) else None)
        window.installEventFilter(self)

    def apply(self) -> None:
        """Give every dock its default share, and follow the window from now on."""
        window, docks, scale = self._window, self._docks, style.current().scale
        self._keep_room_for_network()
        self._fold()
        width, height = window.width(), window.height() - round(110 * scale)
        across: list[QDockWidget] = [docks["setup"], docks["output"]]
        left = self._left_share()
        if self.reading_width and not docks["setup"].content.isVisible():
            left = max(left, self.reading_width)
        least = [left, max(int(280 * scale), int(width * 0.232))]
        window.resizeDocks(across, least, Qt.Orientation.Horizontal)
        column: list[QDockWidget] = [docks["output"], docks["curves"], docks["flow"]]
        parts = (0.55, 0.45, 0.45) if self.is_low else (0.48, 0.30, 0.22)
        window.resizeDocks(column, [int(height * part) for part in parts], Qt.Orientation.Vertical)
        self._open_height = int(height * 0.36 if self._is_lecture else max(282 * scale, height * 0.32))
        self._bound_inspector()
        self._open_inspector()
        self.follow_window = True

    def read_at_left(self, width: int) -> None:
        """Make the panels at the left at least `width` pixels wide, times the type scale, from now on; 0 ends that."""
        self.reading_width = round(width * style.current().scale)
        if self.left_width() < self.reading_width:
            self.set_left_width(self.reading_width)

    def end_reading(self, width: int) -> None:
        """Give the panels at the left their share again, or `width` (0: none) where the user sizes docks."""
        self.reading_width = 0
        if wanted := self._left_share() if self.follow_window else width:
            self.set_left_width(wanted)

    def forget_reading(self) -> None:
        """Take back the width of a lesson that was read when the window was left, and does not go on."""
        if self.follow_window and self._docks["lesson"].isHidden() and self.left_width() > self._left_share():
            self.release()  # what is held has that width
            self.end_reading(0)

    def _left_share(self) -> int:
        return max(int(240 * style.current().scale), int(self._window.width() * 0.165))

    def left_width(self) -> int:
        """Return the width of the panels at the left."""
        shown = [dock for dock in map(self._docks.__getitem__, LEFT) if dock.content.isVisible()]
        return shown[0].width() if shown else 0

    def set_left_width(self, width: int) -> None:
        """Make the panels at the left so wide."""
        docks: list[QDockWidget] = [dock for dock in map(self._docks.__getitem__, LEFT) if not dock.isHidden()]
        self._window.resizeDocks(docks, [width] * len(docks), Qt.Orientation.Horizontal)

    def ensure_height(self, key: str, share: float) -> None:
        """Make the dock `key` at least `share` of the window high, and at least as high as the inspector."""
        wanted = max(self._docks["inspector"].height(), int(share * self._window.height()))
        self._window.resizeDocks([self._docks[key]], [wanted], Qt.Orientation.Vertical)

    def set_lecture(self, on: bool) -> None:
        """Let the network dominate; the panel that a lecture can do without returns with the layout before it."""
        self._is_lecture = on
        if on:
            self._docks["setup"].hide()

    def rectangles(self) -> DockRectangles:
        """Return the size of the window, and of every dock in it."""
        docked = {key: dock.size().toTuple() for key, dock in self._docks.items() if not dock.isFloating()}
        if self._is_bounded and "inspector" in docked:
            docked["inspector"] = docked["inspector"][0], self._open_height
        return DockRectangles(self._window.width(), self._window.height(), self.follow_window, docked)

    def hold(self, docks: QByteArray, sizes: DockRectangles) -> bool:
        """Put every dock where it was and give it its size, again at every new size of the window until `release`.

        A window that opens, is maximized or leaves the full screen gets its final size, and its parts get theirs,
        only step by step. Return whether `docks` could be read.
        """
        self._keep_room_for_network()
        end_drag(self._window)
        if not self._window.restoreState(docks):
            return False
        self.held, self._restored = (docks, sizes), self._open_docks()
        if not self._stand_as(sizes):
            self._adapt(sizes)
        return True

    def hold_later(self, docks: QByteArray, sizes: DockRectangles) -> None:
        """Hold what has been held before, from the next ``refit`` or size of the window on."""
        self.held, self._restored = (docks, sizes), None

    def put_aside(self, aside: bool) -> None:
        """Remember what docks are in sight before they make room for something, and give them their sizes after it."""
        if aside:
            seen = {key: dock for key, dock in self._docks.items() if dock.content.isVisible()}
            alone = {key: dock for key, dock in seen.items() if not self._window.tabifiedDockWidgets(dock)}
            docks = {key: dock.size().toTuple() for key, dock in alone.items() if not dock.isFloating()}
            self._aside = DockRectangles(self._window.width(), self._window.height(), self.follow_window, docks)
        elif self._aside is not None:
            QTimer.singleShot(0, self, self._take_back)  # once the docks have a place again

    def _take_back(self) -> None:
        """Give docks that have made room their sizes: their shares, until the user has dragged a border."""
        if self.follow_window:
            self.apply()
        elif self._aside is not None:
            self._scale(self._aside)
        self._aside = None

    def set_slim(self, slim: bool) -> None:
        """Give the room of the inspector to the network while it has nothing to show, and back."""
        if slim and not self._is_bounded:
            self._open_height = self._docks["inspector"].height()
        self._is_slim = slim
        self._bound_inspector()
        if not slim:
            self._open_inspector()

    def release(self) -> None:
        """Leave the docks to the user."""
        self.held = None

    def refit(self) -> None:
        """Fit the docks into the present size of the window."""
        if self.held is None:
            if self.follow_window:
                self.apply()
            return
        docks, sizes = self.held
        self._keep_room_for_network()
        if self._stand_as(sizes):
            return
        end_drag(self._window)
        now, before, focused = self._open_docks(), self._restored, self._window.focusWidget()
        self._window.restoreState(docks)
        self._restored = self._open_docks()
        self._adapt(sizes)
        if before is not None:
            self._open_again(now - before, before - now)
        if focused is not None and focused is not self._window.focusWidget() and focused.isVisible():
            focused.setFocus()  # Qt has hidden what it stands in for a moment

    def _open_docks(self) -> frozenset[str]:
        return frozenset(key for key, dock in self._docks.items() if not dock.isHidden())

    def _open_again(self, opened: frozenset[str], closed: frozenset[str]) -> None:
        """Open and close what the user, or a lesson that goes on, has opened and closed since docks are held."""
        for key in closed:
            self._docks[key].hide()
        for key in opened:
            self._docks[key].show()
            self._docks[key].raise_()

    def _adapt(self, sizes: DockRectangles) -> None:
        """Fit restored docks, which had their `sizes`, into the present window."""
        self.follow_window = sizes.follows
        if "inspector" in sizes.docks:
            self._open_height = round(sizes.docks["inspector"][1] * self._window.height() / sizes.height)
            self._bound_inspector()
        if (self._window.width(), self._window.height()) != (sizes.width, sizes.height):
            self.apply() if sizes.follows else self._scale(sizes)
        elif "inspector" in sizes.docks and self._docks["inspector"].height() != self._open_height:
            self._window.resizeDocks([self._docks["inspector"]], [self._open_height], Qt.Orientation.Vertical)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a new size; notice when the user drags a border."""
        if event.type() == QEvent.Type.Resize:
            self.refit()
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

    @property
    def _is_bounded(self) -> bool:
        return self._docks["inspector"].maximumHeight() < QWIDGETSIZE_MAX

    def _bound_inspector(self) -> None:
        """Keep the inspector at its row of tabs while it is slim, unless it floats or shares its place."""
        dock = self._docks["inspector"]
        beside = [other for other in self._window.tabifiedDockWidgets(dock) if not other.isHidden()]
        slim = self._is_slim and not dock.isFloating() and not beside
        holder: QWidget | None = dock.content
        while holder is not None and holder is not dock:  # each hears it now, not with an event
            holder.updateGeometry()
            holder = holder.parentWidget()
        dock.setMaximumHeight(dock.minimumSizeHint().height() + BAR if slim else QWIDGETSIZE_MAX)

    def _open_inspector(self) -> None:
        """Give the inspector its height; in a lecture, where nobody scrolls, at least what its page needs."""
        dock = self._docks["inspector"]
        height = max(self._open_height, dock.needed_height()) if self._is_lecture else self._open_height
        self._window.resizeDocks([dock], [height], Qt.Orientation.Vertical)

    def _keep_room_for_network(self) -> None:
        center = self._window.centralWidget()
        assert center is not None
        center.setMinimumHeight(round(LEAST_NETWORK * style.current().scale))

    def _stand_as(self, sizes: DockRectangles) -> bool:
        """Return whether window and docks have their `sizes`: to restore them again would lay everything out again."""
        now = self.rectangles()
        shown = {key: size for key, size in now.docks.items() if self._docks[key].isVisible()}
        return replace(now, docks=shown) == replace(sizes, docks={key: sizes.docks.get(key, (0, 0)) for key in shown})

    def _scale(self, sizes: DockRectangles) -> None:
        """Give every dock its share of a window that has another size than then."""
        across, down = self._window.width() / sizes.width, self._window.height() / sizes.height
        kept = [(self._docks[key], size) for key, size in sizes.docks.items() if key in self._docks]
        shown = [(dock, size) for dock, size in kept if dock.isVisible() and not dock.isFloating()]
        docks: list[QDockWidget] = [dock for dock, _size in shown]
        widths = [round(width * across) for _dock, (width, _height) in shown]
        heights = [round(height * down) for _dock, (_width, height) in shown]
        self._window.resizeDocks(docks, widths, Qt.Orientation.Horizontal)
        self._window.resizeDocks(docks, heights, Qt.Orientation.Vertical)

    def _sizes(self) -> list[QSize]:
        return [dock.size() for dock in self._docks.values()]

    def _fold(self) -> None:
        """Show curves and flow as tabs in a low window and stacked in a tall one, unless the user moved them."""
        window, curves, flow = self._window, self._docks["curves"], self._docks["flow"]
        stand = [window.dockWidgetArea(dock) for dock in (curves, flow) if dock.isVisible() and not dock.isFloating()]
        if stand != [Qt.DockWidgetArea.RightDockWidgetArea] * 2:
            return
        if self.is_low == (flow in window.tabifiedDockWidgets(curves)):
            return
        end_drag(self._window)
        if self.is_low:
            window.tabifyDockWidget(curves, flow)
            curves.raise_()
        else:
            window.removeDockWidget(flow)
            window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, flow, Qt.Orientation.Vertical)
            flow.show()
