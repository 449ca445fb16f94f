"""What every test relies on: one BLAS thread, no display, no trace of the user's own settings.

A test that leaves a timer, a thread or a window behind fails with a message that says the cure.
"""

from __future__ import annotations

import os

# Before NumPy is imported anywhere: its BLAS reads them once. One thread keeps sums in one order.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[_name] = "1"
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_API"] = "pyside6"
os.environ["PYTEST_QT_API"] = "pyside6"
os.environ.pop("QT_STYLE_OVERRIDE", None)

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from PySide6.QtCore import QThread, QTimer
    from PySide6.QtWidgets import QWidget

# Two shared cores: a slow moment is no failure, and the same examples every run.
settings.register_profile(
    "ours", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ours")

LEFT_BEHIND = "This test left {what} behind: {names}. {cure}"


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Send QSettings and QStandardPaths to an empty folder, away from the user's own."""
    home = tmp_path_factory.mktemp("home")
    patch = pytest.MonkeyPatch()
    patch.setenv("HOME", str(home))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    patch.setenv("XDG_RUNTIME_DIR", str(runtime))
    yield home
    # Qt objects in cycles go here: PySide may crash when pytest collects them after its last fixture.
    gc.collect()
    patch.undo()


@pytest.fixture(autouse=True)
def fresh_settings(own_folders: Path) -> None:
    """Begin each test that uses Qt with empty settings."""
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QSettings, QStandardPaths

        QStandardPaths.setTestModeEnabled(True)
        for format_ in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            QSettings.setPath(format_, QSettings.Scope.UserScope, str(own_folders / "config"))
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings("backprop-playground", "backprop-playground").clear()


def _running_timers() -> list[QTimer]:
    from PySide6.QtCore import QTimer
    from shiboken6 import isValid

    return [timer for timer in _objects(QTimer) if isValid(timer) and timer.isActive()]


def _running_threads() -> list[QThread]:
    from PySide6.QtCore import QThread
    from shiboken6 import isValid

    main = QThread.currentThread()
    return [thread for thread in _objects(QThread) if isValid(thread) and thread is not main and thread.isRunning()]


def _objects(kind: type[Any]) -> list[Any]:
    """Return the living objects of `kind` (subclasses included) that Python holds.

    ``gc.get_objects()`` would walk a million objects per test: the wrappers of shiboken are few.
    """
    from shiboken6 import getAllValidWrappers

    return [thing for thing in getAllValidWrappers() if isinstance(thing, kind)]


def _windows() -> list[QWidget]:
    from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

    # Hidden parentless helpers are pyqtgraph's (the menus and forms of a plot): they go with their plot.
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.parent() is None and (widget.isVisible() or isinstance(widget, QMainWindow | QDialog))
    ]


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test that leaves a running timer or thread, or a top-level window."""
    if "qapp" not in request.fixturenames and "qtbot" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("qapp")
    # Not qtbot itself: it must be torn down (and close its widgets) before we look.
    before = {id(widget) for widget in _windows()}
    yield
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for what, things, cure in (
        ("a running QTimer", _running_timers(), "Stop it in the fixture, or give it a parent that qtbot closes."),
        ("a running QThread", _running_threads(), "Call quit() and wait() before the test ends."),
        (
            "a top-level window",
            [widget for widget in _windows() if id(widget) not in before],
            "Hand it to qtbot.addWidget(), or give it a parent; call deleteLater() on what you closed yourself.",
        ),
    ):
        if things:
            names = ", ".join(sorted(_describe(thing) for thing in things))
            for thing in things:
                _clear(thing)
            pytest.fail(LEFT_BEHIND.format(what=what, names=names, cure=cure), pytrace=False)


def _describe(thing: Any) -> str:
    parent = thing.parent()
    owner = f" of {type(parent).__name__}" if parent is not None else ""
    return f"{type(thing).__name__} {thing.objectName()!r}{owner}"


def _clear(thing: Any) -> None:
    """Take it away, so that the next test does not pay for this one."""
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from PySide6.QtWidgets import QWidget

    if isinstance(thing, QTimer):
        thing.stop()
    elif isinstance(thing, QWidget):
        thing.close()
        thing.deleteLater()
        QCoreApplication.sendPostedEvents(thing, QEvent.Type.DeferredDelete)
