"""Which quantity a node or an edge of the network shows, by the kind that is chosen."""

from __future__ import annotations

from playground.app.views.prediction.blanks import Named
from playground.document.document import LOSS, Edge, Node
from widgets.values import EdgeKey, NodeKey

OF_NODE = {"activation": "value", "upstream": "upstream", "downstream": "downstream"}
OF_EDGE = {"weight": "weight", "gradient": "batch_gradient", "update": "update", "example": "gradient"}
"""The quantity that nodes or edges show, by the kind that is chosen."""


def of_node(kind: str, node: Node) -> str:
    """Return the quantity of a node while nodes show `kind`."""
    return OF_NODE[kind] if node.layer or kind == "activation" else "input_gradient"


def shown_number(key: NodeKey | EdgeKey, edge_kind: str, neuron_kind: str) -> Named:
    """Return the number that a node or an edge shows; the loss node stands for the loss of the example."""
    if isinstance(key, EdgeKey):
        return OF_EDGE[edge_kind], Edge(*key), None
    node = Node(*key)
    return ("loss", LOSS, None) if node == LOSS else (of_node(neuron_kind, node), node, None)
