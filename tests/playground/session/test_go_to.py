"""Going to an iteration that takes long is a job; until it ends the run stands at a kept state."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from playground.session import session as session_module
from playground.session.jobs import Job
from playground.session.session import Session
from playground.training import timeline


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Session:
    """A session after 3,000 iterations of which few are kept."""
    monkeypatch.setattr(timeline, "CAPACITY", 8)
    monkeypatch.setattr(timeline, "RECENT", 2)
    made = Session()
    for _ in range(300):
        made.step(10)
    return made


def far(session: Session, monkeypatch: pytest.MonkeyPatch) -> Job:
    """Return the job that puts `session` at iteration 2345; a fixture would let it run before the test."""
    monkeypatch.setattr(session_module, "QUICK_SECONDS", 0.0)
    job = session.go_to(2345)
    assert job is not None
    return job


def test_what_is_quick_needs_no_job(session: Session) -> None:
    assert session.go_to(2345) is None
    assert session.run.iteration == 2345


def test_the_job_ends_at_the_bits_of_going_there_at_once(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    session.go_to(2345)
    there = session.run.trainer.state()
    session.go_to(3000)
    job = far(session, monkeypatch)
    assert session.run.iteration < 2345
    job.finish()
    assert session.run.trainer.state().same_as(there)


def test_a_run_that_moves_meanwhile_is_left_alone(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    job = far(session, monkeypatch)
    job.run_slice(0.0)
    session.step()
    moved = session.run.iteration
    job.finish()
    assert session.run.iteration == moved


def test_a_cancelled_job_leaves_the_run_at_the_kept_state(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    job = far(session, monkeypatch)
    kept = session.run.iteration
    job.run_slice(0.0)
    job.cancel()
    assert session.run.iteration == kept < 2345
    assert job.is_over


def test_progress_is_noted_and_the_note_cleared_at_the_end(
    session: Session, monkeypatch: pytest.MonkeyPatch, notes: list[str]
) -> None:
    job = far(session, monkeypatch)
    job.finish()
    assert notes[-2].startswith("Computing iteration 2 345 again: ")
    assert notes[-1] == ""
