"""Values of the gradient flow: one row a layer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class FlowRow:
    """One layer of the flow view: its name and its numbers; None is not computed yet, in slow motion."""

    label: str
    gradient_norm: float | None
    update_ratio: float | None
    dead: int = 0
    saturated: int = 0
    units: int = 0
