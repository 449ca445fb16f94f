"""Ten million iterations of a small network while the real window plays: memory flat, curves right, nothing stalls."""

from __future__ import annotations

from time import perf_counter, process_time

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from playground.analysis.evaluate import Evaluator
from playground.app.window.construction import new_window
from playground.document.document import Document
from playground.engine.spec import LayerSpec
from playground.files.settings import Settings
from playground.session.session import Session
from playground.training.history import CAPACITY
from playground.training.run import Run
from playground.training.stop_conditions import StopConditions
from tests.soak.guard import Guard, resident_mib, tidy

PULSE_MS = 5
SAMPLE_S = 15.0
SETTLED = 0.1
"""Share of the run after which memory must be flat: timeline and curves are full by then."""
GROWTH_MIB = 10.0
STALL_MS = 100.0


class Pulse:
    """Beats in the event loop; ``longest`` tells how many milliseconds of work were done at most between two beats.

    What other processes took in between does not count.
    """

    def __init__(self) -> None:
        """Begin to beat."""
        self.longest, self._last = 0.0, process_time()
        self._timer = QTimer(interval=PULSE_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def _on_timeout(self) -> None:
        now = process_time()
        self.longest = max(self.longest, (now - self._last) * 1e3)
        self._last = now

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()


def long_run(iterations: int) -> int:
    """Play so many iterations of 2-4-2-1 on XOR; say what was measured, and return 0 when all of it is right."""
    with Guard() as guard:
        session = Session(Document(hidden=(LayerSpec(4), LayerSpec(2))))
        window = new_window(session, Settings())
        window.show()
        window.parts.deferred.need("curves")
        window.parts.layout.arrange_at(1600, 1000)
        session.stop_conditions = StopConditions(iteration=iterations)
        memory = _play(session, iterations)
        wrong = [*_wrong_in(memory, iterations), *_wrong_with(session.run, iterations), *guard.faults]
        window.parts.files.settle()
        window.close()
        window.deleteLater()
        tidy()
    for line in wrong:
        print(f"FAILED: {line}", flush=True)
    if not wrong:
        print(f"PASSED: {iterations:,} iterations; every recorded loss is the engine's own", flush=True)
    return 1 if wrong else 0


def _play(session: Session, iterations: int) -> list[tuple[int, float, float]]:
    """Play to the end; return iteration, memory in MiB and the longest event in ms, every ``SAMPLE_S`` seconds."""
    rows: list[tuple[int, float, float]] = []
    begun = due = perf_counter()
    pulse = Pulse()
    session.clock.set_speed(None)
    session.play()
    while session.is_playing:
        QApplication.processEvents()
        now = perf_counter()
        if now >= due or not session.is_playing:
            due = now + SAMPLE_S
            rows.append((session.run.iteration, resident_mib(), pulse.longest))
            pulse.longest = 0.0
            print(
                f"{now - begun:5.0f} s · {rows[-1][0]:12,} of {iterations:,} iterations · {rows[-1][1]:6.1f} MiB · "
                f"longest event {rows[-1][2]:3.0f} ms · {len(session.run.history)} moments on the curves",
                flush=True,
            )
    pulse.stop()
    print(f"{iterations / (perf_counter() - begun):,.0f} iterations a second", flush=True)
    return rows


def _wrong_in(rows: list[tuple[int, float, float]], iterations: int) -> list[str]:
    settled = [row for row in rows if row[0] >= SETTLED * iterations] or rows[-1:]
    grown = settled[-1][1] - settled[0][1]
    longest = max(row[2] for row in settled)
    print(f"memory {grown:+.1f} MiB since {settled[0][0]:,} iterations; the longest event {longest:.0f} ms", flush=True)
    return [
        *([f"memory grew by {grown:.1f} MiB"] if grown > GROWTH_MIB else []),
        *([f"an event took {longest:.0f} ms"] if longest > STALL_MS else []),
    ]


def _wrong_with(run: Run, iterations: int) -> list[str]:
    """Compare the run with one that has no window, and its curves with losses measured again."""
    alone = Run(run.document)
    evaluator = Evaluator(run.network, run.document.training, run.data.train, regression=False)
    at, losses = run.history.column("train")
    wrong = []
    for iteration, shown in zip(at.astype(int).tolist(), losses.tolist(), strict=True):
        alone.trainer.advance(iteration - alone.iteration)
        measured = evaluator.evaluate(alone.trainer.parameters).data_loss
        if measured != shown:
            wrong.append(f"the curve shows {shown} at iteration {iteration}, the engine measures {measured}")
    alone.trainer.advance(iterations - alone.iteration)
    if run.iteration != iterations or not alone.trainer.state().same_as(run.trainer.state()):
        wrong.append(f"the run at iteration {run.iteration} is not that of the engine at {iterations}")
    if len(at) > CAPACITY or np.diff(at).min() != np.diff(at).max() or at[-1] + np.diff(at)[0] <= iterations:
        wrong.append(f"the curves have {len(at)} moments from {at[0]:.0f} to {at[-1]:.0f}")
    return wrong[:5]
