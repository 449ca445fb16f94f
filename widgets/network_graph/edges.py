"""What each edge looks like: its sign and size quantised to a few pens, and the strongest when there are many.

An edge's code is its sign times a level 1…8 of |value| / scale; 0 is exactly zero, :data:`BROKEN` is
not a number, :data:`PRUNED` is kept at zero. The picture changes only when a code does, so codes are
the key of a cached layer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from widgets.network_graph.layout import ColumnPlace, GraphLayout, port_offset
from widgets.style.numbers import grouped
from widgets.values import BIAS, EdgeKey, Floats, NetworkFrame

LEVELS = 8
BROKEN = 127
PRUNED = 100
CURVED_LIMIT = 500
STRAIGHT_LIMIT = 1000
Codes = NDArray[np.int8]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class LayerEdges:
    """The edges into one layer, between the units that are on screen.

    Rows are (unit, piece) of the layer, columns the units before it. ``values``, ``codes`` and
    ``shown`` have shape (n_rows, n_sources); ``biases`` and ``bias_codes`` have shape (n_rows,).
    """

    layer: int
    pieces: int
    first_source: int
    first_target: int
    x0: float
    x1: float
    y0: Floats
    y1: Floats
    values: Floats
    codes: Codes
    shown: Bools
    biases: Floats
    bias_codes: Codes

    def key(self, row: int, source: int) -> EdgeKey:
        """Return which edge stands at (row, source) of the arrays."""
        unit, piece = divmod(row, self.pieces)
        return EdgeKey(self.layer, source + self.first_source, unit + self.first_target, piece)

    def place(self, key: EdgeKey) -> tuple[int, int] | None:
        """Return (row, source) of `key` in the arrays, None where it is off screen; a bias has source -1."""
        row = (key.target - self.first_target) * self.pieces + key.piece
        source = BIAS if key.source == BIAS else key.source - self.first_source
        inside = 0 <= row < len(self.y1) and (key.source == BIAS or 0 <= source < len(self.y0))
        return (row, source) if inside and key.piece < self.pieces else None


@dataclass(frozen=True, slots=True, eq=False)
class GraphEdges:
    """All edges of a frame: how many there are, how many are drawn, and whether as curves.

    ``trimmed`` says that only the strongest of those between shown units are drawn.
    """

    layers: tuple[LayerEdges, ...]
    total: int
    drawn: int
    curved: bool
    trimmed: bool

    @property
    def notice(self) -> str:
        """What is left out, in words; empty when nothing is."""
        if self.drawn == self.total:
            return ""
        if self.trimmed:
            return f"showing the {grouped(self.drawn)} strongest of {grouped(self.total)} edges"
        return f"showing {grouped(self.drawn)} of {grouped(self.total)} edges: those between the units on screen"


def by_piece(edges: Floats) -> Floats:
    """Return edges as (n_units, pieces, n_in + 1), whichever of the two shapes they came in."""
    return edges if edges.ndim == 3 else edges[:, None, :]


def value_of(arrays: tuple[Floats, ...], key: EdgeKey) -> float | None:
    """Return the number of edge `key` in `arrays` (one per layer after the input), None where there is none."""
    if not 0 < key.layer <= len(arrays):
        return None
    edges = by_piece(arrays[key.layer - 1])
    inside = 0 <= key.target < edges.shape[0] and 0 <= key.piece < edges.shape[1]
    inside = inside and (key.source == BIAS or 0 <= key.source < edges.shape[2] - 1)
    return float(edges[key.target, key.piece, key.source]) if inside else None


def weight_of(frame: NetworkFrame | None, key: EdgeKey) -> float | None:
    """Return the weight of `key`, whatever edges show; None where the frame does not have it, or it is hidden."""
    if frame is not None and (key, "weight") in frame.hidden:
        return None
    weights = None if frame is None else frame.edges if frame.edge_kind == "weight" else frame.weights
    return None if weights is None else value_of(weights, key)


def quantise(values: Floats, scale: float) -> Codes:
    """Return sign × level of each value: level 8 at |value| ≥ scale, 1 just above zero."""
    level = values / (scale or 1.0) * LEVELS
    away = np.copysign(np.ceil(np.minimum(np.abs(level), LEVELS)), level)
    finite = np.isfinite(values)
    if finite.all():
        return away.astype(np.int8)
    return np.where(finite, away, BROKEN).astype(np.int8)


def gather(layout: GraphLayout, frame: NetworkFrame) -> GraphEdges:
    """Return the edges of `frame` between the units that `layout` shows."""
    counts = [by_piece(edges) for edges in frame.edges]
    total = sum(edges[..., :-1].size for edges in counts)
    layers = tuple(
        _layer(index + 1, layout.columns[index], layout.columns[index + 1], edges, frame.edge_scale)
        for index, edges in enumerate(counts)
    )
    _mark_pruned(layers, frame)
    on_screen = sum(layer.values.size for layer in layers)
    if on_screen > STRAIGHT_LIMIT:
        _keep_strongest(layers, CURVED_LIMIT)
        return GraphEdges(layers, total, CURVED_LIMIT, curved=False, trimmed=True)
    return GraphEdges(layers, total, on_screen, curved=on_screen <= CURVED_LIMIT, trimmed=False)


def _layer(layer: int, before: ColumnPlace, place: ColumnPlace, edges: Floats, scale: float) -> LayerEdges:
    pieces = edges.shape[1]
    block = edges[place.first : place.last].reshape(-1, edges.shape[2])
    values, biases = block[:, before.first : before.last], block[:, -1]
    offsets = [port_offset(place, piece, pieces) for piece in range(pieces)]
    ports = [y + offset for y in place.ys for offset in offsets]
    return LayerEdges(
        layer=layer,
        pieces=pieces,
        first_source=before.first,
        first_target=place.first,
        x0=before.right,
        x1=place.left,
        y0=np.array(before.ys),
        y1=np.array(ports),
        values=values,
        codes=quantise(values, scale),
        shown=np.ones((len(ports), len(before.ys)), dtype=np.bool_),
        biases=biases,
        bias_codes=quantise(biases, scale),
    )


def _mark_pruned(layers: tuple[LayerEdges, ...], frame: NetworkFrame) -> None:
    """Give pruned edges a code of their own."""
    for key in frame.pruned:
        place = layers[key.layer - 1].place(key) if 0 < key.layer <= len(layers) else None
        if place is not None and key.source == BIAS:
            layers[key.layer - 1].bias_codes[place[0]] = PRUNED
        elif place is not None:
            layers[key.layer - 1].codes[place] = PRUNED


def _keep_strongest(layers: tuple[LayerEdges, ...], limit: int) -> None:
    """Leave `limit` edges shown: those of the largest |value|, non-finite ones first."""
    sizes = np.concatenate([np.abs(layer.values).reshape(-1) for layer in layers])
    sizes = np.where(np.isfinite(sizes), sizes, np.inf)
    keep = np.zeros(sizes.size, dtype=np.bool_)
    keep[np.argpartition(sizes, sizes.size - limit)[sizes.size - limit :]] = True
    start = 0
    for layer in layers:
        layer.shown[...] = keep[start : start + layer.values.size].reshape(layer.values.shape)
        start += layer.values.size
