"""Values of the drawn network: its structure, once; its frame, at each picture; a layer's settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from widgets.values.keys import Choice, EdgeKey, Floats, MapKind, NodeKey


@dataclass(frozen=True, slots=True)
class NetworkColumn:
    """One column of the network view: a title, its units' labels and its layer's settings."""

    kind: Literal["input", "hidden", "output"]
    title: str
    labels: tuple[str, ...]
    activation: str = "linear"
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class NetworkDiagram:
    """The structure that is laid out once: columns from the inputs to the outputs.

    ``features`` lists every input feature that can be switched on, ``active`` those that are.
    """

    columns: tuple[NetworkColumn, ...]
    features: tuple[Choice, ...] = ()
    active: tuple[str, ...] = ()
    loss_label: str = "loss L"
    max_depth: int = 8
    max_width: int = 32


@dataclass(frozen=True, slots=True, eq=False)
class LayerSettings:
    """Everything that can be set of one hidden layer (1 … H), and the picture of its activation."""

    layer: int
    title: str
    activation: str
    slope: float = 0.01
    alpha: float = 1.0
    pieces: int = 2
    dropout: float = 0.0
    curve: ActivationCurve | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """A warning on a node or layer: one word, the number behind it, a sentence of advice."""

    word: str
    number: str
    advice: str


@dataclass(frozen=True, slots=True, eq=False)
class NetworkFrame:
    """What streams into the network view at each frame.

    Attributes
    ----------
    maps : tuple of uint8 arrays, one per column, shape (n_units, size, size)
        What each unit computes over the plane; an empty tuple hides them.
    map_kind : str
        ``"value"`` or ``"gradient"``: which colour table the maps use.
    edges : tuple of arrays, one per column after the input, shape (n_units, n_in + 1)
        The number each edge shows, bias last. A Maxout layer gives (n_units, pieces, n_in + 1),
        or its first piece alone as (n_units, n_in + 1).
    edge_kind : str
        ``"value"`` for weights, ``"gradient"`` for gradients and updates.
    edge_scale : float
        The absolute value drawn at full width.
    biases_shown, nodes_known, edges_known : tuples
        What a slow-motion cursor has reached; None means everything.
    loss : float or None
        The number in the loss node.
    node_texts : tuple per column of one text per unit, or None
        The live number in words: ``"activation 0.83"``.
    badges, dropped
        Warnings by node (unit -1: by layer); units dropped in the pending batch.
    weights : tuple of arrays or None
        The weights themselves in the shapes of ``edges``, where edges show something else: what an
        editor starts from. None where ``edges`` are the weights.
    frozen, pruned
        Edges that training leaves as they are (drawn with a lock), and edges held at 0 (drawn dotted).
    """

    maps: tuple[NDArray[np.uint8], ...]
    edges: tuple[Floats, ...]
    edge_scale: float = 1.0
    map_kind: MapKind = "value"
    edge_kind: MapKind = "value"
    loss: float | None = None
    node_texts: tuple[tuple[str, ...], ...] | None = None
    known_layers: int | None = None
    badges: dict[NodeKey, Badge] = field(default_factory=dict)
    dropped: frozenset[NodeKey] = frozenset()
    weights: tuple[Floats, ...] | None = None
    frozen: frozenset[EdgeKey] = frozenset()
    pruned: frozenset[EdgeKey] = frozenset()


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
