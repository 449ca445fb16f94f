"""What a network and its training are, as frozen values; wrong values are refused here.

Each number states its default, limits and words once, in its field. Every ``ValueError`` names the field and
the cure, so that a file, a command line and a text box can show it as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from playground.engine.messages import message
from playground.engine.setting import Setting, check_settings, setting

Entry = TypeVar("Entry")

MAX_WIDTH = 256
MAX_DEPTH = 16
MAX_CLASSES = 10
MAX_PIECES = 8
_MOST_MEMORY = 0.999999


def require(condition: bool, template: str, /, **places: object) -> None:
    """Raise ``ValueError`` with the message of `template` and its `places` unless `condition` holds."""
    if not condition:
        raise ValueError(message(template, **places))


def require_number(name: str, value: float, low: float, high: float) -> None:
    """Refuse a `value` that is not a finite number in [low, high]."""
    Setting(name, low, low, high).require(value)


def require_integer(name: str, value: int, low: int, high: int) -> None:
    """Refuse a `value` that is not an integer in [low, high]."""
    Setting(name, low, low, high, integer=True).require(value)


def choose(place: str, name: str, table: Mapping[str, Entry]) -> Entry:
    """Return `table[name]`; refuse an unknown `name` with `place` and the names that there are."""
    require(
        name in table, "{place}: expected one of {names}; got {name!r}", place=place, names=", ".join(table), name=name
    )
    return table[name]


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """One hidden layer; `activation` is a key of ``activations.LAYER_ACTIVATIONS``."""

    width: int = setting(4, 1, MAX_WIDTH, "Width", "Number of units.", integer=True)
    activation: str = "tanh"
    slope: float = setting(
        0.01,
        0.0,
        1.0,
        "Slope s",
        "Slope of Leaky ReLU for z < 0, so that the gradient never quite dies.",
        "a = s·z",
    )
    alpha: float = setting(
        1.0,
        0.0,
        10.0,
        "Scale α",
        "Where ELU levels off for z ≪ 0.",
        "a = α·(eᶻ − 1) → −α",
    )
    pieces: int = setting(
        2,
        2,
        MAX_PIECES,
        "Pieces k",
        "Weight vectors of a Maxout unit; pieces that stay keep their weights.",
        "a = max(z₁, …, zₖ), zᵢ = wᵢ·x + bᵢ",
        integer=True,
    )
    dropout: float = setting(
        0.0,
        0.0,
        0.9,
        "Dropout p",
        "Share of the units that a training step drops, chosen for each example; readings drop none.",
        "a ← a / (1 − p), or 0 for a dropped unit",
    )

    def __post_init__(self) -> None:
        """Refuse values outside their limits."""
        check_settings(self)
        require(
            isinstance(self.activation, str),
            "activation: expected a name, got {activation!r}",
            activation=self.activation,
        )


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """A fully connected network: inputs, hidden layers first to last (none for a linear model), outputs.

    `output_activation` is ``"linear"`` unless the loss is squared error, which has a choice.
    """

    n_inputs: int = setting(2, 1, 1024, integer=True)
    hidden: tuple[LayerSpec, ...] = (LayerSpec(),)
    n_outputs: int = setting(2, 1, MAX_CLASSES, integer=True)
    output_activation: str = "linear"

    def __post_init__(self) -> None:
        """Refuse values outside their limits."""
        check_settings(self)
        require(
            len(self.hidden) <= MAX_DEPTH,
            "hidden: expected at most {max_depth} layers, got {count}",
            max_depth=MAX_DEPTH,
            count=len(self.hidden),
        )


@dataclass(frozen=True, slots=True)
class OptimizerSpec:
    """An update rule, a key of ``optimizers.OPTIMIZERS``, and its constants (PyTorch's names and defaults).

    AdaGrad's ε is that of the others here, where PyTorch has 1e-10; `rho` is PyTorch's alpha.
    """

    name: str = "sgd"
    momentum: float = setting(
        0.9,
        0.0,
        _MOST_MEMORY,
        "Momentum μ",
        "Share of the last velocity that is kept.",
        "v ← μ·v + g",
    )
    beta1: float = setting(
        0.9,
        0.0,
        _MOST_MEMORY,
        "β₁",
        "Memory of the mean gradient.",
        "m ← β₁·m + (1 − β₁)·g",
    )
    beta2: float = setting(
        0.999,
        0.0,
        _MOST_MEMORY,
        "β₂",
        "Memory of the squared gradient.",
        "v ← β₂·v + (1 − β₂)·g²",
    )
    rho: float = setting(
        0.99,
        0.0,
        _MOST_MEMORY,
        "Memory ρ",
        "Memory of the squared gradient.",
        "v ← ρ·v + (1 − ρ)·g²",
    )
    epsilon: float = setting(
        1e-8,
        0.0,
        1.0,
        "ε",
        "Added to the root that the step is divided by: the denominator stays above zero.",
        "Δw = −η·… / (√… + ε)",
        open_low=True,
    )
    weight_decay: float = setting(
        0.01,
        0.0,
        10.0,
        "Weight decay d",
        "Shrinks every parameter, biases included, apart from the gradient.",
        "Δw = (Adam's Δw) − η·d·w",
    )

    def __post_init__(self) -> None:
        """Refuse values outside their limits."""
        check_settings(self)


@dataclass(frozen=True, slots=True)
class ScheduleSpec:
    """How the learning rate changes, a key of ``schedules.SCHEDULES``; one tick is one iteration."""

    name: str = "constant"
    interval: int = setting(
        1000,
        1,
        10**9,
        "Interval T",
        "Iterations between two steps of the schedule, of its ramp, or to its end.",
        integer=True,
    )
    gamma: float = setting(
        0.5,
        0.0,
        1.0,
        "Factor γ",
        "The rate is multiplied by it in every T iterations: at once by step decay, bit by bit by exponential.",
        "η = η₀·γᵏ, where k = ⌊t/T⌋ (step decay) or t/T (exponential)",
        open_low=True,
    )
    floor: float = setting(0.0, 0.0, 1.0, "Floor f", "Share of the rate that cosine ends at and warm-up starts from.")

    def __post_init__(self) -> None:
        """Refuse values outside their limits."""
        check_settings(self)


@dataclass(frozen=True, slots=True)
class TrainingSpec:
    """Everything about training but the network and the data.

    `loss`, `regularizer` and `initializer` are keys of ``losses.LOSSES``, ``regularizers.REGULARIZERS`` and
    ``initializers.INITIALIZERS``. Clipping by None is none.
    """

    loss: str = "softmax"
    optimizer: OptimizerSpec = field(default_factory=OptimizerSpec)
    learning_rate: float = setting(
        0.1,
        0.0,
        1e6,
        "Learning rate η",
        "The step Δw of every optimizer is proportional to it; a schedule changes it with the iterations.",
        "Δw = −η·g for SGD",
        open_low=True,
    )
    schedule: ScheduleSpec = field(default_factory=ScheduleSpec)
    batch_size: int = setting(
        16,
        1,
        10_000_000,
        "Batch size",
        "Examples in an iteration; more than there are means all of them.",
        integer=True,
    )
    regularizer: str = "none"
    penalty: float = setting(
        0.001,
        0.0,
        1e6,
        "λ",
        "How much large weights cost, over all weight matrices, not biases.",
        "L = (1/N) Σ Lᵢ + λ·Σ R(W)",
    )
    l1_ratio: float = setting(
        0.5,
        0.0,
        1.0,
        "Share of L1 r",
        "How much of the penalty is L1; the rest is L2.",
        "R(W) = r·Σ|w| + (1 − r)·Σw²",
    )
    clip_norm: float | None = setting(
        None,
        0.0,
        1e12,
        "Clip norm",
        "Scales a longer gradient back to this length.",
        "g ← g·min(1, limit / (‖g‖ + 10⁻⁶))",
        open_low=True,
    )
    clip_value: float | None = setting(
        None,
        0.0,
        1e12,
        "Clip value",
        "Holds each entry of the gradient between −limit and limit.",
        "g ← max(−limit, min(limit, g))",
        open_low=True,
    )
    initializer: str = "xavier"
    initial_scale: float = setting(
        0.1,
        -100.0,
        100.0,
        "Scale s",
        "Standard deviation of normal, half-width of uniform, value of constant.",
    )

    def __post_init__(self) -> None:
        """Refuse values outside their limits."""
        check_settings(self)
