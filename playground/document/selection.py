"""The linked selection: the inspected node or edge and the example that is read, the same in every view."""

from __future__ import annotations

from dataclasses import dataclass, replace

from playground.document.document import LOSS, Document, Edge, Node
from playground.document.prepared_data import PreparedData, columns_of
from playground.document.remap import remap_edge, remap_node
from playground.engine.network import Network


@dataclass(frozen=True, slots=True)
class Example:
    """One point of the sample by its index, or the probe at a free place of the plane (index None)."""

    index: int | None = 0
    probe: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """What every view reads."""

    node: Node | None = None
    edge: Edge | None = None  # the inspected edge; its target is then the node
    example: Example = Example()  # the point that the cards read
    follows_mean: bool = False  # whether the card follows the batch gradient of the edge to its terms

    def carried(self, before: Document, after: Document) -> Selection:
        """Return this selection with node and edge as `after` numbers them; what is gone is no longer selected.

        A probe stays where it is on the plane unless the data get another number of columns.
        """
        if self.example.index is None and columns_of(before.data) != columns_of(after.data):
            return replace(self, example=Example()).carried(before, after)
        if not is_renumbered(before, after):
            return self
        node = carried_node(self.node, before, after)
        edge = self.edge and remap_edge(self.edge, before, after) if node else None
        return replace(self, node=node, edge=edge)

    def within(self, network: Network, data: PreparedData) -> Selection:
        """Return this selection without what `network` and `data` do not have."""
        kept = self
        if self.node is not None and not has_node(network, self.node):
            kept = replace(kept, node=None, edge=None)
        if self.edge is not None and not has_edge(network, self.edge):
            kept = replace(kept, edge=None)
        if not has_example(data, self.example):
            kept = replace(kept, example=Example())
        return kept


def is_renumbered(before: Document, after: Document) -> bool:
    """Return whether nodes may have other numbers in `after`."""
    return before.features != after.features or before.depth != after.depth


def carried_node(node: Node | None, before: Document, after: Document) -> Node | None:
    """Return `node` as `after` numbers it; None when it is gone."""
    return remap_node(node, before, after) if node is not None and is_renumbered(before, after) else node


def has_example(data: PreparedData, example: Example) -> bool:
    """Return whether `data` have the point, or the probe as many coordinates as they, or as their plane."""
    if example.index is None:
        return len(example.probe) in (2, int(data.sample.points.shape[1]))
    return 0 <= example.index < int(data.sample.points.shape[0])


def has_node(network: Network, node: Node) -> bool:
    """Return whether `network` has `node`."""
    if node == LOSS:
        return True
    if node.layer == 0:
        return 0 <= node.unit < network.spec.n_inputs
    return 1 <= node.layer <= len(network.layers) and 0 <= node.unit < network.layers[node.layer - 1].units


def has_edge(network: Network, edge: Edge) -> bool:
    """Return whether `network` has `edge`."""
    if not 1 <= edge.layer <= len(network.layers):
        return False
    layer = network.layers[edge.layer - 1]
    return -1 <= edge.source < layer.n_in and 0 <= edge.target < layer.units and 0 <= edge.piece < layer.pieces
