from __future__ import annotations

from dataclasses import replace

import pytest

from playground.document.changes import with_depth
from playground.document.document import LOSS, Document, Edge, Node, PrunedWeight, StartWeight
from playground.document.remap import remap_edge, remap_input, remap_layer, remap_node, with_remapped_edges
from playground.engine.spec import LayerSpec

TWO = Document(hidden=(LayerSpec(3), LayerSpec(3)))
NAMED = replace(
    TWO,
    start_weights=(StartWeight(Edge(3, 0, 0), 1.0), StartWeight(Edge(2, 0, 0), 2.0)),
    frozen=(Edge(3, 1, 0), Edge(2, 1, 0), Edge(1, -1, 0)),
    pruned=(PrunedWeight(Edge(3, 2, 0), 3.0), PrunedWeight(Edge(2, 2, 0), 4.0)),
)


@pytest.mark.parametrize(("layer", "after"), [(1, 1), (2, None), (3, 2)])
def test_hidden_layers_keep_their_number_and_the_output_stays_the_output(layer: int, after: int | None) -> None:
    assert remap_layer(layer, TWO, with_depth(1)(TWO)) == after


def test_inputs_are_matched_by_name() -> None:
    after = replace(TWO, features=("x2", "x1_x2"))
    assert [remap_input(unit, TWO, after) for unit in (0, 1, 2, -1)] == [None, 0, None, None]


def test_the_loss_is_the_loss_everywhere() -> None:
    assert remap_node(LOSS, TWO, with_depth(0)(TWO)) == LOSS
    assert remap_node(Node(2, 1), TWO, with_depth(0)(TWO)) is None


def test_a_bias_stays_with_its_unit_whatever_the_features() -> None:
    assert remap_edge(Edge(1, -1, 2), TWO, replace(TWO, features=("x2",))) == Edge(1, -1, 2)


def test_every_named_edge_follows_or_is_let_go() -> None:
    after = with_remapped_edges(NAMED, with_depth(1)(NAMED))
    assert after.start_weights == (StartWeight(Edge(2, 0, 0), 1.0),)
    assert after.frozen == (Edge(2, 1, 0), Edge(1, -1, 0))
    assert after.pruned == (PrunedWeight(Edge(2, 2, 0), 3.0),)


def test_what_the_change_itself_names_is_left_as_it_is() -> None:
    wanted = replace(with_depth(1)(NAMED), start_weights=(), frozen=(Edge(2, 0, 0),), pruned=())
    assert with_remapped_edges(NAMED, wanted) == wanted


def test_without_a_change_of_structure_nothing_moves() -> None:
    after = replace(NAMED, seed=5)
    assert with_remapped_edges(NAMED, after) is after
