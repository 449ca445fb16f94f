"""Nodes, edges and examples have one name each, with the unit below and the layer above."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from playground.app.views import names
from playground.document.document import LOSS, DataSettings, Document, Edge, Node
from playground.document.selection import Example
from playground.engine.spec import LayerSpec, TrainingSpec
from playground.session.session import Session
from playground.training.snapshot import Snapshot


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
