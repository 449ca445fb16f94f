"""The confusion matrix counts what the network predicts of each example of a part."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from playground.app.views.confusion import reading
from playground.document.document import DataSettings, Document, Node
from playground.session.session import Session
from playground.training.what_if import WhatIf


@pytest.mark.parametrize("part", ["test", "train"])
def test_its_diagonal_is_the_accuracy_on_the_same_examples(session: Session, part: str) -> None:
    session.step(40)
    snapshot = session.snapshot()
    shown, losses = reading.matrix(snapshot, part), snapshot.losses
    assert shown is not None
    accuracy = losses.train_accuracy if part == "train" else losses.test_accuracy
    assert shown.counts.trace() / shown.counts.sum() == pytest.approx(accuracy)
    assert shown.counts.sum() == len(getattr(snapshot.data.sample, part))


def test_the_examples_of_a_cell_are_those_that_it_counts(session: Session) -> None:
    session.step(5)
    snapshot = session.snapshot()
    first, second = snapshot.matrices()
    sample = snapshot.data.sample
    a = np.tanh(sample.points @ first[:, :-1].T + first[:, -1])
    said = (a @ second[0, :-1] + second[0, -1] > 0.0).astype(int)
    expected = [i for i in sample.test.tolist() if sample.labels[i] == 1 and said[i] == 0]
    found = reading.members(snapshot, "test", 1, 0)
    assert sorted(found.tolist()) == sorted(expected)
    shown = reading.matrix(snapshot, "test")
    assert shown is not None
    assert shown.counts[1, 0] == len(found) > 0


def test_a_what_if_is_named_and_counted(session: Session) -> None:
    session.step(40)
    before = reading.matrix(session.snapshot(), "test")
    session.set_what_if(WhatIf(Node(1, 1), 2.0))
    after = reading.matrix(session.snapshot(), "test")
    assert before is not None
    assert after is not None
    assert after.note == "what-if a₂⁽¹⁾ = 2"
    assert (after.counts != before.counts).any()


def test_values_are_not_classes(make_session: Callable[..., Session]) -> None:
    assert reading.matrix(make_session(Document(data=DataSettings("plane"))).snapshot(), "test") is None
