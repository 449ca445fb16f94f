"""Warnings on nodes and layers, from a real run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from playground.analysis.health import LayerHealth, UnitHealth
from playground.app.views.flow import reading as flow
from playground.app.views.health import reading as health
from playground.document.document import DataSettings, Document, Edge
from playground.engine.spec import LayerSpec, TrainingSpec
from playground.session.session import Session
from widgets.values import NodeKey


def session_of(activation: str, *, bias: float = 0.0, **values: object) -> Session:
    session = Session(Document(hidden=(LayerSpec(4, activation),), **values))  # type: ignore[arg-type]
    for source in (0, 1):
        session.set_weight(Edge(1, source, 2), 0.0)
    session.set_weight(Edge(1, -1, 2), bias)
    return session


def test_a_relu_that_no_example_reaches_is_dead_with_number_and_advice() -> None:
    session = session_of("relu", bias=-1.0)
    snapshot = session.snapshot()
    found = health.badges(health.examine(snapshot, health.sample(snapshot)))
    badge = found[NodeKey(1, 2)]
    assert (badge.word, badge.number) == ("dead", "(∂a/∂z = 0 on all of 200 training examples)")
    assert "Leaky ReLU" in badge.advice
    assert set(found) == {NodeKey(1, 2)}


def test_a_tanh_far_out_is_saturated_and_counted_in_the_flow() -> None:
    session = session_of("tanh", bias=9.0)
    snapshot = session.snapshot()
    seen = health.examine(snapshot, health.sample(snapshot))
    assert health.badges(seen)[NodeKey(1, 2)].number == "(flat on 100 % of 200 training examples)"
    rows = flow.rows(snapshot, seen)
    assert [(row.label, row.dead, row.saturated, row.units) for row in rows] == [("W⁽¹⁾", 0, 1, 4), ("W⁽²⁾", 0, 0, 1)]


def test_a_layer_whose_gradient_is_lost_is_vanishing() -> None:
    layers = (LayerHealth(1e-5, 1e-5, 1.0, 1e-6, 1e-6), LayerHealth(1.0, 1.0, 1.0, 0.1, 0.1))
    quiet = UnitHealth(np.zeros(3), np.zeros(3))
    found = health.badges(health.Health((quiet,), layers, "200 training examples"))
    assert found == {
        NodeKey(1, -1): health.Badge(
            "vanishing",
            "the gradient of W⁽¹⁾ with its biases is 1e−5 times that of the last layer",
            health.ADVICE["vanishing"],
        )
    }


@pytest.mark.parametrize(("points", "looked_at"), [(400, 200), (200_000, 40_000)])
def test_many_examples_are_sampled_and_few_are_not(points: int, looked_at: int) -> None:
    document = Document(data=DataSettings(points=points), training=replace(TrainingSpec(loss="squared"), batch_size=4))
    snapshot = Session(document).snapshot()
    examples = health.sample(snapshot)
    assert examples.n_samples == looked_at
    assert (examples is snapshot.data.train) == (points == 400)
    assert examples.targets.shape == (1, looked_at)
