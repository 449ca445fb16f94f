"""Dragging the time line goes through the states of the run; what would take long is computed after the drag."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from playground.app.views.curves.time_travel import TimeTravel
from playground.session import session as session_module
from playground.session.session import Session
from widgets.loss_plot import LossPlot


@pytest.fixture
def travel(session: Session, stand_in: Callable[..., Any]) -> Iterator[TimeTravel]:
    session.step(300)
    plot = stand_in(LossPlot)
    made = TimeTravel(session, plot)
    yield made
    made._forget_job()
    made._timer.stop()


def test_letting_go_puts_the_run_back_to_the_same_bits(session: Session, travel: TimeTravel) -> None:
    travel.press()
    travel.move(90.4)
    travel.release()
    assert session.run.iteration == 90
    state = session.run.memory().state
    session.reset()
    session.step(90)
    assert session.run.memory().state.same_as(state)


def test_the_line_cannot_go_beyond_what_the_run_has_come_to(
    session: Session, travel: TimeTravel, notes: list[str]
) -> None:
    travel.press()
    travel.move(200.0)
    travel.move(320.0)
    travel.release()
    assert session.run.iteration == 300
    assert notes[-1] == "The run has come to iteration 300; Play goes further."


def test_pressing_the_line_pauses_training(session: Session, travel: TimeTravel) -> None:
    session.play()
    travel.press()
    assert not session.is_playing


def test_a_far_iteration_is_computed_between_events_and_can_be_cancelled(
    session: Session, travel: TimeTravel, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.go_to(199)
    there = session.run.trainer.state().parameters
    session.go_to(300)
    monkeypatch.setattr(session_module, "QUICK_SECONDS", 0.0)
    travel.move(199.0)
    travel.release()
    assert session.run.iteration == 198  # the nearest that is kept
    travel.press()
    assert travel._job is None
    travel.move(199.0)
    travel.release()
    assert travel._job is not None
    travel._job.finish()
    assert session.run.iteration == 199
    assert np.array_equal(session.run.trainer.state().parameters, there)
