"""The only timer: slices of training while playing, and a frame when one is due."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

SLICE_MS = 2.0
FRAME_MS = 1000.0 / 60.0
RATE_WINDOW_S = 0.5
AUTO = 0.0
"""The speed that begins at ``FIRST_PACE`` and doubles every second until training takes half of the time."""
FIRST_PACE = 50.0
LONGEST_PAUSE_S = 0.25
_NEWEST_SHARE = 0.25
"""How much the latest frame counts in what a frame takes."""


class Clock(QObject):
    """Give out training slices of about 2 ms from a zero timer, and frames at 60 a second.

    Frames that take long (a wide network, a slow machine) come less often: at least half of the time trains.

    A zero timer lets Qt answer input between two slices; a thread would share the interpreter's
    lock with the painting and be slower (``docs/decisions``).
    """

    frame_due = Signal()  # time to show the current state
    rated = Signal(float, float)  # twice a second while running: frames and iterations a second

    def __init__(self, advance: Callable[[float, int | None], int], parent: QObject | None = None) -> None:
        """Use `advance(seconds, most)`, which trains for that long or so many steps and returns its steps."""
        super().__init__(parent)
        self._advance = advance
        self.speed: float | None = None  # iterations a second, ``AUTO``, or None: as many as the frames leave time for
        self._pace: float | None = None  # the present one; None where it is not limited
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timeout)
        self._frames = self._steps = 0
        self._is_waiting = False  # whether a frame is due that has not come yet
        self._owed = self._shown = self._frame_s = 0.0
        self._last = self._next_frame = self._window = 0.0

    @property
    def is_running(self) -> bool:
        """Whether slices are being given out."""
        return self._timer.isActive()

    def start(self) -> None:
        """Start giving out slices."""
        now = perf_counter()
        self._last = self._window = now
        self._next_frame = now
        self._owed, self._shown, self._is_waiting = 1.0, 0.0, False
        self._frames = self._steps = 0
        self._set_pace(FIRST_PACE if self.speed == AUTO else self.speed)

    def stop(self) -> None:
        """Stop giving out slices."""
        self._timer.stop()

    @property
    def pace(self) -> float | None:
        """Iterations a second that are aimed at now; None where only the frames limit them."""
        return self._pace

    def set_speed(self, speed: float | None) -> None:
        """Train at `speed`: so many iterations a second, ``AUTO``, or as fast as the frames allow when None."""
        self.speed = speed
        self._last = perf_counter()  # what passed at another speed is not owed
        self._owed = min(self._owed, 1.0)
        if self.is_running:
            self._set_pace(FIRST_PACE if speed == AUTO else speed)

    def _set_pace(self, pace: float | None) -> None:
        self._pace = pace
        self._timer.start(0 if pace is None else int(FRAME_MS))

    def _on_timeout(self) -> None:
        now = perf_counter()
        if self._shown:
            # Painting included, frames take this long of late: training gets as much before the next. One long frame
            # among short ones (a view had its turn in it) delays none.
            took = min(now - self._shown, LONGEST_PAUSE_S)
            self._frame_s += (took - self._frame_s) * (_NEWEST_SHARE if self._frame_s else 1.0)
            self._next_frame = max(self._next_frame, now + self._frame_s)
            self._shown = 0.0
        moved = self._is_waiting or self._train(now)
        now = perf_counter()
        is_due = moved and now >= self._next_frame
        # Where slices follow each other at once, a frame has an event of its own: input is answered before it.
        self._is_waiting = is_due and not (self._is_waiting or self._timer.interval())
        if is_due and not self._is_waiting:
            self._next_frame = max(self._next_frame + FRAME_MS / 1e3, now)
            self._frames += 1
            self._shown = now
            self.frame_due.emit()
        if now - self._window >= RATE_WINDOW_S:
            span = now - self._window
            self.rated.emit(self._frames / span, self._steps / span)
            self._window, self._frames, self._steps = now, 0, 0

    def _train(self, now: float) -> bool:
        """Train for a slice, or as many steps as the chosen speed owes; return whether to show a frame."""
        if self._pace is None:
            self._steps += self._advance(SLICE_MS / 1e3, None)
            return True
        passed, self._last = now - self._last, now
        if self.speed == AUTO:
            self._pace *= 2.0 ** min(passed, LONGEST_PAUSE_S)
        self._owed += passed * self._pace
        due = int(self._owed)
        if due < 1:
            return False
        done = self._advance(FRAME_MS / 2e3, due)
        if self.speed == AUTO and self.is_running and done < 0.5 * (perf_counter() - now) * self._pace:
            self._set_pace(None)  # the limit: training takes half of the time, and no longer keeps up
        # A large iteration may need many slices: it stays owed. What a slow machine cannot do is forgiven.
        self._owed = min(self._owed - done, max(1.0, (self._pace or 0.0) * 0.25))
        self._steps += done
        return done > 0


class Ticker(QObject):
    """Call `work()` again and again between the events of the window, until it is stopped."""

    def __init__(self, work: Callable[[], object], parent: QObject | None = None) -> None:
        """Wait for ``start``."""
        super().__init__(parent)
        self._work = work
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def is_running(self) -> bool:
        """Whether `work` is being called."""
        return self._timer.isActive()

    def start(self) -> None:
        """Start calling."""
        self._timer.start(0)

    def stop(self) -> None:
        """Stop calling."""
        self._timer.stop()

    def _on_timeout(self) -> None:
        """Work once: the timer begins again, as Qt gives the turn of one that was due and is stopped to another."""
        self._work()
        if self.is_running:
            self.start()


class Metronome(QObject):
    """Beat at a given pace, for one gate or one phase at a time."""

    beat = Signal()  # time for the next one

    def __init__(self, pace: float = 2.0, parent: QObject | None = None) -> None:
        """Wait for ``start``; `pace` is beats a second."""
        super().__init__(parent)
        self._pace = pace
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.beat)

    @property
    def is_running(self) -> bool:
        """Whether it beats."""
        return self._timer.isActive()

    @property
    def pace(self) -> float:
        """Beats a second."""
        return self._pace

    def start(self) -> None:
        """Start, with the first beat after one interval."""
        self._timer.start(round(1000.0 / self._pace))

    def stop(self) -> None:
        """Stop."""
        self._timer.stop()

    def set_pace(self, pace: float) -> None:
        """Beat `pace` times a second from now on."""
        self._pace = pace
        if self.is_running:
            self.start()
