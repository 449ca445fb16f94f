"""What ``run.py bench window`` measures, each in a process of its own: prints the figures as JSON.

Figures are wall-clock time; those that end in ``_cpu`` are processor time of the window's thread, which other work on
the machine hardly changes.
"""

# ruff: noqa: E402 - BLAS reads its number of threads when NumPy is imported

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

STARTED, STARTED_CPU = time.perf_counter(), time.process_time()
sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

SECONDS = 4.0
WARM_S = 1.5
SIZE = (1600, 1000)
PATIENCE_S = 30.0


def _window(document: Any = None, node: Any = None) -> Any:
    """Return the application and the real window on `document`, everything made, on the screen."""
    from playground.app.window.construction import new_window
    from playground.app.window.start import collector_at_rest, make_application
    from playground.files.settings import Settings
    from playground.session.session import Session

    app = make_application("light")
    session = Session(document)
    if node is not None:
        session.select(node=node)
    with collector_at_rest():
        window = new_window(session, Settings())
    if app.platformName() == "offscreen":
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(*SIZE)
    window.show()
    window.parts.deferred.finish()
    window.parts.layout.arrange_at(*SIZE)
    app.processEvents()
    return app, window


def _wait(seconds: float = PATIENCE_S, until: Callable[[], bool] = lambda: False) -> float:
    """Run the event loop for `seconds`, or `until` something is true; return the seconds that passed.

    It ends by ``exit``: ``quit`` would close the windows.
    """
    app, begun = QApplication.instance(), time.perf_counter()
    look = QTimer(interval=5)
    look.timeout.connect(lambda: app.exit() if until() or time.perf_counter() - begun > seconds else None)
    look.start()
    app.exec()
    look.stop()
    return time.perf_counter() - begun


def _full_speed(window: Any) -> None:
    window.session.clock.set_speed(None)


class _Paints(QObject):
    """Counts how often a widget was painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def _hidden(*widths: int) -> Any:
    from playground.document.document import Document
    from playground.engine.spec import LayerSpec

    return Document(hidden=tuple(LayerSpec(width) for width in widths))


def _table(n: int) -> Any:
    import numpy as np

    from playground.document.own_data import Table

    points = np.random.default_rng(1).uniform(-1.0, 1.0, (n, 2))
    return Table(points=points, targets=(points[:, 0] * points[:, 1] > 0).astype(np.float64))


def _played(window: Any) -> dict[str, float]:
    """Play at full speed, with events from outside."""
    from outside import events_from_outside

    session, paints = window.session, _Paints()
    window.parts.panels.network.canvas.installEventFilter(paints)
    _full_speed(window)
    with events_from_outside() as answers:
        session.play()
        _wait(WARM_S)
        answers.clear()
        first, painted, begun, cpu = session.run.iteration, paints.count, time.perf_counter(), time.thread_time()
        _wait(SECONDS)
        wall, cpu = time.perf_counter() - begun, time.thread_time() - cpu
        done, frames = session.run.iteration - first, paints.count - painted
    session.pause()
    return {
        "rate": done / wall,
        "rate_cpu": done / cpu,
        "frames": frames / wall,
        "frames_cpu": frames / cpu,
        **answers.figures(),
    }


def play(*widths: str) -> dict[str, float]:
    """Play a network of these hidden widths, default views."""
    _, window = _window(_hidden(*map(int, widths)))
    return _played(window)


def play_imported(n: str) -> dict[str, float]:
    """Play on `n` imported points that came while the weights stayed."""
    from playground.document.data_choice import with_table

    _, window = _window()
    window.session.step(50)
    window.session.change(with_table(_table(int(n))), "Import points")
    return _played(window)


def play_generated(n: str) -> dict[str, float]:
    """Play on `n` generated points."""
    from playground.document.changes import with_data

    _, window = _window()
    window.session.step(50)
    window.session.change(with_data(points=int(n)), "Change the number of points")
    return _played(window)


def frame(*widths: str) -> dict[str, float]:
    """Make and paint everything of a frame, a node selected."""
    from playground.document.document import Node

    app, window = _window(_hidden(*map(int, widths)), Node(1, 1))
    session, wall, cpu = window.session, [], []
    for _ in range(150):
        session.run.train(10)
        begun, worked = time.perf_counter(), time.thread_time()
        session.step()  # paused, so that no presenter skips the frame
        app.processEvents()
        wall.append((time.perf_counter() - begun) * 1e3)
        cpu.append((time.thread_time() - worked) * 1e3)
    return {"ms": median(wall[30:]), "ms_cpu": median(cpu[30:])}


def blocks() -> dict[str, float]:
    """Measure the longest block of each thing that takes long, by the gestures of the user."""
    from outside import events_from_outside

    _, window = _window()
    with TemporaryDirectory() as name, events_from_outside() as answers:
        parts, session, figures = window.parts, window.session, {}

        def measure(key: str, do: Callable[[], object], until: Callable[[], bool], after: float = 0.4) -> None:
            _wait(0.3)
            answers.clear()
            QTimer.singleShot(0, do)
            seconds = _wait(PATIENCE_S, until)
            _wait(after)
            figures.update(answers.figures(f"{key}_") | {f"{key}_seconds": seconds})

        session.step(50)
        gallery, change = parts.panels.gallery, session.undo_stack
        measure(
            "many",
            lambda: gallery.field_changed.emit("n_points", 1_000_000),
            lambda: len(session.run.data.sample.points) == 1e6,
            1.0,
        )
        measure("undo", change.undo, lambda: len(session.run.data.sample.points) < 1e6)
        measure("redo", change.redo, lambda: len(session.run.data.sample.points) == 1e6)
        change.undo()
        measure("theme", parts.actions["theme"].trigger, lambda: True)
        table = Path(name) / "points.csv"
        points = _table(100_000).points
        table.write_text("a,b,kind\n" + "".join(f"{x:.6f},{y:.6f},{'no' if x * y < 0 else 'yes'}\n" for x, y in points))
        imports = parts.own_points.imports
        imports.open(table)  # loads the reader, in a thread, the first time
        while imports.dialog is None:
            _wait(0.1)
        imports.dialog.close()
        measure("preview", lambda: imports.open(table), lambda: imports.dialog is not None)
        measure(
            "read",
            lambda: imports.dialog.import_clicked.emit(imports.dialog.form),
            lambda: len(session.run.data.sample.points) == 100_000 and imports.dialog is None,
            1.0,
        )
        _open(name, measure, parts, session)
        _animate(name, measure, parts)
        return figures


def _open(name: str, measure: Callable[..., None], parts: Any, session: Any) -> None:
    from playground.document.data_choice import with_table

    path, n = Path(name) / "large.playground", 18_000
    session.change(with_table(_table(n)), "Import points")
    session.step(20)
    parts.files.write(path)
    print(f"document of {path.stat().st_size / 2**20:.2f} MB", file=sys.stderr)
    parts.files.adopt(_nothing())
    measure("open", lambda: parts.files.load(path), lambda: len(session.run.data.sample.points) == n)


def _nothing() -> Any:
    from playground.files.saved import Saved

    return Saved()


def _animate(name: str, measure: Callable[..., None], parts: Any) -> None:
    parts.session.step(100)
    path = Path(name) / "film.gif"
    measure("animation", lambda: parts.exports.write("gif", path, (0, 100, 4)), path.exists, 0.1)


def start() -> dict[str, float]:
    """Measure the time from the start of the interpreter's work to first paint and to every panel."""
    return _started(watch_all=False)


