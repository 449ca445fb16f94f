"""Replay: put a run at any iteration, exactly as it was there or as it will be."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import chain
from math import inf
from time import perf_counter

from playground.training.run import Run
from playground.training.setup import network_of, trainer_of
from playground.training.timeline import Mark

SLICE_SECONDS = 0.002
_FIRST_CHUNK = 16
_FIXED_SECONDS, _OPERATIONS_PER_SECOND = 20e-6, 4e9


def go_to(run: Run, iteration: int) -> None:
    """Put `run` at `iteration` at once; see ``replay``."""
    for _ in replay(run, iteration, inf):
        pass


def replay(run: Run, iteration: int, slice_seconds: float = SLICE_SECONDS) -> Generator[float, None, bool]:
    """Put `run` at `iteration`, bit for bit: from the nearest kept state, through every dated edit on the way.

    Yields the done share about every `slice_seconds`. The run stays where it is until a known iteration is
    recomputed; beyond the last known one it trains on. What lies after `iteration` is kept until training or an
    edit goes another way. Returns whether the run arrived: it does not when it is moved between two slices, or when
    a number is not finite.

    Raises
    ------
    ValueError
        When `iteration` lies before the first that is kept.
    """
    source, last = source_of(run, iteration), run.timeline.last
    is_at_end = run.iteration == last < iteration
    known = () if is_at_end else _recompute(run, source, min(iteration, last), slice_seconds)
    for reached in chain(known, _train_on(run, iteration, slice_seconds)):
        version = run.version
        yield (reached - source.iteration) / (iteration - source.iteration)
        if run.version != version:
            return False
    return run.iteration == iteration


def source_of(run: Run, iteration: int) -> Mark:
    """Return the state that `iteration` of `run` is computed from: the nearest kept before it, or the current one.

    Raises
    ------
    ValueError
        When `iteration` lies before the first that is kept.
    """
    run.keep_present()
    mark = run.timeline.before(iteration)
    if mark.document == run.document and mark.iteration < run.iteration <= iteration:
        return Mark(run.trainer.state(), run.document)
    return mark


def estimated_seconds(run: Run, iteration: int) -> float:
    """Return about how long it takes to put `run` at `iteration`.

    A step has a fixed cost, and six operations per parameter and example.
    """
    examples = min(run.document.training.batch_size, run.data.train.n_samples)
    step = _FIXED_SECONDS + 6.0 * run.network.n_parameters * examples / _OPERATIONS_PER_SECOND
    return (iteration - source_of(run, iteration).iteration) * step


def _recompute(run: Run, source: Mark, iteration: int, slice_seconds: float) -> Iterator[int]:
    """Train a copy of `source` to `iteration`, under its own document, and put `run` there."""
    state = source.state
    if state.iteration < iteration:
        trainer = trainer_of(source.document, network_of(source.document))
        trainer.load(state)
        chunk = _FIRST_CHUNK
        while trainer.iteration < iteration:
            begun = perf_counter()
            if trainer.pulses == 1:
                trainer.advance(min(chunk, iteration - trainer.iteration))
            else:
                trainer.pulse()
            spent = max(perf_counter() - begun, 1e-9)
            chunk = max(1, int(chunk * min(2.0, slice_seconds / spent)))
            yield trainer.iteration
        state = trainer.state()
    run.load(state, source.document)


def _train_on(run: Run, iteration: int, slice_seconds: float) -> Iterator[int]:
    while run.iteration < iteration and not run.divergence:
        run.train_for(slice_seconds, iteration - run.iteration)
        yield run.iteration
