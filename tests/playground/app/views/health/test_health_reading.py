"""Warnings on nodes and layers, from a real run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from playground.analysis.health import LayerHealth, UnitHealth
from playground.app.views.flow import reading as flow
from playground.app.views.health import fixes
from playground.app.views.health import reading as health
from playground.document.data_choice import with_table
from playground.document.document import DataSettings, Document, Edge
from playground.document.own_data import Table
from playground.engine.spec import LayerSpec, TrainingSpec
from playground.session.session import Session
from widgets.style import numbers
from widgets.values import Badge, NodeKey


def session_of(activation: str, *, bias: float = 0.0, **values: object) -> Session:
    session = Session(Document(hidden=(LayerSpec(4, activation),), **values))  # type: ignore[arg-type]
    for source in (0, 1):
        session.set_weight(Edge(1, source, 2), 0.0)
    session.set_weight(Edge(1, -1, 2), bias)
    return session


def test_a_relu_that_no_example_reaches_is_dead_with_number_and_advice() -> None:
    session = session_of("relu", bias=-1.0)
    snapshot = session.snapshot()
    found = health.badges(snapshot, health.examine(snapshot, health.examination(snapshot)))
    badge = found[NodeKey(1, 2)]
    assert (badge.word, badge.number) == ("dead", "(∂a/∂z = 0 on all 200 training examples)")
    assert badge.sentences == (
        "Neuron 3 of hidden layer 1 is dead: ∂a/∂z of its ReLU is 0 on all 200 training examples.",
        "Its z runs from −1 to −1, where ReLU is flat.",
        "So no example changes its 2 weights and its bias, and training alone cannot bring it back.",
    )
    assert [fix.label for fix in badge.fixes] == ["Use Leaky ReLU", "New weights"]
    assert set(found) == {NodeKey(1, 2)}


def test_a_tanh_far_out_is_saturated_and_counted_in_the_flow() -> None:
    session = session_of("tanh", bias=9.0)
    snapshot = session.snapshot()
    seen = health.examine(snapshot, health.examination(snapshot))
    badges = health.badges(snapshot, seen)
    assert badges[NodeKey(1, 2)].number == "(flat on 100 % of 200 training examples)"
    assert "Its z runs from 9 to 9" in badges[NodeKey(1, 2)].sentences[1]
    rows = flow.rows(snapshot, badges)
    assert [(row.label, [one.text for one in row.warnings]) for row in rows] == [
        ("W⁽¹⁾", ["1 of 4 saturated"]),
        ("W⁽²⁾", []),
    ]


@pytest.mark.parametrize(
    ("ratio", "word", "fixes"),
    [(1e-5, "vanishing", ["ReLU with He start"]), (1e5, "exploding", ["Clip the gradient", "Xavier start"])],
)
def test_a_layer_whose_gradient_is_lost_or_grows_says_how_much(ratio: float, word: str, fixes: list[str]) -> None:
    layers = (LayerHealth(1e-5, ratio, 1.0, 1e-6, 1e-6), LayerHealth(1.0, 1.0, 1.0, 0.1, 0.1))
    quiet = UnitHealth(np.zeros(3), np.zeros(3), np.zeros(3), np.zeros(3))
    found = health.badges(Session().snapshot(), health.Health((quiet,), layers, "200 training examples"))
    ((key, badge),) = found.items()
    assert (key, badge.word) == (NodeKey(1, -1), word)
    assert numbers.four(ratio) in badge.sentences[0]
    assert len(badge.sentences) == 3
    assert [fix.label for fix in badge.fixes] == fixes


def test_where_the_scale_of_the_data_is_the_cause_it_is_named_and_mended_first() -> None:
    rng = np.random.default_rng(4)
    points = rng.uniform((20.0, 1900.0), (180.0, 2020.0), (60, 2))
    table = Table(points, 9.0 * points[:, 0], 0, ("area", "year"), target_name="rent")
    session = Session(with_table(table)(Document(training=TrainingSpec(loss="squared"))))

    def badges() -> dict[NodeKey, Badge]:
        snapshot = session.snapshot()
        return health.badges(snapshot, health.examine(snapshot, health.examination(snapshot)))

    badge = badges()[NodeKey(1, 0)]
    assert badge.word == "dead"
    assert badge.sentences[2].startswith("The input year runs from 19")
    assert [fix.label for fix in badge.fixes] == ["Standardize", "Use Leaky ReLU"]
    fixes.apply(session, NodeKey(1, 0), badge.fixes[0].key)
    assert not badges()
    session.undo_stack.undo()
    assert NodeKey(1, 0) in badges()


def test_a_batch_of_one_example_condemns_no_layer() -> None:
    training = TrainingSpec(loss="squared", batch_size=1)
    session = Session(Document(hidden=(LayerSpec(4, "relu"),) * 2, training=training))
    for _ in range(40):
        session.step()
        snapshot = session.snapshot()
        seen = health.examine(snapshot, health.examination(snapshot))
        assert [layer.verdict for layer in seen.layers] == ["", "", ""]


@pytest.mark.parametrize("fix", ["leaky", "relu", "new_weights", "relu_he", "fewer", "clip", "xavier", "shrink 0.25"])
def test_every_fix_is_one_undoable_edit(fix: str) -> None:
    session = Session(Document(hidden=(LayerSpec(4, "tanh"),) * 2))
    before, weights = session.document, session.snapshot().state.parameters.copy()
    fixes.apply(session, NodeKey(1, 0), fix)
    assert session.document != before
    session.undo_stack.undo()
    assert session.document == before
    assert np.array_equal(session.snapshot().state.parameters, weights)


def test_the_fix_of_a_saturated_unit_ends_its_saturation() -> None:
    session = session_of("tanh", bias=9.0)
    snapshot = session.snapshot()
    badge = health.badges(snapshot, health.examine(snapshot, health.examination(snapshot)))[NodeKey(1, 2)]
    fixes.apply(session, NodeKey(1, 2), badge.fixes[1].key)
    snapshot = session.snapshot()
    assert not health.badges(snapshot, health.examine(snapshot, health.examination(snapshot)))


@pytest.mark.parametrize(("points", "looked_at"), [(400, 200), (200_000, 12_000)])
def test_many_examples_are_sampled_and_few_are_not(points: int, looked_at: int) -> None:
    document = Document(data=DataSettings(points=points), training=replace(TrainingSpec(loss="squared"), batch_size=4))
    snapshot = Session(document).snapshot()
    examples = health.sample(snapshot)
    assert examples.n_samples == looked_at
    assert (examples is snapshot.data.train) == (points == 400)
    assert examples.targets.shape == (1, looked_at)
