"""Nodes, edges and examples have one name each, with the unit below and the layer above."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from playground.app.views import names
from playground.app.views.inspector.reading import card
from playground.app.views.jacobian.reading import Which, entry, jacobian
from playground.app.views.network.reading import diagram
from playground.app.views.tensors.reading import BrickKey, letters
from playground.document.document import LOSS, DataSettings, Document, Edge, Node
from playground.document.selection import Example
from playground.engine.spec import LayerSpec, TrainingSpec
from playground.session.session import Session
from playground.training.snapshot import Snapshot
from widgets.values import LossReading, NeuronReading


@pytest.fixture
def snapshot(session: Session) -> Snapshot:
    return session.snapshot()


@pytest.mark.parametrize(
    ("node", "label", "title"),
    [
        (Node(0, 1), "x₂", "input x₂"),
        (Node(1, 1), "a₂⁽¹⁾", "neuron 2 of hidden layer 1"),
        (Node(2, 0), "ŷ", "output ŷ"),
        (LOSS, "loss L", "loss L"),
    ],
)
def test_a_node_has_a_symbol_and_a_name_in_words(snapshot: Snapshot, node: Node, label: str, title: str) -> None:
    assert names.node_label(snapshot, node) == label
    assert names.node_title(snapshot, node) == title


def test_an_edge_is_named_after_both_ends_and_a_bias_after_its_unit(snapshot: Snapshot) -> None:
    assert names.edge_label(snapshot, Edge(1, 0, 1)) == "x₁ → a₂⁽¹⁾"
    assert names.edge_label(snapshot, Edge(2, -1, 0)) == "bias of ŷ"


def test_each_piece_of_a_maxout_unit_has_a_row_of_its_own_name(make_session: Callable[..., Session]) -> None:
    snapshot = make_session(Document(hidden=(LayerSpec(2, "maxout", pieces=2),))).snapshot()
    rows = names.row_labels(snapshot, 1)
    assert len(set(rows)) == 4
    assert [row.startswith(unit) for row, unit in zip(rows, ("a₁⁽¹⁾", "a₂⁽¹⁾") * 2, strict=True)] == [True] * 4


def test_outputs_of_a_loss_of_scores_are_scores(make_session: Callable[..., Session]) -> None:
    document = Document(data=DataSettings("three_arms"), training=TrainingSpec(loss="softmax"))
    assert names.layer_labels(make_session(document).snapshot(), 2) == ("s₁", "s₂", "s₃")


@pytest.fixture
def arms(make_session: Callable[..., Session]) -> Snapshot:
    document = Document(data=DataSettings("three_arms"), training=TrainingSpec(loss="softmax"))
    return make_session(document).snapshot()


def test_an_output_is_named_with_its_class_where_it_stands_for_one(arms: Snapshot, snapshot: Snapshot) -> None:
    assert names.named_labels(arms, 2) == ("s₁ class 0", "s₂ class 1", "s₃ class 2")
    assert names.node_title(arms, Node(2, 1)) == "output s₂ (class 1)"
    assert names.named_labels(snapshot, 2) == ("ŷ",)
    assert names.named_labels(arms, 1) == names.layer_labels(arms, 1)


def test_every_view_names_outputs_with_their_classes(arms: Snapshot) -> None:
    wanted = names.named_labels(arms, 2)
    network = diagram(arms).columns[-1]
    assert tuple(ways[0] for ways in network.captions) == wanted
    assert network.captions[0] == ("s₁ class 0", "class 0", "s₁")
    assert network.names[0] == "output s₁ (class 0)"
    loss, neuron, output = (card(arms, node, Example(0)) for node in (LOSS, Node(1, 0), Node(2, 2)))
    assert isinstance(loss, LossReading)
    assert tuple(row.label for row in loss.rows) == wanted
    assert isinstance(neuron, NeuronReading)
    assert tuple(term.label for term in neuron.upstream_terms) == wanted
    assert output.title == "output s₃ (class 2)"
    columns = [letter.columns for kind in ("linear", "loss") for letter in letters(arms, BrickKey(kind, 2))]
    assert columns.count(wanted) >= 8
    for which in (Which(), Which("layer", 2), Which("activation", 2)):
        found = jacobian(arms, Example(0), which)
        assert found.row_names == wanted
        assert entry(arms, Example(0), which, 1, 0).startswith("∂s₂ / ∂")


def test_an_example_is_named_with_its_place_and_its_class(snapshot: Snapshot) -> None:
    x, y = snapshot.data.sample.points[3].tolist()
    text = names.example_text(snapshot, Example(3))
    assert text.startswith("example 3 (x₁ = ")
    assert [float(part.split(" = ")[1].replace("−", "-")) for part in text[:-1].split(", ")[:2]] == pytest.approx(
        [x, y], abs=1e-4
    )
    assert text.endswith(f"class {snapshot.data.sample.labels[3]})")


def test_a_probe_has_the_target_of_its_nearest_point(snapshot: Snapshot) -> None:
    points, labels = snapshot.data.sample.points, snapshot.data.sample.labels
    target = 2 * labels[((points - (0.5, -1.0)) ** 2).sum(axis=1).argmin()] - 1
    text = names.example_text(snapshot, Example(None, (0.5, -1.0)))
    assert text == f"probe (x₁ = 0.5, x₂ = −1), with the target of the nearest point ({target})"


@pytest.mark.parametrize(("name", "said"), [("1", "class 1"), ("class 0", "class 0"), ("setosa", "setosa")])
def test_a_class_named_by_a_number_is_called_a_class(name: str, said: str) -> None:
    assert names.class_text(name) == said
