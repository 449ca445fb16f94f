"""TimeTravel: a drag through the run, a journey a frame, each as exact as the hand can see in time."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from playground.session.session import Session
from widgets import numbers

MOST_SECONDS = 0.05


class TimeTravel(QObject):
    """Follows the time line: of all places that a hand passes within one frame, the run goes to the last.

    Where computing a moment again from the nearest kept state would keep the hand waiting, that state is shown
    while the line moves, and the very moment when it is let go.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        """Travel in `session`."""
        super().__init__(parent)
        self._session = session
        self._wanted: int | None = None
        self._is_held = False
        self._seconds_a_step = 0.0
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._go)

    def press(self) -> None:
        """Pause: the line is in a hand."""
        self._is_held = True
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
            self._session.noted.emit(f"The run has come to iteration {numbers.grouped(end)}; Play goes further.")
        target = max(min(wanted, end), run.timeline.first)
        if target == run.iteration:
            return
        kept = run.timeline.before(target).iteration
        steps = target - kept
        if self._is_held and steps * self._seconds_a_step > MOST_SECONDS:
            target, steps = kept, 0
        began = perf_counter()
        self._session.go_to(target)
        if steps:
            self._seconds_a_step = max((perf_counter() - began) / steps, 0.5 * self._seconds_a_step)
