"""Take hidden numbers out of a sentence: what explains a mistake must not say what is still to be predicted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from playground.document.document import LOSS, Edge, Node
from playground.document.quantity import KINDS, quantity
from playground.document.selection import Example
from playground.training.hidden import Hidden
from playground.training.quantities import value_of
from playground.training.snapshot import Snapshot

HIDDEN = "?"
MOST_EDGES = 1000
"""Of a larger network only the asked numbers and those of nodes are looked for."""
_NUMBER = re.compile(r"[−-]?\d+(?:\.\d+)?(?:e[−-]?\d+)?")
_FEWEST = 3
"""Digits that a number needs to be recognized; a 1 or a 16 is most often another one."""


def hidden_values(snapshot: Snapshot, hidden: Hidden, selected: Example) -> Iterator[float]:
    """Yield the numbers of the network that are hidden."""
    for asked in hidden.asked:
        yield value_of(snapshot, asked, selected)
    network = snapshot.network
    places: list[Node | Edge] = [LOSS]
    for layout in network.layers:
        places += [Node(layout.index, unit) for unit in range(layout.units)]
    if sum(layout.rows * (layout.n_in + 1) for layout in network.layers) <= MOST_EDGES:
        for layout in network.layers:
            ends = product(range(-1, layout.n_in), range(layout.units), range(layout.pieces))
            places += [Edge(layout.index, *end) for end in ends]
    for place, (of, kind) in product(places, KINDS.items()):
        on = "edge" if isinstance(place, Edge) else "loss" if place == LOSS else "node"
        is_one = on in kind.on and (of != "input_gradient" or (isinstance(place, Edge) and place.source >= 0))
        if is_one and hidden.hides(of, place):
            yield value_of(snapshot, quantity(of, place, network.depth), selected)


def redacted(text: str, values: Iterable[float]) -> str:
    """Return `text` with ``?`` for each number that is one of `values` to the digits that are written."""
    known = [float(value) for value in values]

    def in_place(found: re.Match[str]) -> str:
        written = found[0].replace("−", "-")
        digits = len(re.sub(r"\D", "", written.partition("e")[0]).lstrip("0"))
        if digits < _FEWEST:
            return found[0]
        is_hidden = any(float(f"{value:.{digits - 1}e}") == float(written) for value in known)
        return HIDDEN if is_hidden else found[0]

    return _NUMBER.sub(in_place, text)
