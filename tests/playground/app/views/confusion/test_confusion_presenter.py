"""A click on a cell of the confusion matrix rings its examples and reads them one by one."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from playground.app.views.confusion import reading
from playground.app.views.confusion.presenter import ConfusionPresenter
from playground.app.views.scheduling import Scheduler
from playground.document.data_choice import with_dataset
from playground.session.session import Session
from widgets.matrices.confusion_matrix import ConfusionMatrix
from widgets.plane.output_plane import OutputPlane


@pytest.fixture
def plot(stand_in: Callable[..., Any]) -> Any:
    made = stand_in(OutputPlane)
    made.plane = SimpleNamespace(misclassified=None, with_test=False)
    made.set_misclassified.side_effect = lambda indices, *_: setattr(made.plane, "misclassified", indices)
    return made


@pytest.fixture
def matrix(session: Session, scheduler: Scheduler, plot: Any, stand_in: Callable[..., Any]) -> Any:
    session.change(with_dataset("rings"), "Take the rings")
    session.step(5)
    made = stand_in(ConfusionMatrix)
    made.presenter = ConfusionPresenter(session, scheduler, made, plot)
    return made


def counts(matrix: Any) -> Any:
    return matrix.set_confusion.call_args.args[0].counts


def most_confused(matrix: Any) -> tuple[int, int]:
    wrong = counts(matrix).copy()
    np.fill_diagonal(wrong, 0)
    true, said = np.unravel_index(wrong.argmax(), wrong.shape)
    return int(true), int(said)


def test_clicks_on_a_cell_read_each_of_its_examples(session: Session, matrix: Any, plot: Any) -> None:
    true, said = most_confused(matrix)
    seen = []
    for _ in range(counts(matrix)[true, said]):
        matrix.cell_clicked.emit(true, said)
        seen.append(session.selection.example.index)
    ringed = plot.plane.misclassified
    assert len(ringed) > 1
    assert sorted(seen) == ringed.tolist()
    assert (session.run.data.sample.labels[ringed] == true).all()
    assert np.isin(ringed, session.run.data.sample.test).all()


def test_the_rings_go_when_training_moves_on(session: Session, matrix: Any, plot: Any) -> None:
    matrix.cell_clicked.emit(*most_confused(matrix))
    session.step()
    assert plot.plane.misclassified is None


def test_rings_of_another_overlay_stay(session: Session, matrix: Any, plot: Any) -> None:
    matrix.cell_clicked.emit(*most_confused(matrix))
    others = plot.plane.misclassified = np.arange(3)
    session.step()
    assert plot.plane.misclassified is others


def test_an_empty_cell_says_so(session: Session, matrix: Any, notes: list[str]) -> None:
    session.change(with_dataset("blobs"), "Take the blobs")
    session.step(200)
    true, said = np.argwhere(counts(matrix) == 0)[0].tolist()
    matrix.cell_clicked.emit(true, said)
    assert notes[-1].startswith("There are no test examples of")


def test_the_other_part_is_counted_when_it_is_picked(session: Session, matrix: Any) -> None:
    matrix.part_picked.emit("train")
    assert counts(matrix).sum() == len(session.run.data.sample.train)


def test_a_regression_has_nothing_to_confuse(session: Session, matrix: Any) -> None:
    session.change(with_dataset("plane"), "Take the plane")
    matrix.set_nothing.assert_called_with(reading.REGRESSION)
