"""Open the window, or take its picture where there is no display."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from playground.app.window.main_window import MainWindow
from playground.files.settings import APPLICATION, Settings
from widgets.style import style, themes, tips
from widgets.style.letting_go import let_go

if TYPE_CHECKING:
    from playground.app.window.parts import Parts
    from playground.document.document import Document
    from playground.engine.state import RunState
    from playground.training.run_memory import RunMemory

PICTURE_STEPS = 2000
PATIENCE_S = 0.25
"""How long an empty window may take to appear before it is built unseen."""
LOADED = (
    "playground.engine.trainer",
    "playground.document.document",
    "playground.session.session",
    "widgets.network_graph",
    "playground.app.window.panels",
    "playground.app.files.document_files",
    "playground.app.window.construction",
)
"""What takes long to load, in steps of about the same time: the window shows how far it is."""


def make_application(theme: str | None = None) -> QApplication:
    """Return the one application, in `theme`, or the one that settings and system ask for."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName(APPLICATION)
    application.setApplicationDisplayName("Backprop Playground")
    settings = Settings()
    name = theme or settings.theme
    if name == "system":
        scheme = QGuiApplication.styleHints().colorScheme()
        name = "dark" if scheme == Qt.ColorScheme.Dark else "light"
    base = themes.DARK if name == "dark" else themes.LIGHT
    style.apply(application, replace(base, reduced_motion=settings.reduced_motion))
    return application


def has_display() -> bool:
    """Return whether a window can be shown."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(document: Document | None = None) -> MainWindow:
    """Show the window at once, fill it with the parts for `document`, and give the network the focus."""
    settings = Settings()
    window = MainWindow(settings)
    window.open()
    begun = perf_counter()
    while not window.was_painted and perf_counter() - begun < PATIENCE_S:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    for done, module in enumerate(LOADED, start=1):
        import_module(module)
        window.show_loaded(done / len(LOADED))
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    from playground.app.window.construction import build
    from playground.document.document import Node
    from playground.session.session import Session

    session = Session(document)
    if document is None:
        session.select(node=Node(1, 0))  # so that the card shows numbers at once
    window.setUpdatesEnabled(False)
    parts = build(window, session, settings)
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    parts.memory.fit()
    held = [dock for dock in parts.docks.values() if dock.isVisible()]
    for dock in held:
        dock.setUpdatesEnabled(False)
    window.setUpdatesEnabled(True)  # now that the parts have their places
    parts.deferred.begin_with("painting", partial(_painted_in_turn, held))
    if document is None and not parts.recovery.is_work_left():
        parts.guide.greet()
    parts.panels.network.canvas.setFocus()
    return window


def _painted_in_turn(parts: Sequence[QWidget]) -> Generator[None, None, None]:
    """Paint each of `parts` in an event of its own: the first time takes long, and all at once stop the window."""
    for part in parts:
        part.setUpdatesEnabled(True)
        part.repaint()
        yield


def load_window(document: Document | None = None) -> MainWindow:
    """Do what ``open_window`` does, while no garbage is collected and no tooltip is asked for."""
    with collector_at_rest(), tips.paused():
        return open_window(document)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Collect no garbage meanwhile, and never look through what was made: loading leaves next to none.

    Each look at all that is loaded stops the window for 50 ms, and there are several while it opens.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def run_window(first: Callable[[Parts], object] | None = None) -> int:
    """Open the window, let `first` open something in it, and return when it is closed; crashes are handled."""
    application = make_application()
    window = load_window()
    from playground.app.window.crash_handler import CrashHandler
    from playground.app.window.end_on_signal import EndOnSignal

    parts = window.parts
    crash_handler = CrashHandler(parts.session, parts.recovery, window)
    ending = EndOnSignal(parts.recovery, window)
    crash_handler.install()
    ending.install()
    try:
        if first is not None:
            first(parts)
        else:
            parts.deferred.add("lesson", parts.lessons.resume)
        parts.deferred.add("recovery", parts.recovery.begin)
        parts.deferred.add("collector", gc.freeze)
        return application.exec()
    finally:
        ending.remove()
        crash_handler.remove()
        del window, parts


def picture_of(
    document: Document,
    state: RunState | RunMemory | None,
    path: Path,
    size: tuple[int, int] = (1600, 1000),
    theme: str = "light",
) -> None:
    """Save a picture of the real window on `document` at `state` (a memory brings its curves); needs no display.

    Raises
    ------
    ValueError
        When the file cannot be written.
    """
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = make_application(theme)
    from playground.app.export.pictures import png
    from playground.app.window.construction import shown_offscreen
    from playground.files import storage
    from playground.session.session import Session
    from playground.training.run_memory import RunMemory

    session = Session(document)
    if state is not None:
        session.live.restore(state if isinstance(state, RunMemory) else RunMemory(document, state))
    window = shown_offscreen(session, size)
    application.processEvents()
    try:
        storage.write(path, png(window.grab().toImage()))
    finally:
        window.close()
        let_go(window)
