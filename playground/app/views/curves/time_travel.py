"""TimeTravel: a drag through the run, a journey a frame, each as exact as the hand can see in time."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from playground.session.jobs import Job
from playground.session.replay_job import depart
from playground.session.session import Session
from playground.training.run import Run
from widgets.style import numbers

MOST_SECONDS = 0.05
_FIXED_S, _OPERATIONS_A_SECOND = 20e-6, 4e9


class TimeTravel(QObject):
    """Follows the time line: of all places that a hand passes within one frame, the run goes to the last.

    Where computing a moment again from the nearest kept state would keep the hand waiting, that state is shown
    while the line moves. When it is let go, the rest of the way is computed between the events of the window.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        """Travel in `session`."""
        super().__init__(parent)
        self._session = session
        self._wanted: int | None = None
        self._is_held = False
        self._job: Job | None = None
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._go)

    def press(self) -> None:
        """Pause: the line is in a hand."""
        self._is_held = True
        self._forget_job()
        self._session.pause()

    def move(self, iteration: float) -> None:
        """Follow the line to `iteration` before the next frame."""
        self._wanted = round(iteration)
        self._timer.start()

    def release(self) -> None:
        """Go exactly where the line was let go."""
        self._is_held = False
        self._timer.stop()
        if self._wanted is not None:
            self._go()

    def _go(self) -> None:
        run, wanted = self._session.run, self._wanted
        self._wanted = None if not self._is_held else wanted
        if wanted is None:
            return
        end = max(run.timeline.last, run.iteration)
        if wanted > end and not self._is_held:
            self._session.note(f"The run has come to iteration {numbers.grouped(end)}; Play goes further.")
        target = max(min(wanted, end), run.timeline.first)
        if target == run.iteration:
            return
        self._forget_job()
        mark = run.nearest(target)
        if (target - mark.iteration) * seconds_a_step(run) <= MOST_SECONDS:
            self._session.go_to(target)
        elif self._is_held:
            self._session.go_to(mark.iteration)
        else:
            self._job = depart(self._session, target)
            self._job.progressed.connect(self._tell)
            self._job.finished.connect(lambda _nothing: self._session.note(""))
            self._job.start()

    def _tell(self, share: float) -> None:
        assert self._job is not None
        self._session.note(f"{self._job.title}: {share:.0%}")

    def _forget_job(self) -> None:
        if self._job is not None and not self._job.is_over:
            self._job.cancel()
            self._session.note("")
        self._job = None


def seconds_a_step(run: Run) -> float:
    """Return about how long an iteration takes: a fixed cost, and six operations a parameter and example."""
    examples = min(run.document.training.batch_size, len(run.data.sample.train))
    return _FIXED_S + 6.0 * run.network.n_parameters * examples / _OPERATIONS_A_SECOND
