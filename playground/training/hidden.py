"""Hidden: everything that may not be shown while quantities are to be predicted: they, and what is computed from them.

A forward number hides the forward pass behind it and the whole backward pass, a backward number the backward pass
beyond it, a gradient of a batch the update: as in slow motion, nothing is there before what it is computed from. What
a number is computed from stays in sight.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from playground.document.document import LOSS, Edge, Node
from playground.document.quantity import Quantity
from playground.document.selection import Example
from playground.training.snapshot import Snapshot

_FEW = 2
"""A mean over so few gives one of its terms away."""


class Hidden:
    """What is hidden in a snapshot at the selected example; false when that is nothing."""

    def __init__(self, snapshot: Snapshot, quantities: Iterable[Quantity], selected: Example) -> None:
        """Hide `quantities` and what is computed from them."""
        self.asked = tuple(quantities)  # what is hidden because it is asked, the next one first
        self._snapshot, self._selected = snapshot, selected
        self._asks: set[tuple[str, Node | Edge]] = set()
        self._hidden: set[tuple[str, Node | Edge]] = set()  # what is asked, and the same numbers by other names
        self._forward_from = self._n_layers + 1  # layers beyond this one have no forward numbers
        self._back_below = -1  # layers up to this one have no backward numbers
        for quantity in self.asked:
            if quantity.example in (None, selected.index):
                self._hide(quantity.of, quantity.place(snapshot.network.depth))

    def __bool__(self) -> bool:
        """Return whether anything is hidden."""
        return bool(self.asked)

    @property
    def _n_layers(self) -> int:
        return len(self._snapshot.network.layers)

    @property
    def examples(self) -> frozenset[int]:
        """The points of the sample of which something is hidden."""
        named = {quantity.example for quantity in self.asked} | {self._selected.index}
        return frozenset(index for index in named if index is not None)

    @property
    def hides_outputs(self) -> bool:
        """Whether the forward pass is hidden, so that no output may be said."""
        return bool(self._forward_from < self._n_layers + 1)

    @property
    def hides_weights(self) -> bool:
        """Whether a weight is hidden."""
        return any(of == "weight" for of, _ in self._hidden)

    def at(self, example: Example) -> Hidden:
        """Return what is hidden at another example; questions about the selected example are not about it."""
        if example == self._selected:
            return self
        named = (quantity for quantity in self.asked if quantity.example is not None)
        return Hidden(self._snapshot, named, example)

    def asks(self, of: str, place: Node | Edge) -> bool:
        """Return whether the number itself is asked, not only computed from one that is."""
        return (of, place) in self._asks

    def hides(self, of: str, place: Node | Edge) -> bool:
        """Return whether the number may not be shown.

        Besides the kinds of a ``Quantity`` there are the parts of a larger one: ``piece``, what the loss makes of an
        output; ``data_gradient`` and ``regularization``, the two parts of a batch gradient; ``term`` of an edge, δ·w
        as a row of its source's upstream.
        """
        if not self.asked:
            return False
        if (of, place) in self._hidden:
            return True
        return self._follows_edge(of, place) if isinstance(place, Edge) else self._follows_node(of, place)

    # ---- what is computed from what ------------------------------------------------------------

    def _hide(self, of: str, place: Node | Edge) -> None:
        self._asks.add((of, place))
        self._hidden.add((of, place))
        if of in ("value", "pre_activation"):
            self._forward_from = min(self._forward_from, place.layer)
            self._back_below = self._n_layers
            if of == "value" and self._is_linear(place):
                self._hidden.add(("pre_activation", place))  # the same number
        elif of == "upstream" and place.layer == self._n_layers and self._snapshot.document.training.loss == "squared":
            self._hidden.add(("piece", place))  # ŷ − t, the same number
        elif of == "loss" and self._snapshot.document.training.loss == "hinge":
            units = self._snapshot.network.layers[-1].units
            self._hidden |= {("piece", Node(self._n_layers, unit)) for unit in range(units)}  # which only add up to it
        if of in ("upstream", "local", "downstream", "input_gradient"):
            self._back_below = max(self._back_below, place.layer - 1)

    def _is_linear(self, place: Node | Edge) -> bool:
        return place.layer > 0 and self._snapshot.network.layers[place.layer - 1].activation == "linear"

    def _follows_node(self, of: str, node: Node) -> bool:
        is_beyond = node.layer > self._forward_from
        if node == LOSS or of == "piece":
            return self._forward_from < self._n_layers + 1
        if of in ("value", "pre_activation"):
            return is_beyond or (of == "value" and ("pre_activation", node) in self._hidden)
        if of == "local":
            return is_beyond or bool({("value", node), ("pre_activation", node)} & self._hidden)
        is_before = node.layer <= self._back_below
        if of == "downstream":
            return is_before or self.hides("upstream", node) or self.hides("local", node)
        return is_before

    def _follows_edge(self, of: str, edge: Edge) -> bool:
        target = Node(edge.layer, edge.target)
        if of == "term":
            is_alone = self._snapshot.network.layers[edge.layer - 1].rows == 1
            upstream = "input_gradient" if edge.layer == 1 else "upstream"
            return self.hides("input_gradient", edge) or (
                is_alone and self.hides(upstream, Node(edge.layer - 1, edge.source))
            )
        if of == "gradient":
            return self.hides("downstream", target)
        if of == "input_gradient":
            return self.hides("downstream", target) or ("weight", edge) in self._hidden
        if of in ("batch_gradient", "data_gradient"):
            is_given_away = self._is_one_of_few and self.hides("gradient", edge)
            return is_given_away or (of == "data_gradient" and ("batch_gradient", edge) in self._hidden)
        if of == "regularization":
            return ("weight", edge) in self._hidden
        if of == "update":
            return self.hides("batch_gradient", edge)
        return of == "next_weight" and (self.hides("update", edge) or ("weight", edge) in self._hidden)

    @cached_property
    def _is_one_of_few(self) -> bool:
        return len(self._snapshot.pending.indices) <= _FEW and self._selected.index in self._snapshot.batch.tolist()
