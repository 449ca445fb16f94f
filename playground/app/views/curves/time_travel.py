"""TimeTravel: dragging the time line puts the run where the line is, at most once a frame."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from playground.session.jobs import Job
from playground.session.session import Session
from widgets.compare.compare_panel import ComparePanel
from widgets.loss_plot import LossPlot
from widgets.style import numbers


class TimeTravel(QObject):
    """Put the run where the time line is: of all places that a drag passes within one frame, at the last.

    Where that takes long, the nearest kept state is shown while the line moves; the rest is computed between the
    events of the window once the line is released.
    """

    def __init__(self, session: Session, view: LossPlot | ComparePanel) -> None:
        """Follow the time line of `view` in `session`."""
        super().__init__(view)
        view.time_pressed.connect(self.press)
        view.time_moved.connect(self.move)
        view.time_released.connect(self.release)
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
        if self._is_held:
            self._session.scrub_to(target)
        else:
            self._job = self._session.go_to(target)

    def _forget_job(self) -> None:
        if self._job is not None and not self._job.is_over:
            self._job.cancel()
            self._session.note("")
        self._job = None
