"""Lecture mode: full screen, with type and lines as large as the screen has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QObject, QSize, QTimer

from widgets.style import style

if TYPE_CHECKING:
    from playground.app.window.main_window import MainWindow

ROOM = (1100.0, 660.0)
"""What the window needs at ordinary type: the rest of the screen goes into larger type."""
LEAST_SCALE, MOST_SCALE = 1.15, 1.6
_NESTED = 8


def scale_for(size: QSize) -> float:
    """Return how much larger than usual everything is drawn in a window of `size`."""
    room = min(size.width() / ROOM[0], size.height() / ROOM[1])
    return min(max(int(room * 20) / 20, LEAST_SCALE), MOST_SCALE)


class LectureMode(QObject):
    """Switches one window to lecture mode and back; a projector of another size gets another scale."""

    def __init__(self, window: MainWindow) -> None:
        """Wait for the switch."""
        super().__init__(window)
        self._window = window
        self._was_maximized = False
        self._layout: QByteArray | None = None
        self.is_on = False

    def toggle(self) -> None:
        """Fill the screen, or go back to the window as it was."""
        window = self._window
        self.is_on = not self.is_on
        window.actions_by_key["lecture"].setChecked(self.is_on)
        if self.is_on:
            self._was_maximized = window.isMaximized()
            self._layout = None if window.shares.are_ours else window.saveState()
            window.installEventFilter(self)
            window.showFullScreen()
            self._fit()
        else:
            window.removeEventFilter(self)
            window.apply_theme(style.current().name, 1.0)
            window.showMaximized() if self._was_maximized else window.showNormal()
            QTimer.singleShot(0, self, self._settle)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the scale that goes with a new size."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        scale = scale_for(self._window.size())
        if scale != style.current().scale:
            self._window.apply_theme(style.current().name, scale)
            self._window.shares.give()
            QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        """Share the window out once more, when every part has worked out what it needs in the new type."""
        for _ in range(_NESTED):  # a part asks the one around it, and so on
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self._window.shares.give()
        if self._layout is not None and not self.is_on:
            self._window.restoreState(self._layout)
            self._window.shares.are_ours = False
