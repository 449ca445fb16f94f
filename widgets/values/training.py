"""Values of the training panel: numbers that the user sets, what can be chosen, when to stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from widgets.values.keys import Choice


@dataclass(frozen=True, slots=True)
class NumberField:
    """One number that the user drags or types: its slider's stops and the hard limits of typing.

    Attributes
    ----------
    key, label, tooltip : str
        What the document calls it, what people read, what it does with its formula.
    low, high : float
        Hard limits of typed values; ``open_low`` leaves `low` itself out.
    integer, percent : bool
        Whole numbers only; a share 0…1 shown as per cent.
    """

    key: str
    label: str
    tooltip: str
    # Where the slider rests, ascending; typed values may lie between and beyond them. A last stop of infinity reads as
    # ``infinity_text``.
    stops: tuple[float, ...]
    default: float  # where a double-click goes back to
    low: float
    high: float
    open_low: bool = False
    integer: bool = False
    percent: bool = False
    unit: str = ""
    infinity_text: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """A combo box: what the document calls it, what people read, what it offers.

    With `switches`, its choices have no value of their own: each switches its fields on and those of the others
    off (None), and the current one is the choice whose fields are on.
    """

    key: str
    label: str
    tooltip: str
    choices: tuple[Choice, ...]
    show_formula: bool = False
    switches: bool = False


@dataclass(frozen=True, slots=True)
class TrainingForm:
    """What the training panel shows: its fields from top to bottom, and the current settings by their keys.

    A field that some choice lists is shown with such choices alone. ``rate_now`` is η after the schedule,
    which stays so where the schedule `has_ended`.
    ``keep_weights`` says whether a new width or depth keeps every weight that still has a place.
    """

    fields: tuple[ChoiceField | NumberField, ...] = ()
    values: Mapping[str, str | float | None] = field(default_factory=dict)
    rate_now: float | None = None
    has_ended: bool = False
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
