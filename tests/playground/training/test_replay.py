"""Replaying in slices gives the states of replaying at once, and a run that moves meanwhile is left alone."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from playground.document.changes import with_training
from playground.document.document import Document, Edge
from playground.engine.spec import LayerSpec
from playground.session.session import Session
from playground.training import timeline
from playground.training.replay import go_to, replay
from playground.training.run import Run
from playground.training.run_memory import RunMemory

PLACES = (0, 7, 40, 99, 100, 140, 160, 230, 120, 300, 341, 400)
DOCUMENTS = {
    "default": Document(),
    "dropout and momentum": with_training(batch_size=7)(Document(hidden=(LayerSpec(6, dropout=0.3), LayerSpec(5)))),
}


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


@pytest.fixture(params=DOCUMENTS)
def thinned(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run after 3,000 iterations of which few are kept."""
    monkeypatch.setattr(timeline, "CAPACITY", 8)
    monkeypatch.setattr(timeline, "RECENT", 2)
    run = Run(DOCUMENTS[request.param])
    for _ in range(300):
        run.train(10)
    return run


@pytest.mark.parametrize("slice_seconds", [0.0, 0.001, inf])
def test_every_moment_is_that_of_going_there_at_once(qapp: object, slice_seconds: float) -> None:
    memory = eventful()
    in_slices = restored(memory)
    for place in PLACES:
        for _ in replay(in_slices, place, slice_seconds):
            pass
        at_once = restored(memory)
        go_to(at_once, place)
        assert in_slices.trainer.state().same_as(at_once.trainer.state())
    assert in_slices.snapshot().state.iteration == PLACES[-1]


def test_it_ends_where_a_number_is_not_finite() -> None:
    run = Run(replace(Document(), training=replace(Document().training, learning_rate=1e6, loss="squared")))
    go_to(run, 10_000)
    assert run.divergence is not None
    assert run.iteration < 10_000


def test_the_run_stays_where_it_is_until_a_kept_past_is_recomputed(thinned: Run) -> None:
    go_to(thinned, 2345)
    there = thinned.trainer.state()
    go_to(thinned, 3000)
    shares = []
    for share in replay(thinned, 2345, 0.0):
        assert thinned.iteration == 3000
        shares.append(share)
    assert thinned.trainer.state().same_as(there)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    thinned.train(5)
    onward = thinned.trainer.state()
    go_to(thinned, 2345)
    thinned.train(5)
    assert thinned.trainer.state().same_as(onward)


def test_a_run_that_moves_between_two_slices_is_left_alone(thinned: Run) -> None:
    work = replay(thinned, 2345, 0.0)
    next(work)
    go_to(thinned, 2990)
    with pytest.raises(StopIteration) as end:
        next(work)
    assert end.value.value is False
    assert thinned.iteration == 2990


def test_training_beyond_the_end_is_cut_into_slices_and_left_alone_when_the_run_moves() -> None:
    run = Run(Document())
    work = replay(run, 10_000, 0.0)
    next(work)
    assert 0 < run.iteration < 10_000
    go_to(run, 1)
    with pytest.raises(StopIteration):
        next(work)
    assert run.iteration == 1
