"""Every quantity of the open network becomes an exercise whose answer is the number on the screen."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from playground.document.document import Document
from playground.document.quantity import KINDS, Quantity
from playground.document.selection import Example
from playground.engine.spec import LayerSpec, OptimizerSpec
from playground.lessons.misconceptions.of_run import exercise_for, explain
from playground.lessons.misconceptions.reply import reply_to
from playground.session.session import Session
from playground.training.quantities import value_of
from playground.training.snapshot import Snapshot

SEEN = Example(3)
PLACES = {
    "node": ("h1.1", "h1.2", "h2.1", "out.1"),
    "edge": ("x1-h1.2", "bias-h1.1", "h1.2-h2.1", "h2.2-out.1"),
    "loss": ("loss",),
}
GIVEN = {("weight", place) for place in PLACES["edge"]}


def snapshot_of(qapp: object, loss: str = "softmax", activation: str = "tanh", **training: object) -> Snapshot:
    plain = Document()
    hidden = (LayerSpec(3, activation), LayerSpec(2, activation))
    settings = replace(plain.training, loss=loss, **training)
    session = Session(replace(plain, hidden=hidden, training=settings))
    return session.snapshot()


def quantities() -> list[Quantity]:
    found = []
    for of, kind in KINDS.items():
        for on in kind.on:
            for at in ("x1", "x2") if (of, on) == ("input_gradient", "node") else PLACES[on]:
                if (of, at) != ("input_gradient", "bias-h1.1"):
                    found.append(Quantity(of, at))
    return found


@pytest.mark.parametrize("loss", ["softmax", "hinge", "squared", "logistic"])
@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "maxout"])
def test_the_answer_is_the_number_on_the_screen(qapp: object, loss: str, activation: str) -> None:
    snapshot = snapshot_of(qapp, loss, activation)
    for one in quantities():
        found = exercise_for(snapshot, one, SEEN)
        if (one.of, one.at) in GIVEN:
            assert found is None
            continue
        assert found is not None
        assert found.right == pytest.approx(value_of(snapshot, one, SEEN), rel=1e-10, abs=1e-14), one
        assert reply_to(found, repr(found.right)).kind == "right"
        for mistake in found.told_apart:
            assert explain(snapshot, one, SEEN, mistake.value) != found.hint


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov", "adam"])
@pytest.mark.parametrize("regularizer", ["none", "l2", "elastic_net"])
def test_an_update_is_explained_under_every_optimizer(qapp: object, optimizer: str, regularizer: str) -> None:
    snapshot = snapshot_of(qapp, optimizer=OptimizerSpec(name=optimizer), regularizer=regularizer)
    for of in ("batch_gradient", "update", "next_weight"):
        found = exercise_for(snapshot, Quantity(of, "x1-h1.2"), SEEN)
        assert found is not None
        assert found.right == pytest.approx(value_of(snapshot, Quantity(of, "x1-h1.2")))
        assert len(found.mistakes) >= 3


def test_the_next_weight_is_said_to_be_a_sum(qapp: object) -> None:
    found = exercise_for(snapshot_of(qapp), Quantity("next_weight", "x1-h1.2"), SEEN)
    assert found is not None
    assert re.fullmatch(r"The next weight is the weight −?[\d.]+ plus its update Δw\.", found.hint)


def test_a_batch_that_is_summed_is_named_with_its_size(qapp: object) -> None:
    snapshot = snapshot_of(qapp)
    one = Quantity("batch_gradient", "x1-h1.2")
    total = value_of(snapshot, one) * len(snapshot.batch)
    assert f"is the sum over the {len(snapshot.batch)} examples" in explain(snapshot, one, SEEN, total)


def test_the_updated_weight_in_the_backward_pass_is_named(qapp: object) -> None:
    snapshot = snapshot_of(qapp, "squared", learning_rate=2.0)
    found = exercise_for(snapshot, Quantity("upstream", "h2.1"), SEEN)
    assert found is not None
    assert "back.updated_weight" in {mistake.law.key for mistake in found.told_apart}


def test_an_input_is_given_and_no_exercise(qapp: object) -> None:
    snapshot = snapshot_of(qapp)
    assert exercise_for(snapshot, Quantity("value", "x1"), SEEN) is None
    assert explain(snapshot, Quantity("value", "x1"), SEEN, 3.0) == ""


def test_a_place_that_is_not_there_is_refused(qapp: object) -> None:
    snapshot = snapshot_of(qapp)
    with pytest.raises(ValueError, match=r"has no h1\.9"):
        exercise_for(snapshot, Quantity("downstream", "h1.9"), SEEN)
    with pytest.raises(ValueError, match="expected an index below 400"):
        exercise_for(snapshot, Quantity("downstream", "h1.1", 400), SEEN)
