"""Journey: the way to an iteration that is far from any kept state, made between the events of the window."""

from __future__ import annotations

from collections.abc import Generator
from time import perf_counter
from typing import TYPE_CHECKING

from playground.engine.state import RunState
from playground.session.jobs import Job
from playground.training.run import Run
from playground.training.timeline import Mark

if TYPE_CHECKING:
    from playground.session.session import Session

_YIELD_S = 0.002
_FIRST = 16


def depart(session: Session, iteration: int) -> Job:
    """Go to the kept state before `iteration` at once, and return the work of the rest of the way, not begun.

    It ends where ``session.go_to(iteration)`` would, to the bit; the run stands at the kept state until then. A run
    that moves otherwise meanwhile leaves it without effect. ``progressed`` tells the share of the way.

    Raises
    ------
    ValueError
        When `iteration` lies before the first that is kept.
    """
    mark = session.run.nearest(iteration)
    session.go_to(mark.iteration)
    return Job(_travel(session, mark, iteration), f"Computing iteration {iteration:,} again", session)


def _travel(session: Session, mark: Mark, iteration: int) -> Generator[float, None, None]:
    version = session.run.version
    trained = retrained(mark, iteration)
    while session.run.version == version:
        try:
            yield next(trained)
        except StopIteration as end:
            session.arrive(end.value, mark)
            return


def retrained(mark: Mark, iteration: int) -> Generator[float, None, RunState]:
    """Train from `mark` to `iteration` under its document, a few ms between two yields; return the state there."""
    trainer = Run(mark.document).trainer
    trainer.load(mark.state)
    whole, chunk = iteration - mark.iteration, _FIRST
    while (left := iteration - trainer.iteration) > 0:
        begun = perf_counter()
        if trainer.pulses == 1:
            trainer.advance(min(chunk, left))
        else:
            trainer.pulse()
        spent = perf_counter() - begun
        chunk = max(1, int(chunk * min(2.0, _YIELD_S / max(spent, 1e-9))))
        yield 1.0 - left / whole
    return trainer.state()
