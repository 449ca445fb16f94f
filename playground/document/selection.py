"""What a person looks at: one node or edge, one example, one hovered node; linked in every view."""

from __future__ import annotations

from dataclasses import dataclass, replace

from playground.document.document import LOSS, Document, Edge, Node
from playground.document.prepared_data import PreparedData, columns_of
from playground.document.remap import edge_in, node_in
from playground.engine.network import Network


@dataclass(frozen=True, slots=True)
class Example:
    """One point of the sample by its index, or the probe at a free place of the plane (index None)."""

    index: int | None = 0
    probe: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """The linked selection.

    Attributes
    ----------
    node : Node or None
        The inspected node.
    edge : Edge or None
        The inspected edge; its target is then the node.
    example : Example
        The point that the cards read.
    hovered : Node or None
        The node whose map fills the output view.
    edge_kind, neuron_kind : str
        What edges (weight, gradient, update) and neurons (activation, upstream, downstream) show.
    """

    node: Node | None = None
    edge: Edge | None = None
    example: Example = Example()
    hovered: Node | None = None
    edge_kind: str = "weight"
    neuron_kind: str = "activation"

    def carried(self, before: Document, after: Document) -> Selection:
        """Return this selection with its nodes and edge as they are called in `after`; what is gone is let go.

        A probe stays where it is on the plane unless the data get another number of columns.
        """
        if self.example.index is None and columns_of(before.data) != columns_of(after.data):
            return replace(self, example=Example()).carried(before, after)
        if before.features == after.features and before.depth == after.depth:
            return self
        node = self.node and node_in(self.node, before, after)
        edge = self.edge and edge_in(self.edge, before, after) if node else None
        hovered = self.hovered and node_in(self.hovered, before, after)
        return replace(self, node=node, edge=edge, hovered=hovered)

    def within(self, network: Network, data: PreparedData) -> Selection:
        """Return this selection without what `network` and `data` do not have."""
        kept = self
        if self.node is not None and not has_node(network, self.node):
            kept = replace(kept, node=None, edge=None)
        if self.edge is not None and not has_edge(network, self.edge):
            kept = replace(kept, edge=None)
        if self.hovered is not None and not has_node(network, self.hovered):
            kept = replace(kept, hovered=None)
        if not has_example(data, self.example):
            kept = replace(kept, example=Example())
        return kept


def has_example(data: PreparedData, example: Example) -> bool:
    """Tell whether `data` have the point, or the probe as many coordinates as they, or as their plane."""
    if example.index is None:
        return len(example.probe) in (2, int(data.sample.points.shape[1]))
    return example.index < int(data.sample.points.shape[0])


def has_node(network: Network, node: Node) -> bool:
    """Tell whether `network` has `node`."""
    if node == LOSS:
        return True
    if node.layer == 0:
        return 0 <= node.unit < network.spec.n_inputs
    return 1 <= node.layer <= len(network.layers) and 0 <= node.unit < network.layers[node.layer - 1].units


def has_edge(network: Network, edge: Edge) -> bool:
    """Tell whether `network` has `edge`."""
    if not 1 <= edge.layer <= len(network.layers):
        return False
    layer = network.layers[edge.layer - 1]
    return -1 <= edge.source < layer.n_in and 0 <= edge.target < layer.units and 0 <= edge.piece < layer.pieces
