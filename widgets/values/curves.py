"""Values over time: curves, the marks on them, and the flow of gradients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from widgets.values.keys import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One curve, already thinned to a screenful: x and y of shape (n,).

    ``axis`` is the scale it belongs to: the losses share one, accuracy (0…1) and rate have their own.
    A ``dimmed`` one belongs to a branch: drawn faintly, without a switch and without a read-out.
    A ``letter`` stands where the curve ends.
    """

    name: str
    x: Floats
    y: Floats
    dashed: bool = False
    visible: bool = True
    axis: Literal["loss", "accuracy", "rate"] = "loss"
    dimmed: bool = False
    letter: str = ""


@dataclass(frozen=True, slots=True)
class CurveGoal:
    """A value that one of the curves is to reach."""

    value: float
    label: str
    curve: str  # the name of its ``Series``


@dataclass(frozen=True, slots=True)
class CurveMark:
    """A moment worth a mark on the curves: the rate dropped, the user edited, a branch began."""

    iteration: float
    label: str
    kind: Literal["drop", "edit", "branch"] = "edit"
