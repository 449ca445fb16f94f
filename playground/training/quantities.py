"""The numbers that quantities name: what one is in a snapshot, and what it is called."""

from __future__ import annotations

from collections.abc import Callable

from playground.document.document import LOSS, Edge, Node
from playground.document.quantity import KINDS, Quantity
from playground.document.selection import Example, has_edge, has_node
from playground.engine import notation
from playground.engine.messages import message
from playground.engine.network import Network
from playground.training.snapshot import Snapshot

_FIRST = Example()


def place_of(quantity: Quantity, network: Network) -> Node | Edge:
    """Return the node or the edge of `network` that `quantity` is about.

    Raises
    ------
    ValueError
        When `network` has none; the message says which network it is.
    """
    place = quantity.place(network.depth)
    if has_edge(network, place) if isinstance(place, Edge) else has_node(network, place):
        return place
    widths = [network.spec.n_inputs, *(layer.units for layer in network.layers)]
    shape = "-".join(map(str, widths))
    raise ValueError(message("at: this {shape} network has no {at}", shape=shape, at=quantity.at))


def example_of(quantity: Quantity, selected: Example) -> Example:
    """Return the example that `quantity` is read at while `selected` is the selected one."""
    return selected if quantity.example is None else Example(quantity.example)


def value_of(snapshot: Snapshot, quantity: Quantity, selected: Example = _FIRST) -> float:
    """Return the number; `selected` is read where the quantity names no example.

    Raises
    ------
    ValueError
        When the network has no such node or edge, or the data no such example.
    """
    place, example = place_of(quantity, snapshot.network), example_of(quantity, selected)
    n = len(snapshot.data.sample.points)
    if example.index is not None and example.index >= n:
        raise ValueError(message("example: expected an index below {n}, got {index}", n=n, index=example.index))
    if isinstance(place, Edge):
        return _of_edge(snapshot, quantity.of, place, example)
    trace = snapshot.trace(example)
    if place == LOSS:
        return float(trace.example_loss)
    if place.layer == 0:
        return float((trace.inputs if quantity.of == "value" else trace.input_gradient)[place.unit])
    layer = trace.layer(place.layer)
    row = layer.layout.row(place.unit, int(layer.winners[place.unit]))
    by_unit = {"value": layer.a, "upstream": layer.upstream}
    by_row = {"pre_activation": layer.z, "local": layer.local, "downstream": layer.downstream}
    return float(by_unit[quantity.of][place.unit] if quantity.of in by_unit else by_row[quantity.of][row])


def _of_edge(snapshot: Snapshot, of: str, edge: Edge, example: Example) -> float:
    layout = snapshot.network.layers[edge.layer - 1]
    row, at = layout.row(edge.target, edge.piece), layout.position(edge.target, edge.source, edge.piece)
    if of in ("weight", "gradient", "input_gradient"):
        layer = snapshot.trace(example).layer(edge.layer)
        if of == "input_gradient" and edge.source < 0:
            raise ValueError(message("at: nothing is sent back along a bias; its input is the constant 1"))
        numbers = {"weight": layer.weights, "gradient": layer.weight_gradients, "input_gradient": layer.input_terms}
        return float(numbers[of][row, edge.source])
    record = snapshot.pending
    arrays = {"batch_gradient": record.gradient, "update": record.delta, "next_weight": record.next_parameters}
    return float(arrays[of][at])


def title_of(quantity: Quantity, depth: int, called: Callable[[Node], str] | None = None) -> str:
    """Return the quantity in words: ``downstream gradient of neuron 2 of hidden layer 1``; `called` names its nodes."""
    named = called or (lambda node: notation.node_in_words(*node, depth))
    place = quantity.place(depth)
    words = message(KINDS[quantity.of].words)
    if place == LOSS:
        return words
    if isinstance(place, Node):
        return message("{words} of {node}", words=words, node=named(place))
    target = notation.piece_of(named(Node(place.layer, place.target)), place.piece, place.piece + 1)
    if place.source < 0:
        return message("{words} of the bias of {target}", words=words, target=target)
    source = named(Node(place.layer - 1, place.source))
    return message("{words} from {source} to {target}", words=words, source=source, target=target)
