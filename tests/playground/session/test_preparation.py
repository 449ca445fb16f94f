"""Many points are made beside the events of the window, then the edit is done; few at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from playground.analysis import evaluate
from playground.document.changes import Change, with_data
from playground.document.data_choice import with_dataset, with_parameter
from playground.document.prepared_data import prepare
from playground.engine import batches
from playground.session.preparation import MANY, Preparation
from playground.session.session import Session


class Later(list[Callable[[], None]]):
    """Work that a test does when it wants."""

    def do(self) -> None:
        while self:
            self.pop(0)()


@pytest.fixture
def later() -> Later:
    return Later()


@pytest.fixture
def preparation(session: Session, later: Later) -> Preparation:
    return Preparation(session, later.append)


@pytest.fixture
def said(session: Session) -> list[str]:
    texts: list[str] = []
    session.noted.connect(texts.append)
    return texts


def points(session: Session) -> int:
    return len(session.run.data.sample.points)


def test_few_points_are_there_at_once(session: Session, preparation: Preparation, later: Later) -> None:
    assert preparation.change(with_data(points=MANY), "More points")
    assert points(session) == MANY
    assert not later


def test_many_points_come_when_they_are_made_and_are_announced(
    session: Session, preparation: Preparation, later: Later, said: list[str]
) -> None:
    assert preparation.change(with_data(points=60_000), "More points")
    assert (points(session), said) == (400, ["Making 60 000 points …"])

    later.do()
    assert points(session) == 60_000
    assert session.undo_stack.undoText() == "More points"
    assert said[-1] == ""


def test_a_later_edit_of_the_data_takes_the_place_of_one_that_waits(
    session: Session, preparation: Preparation, later: Later
) -> None:
    preparation.change(with_data(points=60_000), "More points")
    preparation.change(with_data(points=70_000), "Still more points")
    preparation.change(with_data(points=500), "A few more points")
    later.do()

    assert points(session) == 500
    assert session.undo_stack.count() == 1


def test_another_edit_meanwhile_stays(session: Session, preparation: Preparation, later: Later) -> None:
    preparation.change(with_data(points=60_000), "More points")
    session.change(with_data(noise=0.3), "Change the noise")
    later.do()

    assert (points(session), session.document.data.noise) == (60_000, 0.3)


def test_what_cannot_be_is_refused_as_ever(session: Session, preparation: Preparation, said: list[str]) -> None:
    assert not preparation.change(with_parameter("arms", 3.0), "Change the arms")
    assert said
    assert session.undo_stack.count() == 0


def test_what_only_the_making_finds_out_is_refused_then(
    session: Session, preparation: Preparation, later: Later, said: list[str]
) -> None:
    preparation.change(lambda document: with_data(points=60_000)(with_dataset("plane")(document)), "Another kind")
    later.do()

    assert session.document.data.name == "plane"
    assert session.document.training.loss == "squared"


def test_a_thread_makes_the_points(session: Session, qtbot: QtBot) -> None:
    preparation = Preparation(session)
    with qtbot.waitSignal(session.document_changed, timeout=60_000):
        preparation.change(with_data(points=60_000), "More points")

    assert points(session) == 60_000
    assert prepare(session.document) is session.run.data


def test_the_arrays_of_the_first_iteration_are_made_beside_the_events_too(
    preparation: Preparation, session: Session, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[bool] = []
    change = session.change

    def checked(edit: Change, text: str) -> bool:
        data = prepare(edit(session.document))
        made.append(all("table" in vars(part) for part in (data.train, data.test)))
        return change(edit, text)

    monkeypatch.setattr(session, "change", checked)
    preparation.change(with_data(points=MANY + 1), "Points")
    later.do()
    assert made == [True]
    assert session.run.data.sample.points.shape == (MANY + 1, 2)


@pytest.mark.parametrize("iterations", [0, 50])
def test_the_next_batch_and_the_measured_subset_are_chosen_beside_the_events_too(
    preparation: Preparation,
    session: Session,
    later: Later,
    monkeypatch: pytest.MonkeyPatch,
    iterations: int,
) -> None:
    session.step(iterations)
    missed: list[int] = []
    change = session.change

    def misses() -> int:
        return batches._orders.cache_info().misses + evaluate._subset.cache_info().misses

    def watched(edit: Change, text: str) -> bool:
        before = misses()
        done = change(edit, text)
        _next = session.snapshot().pending.indices, session.snapshot().losses
        missed.append(misses() - before)
        return done

    monkeypatch.setattr(session, "change", watched)
    preparation.change(with_data(points=300_001), "Points")
    later.do()
    assert missed == [0]
    assert session.snapshot().evaluated
