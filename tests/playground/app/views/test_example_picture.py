"""What an example is and what the network says of it: the class that wins, with its probability or its score."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from playground.app.views.example_picture import picture, verdict
from playground.document.changes import with_training
from playground.document.data_choice import with_dataset
from playground.document.selection import Example
from playground.session.session import Session
from widgets.style import numbers


@pytest.fixture
def digits(make_session: Callable[..., Session]) -> Session:
    session = make_session()
    session.change(with_dataset("digits"), "Take the digits")
    return session


def test_softmax_says_the_class_and_its_probability(digits: Session) -> None:
    digits.change(with_training(loss="softmax"), "Take softmax")
    snapshot = digits.snapshot()
    scores = snapshot.trace(Example(3)).scores
    p = np.exp(scores) / np.exp(scores).sum()
    sample = snapshot.data.sample
    said = f"says {sample.class_names[int(p.argmax())]} ({numbers.significant(float(p.max()), 2)})"
    assert verdict(snapshot, Example(3)) == said
    shown = picture(snapshot, Example(3))
    assert shown is not None
    assert shown.text == f"true {sample.class_names[sample.labels[3]]} · {said}"


def test_hinge_and_squared_error_say_the_score_that_wins(digits: Session) -> None:
    for loss in ("hinge", "squared"):
        digits.change(with_training(loss=loss), loss)
        scores = digits.snapshot().trace(Example(3)).scores
        assert verdict(digits.snapshot(), Example(3)).endswith(f"({numbers.significant(float(scores.max()), 2)})")


def test_a_single_logistic_output_says_how_sure_it_is_of_the_class_it_names(session: Session) -> None:
    session.change(with_training(loss="logistic"), "Take the logistic loss")
    snapshot = session.snapshot()
    for index in range(8):
        score = float(snapshot.trace(Example(index)).scores[0])
        p = 1.0 / (1.0 + np.exp(-score))
        assert verdict(snapshot, Example(index)).endswith(f"({numbers.significant(max(p, 1.0 - p), 2)})")


def test_points_of_a_plane_have_no_picture(session: Session) -> None:
    assert picture(session.snapshot(), Example(0)) is None


def test_a_probe_has_no_truth(digits: Session) -> None:
    shown = picture(digits.snapshot(), Example(None, (0.5, -0.5)))
    assert shown is not None
    assert shown.ink.shape == (8, 8)
    assert shown.text.startswith("says ")
