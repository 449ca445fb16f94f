"""Jobs: long work as a generator, done in slices between the events of the window, without a thread."""

from __future__ import annotations

from collections.abc import Callable, Generator
from math import inf
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from playground.session.clock import Ticker

SLICE_S = 0.008


class Job(QObject):
    """Run a generator that yields its progress, 0 to 1, and returns its result.

    Exactly one of ``finished``, ``failed`` and ``cancelled`` is emitted, once, and nothing after it. A
    generator that yields every few ms keeps the window answering and can be cancelled at each yield; its
    ``finally`` and ``with`` blocks run then. Once it has ended it deletes itself.
    """

    progressed = Signal(float)  # the done share, at most once a slice, never falling
    finished = Signal(object)  # what the generator returned
    # The message of the ValueError, OSError, ArithmeticError or MemoryError that ended it, in one line.
    failed = Signal(str)
    cancelled = Signal()
    ended = Signal()  # after any of the three

    def __init__(self, work: Generator[float, None, object], title: str = "", parent: QObject | None = None) -> None:
        """Take `work` without starting it."""
        super().__init__(parent)
        self.title = title  # what is being done, for a progress bar
        self.progress = 0.0
        self._work = work
        self._is_over = False
        self._is_inside = False
        self._is_cancel_asked = False
        self._ticker = Ticker(self.run_slice, self)

    @property
    def is_over(self) -> bool:
        """Whether it has ended, in any of the three ways."""
        return self._is_over

    def start(self) -> Job:
        """Begin; return this job."""
        if not self._is_over:
            self._ticker.start()
        return self

    def finish(self) -> None:
        """Do all the rest at once."""
        self.run_slice(inf)

    def cancel(self) -> None:
        """End it at the current yield; do nothing when it is over."""
        if self._is_over:
            return
        if self._is_inside:  # asked by the work itself, or by a listener to its progress
            self._is_cancel_asked = True
            return
        self._work.close()
        self._end(self.cancelled.emit)

    def run_slice(self, seconds: float = SLICE_S) -> None:
        """Work for about `seconds`, one yield at least; the clock calls this until the end."""
        if self._is_over or self._is_inside:
            return
        self._is_inside = True
        try:
            self._work_until(perf_counter() + seconds)
        except StopIteration as end:
            self._set_progress(1.0)
            result = end.value
            self._end(lambda: self.finished.emit(result))
        except (ValueError, OSError, ArithmeticError, MemoryError) as error:
            message = " ".join(str(error).split()) or type(error).__name__
            self._end(lambda: self.failed.emit(message))
        except BaseException:
            self._is_over = True
            self._ticker.stop()
            raise
        finally:
            self._is_inside = False
        if self._is_cancel_asked:
            self.cancel()

    def _work_until(self, deadline: float) -> None:
        share = next(self._work)
        while perf_counter() < deadline and not self._is_cancel_asked:
            share = next(self._work)
        self._set_progress(share)

    def _set_progress(self, share: float) -> None:
        share = min(max(float(share), self.progress), 1.0)
        if share > self.progress:
            self.progress = share
            self.progressed.emit(share)

    def _end(self, emit: Callable[[], object]) -> None:
        self._is_over = True
        self._ticker.stop()
        emit()
        self.ended.emit()
        self.deleteLater()
