"""Lecture mode: full screen, with text and lines as large as the screen has room for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from playground.app.window.appearance import Appearance
from playground.app.window.curtain import Curtain
from playground.app.window.dock_sizes import DockSizes
from playground.app.window.layout_memory import LayoutMemory
from playground.files.settings import WindowLayout
from widgets.style import style

ROOM = (1100.0, 660.0)
"""What the window needs with text of the usual size: the rest of the screen allows larger text."""
LEAST_SCALE, MOST_SCALE = 1.15, 1.6
REST_MS = 120
"""How long the size must rest before text follows it: dragging a border does not restyle everything at each pixel."""

WAIT_MS = 150
"""How long the desktop may take to give the window its size: the panels are put in their places after that."""


def scale_for(size: QSize) -> float:
    """Return how much larger than usual everything is drawn in a window of `size`."""
    room = min(size.width() / ROOM[0], size.height() / ROOM[1])
    return min(max(int(room * 20) / 20, LEAST_SCALE), MOST_SCALE)


class LectureMode(QObject):
    """Switches one window to lecture mode and back; a projector of another size gets another scale."""

    def __init__(
        self,
        window: QMainWindow,
        action: QAction,
        appearance: Appearance,
        sizes: DockSizes,
        memory: LayoutMemory,
        curtain: Curtain,
    ) -> None:
        """Begin switched off; `action` shows with a check mark whether it is on."""
        super().__init__(window)
        self._window, self._action, self._appearance, self._sizes = window, action, appearance, sizes
        self._memory, self._curtain = memory, curtain
        self._was_maximized = False
        self._before: WindowLayout | None = None
        self._resting = QTimer(self, interval=REST_MS, singleShot=True)
        self._resting.timeout.connect(self._on_rest)
        self._settling = QTimer(self, singleShot=True)
        self._settling.timeout.connect(self._settle)
        # Not ``QTimer.singleShot``, which Qt carries out before it answers input: that would be one block.
        self._moving = QTimer(self, interval=0, singleShot=True)
        self._moving.timeout.connect(self._move)
        self.is_on = self._is_away = False

    def toggle(self) -> None:
        """Fill the screen, or return to the window as it was.

        Nothing is drawn until the panels stand where they belong, and what it takes comes in several events: type,
        size, places, picture. All at once would block the window too long.
        """
        window = self._window
        self.is_on = not self.is_on
        self._action.setChecked(self.is_on)
        self._curtain.close(self)
        self._settling.stop()
        self._resting.stop()
        if self.is_on:
            if not self._is_away:
                self._was_maximized = window.isMaximized()
                self._before = self._memory.now()
                self._memory.pause()
            self._is_away = True
            self._sizes.set_lecture(True)
            self._set_type(scale_for(window.screen().size()))
        else:
            self._sizes.set_lecture(False)
            self._set_type(1.0)
        self._moving.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose the scale for a new size, once it rests; put the panels in their places once the window has it."""
        if event.type() == QEvent.Type.Resize:
            if self._settling.isActive() and (self._fills_screen() or not self.is_on):
                self._settling.start(0)
            if self.is_on:
                self._resting.start()
        return False

    def _move(self) -> None:
        self._enter() if self.is_on else self._leave()

    def _enter(self) -> None:
        """Fill the screen, an event after the type is that of the screen, which the window has a moment later."""
        self._window.installEventFilter(self)
        self._window.showFullScreen()
        self._sizes.apply()
        self._settling.start(0 if self._fills_screen() else WAIT_MS)

    def _leave(self) -> None:
        """Bring the window back as it was, an event after its type."""
        self._is_away = False
        if self._before is not None:
            self._memory.bring_back(self._before)
        self._window.showMaximized() if self._was_maximized else self._window.showNormal()
        self._settling.start(WAIT_MS)

    def _fills_screen(self) -> bool:
        return self._window.size() == self._window.screen().size()

    def _set_type(self, scale: float) -> None:
        self._appearance.apply(style.current().name, scale)

    def _on_rest(self) -> None:
        """Let the type follow the size of the window; the picture follows an event later."""
        scale = scale_for(self._window.size())
        if self.is_on and scale != style.current().scale:
            self._curtain.close(self)
            self._set_type(scale)
            self._sizes.apply()
            self._settling.start(0)

    def _settle(self) -> None:
        """Size the docks again, once every part knows how much room its text now needs, and draw."""
        if self.is_on:
            self._memory.fit()
            self._resting.start()  # unless the desktop has refused the full screen, the type fits already
        else:
            self._window.removeEventFilter(self)
            self._memory.settle()
        self._curtain.open(self)
