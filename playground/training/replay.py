"""Retrace: go forward over what a run did, and on beyond it, in slices that a window can draw between."""

from __future__ import annotations

from collections.abc import Iterator

from playground.training.run import Run


def retrace(run: Run, iteration: int, slice_steps: int) -> Iterator[None]:
    """Put `run` at `iteration`, which is not before where it is; yield after every `slice_steps` iterations at most.

    Equal, to the bit, to ``run.go_to(iteration)``: kept states are jumped to, edits on the way are made again, and
    beyond the last kept state training goes on. It ends early when a number is not finite.
    """
    known = min(iteration, run.timeline.last)
    if known > run.iteration:
        mark = run.timeline.before(known)
        if mark.document != run.document:
            run.go_to(known)  # trained under other settings than the present ones
        elif mark.iteration > run.iteration:
            run.go_to(mark.iteration)
    while run.iteration < known:
        run.trainer.advance(min(slice_steps, known - run.iteration))
        run.version += 1
        yield
    while run.iteration < iteration and not run.divergence:
        run.train(min(slice_steps, iteration - run.iteration))
        yield
