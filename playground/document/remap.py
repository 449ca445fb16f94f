"""Remap: the number of a node or an edge of one document in another, as weight transfer matches them.

Hidden layers are matched by their number, the output with the output, input features by their name.
"""

from __future__ import annotations

from dataclasses import replace

from playground.document.document import LOSS, Document, Edge, Node


def remap_layer(layer: int, before: Document, after: Document) -> int | None:
    """Return the number of hidden or output `layer` of `before` in `after`; None when it is gone."""
    if layer == before.depth + 1:
        return after.depth + 1
    return layer if layer <= after.depth else None


def remap_input(unit: int, before: Document, after: Document) -> int | None:
    """Return the column of input `unit` of `before` in `after`; None when the feature is off."""
    if not 0 <= unit < len(before.features):
        return None
    name = before.features[unit]
    return after.features.index(name) if name in after.features else None


def remap_node(node: Node, before: Document, after: Document) -> Node | None:
    """Return `node` of `before` as `after` numbers it; None when it is gone."""
    if node == LOSS:
        return node
    if node.layer == 0:
        unit = remap_input(node.unit, before, after)
        return None if unit is None else Node(0, unit)
    layer = remap_layer(node.layer, before, after)
    return None if layer is None else Node(layer, node.unit)


def remap_edge(edge: Edge, before: Document, after: Document) -> Edge | None:
    """Return `edge` of `before` as `after` numbers it; None when it is gone.

    An edge outside the current width keeps its number in case its unit returns.
    """
    layer = remap_layer(edge.layer, before, after)
    if layer is None:
        return None
    source: int | None = edge.source
    reads_features = edge.layer == 1
    if reads_features != (layer == 1):
        return None
    if reads_features and edge.source >= 0:
        source = remap_input(edge.source, before, after)
    return None if source is None else edge._replace(layer=layer, source=source)


def with_remapped_edges(before: Document, after: Document) -> Document:
    """Return `after` with the edges that `before` names (start weights, freezes, prunes) with their new numbers.

    Lists that the change itself replaced are left as they are.
    """
    if before.features == after.features and before.depth == after.depth:
        return after
    if after.start_weights is before.start_weights:
        pairs = ((weight, remap_edge(weight.edge, before, after)) for weight in before.start_weights)
        after = replace(after, start_weights=tuple(replace(w, edge=edge) for w, edge in pairs if edge is not None))
    if after.pruned is before.pruned:
        pruned = ((weight, remap_edge(weight.edge, before, after)) for weight in before.pruned)
        after = replace(after, pruned=tuple(replace(w, edge=edge) for w, edge in pruned if edge is not None))
    if after.frozen is before.frozen:
        edges = (remap_edge(edge, before, after) for edge in before.frozen)
        after = replace(after, frozen=tuple(edge for edge in edges if edge is not None))
    return after
