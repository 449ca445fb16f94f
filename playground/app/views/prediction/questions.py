"""What *Predict* asks of the selection, in the order in which it can be worked out."""

from __future__ import annotations

from collections.abc import Iterator

from playground.document.document import LOSS, Edge, Node
from playground.document.quantity import Quantity, quantity
from playground.document.selection import Selection
from playground.engine.network import Network

MOST_EDGES = 4
"""So many weights of one neuron are asked; more would be repetition."""


def questions(network: Network, selection: Selection) -> tuple[Quantity, ...]:
    """Return the quantities to hide for what is selected.

    A neuron is asked for its backward pass, from the local gradient to the gradients of its weights; an edge for its
    gradient and its update; the loss for the gradients that it sends; an input for the gradient that arrives; with
    nothing selected, every δ of the network from the output on.
    """
    asked = _of_network(network) if selection.node is None else _of_node(network, selection.node, selection.edge)
    return tuple(quantity(of, place, network.depth) for of, place in asked)


def _of_node(network: Network, node: Node, edge: Edge | None) -> Iterator[tuple[str, Node | Edge]]:
    if edge is not None:
        yield from (("gradient", edge), ("batch_gradient", edge), ("update", edge), ("next_weight", edge))
    elif node == LOSS:
        yield "loss", LOSS
        yield from (("upstream", Node(network.depth + 1, unit)) for unit in range(network.spec.n_outputs))
    elif node.layer == 0:
        yield "input_gradient", node
    else:
        yield from (("local", node), ("upstream", node), ("downstream", node))
        sources = (*range(network.layers[node.layer - 1].n_in), -1)
        yield from (("gradient", Edge(node.layer, source, node.unit)) for source in sources[:MOST_EDGES])


def _of_network(network: Network) -> Iterator[tuple[str, Node | Edge]]:
    for layer in reversed(network.layers):
        yield from (("downstream", Node(layer.index, unit)) for unit in range(min(layer.units, MOST_EDGES)))
