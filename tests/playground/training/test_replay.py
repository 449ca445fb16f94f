"""Going over a run again in slices gives the states of going there at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playground.document.document import Document, Edge, with_training
from playground.session.session import Session
from playground.training.replay import retrace
from playground.training.run import Run
from playground.training.run_memory import RunMemory

PLACES = (0, 7, 40, 99, 100, 140, 160, 230, 300, 341, 400)


def eventful() -> RunMemory:
    """Return a run of 300 iterations with a weight set by hand at 100 and another learning rate from 160 on."""
    session = Session()
    session.step(100)
    session.set_weight(Edge(1, 0, 1), 0.25)
    session.step(60)
    session.change(with_training(learning_rate=0.03), "Learning rate")
    session.step(140)
    return session.run.memory()


def restored(memory: RunMemory) -> Run:
    run = Run(Document())
    run.restore(memory)
    return run


@pytest.mark.parametrize("slice_steps", [1, 16, 1000])
def test_every_moment_is_that_of_going_there_at_once(qapp: object, slice_steps: int) -> None:
    memory = eventful()
    slowly, at_once = restored(memory), restored(memory)
    slowly.go_to(0)
    for place in PLACES:
        slices = sum(1 for _ in retrace(slowly, place, slice_steps))
        at_once.go_to(place)
        assert slowly.trainer.state().same_as(at_once.trainer.state())
        assert slices <= max(1, 400 // slice_steps + 2)
    assert slowly.snapshot().state.iteration == PLACES[-1]


def test_it_ends_where_a_number_is_not_finite() -> None:
    run = Run(replace(Document(), training=replace(Document().training, learning_rate=1e6, loss="squared")))
    for _ in retrace(run, 10_000, 100):
        pass
    assert run.divergence is not None
    assert run.iteration < 10_000
