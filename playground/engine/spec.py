"""What a network and its training are, as frozen values; wrong values are refused here.

Every ``ValueError`` names the field and the cure, so that a file, a command line and a text
box can show it as it is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

Entry = TypeVar("Entry")

MAX_WIDTH = 256
MAX_DEPTH = 16
MAX_CLASSES = 10
MAX_PIECES = 8


def require(condition: bool, message: str) -> None:
    """Raise ``ValueError(message)`` unless `condition` holds."""
    if not condition:
        raise ValueError(message)


def require_number(name: str, value: float, low: float, high: float, *, open_low: bool = False) -> None:
    """Refuse a `value` that is not a finite number in [low, high], or (low, high] with `open_low`."""
    inside = (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and math.isfinite(value)
        and (low < value if open_low else low <= value)
        and value <= high
    )
    bounds = f"a number above {low:g} and at most {high:g}" if open_low else f"a number from {low:g} to {high:g}"
    require(inside, f"{name}: expected {bounds}, got {value!r}")


def require_integer(name: str, value: int, low: int, high: int) -> None:
    """Refuse a `value` that is not an integer in [low, high]."""
    inside = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    require(inside, f"{name}: expected an integer from {low} to {high}, got {value!r}")


def choose(place: str, name: str, table: Mapping[str, Entry]) -> Entry:
    """`table[name]`; an unknown `name` is refused with `place` and the names that there are."""
    require(name in table, f"{place}: expected one of {', '.join(table)}; got {name!r}")
    return table[name]


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """One hidden layer.

    Attributes
    ----------
    width : int
        Number of units, 1 to 256.
    activation : str
        A key of ``activations.ACTIVATIONS``, or ``"maxout"``.
    slope : float
        Slope of ``leaky_relu`` for z < 0.
    alpha : float
        Scale of ``elu`` for z < 0.
    pieces : int
        Pieces k of a ``maxout`` unit (k weight vectors per unit).
    dropout : float
        Share of units dropped at a training step, 0 to 0.9 (never when reading).
    """

    width: int = 4
    activation: str = "tanh"
    slope: float = 0.01
    alpha: float = 1.0
    pieces: int = 2
    dropout: float = 0.0

    def __post_init__(self) -> None:
        """Refuse values outside their limits."""
        require_integer("width", self.width, 1, MAX_WIDTH)
        require(isinstance(self.activation, str), f"activation: expected a name, got {self.activation!r}")
        require_number("slope", self.slope, 0.0, 1.0)
        require_number("alpha", self.alpha, 0.0, 10.0)
        require_integer("pieces", self.pieces, 2, MAX_PIECES)
        require_number("dropout", self.dropout, 0.0, 0.9)


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """A fully connected network: inputs, hidden layers, outputs.

    Attributes
    ----------
    n_inputs : int
        Number of input features.
    hidden : tuple of LayerSpec
        Hidden layers, first to last; empty for a linear model.
    n_outputs : int
        Number of output units (scores).
    output_activation : str
        ``"linear"`` unless the loss is squared error, which has a choice.
    """

    n_inputs: int = 2
    hidden: tuple[LayerSpec, ...] = (LayerSpec(),)
    n_outputs: int = 2
    output_activation: str = "linear"

    def __post_init__(self) -> None:
        """Refuse values outside their limits."""
        require_integer("n_inputs", self.n_inputs, 1, 1024)
        require(len(self.hidden) <= MAX_DEPTH, f"hidden: expected at most {MAX_DEPTH} layers, got {len(self.hidden)}")
        require_integer("n_outputs", self.n_outputs, 1, MAX_CLASSES)


@dataclass(frozen=True, slots=True)
class OptimizerSpec:
    """An update rule and its constants (PyTorch's names and defaults).

    Attributes
    ----------
    name : str
        A key of ``optimizers.OPTIMIZERS``: sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw.
    momentum : float
        μ of momentum and Nesterov.
    beta1, beta2 : float
        Decay rates of Adam's and AdamW's two moments.
    rho : float
        Smoothing constant of RMSProp (PyTorch's alpha).
    epsilon : float
        Added to the denominator of AdaGrad (PyTorch: 1e-10), RMSProp and Adam.
    weight_decay : float
        Decoupled decay of AdamW.
    """

    name: str = "sgd"
    momentum: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    rho: float = 0.99
    epsilon: float = 1e-8
    weight_decay: float = 0.01

    def __post_init__(self) -> None:
        """Refuse values outside their limits."""
        for name in ("momentum", "beta1", "beta2", "rho"):
            require_number(name, getattr(self, name), 0.0, 0.999999)
        require_number("epsilon", self.epsilon, 0.0, 1.0, open_low=True)
        require_number("weight_decay", self.weight_decay, 0.0, 10.0)


@dataclass(frozen=True, slots=True)
class ScheduleSpec:
    """How the learning rate changes; one tick is one iteration.

    Attributes
    ----------
    name : str
        A key of ``schedules.SCHEDULES``: constant, step_decay, exponential, cosine, warm_up.
    interval : int
        Iterations between two steps (step_decay), or of the ramp (warm_up), or to the end (cosine).
    gamma : float
        Factor per step (step_decay) or per ``interval`` iterations (exponential).
    floor : float
        Share of the rate that cosine ends at, and warm_up starts from.
    """

    name: str = "constant"
    interval: int = 1000
    gamma: float = 0.5
    floor: float = 0.0

    def __post_init__(self) -> None:
        """Refuse values outside their limits."""
        require_integer("interval", self.interval, 1, 10**9)
        require_number("gamma", self.gamma, 0.0, 1.0, open_low=True)
        require_number("floor", self.floor, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class TrainingSpec:
    """Everything about training but the network and the data.

    Attributes
    ----------
    loss : str
        A key of ``losses.LOSSES``: softmax, hinge, squared, logistic.
    learning_rate : float
        η, above 0.
    batch_size : int
        Examples per iteration; more than there are means all of them.
    regularizer : str
        A key of ``regularizers.REGULARIZERS``: none, l2, l1, elastic_net.
    penalty : float
        λ in L = mean Lᵢ + λ Σ R(W).
    l1_ratio : float
        Share of L1 in elastic_net.
    clip_norm, clip_value : float or None
        Largest gradient norm, largest absolute gradient entry; None for no clipping.
    initializer : str
        A key of ``initializers.INITIALIZERS``: xavier, he, normal, uniform, zeros, constant.
    initial_scale : float
        Standard deviation of normal, half-width of uniform, value of constant.
    """

    loss: str = "softmax"
    optimizer: OptimizerSpec = field(default_factory=OptimizerSpec)
    learning_rate: float = 0.1
    schedule: ScheduleSpec = field(default_factory=ScheduleSpec)
    batch_size: int = 16
    regularizer: str = "none"
    penalty: float = 0.001
    l1_ratio: float = 0.5
    clip_norm: float | None = None
    clip_value: float | None = None
    initializer: str = "xavier"
    initial_scale: float = 0.1

    def __post_init__(self) -> None:
        """Refuse values outside their limits."""
        require_number("learning_rate", self.learning_rate, 0.0, 1e6, open_low=True)
        require_integer("batch_size", self.batch_size, 1, 10_000_000)
        require_number("penalty", self.penalty, 0.0, 1e6)
        require_number("l1_ratio", self.l1_ratio, 0.0, 1.0)
        for name in ("clip_norm", "clip_value"):
            if getattr(self, name) is not None:
                require_number(name, getattr(self, name), 0.0, 1e12, open_low=True)
        require_number("initial_scale", self.initial_scale, -100.0, 100.0)
