"""Quantity: one number of the network by its name, as a teacher types it: the downstream of ``h1.2`` at example 0."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from playground.document.document import LOSS, Edge, Node
from playground.document.prepared_data import PreparedData
from playground.document.selection import Example, has_edge, has_example, has_node
from playground.engine import notation
from playground.engine.messages import message
from playground.engine.network import Network

On = Literal["node", "edge", "loss"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a quantity can be of: in words, as a symbol, what it belongs to, whether each example has its own."""

    words: str
    symbol: str
    on: tuple[On, ...]
    has_example: bool = True


KINDS: dict[str, Kind] = {
    "value": Kind("activation", "a", ("node",)),
    "pre_activation": Kind("pre-activation", "z", ("node",)),
    "local": Kind("local gradient", "∂a/∂z", ("node",)),
    "upstream": Kind("upstream gradient", "∂Lᵢ/∂a", ("node",)),
    "downstream": Kind("downstream gradient", "δ", ("node",)),
    "loss": Kind("data loss of the example", notation.EXAMPLE_LOSS, ("loss",)),
    "weight": Kind("weight", "w", ("edge",), has_example=False),
    "gradient": Kind("gradient", "∂Lᵢ/∂w", ("edge",)),
    "input_gradient": Kind("gradient sent back", "∂Lᵢ/∂x", ("edge", "node")),
    "batch_gradient": Kind("batch gradient", "batch ∂L/∂w", ("edge",), has_example=False),
    "update": Kind("update", "Δw", ("edge",), has_example=False),
    "next_weight": Kind("next weight", "next w", ("edge",), has_example=False),
}
"""Everything that can be named, hidden and asked."""

BIAS = "bias"
_HIDDEN = re.compile(r"h(\d+)\.")
_PIECE = " piece "


@dataclass(frozen=True, slots=True)
class Quantity:
    """A named number.

    Attributes
    ----------
    of : str
        A key of ``KINDS``.
    at : str
        ``"x1"``, ``"h1.2"``, ``"out.1"``, ``"loss"``; an edge is ``"x1-h1.2"``, ``"bias-h1.2"``, and of a Maxout
        unit ``"x1-h1.2 piece 2"``.
    example : int or None
        The example by its index; None is the one that is selected, whichever it is. Without effect where the
        examples share the number.
    """

    of: str
    at: str
    example: int | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be a quantity of any network."""
        if self.of not in KINDS:
            raise ValueError(message("of: expected one of {known}, got {of!r}", known=", ".join(KINDS), of=self.of))
        if self.example is not None and self.example < 0:
            raise ValueError(message("example: expected an index from 0 on, got {index}", index=self.example))
        kind, at = KINDS[self.of], _on(self.at)
        if at not in kind.on:
            expected = _EXPECTED[kind.on[0]]
            raise ValueError(
                message("at: {of} needs {expected}, got {at!r}", of=self.of, expected=expected, at=self.at)
            )
        _read(self.at, None)
        if at == "node" and self.of != "value" and self.at.startswith("x") != (self.of == "input_gradient"):
            raise ValueError(
                message("at: {at} has no {words}; an input has its value and its input_gradient", at=self.at,
                        words=kind.words)
            )  # fmt: skip
        if not kind.has_example:
            object.__setattr__(self, "example", None)

    def place(self, depth: int) -> Node | Edge:
        """Return the node or the edge that `at` names in a network of `depth` hidden layers.

        Raises
        ------
        ValueError
            When `at` names none; the message says what would.
        """
        missing = [layer for layer in map(int, _HIDDEN.findall(self.at)) if layer > depth]
        if missing:  # its number would be that of the output
            raise ValueError(message("at: there is no hidden layer {layer}, got {at}", layer=missing[0], at=self.at))
        return _read(self.at, depth)

    def is_in(self, network: Network, data: PreparedData) -> bool:
        """Return whether `network` has the node or edge and `data` have the example."""
        try:
            place = self.place(network.depth)
        except ValueError:  # no edge leads there
            return False
        has_it = has_edge(network, place) if isinstance(place, Edge) else has_node(network, place)
        return has_it and (self.example is None or has_example(data, Example(self.example)))


_EXPECTED: dict[On, str] = {
    "node": "a node such as h1.2 or out.1",
    "edge": "an edge such as x1-h1.2 or bias-h1.2",
    "loss": "the loss: loss",
}


def typed_place(place: Node | Edge, depth: int) -> str:
    """Return a node or an edge as it is typed; the inverse of ``Quantity.place``."""
    if place == LOSS:
        return "loss"
    if isinstance(place, Node):
        return notation.typed_node(*place, depth)
    source = BIAS if place.source < 0 else notation.typed_node(place.layer - 1, place.source, depth)
    piece = f"{_PIECE}{place.piece + 1}" if place.piece else ""
    return f"{source}-{notation.typed_node(place.layer, place.target, depth)}{piece}"


def quantity(of: str, place: Node | Edge, depth: int, example: int | None = None) -> Quantity:
    """Return the quantity of a node or an edge of a network of `depth` hidden layers."""
    return Quantity(of, typed_place(place, depth), example)


def _on(at: str) -> On:
    return "loss" if at == "loss" else "edge" if "-" in at else "node"


def _read(at: str, depth: int | None) -> Node | Edge:
    """Return what `at` names; with `depth` None, whether nodes are neighbours is not looked at."""
    kind = _on(at)
    if kind == "loss":
        return LOSS
    if kind == "node":
        return Node(*notation.read_node(at, depth or 0))
    ends, _, piece = at.partition(_PIECE)
    source, _, target = ends.partition("-")
    layer, unit = notation.read_node(target, depth or 0)
    if layer == 0:
        raise ValueError(message("at: no edge leads to the input {target}", target=target))
    if piece and (not piece.isdecimal() or piece == "0"):
        raise ValueError(message("at: expected a piece such as 2, got {piece!r}", piece=piece))
    number = int(piece) - 1 if piece else 0
    if source.strip() == BIAS:
        return Edge(layer, -1, unit, number)
    before, index = notation.read_node(source, depth or 0)
    if depth is not None and before != layer - 1:
        raise ValueError(message("at: no edge leads from {source} to {target}", source=source, target=target))
    return Edge(layer, index, unit, number)
