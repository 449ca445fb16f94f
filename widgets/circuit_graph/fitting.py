"""A circuit as large as the window allows: first the type grows, then the wires take what room is left."""

from __future__ import annotations

import math

from widgets.circuit_graph.camera import LARGEST_FIT
from widgets.circuit_graph.geometry import STRETCH_LIMIT, Geometry, arrange
from widgets.circuit_graph.metrics import WIDEST, measure
from widgets.style import numbers
from widgets.values import GateDiagram, GateValues

SHORTEST, LONGEST = 6, len(WIDEST)
"""Characters of a number, its ∂ included, for which a wire has room at least and at most."""
_SIGN, _SUM = 1.4, 2.4  # ∂ and Σ∂, with the narrow space after them


def fitted(diagram: GateDiagram, size: tuple[float, float], longest: int, least: float = 0.0) -> Geometry:
    """Return the geometry of `diagram` for a window of `size`, with room for numbers of `longest` characters.

    It may be wider than the window, but not higher, where it would else be drawn at a zoom below `least`.
    """
    if len(diagram.gates) > STRETCH_LIMIT:
        return arrange(diagram, measure())
    metrics = measure(longest)
    whole, named = arrange(diagram, metrics, named=True), True
    zoom = max(_zoom(whole, size), min(least, size[1] / whole.height))
    if zoom < 1.0:  # names are less than numbers: they may have to go
        zoom, named = max(_zoom(arrange(diagram, metrics), size), 1.0), False
    return arrange(diagram, metrics, (size[0] / zoom, size[1] / zoom), named=named)


def _zoom(least: Geometry, size: tuple[float, float]) -> float:
    return min(size[0] / least.width, size[1] / least.height, LARGEST_FIT)


def longest_number(values: GateValues | None) -> int:
    """Return how many characters the longest of `values` takes on its wire."""
    if values is None:
        return SHORTEST
    signs = [(value, 0.0) for value in values.values]
    signs += [(gradient, _SUM) for gradient in values.gradients]
    signs += [(gradient, _SIGN) for gradients in values.wire_gradients for gradient in gradients]
    lengths = (len(numbers.four(number)) + sign for number, sign in signs if number is not None)
    return min(max(math.ceil(max(lengths, default=0.0)), SHORTEST), LONGEST)
