"""Curtain: what is on the screen stays as it is while everything behind it changes; then all is drawn once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

_FLEETING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)


class Curtain(QObject):
    """Hides from the user, window by window, what is only half done.

    It is closed by whoever changes the look, each with a key, and opens when the last of them is done. The work may
    take several events: the window answers between them, and shows what it showed before.
    """

    def __init__(self, parent: QObject) -> None:
        """Begin open."""
        super().__init__(parent)
        self._keys: set[object] = set()
        self._windows: list[QWidget] = []
        self._done: set[object] = set()
        self._opening = QTimer(self, interval=0, singleShot=True)  # after input: ``QTimer.singleShot`` would precede it
        self._opening.timeout.connect(self._open_for_those_done)

    def close(self, key: object) -> None:
        """Let no window draw until `key` opens again."""
        self._keys.add(key)
        self._done.discard(key)
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and window.updatesEnabled() and window.windowType() not in _FLEETING:
                window.setUpdatesEnabled(False)
                self._windows.append(window)

    def open(self, key: object) -> None:
        """Let the windows draw, unless another key still has something to hide."""
        self._keys.discard(key)
        self._done.discard(key)
        if self._keys:
            return
        windows, self._windows = self._windows, []
        for window in windows:
            if isValid(window):
                window.setUpdatesEnabled(True)
                window.repaint()  # one that was to be drawn all of it before waits for ever: Qt has forgotten the event

    def open_soon(self, key: object) -> None:
        """Open with the next event, once the input has been answered that came meanwhile."""
        self._done.add(key)
        self._opening.start()

    def _open_for_those_done(self) -> None:
        for key in tuple(self._done):
            self.open(key)
