"""EndOnSignal: a terminal that closes, a logout or Ctrl+C ends the program; the next start offers unsaved work."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from playground.app.files.recovery import Recovery
from widgets.style.parts import direct_parts_of

_NUMBERS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class EndOnSignal(QObject):
    """Ends the program at a signal, as it would have ended, but for the unsaved work, which it writes first."""

    def __init__(self, recovery: Recovery, parent: QObject) -> None:
        """Do nothing yet; `recovery` writes the work."""
        super().__init__(parent)
        self._recovery = recovery
        self._former = {number: signal.getsignal(number) for number in _NUMBERS}
        self._pipe: tuple[int, int] | None = None

    def install(self) -> None:
        """End at every signal from now on, but for those that whoever started the program wants ignored."""
        if os.name == "posix":
            # Python notices a signal when it runs next, and in an idle window it hardly does: the system wakes it.
            self._pipe = os.pipe()
            for end in self._pipe:
                os.set_blocking(end, False)
            signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False)
            notifier = QSocketNotifier(self._pipe[0], QSocketNotifier.Type.Read, self)
            notifier.activated.connect(self._on_woken)
        for number, former in self._former.items():
            if former is not signal.SIG_IGN:
                signal.signal(number, self._on_signal)

    def remove(self) -> None:
        """Restore what was done at a signal."""
        for number, former in self._former.items():
            signal.signal(number, former)
        if self._pipe is not None:
            signal.set_wakeup_fd(-1)
            for notifier in direct_parts_of(self, QSocketNotifier):
                notifier.setEnabled(False)
            for end in self._pipe:
                os.close(end)

    def _on_woken(self) -> None:
        if self._pipe is not None:
            os.read(self._pipe[0], 64)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        QTimer.singleShot(0, self, lambda: self._end(number))  # not in the middle of whatever runs

    def _end(self, number: int) -> None:
        try:
            with suppress(Exception):  # whatever is broken, the program ends
                self._recovery.leave()
        finally:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
