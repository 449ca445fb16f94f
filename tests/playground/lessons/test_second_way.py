"""Every quantity has a second way, and it agrees with the first."""

from __future__ import annotations

import pytest

from playground.document.document import Document
from playground.document.quantity import KINDS, Quantity
from playground.document.selection import Example
from playground.engine.spec import LayerSpec, OptimizerSpec, TrainingSpec
from playground.lessons.second_way import agree, second_way
from playground.training.quantities import value_of
from playground.training.run import Run

EXAMPLE = Example(5)
PLACES = {"node": ("h1.2", "h2.1", "out.1"), "edge": ("x1-h1.2", "h1.1-h2.3", "h2.2-out.1"), "loss": ("loss",)}
NETWORKS = {
    "tanh": Document(hidden=(LayerSpec(2), LayerSpec(3))),
    "softmax, maxout and momentum": Document(
        hidden=(LayerSpec(2, activation="maxout"), LayerSpec(3, activation="leaky_relu")),
        training=TrainingSpec(loss="softmax", optimizer=OptimizerSpec("momentum"), regularizer="l2", penalty=0.01),
    ),
    "logistic and Adam": Document(
        hidden=(LayerSpec(2, activation="sigmoid"), LayerSpec(3, activation="sine")),
        training=TrainingSpec(loss="logistic", optimizer=OptimizerSpec("adam")),
    ),
}


def places(of: str) -> list[str]:
    found = [place for on in KINDS[of].on for place in PLACES[on]]
    if of == "input_gradient":
        return [*PLACES["edge"], "x1", "x2"]
    return [*found, *(("bias-h1.2",) if "edge" in KINDS[of].on else ())]


@pytest.mark.parametrize("of", KINDS)
@pytest.mark.parametrize("name", NETWORKS)
def test_both_ways_agree(name: str, of: str) -> None:
    run = Run(NETWORKS[name])
    run.train(30)
    for at in places(of):
        quantity = Quantity(of, at)
        first, second = value_of(run.snapshot(), quantity, EXAMPLE), second_way(run, quantity, EXAMPLE)
        assert second is not None
        assert agree(first, second), (at, first, second)


def test_a_wrong_number_does_not_agree() -> None:
    run = Run(Document())
    quantity = Quantity("downstream", "h1.2")
    second = second_way(run, quantity, EXAMPLE)
    assert second is not None
    assert not agree(-value_of(run.snapshot(), quantity, EXAMPLE), second)


def test_a_batch_with_dropout_has_no_second_way() -> None:
    run = Run(Document(hidden=(LayerSpec(4, dropout=0.5),)))
    assert second_way(run, Quantity("batch_gradient", "x1-h1.1"), EXAMPLE) is None
