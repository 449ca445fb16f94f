"""Document: what the user set, frozen. Every edit makes a new one; undo puts the old one back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from playground.document.choices import ACTIVATION, CHOICES
from playground.document.own_data import OWN, Table
from playground.engine.losses import LOSSES
from playground.engine.setting import check_settings, setting
from playground.engine.spec import MAX_DEPTH, LayerSpec, NetworkSpec, TrainingSpec, require

MAX_POINTS = 1_000_000
MAX_SEED = 2**31 - 1


class Node(NamedTuple):
    """A node of the network: layer 0 is the input, 1…H hidden, H + 1 the output; LOSS the loss."""

    layer: int
    unit: int


class Edge(NamedTuple):
    """An edge into unit `target` of `layer` from unit `source` of the layer before (−1: the bias)."""

    layer: int
    source: int
    target: int
    piece: int = 0


LOSS = Node(-1, 0)


@dataclass(frozen=True, slots=True)
class DataSettings:
    """Which points there are."""

    name: str = "xor"  # a generator of the catalogue, or ``"own"`` for the points of `table`
    points: int = setting(400, 4, MAX_POINTS, "Points", "How many, training and test together.", integer=True)
    noise: float = setting(0.05, 0.0, 2.0, "Noise", "How far points move.")
    train_fraction: float = setting(0.5, 0.05, 0.95, "Train share", "Share of the points to train on.")
    seed: int = setting(
        1, 0, MAX_SEED, "Seed", "Seed of the points and of their split.", name="sample seed", integer=True
    )
    # Settings of this generator alone, such as ``("classes", 4.0)``; its defaults for the others.
    parameters: tuple[tuple[str, float], ...] = ()
    function: str = ""  # the typed function of data that take one; empty: their own
    table: Table | None = None  # the user's own points; kept while other data are shown

    def __post_init__(self) -> None:
        """Refuse values outside their limits."""
        check_settings(self)
        names = [name for name, _ in self.parameters]
        require(len(set(names)) == len(names), f"parameters: expected each name once, got {', '.join(names)}")
        require(self.name != OWN or self.table is not None, "table: own data need points; paint or import some")


@dataclass(frozen=True, slots=True)
class StartWeight:
    """A weight that the user set before training began; a reset keeps it."""

    edge: Edge
    value: float


@dataclass(frozen=True, slots=True)
class PrunedWeight:
    """A weight that the user pruned: it stays 0; `value` is what it was, to restore it."""

    edge: Edge
    value: float


@dataclass(frozen=True, slots=True)
class Document:
    """Data, network, training, seed and hand-set start weights."""

    data: DataSettings = field(default_factory=DataSettings)
    features: tuple[str, ...] = ("x1", "x2")  # input features in the order of the input column; at least one
    hidden: tuple[LayerSpec, ...] = (LayerSpec(),)
    output_activation: str = "linear"
    training: TrainingSpec = field(default_factory=lambda: TrainingSpec(loss="squared"))
    seed: int = setting(1, 0, MAX_SEED, "Seed", "Seed of the weights, the batches and the dropout masks.", integer=True)
    keep_weights: bool = True  # whether a change of structure keeps the weights that still have a place
    start_weights: tuple[StartWeight, ...] = ()
    frozen: tuple[Edge, ...] = ()  # weights and biases that training leaves as they are
    pruned: tuple[PrunedWeight, ...] = ()  # weights and biases that stay 0

    def __post_init__(self) -> None:
        """Refuse values outside their limits."""
        require(len(self.features) >= 1, "features: expected at least one input feature, got none")
        require(len(set(self.features)) == len(self.features), "features: each input feature may appear once")
        require(len(self.hidden) <= MAX_DEPTH, f"hidden: expected at most {MAX_DEPTH} layers, got {len(self.hidden)}")
        check_settings(self)
        for (
            choice
        ) in CHOICES.values():  # what the engine's tables do not have is refused before anything is built on it
            choice.check(self)
        for index, layer in enumerate(self.hidden, start=1):
            ACTIVATION.check(layer, f"hidden layer {index}: ")
        if self.output_activation != "linear":
            require(
                "output_activation" in LOSSES[self.training.loss].settings,
                f"output_activation: {self.training.loss} takes scores, so its output is linear; "
                f"choose squared error for {self.output_activation}",
            )

    @property
    def depth(self) -> int:
        """Number of hidden layers."""
        return len(self.hidden)

    @property
    def table(self) -> Table | None:
        """The user's own points when these are the data; None when a generator makes them."""
        return self.data.table if self.data.name == OWN else None

    def network_spec(self, n_classes: int) -> NetworkSpec:
        """Return the network for data of `n_classes` classes (0: regression)."""
        n_outputs = LOSSES[self.training.loss].outputs(n_classes)
        return NetworkSpec(len(self.features), self.hidden, n_outputs, self.output_activation)
