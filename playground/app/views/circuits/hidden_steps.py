"""How far the circuit of a place may be shown while numbers of the network are hidden."""

from __future__ import annotations

from collections.abc import Iterator

from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.app.views.circuits.unrolled import NETWORK, PENALTY, Place
from playground.document.document import LOSS, Edge, Node
from playground.engine.network import LayerLayout, Network
from playground.training.hidden import Hidden

Part = tuple[str, Node | Edge]


def steps_shown(shown: OpenCircuit, place: Place, network: Network, hidden: Hidden) -> int | None:
    """Return how many steps of the circuit show nothing that is hidden; None where its inputs themselves do."""

    def hides(parts: Iterator[Part]) -> bool:
        return any(hidden.hides(of, where) for of, where in parts)

    if not hidden:
        return shown.total
    if hides(_inputs(place, network)):
        return None
    if hides(_forward(place, network)) or shown.sweep is None:
        return 0
    return shown.sweep.n_forward if hides(_backward(place, network)) else shown.total


def _layers(place: Place, network: Network) -> tuple[LayerLayout, ...]:
    """Return the layers whose gates are in the circuit of `place`."""
    if place in (NETWORK, PENALTY):
        return tuple(network.layers)
    if place.node == LOSS or place.node.layer == 0:
        return ()
    return (network.layers[place.node.layer - 1],)


def _units(place: Place, layout: LayerLayout) -> range:
    is_one = place.kind == "node"
    return range(place.node.unit, place.node.unit + 1) if is_one else range(layout.units)


def _outputs(network: Network) -> list[Node]:
    return [Node(network.depth + 1, unit) for unit in range(network.spec.n_outputs)]


def _edges(place: Place, network: Network) -> Iterator[Edge]:
    for layout in _layers(place, network):
        for unit in _units(place, layout):
            for source in range(-1, layout.n_in):
                yield from (Edge(layout.index, source, unit, piece) for piece in range(layout.pieces))


def _nodes(place: Place, network: Network) -> Iterator[Node]:
    for layout in _layers(place, network):
        yield from (Node(layout.index, unit) for unit in _units(place, layout))


def _inputs(place: Place, network: Network) -> Iterator[Part]:
    """Yield what the circuit is given: weights, and what it reads."""
    yield from (("weight", edge) for edge in _edges(place, network))
    if place == NETWORK or (place.kind == "node" and place.node.layer in (0, 1)):
        yield from (("value", Node(0, unit)) for unit in range(network.spec.n_inputs))
    elif place.node == LOSS:
        yield from (("value", node) for node in _outputs(network))
    elif place.kind == "node":
        before = network.layers[place.node.layer - 2]
        yield from (("value", Node(before.index, unit)) for unit in range(before.units))


def _forward(place: Place, network: Network) -> Iterator[Part]:
    for node in _nodes(place, network):
        yield from ((of, node) for of in ("pre_activation", "value", "local"))
    if place == NETWORK or place.node == LOSS:
        yield "loss", LOSS
        for node in _outputs(network):
            yield from (("piece", node), ("upstream", node))


def _backward(place: Place, network: Network) -> Iterator[Part]:
    for node in _nodes(place, network):
        yield from ((of, node) for of in ("upstream", "downstream"))
    for edge in _edges(place, network):
        yield from (("gradient", edge), ("term", edge))
    if place == NETWORK or (place.kind == "node" and place.node.layer == 0):
        yield from (("input_gradient", Node(0, unit)) for unit in range(network.spec.n_inputs))
