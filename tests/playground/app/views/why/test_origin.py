"""Every number has an origin, one step deeper where it is asked again, and an end of the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playground.app.views.why.origin import CARD, CIRCUIT, TENSORS, Spot, label, origin
from playground.document.document import LOSS, Document, Edge, Node
from playground.document.quantity import Quantity
from playground.document.selection import Example
from playground.engine.spec import LayerSpec
from playground.session.session import Session
from playground.training.snapshot import Snapshot

NEURON, EDGE = Node(1, 1), Edge(1, 0, 1)


@pytest.fixture
def snapshot(qapp: object) -> Snapshot:
    return Session(replace(Document(), hidden=(LayerSpec(3), LayerSpec(2)))).snapshot()


def ways(snapshot: Snapshot, of: str, at: str, here: Spot) -> list[tuple[str, Node | None, bool, object]]:
    found, asked = [], Quantity(of, at)
    while (spot := origin(snapshot, asked, here)) is not None:
        found.append((spot.page, spot.node, spot.is_mean, spot.cell and spot.cell[0]))
        here = spot
    return found


@pytest.mark.parametrize(
    ("of", "at", "way"),
    [
        ("downstream", "h1.2", [(CARD, NEURON, False, None), (CIRCUIT, NEURON, False, None)]),
        ("upstream", "h1.2", [(CARD, NEURON, False, None), (TENSORS, NEURON, False, "linear 2:dX")]),
        ("value", "h1.2", [(CIRCUIT, NEURON, False, None), (TENSORS, NEURON, False, "linear 1:Y")]),
        ("gradient", "x1-h1.2", [(CARD, NEURON, False, None), (CIRCUIT, NEURON, False, None)]),
        ("batch_gradient", "x1-h1.2", [(CARD, NEURON, True, None), (TENSORS, NEURON, False, "linear 1:dW")]),
        ("batch_gradient", "bias-h1.2", [(CARD, NEURON, True, None), (TENSORS, NEURON, False, "linear 1:db")]),
        ("update", "x1-h1.2", [(CARD, NEURON, True, None)]),
        ("next_weight", "x1-h1.2", [(CARD, NEURON, True, None)]),
        ("upstream", "out.1", [(CARD, LOSS, False, None), (CIRCUIT, LOSS, False, None)]),
        ("loss", "loss", [(CARD, LOSS, False, None), (CIRCUIT, LOSS, False, None)]),
        ("input_gradient", "x1", [(CARD, Node(0, 0), False, None), (TENSORS, Node(0, 0), False, "linear 1:dX")]),
    ],
)
def test_a_number_is_followed_to_its_end(snapshot: Snapshot, of: str, at: str, way: list[object]) -> None:
    in_batch = Example(int(snapshot.batch[3]))
    assert ways(snapshot, of, at, Spot(CARD, Node(2, 0), None, in_batch)) == way


@pytest.mark.parametrize(
    ("of", "at", "pages"),
    [
        ("upstream", "h1.2", [CARD, CIRCUIT]),
        ("downstream", "h1.2", [CARD, CIRCUIT]),
        ("input_gradient", "x1", [CARD, CIRCUIT]),
        ("value", "h1.2", [CIRCUIT]),
        ("gradient", "x1-h1.2", [CARD, CIRCUIT]),
    ],
)
def test_outside_the_batch_a_circuit_takes_the_place_of_the_tensors(
    snapshot: Snapshot, of: str, at: str, pages: list[str]
) -> None:
    outside = next(index for index in range(400) if index not in snapshot.batch.tolist())
    here = Spot(CARD, Node(2, 0), None, Example(outside))
    assert [page for page, *_ in ways(snapshot, of, at, here)] == pages


def test_the_row_and_the_column_are_those_of_the_example_and_the_unit(snapshot: Snapshot) -> None:
    example = Example(int(snapshot.batch[3]))
    spot = origin(snapshot, Quantity("upstream", "h1.2"), Spot(CARD, NEURON, None, example))
    assert spot is not None
    assert spot.cell == ("linear 2:dX", 3, 1)


def test_a_number_of_another_example_leads_to_that_example(snapshot: Snapshot) -> None:
    spot = origin(snapshot, Quantity("downstream", "h1.2", 7), Spot(CARD, NEURON, EDGE, Example(3), is_mean=True))
    assert spot == Spot(CARD, NEURON, None, Example(7))


@pytest.mark.parametrize(
    ("spot", "said"),
    [
        (Spot(CARD, None), "network"),
        (Spot(CARD, LOSS), "loss"),
        (Spot(CARD, NEURON), "neuron 2 of hidden layer 1"),
        (Spot(CIRCUIT, NEURON), "circuit of neuron 2 of hidden layer 1"),
        (Spot(CARD, NEURON, EDGE, is_mean=True), "batch of x₁ → a₂⁽¹⁾"),
        (Spot(TENSORS, NEURON, cell=("linear 2:dX", 3, 1)), "its row and column"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_place_has_a_name(snapshot: Snapshot, spot: Spot, said: str) -> None:
    assert label(snapshot, spot) == said
