"""Where a number came from: the card, the circuit, the mean over the batch or the tensors that show how it is made."""

from __future__ import annotations

from dataclasses import dataclass, replace

from playground.app.views.names import edge_label, example_text, node_title
from playground.app.views.tensors.reading import BrickKey, tensor_key
from playground.document.document import LOSS, Edge, Node
from playground.document.quantity import Quantity
from playground.document.selection import Example
from playground.engine.messages import grouped, message
from playground.training.quantities import place_of
from playground.training.snapshot import Snapshot

CARD, CIRCUIT, TENSORS = "gradients", "circuit", "tensors"
Cell = tuple[str, int, int]
_FIRST = Example()


@dataclass(frozen=True, slots=True)
class Spot:
    """What the inspector shows: a page of what is selected, the terms of a batch gradient, a cell of a tensor."""

    page: str
    node: Node | None
    edge: Edge | None = None
    example: Example = _FIRST
    is_mean: bool = False  # whether the card follows the edge's batch gradient to its terms
    cell: Cell | None = None
    iteration: int | None = None  # of the run, where the way leads through time

    def shows(self, other: Spot) -> bool:
        """Return whether `other` would show nothing else: the same page of the same node at the same example."""
        mine, its = (replace(spot, iteration=None, edge=spot.edge if spot.is_mean else None) for spot in (self, other))
        return mine == its


def origin(snapshot: Snapshot, quantity: Quantity, here: Spot) -> Spot | None:
    """Return where `quantity` came from, asked from `here`; None where `here` is the end of the way.

    The first step is the place that explains the number in its own words: upstream × local on the card of its neuron,
    the sum of a batch gradient, the scalar circuit of an activation. Asked there again, one step deeper follows.
    """
    place = place_of(quantity, snapshot.network)
    example = here.example if quantity.example is None else Example(quantity.example)
    if isinstance(place, Edge):
        ways = _of_edge(snapshot, quantity.of, place, example)
    else:
        ways = _of_node(snapshot, quantity.of, place, example)
    return next((spot for at, spot in enumerate(ways) if not any(here.shows(seen) for seen in ways[at:])), None)


def label(snapshot: Snapshot, spot: Spot) -> str:
    """Return what a breadcrumb calls `spot`."""
    if spot.node is None:
        return message("network")
    if spot.page == TENSORS and spot.cell is not None:
        return message("its row and column")
    if spot.is_mean and spot.edge is not None:
        edge = edge_label(snapshot, spot.edge)
        if spot.iteration is not None:
            template = "batch of {edge}, iteration {number}"
            return message(template, edge=edge, number=grouped(spot.iteration + 1))
        return message("batch of {edge}", edge=edge)
    name = message("loss") if spot.node == LOSS else node_title(snapshot, spot.node)
    return {CARD: name, CIRCUIT: message("circuit of {node}", node=name)}.get(spot.page, name)


def tooltip(snapshot: Snapshot, spot: Spot) -> str:
    """Return what a breadcrumb says of the example."""
    return "" if spot.node is None else example_text(snapshot, spot.example)


def weight_note(snapshot: Snapshot, title: str) -> str:
    """Return where a weight came from: from its start, or from the update before; the card shows the next update."""
    if snapshot.state.updates == 0:
        return message("The {title} is a start value: no update has changed it. The card shows the first.", title=title)
    return message(
        "The {title} is as iteration {iteration} left it, unless you have set it since. Back shows that update; "
        "the card shows the next one.",
        iteration=grouped(snapshot.state.iteration), title=title,
    )  # fmt: skip


# ---- the ways ----------------------------------------------------------------------------------


def _of_edge(snapshot: Snapshot, of: str, edge: Edge, example: Example) -> list[Spot]:
    target = Node(edge.layer, edge.target)
    if of in ("gradient", "input_gradient"):
        return [Spot(CARD, target, edge, example), Spot(CIRCUIT, target, edge, example)]
    mean = Spot(CARD, target, edge, example, is_mean=True)
    return [mean, _batch_cell(snapshot, edge, example)] if of == "batch_gradient" else [mean]


def _of_node(snapshot: Snapshot, of: str, node: Node, example: Example) -> list[Spot]:
    card, circuit = Spot(CARD, node, None, example), Spot(CIRCUIT, node, None, example)
    if node == LOSS or node.layer == 0:
        return [card, *((of == "input_gradient" and _sum_cell(snapshot, node, example)) or [circuit])]
    if of in ("value", "pre_activation", "local"):
        return [circuit, *_forward_cell(snapshot, node, example)]
    if of == "upstream" and node.layer > snapshot.network.depth:
        return [Spot(CARD, LOSS, None, example), Spot(CIRCUIT, LOSS, None, example)]
    if of == "upstream":
        return [card, *(_sum_cell(snapshot, node, example) or [circuit])]
    return [card, circuit]


def _row(snapshot: Snapshot, example: Example) -> int | None:
    """Return the row of the tensors that is about `example`; None where the batch does not have it."""
    kept = snapshot.batch[: len(snapshot.pending.inputs)].tolist()
    return kept.index(example.index) if example.index in kept else None


def _forward_cell(snapshot: Snapshot, node: Node, example: Example) -> list[Spot]:
    row = _row(snapshot, example)
    key = tensor_key(BrickKey("linear", node.layer), "Y")
    return [] if row is None else [Spot(TENSORS, node, None, example, cell=(key, row, node.unit))]


def _sum_cell(snapshot: Snapshot, node: Node, example: Example) -> list[Spot]:
    """Return the cell of dX = dY·Wᵀ that adds up what comes back to `node`; none of an example outside the batch."""
    row = _row(snapshot, example)
    key = tensor_key(BrickKey("linear", node.layer + 1), "dX")
    return [] if row is None else [Spot(TENSORS, node, None, example, cell=(key, row, node.unit))]


def _batch_cell(snapshot: Snapshot, edge: Edge, example: Example) -> Spot:
    """Return the cell of dW = Xᵀ·dY, or of db, that adds up the examples."""
    layout, key = snapshot.network.layers[edge.layer - 1], BrickKey("linear", edge.layer)
    column = layout.row(edge.target, edge.piece)
    name, row = ("db", 0) if edge.source < 0 else ("dW", edge.source)
    return Spot(TENSORS, Node(edge.layer, edge.target), edge, example, cell=(tensor_key(key, name), row, column))
