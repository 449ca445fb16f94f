from __future__ import annotations

from collections.abc import Callable

import pytest

from playground.document.changes import with_data
from playground.session.session import Session
from playground.training.history import Losses
from playground.training.stop_conditions import StopConditions, StopWatch


def losses(train: float, test: float = 9.0, accuracy: float | None = 0.5, test_accuracy: float | None = 0.5) -> Losses:
    return Losses(train, test, 0.0, accuracy, test_accuracy)


def play(session: Session, chunk: int = 7, most: int = 5000) -> int:
    session.play()
    while session.is_playing and session.run.iteration < most:
        session.advance(10.0, chunk)
    session.pause()
    return session.run.iteration


@pytest.mark.parametrize("chunk", [1, 7, 1000])
def test_playing_stops_exactly_at_an_iteration(session: Session, notes: list[str], chunk: int) -> None:
    session.stop_conditions = StopConditions(iteration=123)
    assert play(session, chunk) == 123
    assert notes == ["Stopped at iteration 123, as chosen."]


def test_from_a_reached_iteration_playing_goes_on(session: Session) -> None:
    session.stop_conditions = StopConditions(iteration=50)
    play(session)
    assert play(session, most=90) >= 90


def test_a_loss_is_reached_at_the_same_iteration_whatever_the_slices(make_session: Callable[..., Session]) -> None:
    ends = []
    for chunk in (1, 13, 400):
        session = make_session()
        session.stop_conditions = StopConditions(loss=0.3)
        ends.append(play(session, chunk))
        x, y = session.run.history.column("train")
        assert y[-1] <= 0.3 < y[-2]
        assert x[-1] == session.run.iteration
    assert len(set(ends)) == 1


def test_an_accuracy_is_reached(session: Session, notes: list[str]) -> None:
    session.stop_conditions = StopConditions(accuracy=0.9, part="test")
    play(session)
    assert session.snapshot().losses.test_accuracy >= 0.9
    assert session.run.history.column("test_accuracy")[1][-2] < 0.9
    assert "the test accuracy" in notes[-1]


def test_no_progress_stops(session: Session, notes: list[str]) -> None:
    session.stop_conditions = StopConditions(patience=40, least=1.0)
    assert play(session) == 40
    assert "for 40 iterations the train data loss has not fallen" in notes[-1]


def test_conditions_changed_while_playing_count_from_then(session: Session) -> None:
    session.play()
    session.advance(10.0, 60)
    session.stop_conditions = StopConditions(patience=40, least=1.0)
    assert session.stop_conditions.patience == 40
    while session.is_playing:
        session.advance(10.0, 7)
    assert session.run.iteration == 100


def test_steps_by_hand_are_not_stopped(session: Session) -> None:
    session.stop_conditions = StopConditions(iteration=5, loss=100.0)
    session.step(20)
    assert session.run.iteration == 20


def test_slices_outside_of_playing_mind_the_conditions_too(session: Session) -> None:
    session.stop_conditions = StopConditions(iteration=5)
    assert session.advance(10.0, 20) == 5


def test_an_accuracy_never_stops_regression(session: Session) -> None:
    session.change(with_data(name="plane"), "plane")
    session.stop_conditions = StopConditions(accuracy=0.0)
    assert play(session, most=50) >= 50


def test_without_conditions_nothing_stops() -> None:
    watch = StopWatch(StopConditions(), 0, losses(1.0))
    assert not StopConditions().any
    assert watch.at_most(5, None) is None
    assert watch.at_most(5, 8) == 8
    assert not watch.check(10, losses(0.0, accuracy=1.0))
    assert not watch.arrived(10)


def test_what_is_met_at_the_beginning_does_not_stop() -> None:
    watch = StopWatch(StopConditions(loss=0.5, accuracy=0.9), 10, losses(0.4, accuracy=0.95))
    assert not watch.check(11, losses(0.3, accuracy=0.99))
    assert StopConditions(loss=0.5).any


def test_the_chosen_iteration_bounds_a_slice() -> None:
    watch = StopWatch(StopConditions(iteration=100), 10, losses(1.0))
    assert watch.at_most(90, None) == 10
    assert watch.at_most(90, 3) == 3
    assert watch.at_most(90, 30) == 10
    assert watch.at_most(100, 30) == 30
    assert watch.arrived(100)
    assert not StopWatch(StopConditions(iteration=100), 100, losses(1.0)).arrived(100)


def test_patience_counts_from_the_best() -> None:
    watch = StopWatch(StopConditions(patience=10, least=0.1), 0, losses(1.0))
    assert not watch.check(5, losses(0.8))
    assert not watch.check(14, losses(0.75))
    assert "its best at iteration 5" in watch.check(15, losses(0.72))


def test_progress_is_counted_from_the_first_number_there_is() -> None:
    watch = StopWatch(StopConditions(patience=10, part="test"), 0, losses(1.0, float("nan")))
    assert not watch.check(9, losses(1.0, 3.0))
    assert not watch.check(18, losses(1.0, 3.0))
    assert watch.check(19, losses(1.0, 3.0))


@pytest.mark.parametrize(
    "values",
    [
        {"iteration": 0},
        {"iteration": 1.5},
        {"loss": -1.0},
        {"loss": float("nan")},
        {"accuracy": 1.1},
        {"patience": 0},
        {"least": -1.0},
        {"part": "all"},
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="expected"):
        StopConditions(**values)
