"""Values of the transport: the phases of an iteration, and the numbers beside the buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PhaseKind = Literal["batch", "forward", "loss", "backward", "update"]


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of an iteration on the phase strip; ``short`` is used where the strip is narrow."""

    label: str
    kind: PhaseKind
    short: str
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class PhaseCaption:
    """What a phase of slow motion computes: one sentence, the longest way to say it first; and its formula."""

    kind: PhaseKind
    sentences: tuple[str, ...]
    formula: str


@dataclass(frozen=True, slots=True)
class TransportReadouts:
    """The numbers beside the transport; None reads as a dash. Both losses are data losses."""

    iteration: int = 0
    epoch: int = 0
    train_loss: float | None = None
    test_loss: float | None = None
    test_accuracy: float | None = None
    note: str = ""
    regularization_loss: float = 0.0
