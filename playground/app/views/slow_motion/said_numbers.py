"""Which numbers the sentence of a phase says, and whether one of them is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from playground.app.views.slow_motion.reading import narrated, narrated_edge
from playground.document.document import LOSS, Edge, Node
from playground.document.selection import Selection
from playground.engine.network import Network
from playground.training.hidden import Hidden
from playground.training.step_cursor import StepCursor

Number = tuple[str, Node | Edge]


def says_hidden(cursor: StepCursor, selection: Selection, hidden: Hidden) -> bool:
    """Return whether the sentence of the current phase would say a number that is hidden."""
    return bool(hidden) and any(hidden.hides(of, place) for of, place in _said(cursor, selection))


def _said(cursor: StepCursor, selection: Selection) -> Iterator[Number]:
    network, phase = cursor.snapshot.network, cursor.phase
    if phase.kind == "loss":
        yield "loss", LOSS
        yield from (("value", Node(cursor.n_layers, unit)) for unit in range(network.layers[-1].units))
    elif phase.kind == "update":
        edge = narrated_edge(cursor, selection)
        parts = ("weight", "data_gradient", "regularization", "batch_gradient", "update", "next_weight")
        yield from ((of, edge) for of in parts)
    elif phase.kind == "forward":
        yield from _of_forward(network, narrated(selection, phase.layer))
    elif phase.kind == "backward":
        yield from _of_backward(network, narrated(selection, phase.layer))


def _of_forward(network: Network, node: Node) -> Iterator[Number]:
    layout = network.layers[node.layer - 1]
    yield from ((of, node) for of in ("pre_activation", "value"))
    yield from (("value", Node(node.layer - 1, source)) for source in range(layout.n_in))
    for source, piece in product(range(-1, layout.n_in), range(layout.pieces)):
        yield "weight", Edge(node.layer, source, node.unit, piece)


def _of_backward(network: Network, node: Node) -> Iterator[Number]:
    yield from ((of, node) for of in ("upstream", "local", "downstream"))
    if node.layer == 1:
        yield "input_gradient", Node(0, 0)
    for after in network.layers[node.layer : node.layer + 1]:
        yield from (("downstream", Node(after.index, unit)) for unit in range(after.units))
        for unit, piece in product(range(after.units), range(after.pieces)):
            yield "weight", Edge(after.index, node.unit, unit, piece)