def settle() -> dict[str, float]:
    """Measure the longest block between the first panel and the last deferred part, and the memory."""
    return _started(watch_all=True)


def _started(watch_all: bool) -> dict[str, float]:
    from playground.app.window.start import load_window, make_application

    figures: dict[str, float] = {}

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and "first" not in figures:
                figures.update(first=time.perf_counter() - STARTED, first_cpu=time.process_time() - STARTED_CPU)
            return False

    app, watch = make_application("light"), Watch()
    app.installEventFilter(watch)
    if not watch_all:
        window = load_window()
        app.removeEventFilter(watch)
        painted = _Paints()
        app.installEventFilter(painted)
        docks = window.parts.docks.values()
        _wait(PATIENCE_S, lambda: painted.count > 0 and all(dock.updatesEnabled() for dock in docks))
        figures.update(whole=time.perf_counter() - STARTED, whole_cpu=time.process_time() - STARTED_CPU)
        window.close()
        return figures
    from outside import events_from_outside

    app.removeEventFilter(watch)
    with events_from_outside() as answers:
        window = load_window()
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(*SIZE)
        answers.clear()
        _wait(PATIENCE_S, lambda: not window.parts.deferred.waiting)
        _wait(1.0)
        figures = answers.figures("settle_")
    figures["memory"] = _resident()
    _full_speed(window)
    window.session.play()
    _wait(8.0)
    figures["memory_played"] = _resident()
    window.session.pause()
    return figures


def _resident() -> float:
    """Return the resident memory of this process in MiB; 0 where the system does not say."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20 if statm.exists() else 0.0


def bare() -> dict[str, float]:
    """Measure the first paint of an empty Qt window."""
    from PySide6.QtWidgets import QMainWindow

    app, painted = QApplication([]), _Paints()
    app.installEventFilter(painted)
    window = QMainWindow()
    window.resize(*SIZE)
    window.show()
    while not painted.count:
        app.processEvents()
    return {"bare": time.perf_counter() - STARTED, "bare_cpu": time.process_time() - STARTED_CPU}


if __name__ == "__main__":
    made = globals()[sys.argv[1]](*sys.argv[2:])
    print(json.dumps(made), flush=True)
    os._exit(0)  # what is measured is over
