"""Values of the training panel: numbers that the user sets, what can be chosen, when to stop."""

from __future__ import annotations

from dataclasses import dataclass, field

from widgets.values.keys import Choice


@dataclass(frozen=True, slots=True)
class NumberField:
    """One number that the user drags or types: its slider's stops and the hard limits of typing.

    Attributes
    ----------
    key, label, tooltip : str
        What the document calls it, what people read, what it does with its formula.
    stops : tuple of float
        Where the slider rests, ascending; typed values may lie between and beyond them. A last stop
        of infinity reads as ``infinity_text``.
    default : float
        Where a double-click goes back to.
    low, high : float
        Hard limits of typed values; ``open_low`` leaves `low` itself out.
    integer, percent : bool
        Whole numbers only; a share 0…1 shown as per cent.
    """

    key: str
    label: str
    tooltip: str
    stops: tuple[float, ...]
    default: float
    low: float
    high: float
    open_low: bool = False
    integer: bool = False
    percent: bool = False
    unit: str = ""
    infinity_text: str = ""


@dataclass(frozen=True, slots=True)
class TrainingChoices:
    """What each combo box of the training panel offers."""

    losses: tuple[Choice, ...] = ()
    output_activations: tuple[Choice, ...] = ()
    optimizers: tuple[Choice, ...] = ()
    schedules: tuple[Choice, ...] = ()
    regularizers: tuple[Choice, ...] = ()
    initializers: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class TrainingForm:
    """What the training panel shows: the current settings under the names the panel reports them by.

    ``clip_norm`` and ``clip_value`` are None for no clipping. ``rate_now`` is η after the schedule.
    ``keep_weights`` says whether a new width or depth keeps every weight that still has a place.
    """

    choices: TrainingChoices = field(default_factory=TrainingChoices)
    loss: str = ""
    output_activation: str = "linear"
    optimizer: str = ""
    momentum: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    rho: float = 0.99
    epsilon: float = 1e-8
    weight_decay: float = 0.01
    learning_rate: float = 0.1
    rate_now: float | None = None
    schedule: str = ""
    interval: int = 1000
    gamma: float = 0.5
    floor: float = 0.0
    regularizer: str = ""
    penalty: float = 0.001
    l1_ratio: float = 0.5
    clip_norm: float | None = None
    clip_value: float | None = None
    initializer: str = ""
    initial_scale: float = 0.1
    seed: int = 0
    keep_weights: bool = True
    n_parameters: int = 0


@dataclass(frozen=True, slots=True)
class StopForm:
    """When training is to stop by itself; None: not for that reason. ``part`` is ``train`` or ``test``."""

    iteration: float | None = None
    loss: float | None = None
    accuracy: float | None = None
    patience: float | None = None
    part: str = "train"
