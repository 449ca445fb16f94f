"""A quantity is named once, as it is typed."""

from __future__ import annotations

import pytest

from playground.document.document import LOSS, Edge, Node
from playground.document.quantity import KINDS, Quantity, quantity, typed_place

DEPTH = 2


@pytest.mark.parametrize(
    ("at", "place"),
    [
        ("h1.2", Node(1, 1)),
        ("out.1", Node(3, 0)),
        ("x1", Node(0, 0)),
        ("loss", LOSS),
        ("x1-h1.2", Edge(1, 0, 1)),
        ("bias-h2.1", Edge(2, -1, 0)),
        ("h2.3-out.1", Edge(3, 2, 0)),
        ("x2-h1.1 piece 2", Edge(1, 1, 0, 1)),
    ],
    ids=str,
)
def test_a_place_is_read_as_it_is_typed_and_written_back(at: str, place: Node | Edge) -> None:
    of = "loss" if place == LOSS else "weight" if isinstance(place, Edge) else "value"
    assert Quantity(of, at).place(DEPTH) == place
    assert typed_place(place, DEPTH) == at
    assert quantity(of, place, DEPTH) == Quantity(of, at)


@pytest.mark.parametrize(
    ("of", "at", "said"),
    [
        ("delta", "h1.2", "of: expected one of value, "),
        ("downstream", "x1-h1.2", "at: downstream needs a node such as h1.2"),
        ("gradient", "h1.2", "at: gradient needs an edge such as x1-h1.2"),
        ("loss", "h1.2", "at: loss needs the loss: loss"),
        ("downstream", "x1", "at: x1 has no downstream gradient"),
        ("input_gradient", "h1.2", "at: h1.2 has no gradient sent back"),
        ("value", "h0.1", "expected a node such as x1"),
        ("weight", "h1.1-x1", "no edge leads to the input x1"),
        ("weight", "x1-h1.1 piece 0", "expected a piece such as 2"),
    ],
)
def test_what_no_network_has_is_refused_with_the_cure(of: str, at: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Quantity(of, at)


def test_an_edge_between_nodes_that_are_no_neighbours_is_refused_in_its_network() -> None:
    named = Quantity("weight", "x1-out.1")
    assert named.place(depth=0) == Edge(1, 0, 0)
    with pytest.raises(ValueError, match=r"no edge leads from x1 to out\.1"):
        named.place(depth=1)


def test_a_negative_example_is_refused() -> None:
    with pytest.raises(ValueError, match="expected an index from 0 on, got -1"):
        Quantity("value", "h1.1", -1)


@pytest.mark.parametrize("of", [of for of, kind in KINDS.items() if not kind.has_example])
def test_what_examples_share_is_one_quantity(of: str) -> None:
    assert Quantity(of, "x1-h1.1", 3) == Quantity(of, "x1-h1.1")


def test_a_hidden_layer_that_is_not_there_is_not_the_output() -> None:
    assert Quantity("value", "h2.1").place(2) == Node(2, 0)
    with pytest.raises(ValueError, match=r"^at: there is no hidden layer 2, got h2\.1$"):
        Quantity("value", "h2.1").place(1)
