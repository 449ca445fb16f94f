"""Values of the drawn network: its structure, once; its frame, at each picture; a layer's settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from widgets.values.keys import Choice, EdgeKey, Floats, NodeKey
from widgets.values.training import NumberField

HiddenPart = tuple[NodeKey | EdgeKey, Literal["node", "edge", "weight"]]


@dataclass(frozen=True, slots=True)
class NetworkColumn:
    """One column of the network view: a title, its units' symbols and names in words, and its layer's settings.

    ``captions`` are what is written at the units where it says more than their symbols, ``s₁ setosa``: of each the
    ways to write it, the longest first, of which the last may be cut.
    """

    kind: Literal["input", "hidden", "output"]
    title: str
    labels: tuple[str, ...]
    activation: str = "linear"
    pieces: int = 1
    names: tuple[str, ...] = ()
    captions: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkDiagram:
    """The structure that is laid out once: columns from the inputs to the outputs.

    ``features`` lists every input feature that can be switched on, ``active`` those that are.
    """

    columns: tuple[NetworkColumn, ...]
    features: tuple[Choice, ...] = ()
    active: tuple[str, ...] = ()
    max_depth: int = 8
    max_width: int = 32


@dataclass(frozen=True, slots=True, eq=False)
class LayerSettings:
    """Everything that can be set of one hidden layer (1 … H), and the picture of its activation."""

    layer: int
    title: str
    activation: str
    numbers: tuple[tuple[NumberField, float], ...] = ()
    curve: ActivationCurve | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """A warning on a node or layer: one word, the number behind it, what it means here, and what may be done."""

    word: str
    number: str
    sentences: tuple[str, ...]
    fixes: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class NetworkNumbers:
    """The numbers that are written on nodes and edges; what a phase has not computed is None, and left blank.

    Attributes
    ----------
    values, gradients
        In each node, and below it, column by column; shape (n_units,).
    gradient_symbol
        What ``gradients`` are: ``δ`` or ``∂``. Those of the inputs, which have no δ, are always ``∂``.
    weights, below
        On each edge, and below that, in the shapes of ``NetworkFrame.edges``.
    below_kind
        What ``below`` is: a ``gradient`` ∂L/∂w, an ``update`` Δw or the ``next`` weight.
    veiled
        What is covered by a bar until it is answered: a node with ``value`` or ``gradient``, an edge with ``weight`` or
        ``below``.
    """

    values: tuple[Floats | None, ...]
    weights: tuple[Floats | None, ...]
    gradients: tuple[Floats | None, ...] = ()
    below: tuple[Floats | None, ...] = ()
    gradient_symbol: str = "δ"
    below_kind: Literal["gradient", "update", "next"] = "gradient"
    veiled: frozenset[tuple[NodeKey | EdgeKey, str]] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class NetworkFrame:
    """What streams into the network view at each frame; what its numbers are, it says itself.

    Attributes
    ----------
    edge_kind, neuron_kind : str
        What ``edges`` are: ``weight``, ``gradient`` (of the batch), ``example`` (the gradient of one) or ``update``;
        what ``maps`` and ``neuron_values`` are: ``activation``, ``upstream`` or ``downstream``.
    badges, dropped
        Warnings by node (unit -1: by layer); units dropped in the pending batch.
    frozen, pruned
        Edges that training leaves as they are (drawn with a lock), and edges held at 0 (drawn dotted).
    """

    # What each unit computes over the plane; an empty tuple hides them; shape (n_units, size, size).
    maps: tuple[NDArray[np.uint8], ...]
    # The number each edge shows, bias last. A Maxout layer gives (n_units, pieces, n_in + 1), or its first piece alone
    # as (n_units, n_in + 1); shape (n_units, n_in + 1).
    edges: tuple[Floats, ...]
    edge_scale: float = 1.0  # the absolute value drawn at full width
    edge_kind: str = "weight"
    neuron_kind: str = "activation"
    loss: float | None = None  # the number in the loss node
    loss_label: str = "loss L"  # which loss that is: of the training set, or in slow motion of the example
    loss_formula: str = "L = (1/N) Σ Lᵢ + λ·Σ R(W), over the training set"
    neuron_values: tuple[Floats, ...] | None = None  # the number of each unit at the example; shape (n_units,)
    # The layers (0 is the input) whose numbers slow motion has computed; None means all.
    known_layers: range | None = None
    is_choice: bool = True  # whether the two kinds can be picked; in slow motion the phase decides
    badges: dict[NodeKey, Badge] = field(default_factory=dict)
    dropped: frozenset[NodeKey] = frozenset()
    # The weights themselves in the shapes of ``edges``, where edges show something else: what an editor starts from.
    # None where ``edges`` are the weights.
    weights: tuple[Floats, ...] | None = None
    frozen: frozenset[EdgeKey] = frozenset()
    pruned: frozenset[EdgeKey] = frozenset()
    numbers: NetworkNumbers | None = None  # what is written on nodes and edges; None writes nothing
    # What is to be predicted: of a node its number, of an edge the number that it shows or its weight.
    hidden: frozenset[HiddenPart] = frozenset()

    def knows(self, layer: int) -> bool:
        """Return whether the numbers of `layer` are computed."""
        return self.known_layers is None or layer in self.known_layers


@dataclass(frozen=True, slots=True, eq=False)
class ActivationCurve:
    """An activation's curve and derivative over z, shape (n,) each, with the formulas and traits to print."""

    label: str
    formula: str
    derivative: str
    z: Floats
    a: Floats
    local: Floats
    traits: tuple[str, ...] = ()
    across: str = "z"  # what the curves are drawn over
    peak: tuple[float, float] | None = None  # where the derivative is largest, and how large it is
