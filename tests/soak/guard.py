"""Guard: hears every exception and Qt warning of this process, and weighs what is left behind.

Nothing is forgiven but what the offscreen platform says for want of a window manager.
"""

from __future__ import annotations

import ctypes
import gc
import re
import sys
import threading
import traceback
from collections import Counter
from pathlib import Path
from time import process_time
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QUndoCommand
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import getAllValidWrappers, isValid

from widgets.style.parts import parts_of

if TYPE_CHECKING:
    from playground.app.window.main_window import MainWindow

# As `qt_log_ignore` in pyproject.toml, and popups and panels in the hand that take keys and mouse.
ALLOWED = re.compile(r"This plugin does not support (propagateSizeHints\(\)|raise\(\)|grabbing the (keyboard|mouse))")
LOUD = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
MIB = 2**20
ALLOWANCE, SPARE = 1.25, 40
"""How many times as many of a class there may be as ever while warming up, and how many more on top."""
STRIKES = 3
"""How often a class may get beyond that and have its number taken for the new most: what is kept for a large circuit
or a wide layer grows once or twice and stays; what is never released goes on."""
PATIENCE_S = 30.0
"""How much processor time work in the background may take to end: of its own, whatever else runs on the machine."""


class Guard:
    """Collects ``faults``, one text each, between ``__enter__`` and ``__exit__``."""

    def __init__(self) -> None:
        """Hear nothing yet."""
        self.faults: list[str] = []

    def __enter__(self) -> Guard:
        """Take the place of Python's hooks and of Qt's message handler."""
        self._former = (sys.excepthook, sys.unraisablehook, threading.excepthook)
        sys.excepthook = self._on_exception
        sys.unraisablehook = lambda args: self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)
        threading.excepthook = lambda args: self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)
        self._former_handler = qInstallMessageHandler(self._on_message)
        return self

    def __exit__(self, *_: object) -> None:
        """Give the hooks back."""
        sys.excepthook, sys.unraisablehook, threading.excepthook = self._former
        qInstallMessageHandler(self._former_handler)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.faults.append("".join(traceback.format_exception(kind, error, trace)))

    def _on_message(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind in LOUD and not ALLOWED.search(text):
            self.faults.append(f"Qt says: {text}")
            if kind == QtMsgType.QtFatalMsg:  # the process ends now
                print(self.faults[-1], file=sys.stderr, flush=True)


def tidy() -> None:
    """Release everything that is no longer referenced, in Qt, in Python and in the allocator."""
    for _ in range(3):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).malloc_trim(0)


def resident_mib() -> float:
    """Return the memory of this process that is really in use, in MiB; 0 where the system does not tell."""
    status = Path("/proc/self/statm")
    if not status.exists():
        return 0.0
    import resource

    return int(status.read_text().split()[1]) * resource.getpagesize() / MIB


def top_levels() -> Counter[str]:
    """Count the windows of this process, hidden ones too, by class and name."""
    return Counter(
        f"{type(widget).__name__} {widget.objectName()}".strip() for widget in QApplication.topLevelWidgets()
    )


def running_timers() -> Counter[str]:
    """Count the timers that run, by the class of their owner."""
    timers = [thing for thing in getAllValidWrappers() if isinstance(thing, QTimer) and thing.isActive()]
    return Counter(type(timer.parent()).__name__ for timer in timers)


class Scales:
    """Counts all that a window owns at rest, and tells what has grown since it was used to everything.

    Parameters
    ----------
    window : MainWindow
        Shown and at rest.
    """

    def __init__(self, window: MainWindow) -> None:
        """Remember which timers always run."""
        self._window, self._timers = window, running_timers()
        self._most: Counter[str] = Counter()
        self._strikes: Counter[str] = Counter()

    def weigh(self, *, warming_up: bool) -> list[str]:
        """Return what is wrong, one line each; while `warming_up` panels are still seen for the first time.

        Timers must be those of the beginning, once work in the background has ended. Of widgets, windows, undo
        commands, and what Qt deleted and Python keeps, there may be as many as ever while warming up, and a few more,
        or many more for ``STRIKES`` times.
        """
        deadline = process_time() + PATIENCE_S
        while (timers := running_timers() - self._timers) and process_time() < deadline:
            QApplication.processEvents()
        counts = self._counts()
        if warming_up:
            self._most |= counts
        more = {name: n for name, n in counts.items() if n > ALLOWANCE * self._most[name] + SPARE}
        self._strikes.update(more.keys())
        wrong = [f"{n} × a running timer of {name}" for name, n in timers.items()]
        wrong += [
            f"{n} × {name}, after {self._most[name]}, and it goes on growing"
            for name, n in more.items()
            if self._strikes[name] >= STRIKES
        ]
        self._most |= Counter(more)
        return wrong

    def _counts(self) -> Counter[str]:
        found: list[object] = [*parts_of(self._window, QWidget), *parts_of(self._window, QTimer)]
        found += [*parts_of(self._window.session, QTimer), *QApplication.topLevelWidgets()]
        found += [thing for thing in gc.get_objects() if isinstance(thing, QUndoCommand)]
        counts = Counter(type(thing).__name__ for thing in found)
        qt = [thing for thing in gc.get_objects() if isinstance(thing, QObject)]
        return counts + Counter(f"deleted {type(thing).__name__}" for thing in qt if not isValid(thing))


def network_ports() -> list[str]:
    """Return the internet sockets of this process, whatever opened them."""
    own = set()
    for entry in Path("/proc/self/fd").glob("*"):
        try:
            target = entry.readlink().name
        except OSError:  # closed while we looked
            continue
        if target.startswith("socket:"):
            own.add(target.removeprefix("socket:[").removesuffix("]"))
    found = []
    for kind in ("tcp", "tcp6", "udp", "udp6"):
        table = Path("/proc/self/net") / kind
        rows = table.read_text().splitlines()[1:] if own and table.exists() else []
        found += [f"{kind} {row.split()[1]}" for row in rows if row.split()[9] in own]
    return found
