"""Times the real window: a frame with every view live, training beside the views, input, start-up, memory.

Run it with ``python3 run.py bench window``. Offscreen raster at 1600 × 1000. Each figure stands beside its target.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

SECONDS = 3.0
ROWS = (
    ("2-4-2-1", (4, 2), 5.0, 20_000, 0.50),
    ("2-8-8-1", (8, 8), 7.0, 15_000, 0.50),
    ("2-8×6-1", (8,) * 6, 10.0, 6_000, 0.35),
)
START = """
import sys, time
begun = time.perf_counter()
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.perf_counter() - begun)
            sys.stdout.flush()
            import os; os._exit(0)
        return False
watch = Watch()
"""
BARE = START + "app = QApplication([]); app.installEventFilter(watch); w = QMainWindow(); w.show(); app.exec()"
OURS = START + (
    "from playground.app.window.start import make_application, open_window\n"
    "app = make_application('light'); app.installEventFilter(watch); w = open_window(None); app.exec()"
)
WHOLE = START + (  # the empty window has been painted before this watch begins
    "from playground.app.window.start import make_application, open_window\n"
    "app = make_application('light'); w = open_window(None); app.installEventFilter(watch); app.exec()"
)
MEMORY = (
    "from playground.app.window.start import make_application, open_window\n"
    "app = make_application('light'); w = open_window(None); w.parts.deferred.need('curves')\n"
    "import time; end = time.perf_counter() + {seconds}\n"
    "w.session.play() if {play} else None\n"
    "while time.perf_counter() < end: app.processEvents()\n"
    "print(int(open('/proc/self/statm').read().split()[1]) * 4096 / 2**20)"
)


def frames_and_rates() -> None:
    """Print the frame times and the iterations a second of each row."""
    from playground.app.window.construction import shown_offscreen
    from playground.app.window.start import make_application
    from playground.document.document import Document, Node
    from playground.engine.spec import LayerSpec
    from playground.session.session import Session

    app = make_application("light")
    print(f"{'network':10s} {'frame ms':>9s} {'target':>7s} {'playing ms':>11s} {'it/s':>8s} {'target':>7s}"
          f" {'share':>6s} {'target':>7s} {'input p95 ms':>13s} {'target':>7s}")  # fmt: skip
    for name, widths, frame_target, rate_target, share_target in ROWS:
        document = Document(hidden=tuple(LayerSpec(width) for width in widths))
        session = Session(document)
        session.select(node=Node(1, 1))
        window = shown_offscreen(session, (1600, 1000))
        whole = []
        for _ in range(120):
            session.run.train(10)
            start = time.perf_counter()
            session.request_refresh()  # paused, so that no presenter skips the frame
            app.processEvents()
            whole.append((time.perf_counter() - start) * 1e3)
        rate, playing, late = _play(session, app)
        alone = _alone(document)
        print(f"{name:10s} {median(whole):9.1f} {frame_target:7.0f} {playing:11.1f} {rate:8,.0f} {rate_target:7,d}"
              f" {rate / alone:6.0%} {share_target:7.0%} {late:13.1f} {12:7d}")  # fmt: skip
        window.close()
        window.deleteLater()
        app.processEvents()
    print("frame: every view made again and painted; playing: the frames of a real play, in which numbers are written"
          "\n20 times a second and curves 5 times; share: of the same run with no window and the same curves kept;"
          "\ninput: how late an event posted at a random moment of playing is answered")  # fmt: skip


def _play(session: object, app: object) -> tuple[float, float, float]:
    """Play for some seconds; return iterations a second, ms per frame, and how late input is answered (p95, ms)."""
    from PySide6.QtCore import QCoreApplication, QEvent, QObject

    answered: list[float] = []

    class Ear(QObject):
        sent = 0.0

        def event(self, event: QEvent) -> bool:
            answered.append((time.perf_counter() - self.sent) * 1e3)
            return True

    ear, spent = Ear(), []
    session.play()  # type: ignore[attr-defined]
    first, start = session.run.iteration, time.perf_counter()  # type: ignore[attr-defined]
    due = start
    while time.perf_counter() - start < SECONDS:
        if time.perf_counter() >= due:
            # Timed from when it was due: an event loop that is busy answers late.
            ear.sent = due if due > start else time.perf_counter()
            QCoreApplication.postEvent(ear, QEvent(QEvent.Type.User))
            due = time.perf_counter() + 0.0131
        before = time.perf_counter()
        app.processEvents()  # type: ignore[attr-defined]
        spent.append((time.perf_counter() - before) * 1e3)
    rate = (session.run.iteration - first) / (time.perf_counter() - start)  # type: ignore[attr-defined]
    session.pause()  # type: ignore[attr-defined]
    painted = sorted(spent)[-int(SECONDS * 60) :]
    return rate, median(painted), sorted(answered)[int(len(answered) * 0.95)]


def _alone(document: object) -> float:
    """Return the iterations a second of the same run without a window."""
    from playground.training.run import Run

    run = Run(document)  # type: ignore[arg-type]
    run.train(1000)
    start = time.perf_counter()
    done = run.train_for(SECONDS / 2)
    return done / (time.perf_counter() - start)


def start_up() -> None:
    """Print the time to the first painted window beside a bare Qt window, and the memory of the shown window.

    The window is painted empty at first and built right after; both times are printed.
    """
    _output(OURS)  # the first start compiles
    rounds = [[_output(code) for code in (BARE, OURS, WHOLE)] for _ in range(7)]
    bare, ours, whole = (median(times) for times in zip(*rounds, strict=True))
    print(f"first paint, warm: bare Qt window {bare:.3f} s, ours {ours:.3f} s (target 0.3), "
          f"ratio {ours / bare:.2f} (target 2); every panel in it {whole:.3f} s")  # fmt: skip
    rest, play = _output(MEMORY.format(seconds=1, play=False)), _output(MEMORY.format(seconds=8, play=True))
    print(f"resident memory: shown {rest:.0f} MiB (target 130), after 8 s of play {play:.0f} MiB")


def _output(code: str) -> float:
    # As in the user's second start: compiled modules are kept, whatever this environment sets.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "backprop-playground-bench")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    return float(done.stdout.strip().splitlines()[-1])


if __name__ == "__main__":
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, medians")
    frames_and_rates()
    start_up()
