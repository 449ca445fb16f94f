"""A journey ends where going there at once ends, and a run that moves meanwhile is left alone."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from playground.document.document import Document, with_training
from playground.engine.spec import LayerSpec
from playground.session.replay_job import depart
from playground.session.session import Session
from playground.training import timeline

DOCUMENTS = {
    "default": Document(),
    "dropout and momentum": with_training(batch_size=7)(Document(hidden=(LayerSpec(6, dropout=0.3), LayerSpec(5)))),
}


@pytest.fixture(params=DOCUMENTS)
def session(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Session:
    """A session after 3,000 iterations of which few are kept."""
    monkeypatch.setattr(timeline, "CAPACITY", 8)
    monkeypatch.setattr(timeline, "RECENT", 2)
    made = Session(DOCUMENTS[request.param])
    for _ in range(300):
        made.step(10)
    return made


def test_it_ends_at_the_same_bits_as_going_there_at_once(session: Session) -> None:
    session.go_to(2345)
    there = session.run.trainer.state()
    session.go_to(3000)
    job = depart(session, 2345)
    assert session.run.iteration < 2345
    shares: list[float] = []
    job.progressed.connect(shares.append)
    while not job.is_over:
        job.run_slice(0.0)
    arrived = session.run.trainer.state()
    assert arrived.iteration == 2345
    assert np.array_equal(arrived.parameters, there.parameters)
    assert (arrived.epoch, arrived.position, arrived.updates) == (there.epoch, there.position, there.updates)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    session.step(5)
    onward = session.run.trainer.state().parameters
    session.go_to(2345)
    session.step(5)
    assert np.array_equal(session.run.trainer.state().parameters, onward)


def test_a_run_that_moves_meanwhile_is_left_alone(session: Session) -> None:
    job = depart(session, 2345)
    job.run_slice(0.0)
    session.go_to(2990)
    while not job.is_over:
        job.run_slice(0.0)
    assert session.run.iteration == 2990


def test_a_cancelled_journey_stays_at_the_kept_state(session: Session) -> None:
    job = depart(session, 2345)
    kept = session.run.iteration
    job.run_slice(0.0)
    job.cancel()
    assert session.run.iteration == kept
    assert job.is_over
