"""Values of the gradient check: central differences beside backprop."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from widgets.values.keys import Floats


@dataclass(frozen=True, slots=True, eq=False)
class GradientCheckReading:
    """Central differences beside backprop, one entry per checked parameter; all arrays are (n_checked,).

    `findings` says of each whether both agree, else what the check found; `wrong` flags those that backprop is to
    blame for, or that are no numbers; `remarks` count the other findings.
    """

    labels: tuple[str, ...]
    backprop: Floats
    numeric: Floats
    errors: Floats
    findings: tuple[str, ...]
    wrong: NDArray[np.bool_]
    epsilon: float
    max_error: float
    tolerance: float
    parameters: int
    forward_passes_numeric: int
    seconds_numeric: float
    seconds_backprop: float
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    broken: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class CostSweepReading:
    """What gradients cost over a sweep of widths, one entry per network; all arrays have the same length."""

    widths: tuple[int, ...]
    parameters: Floats
    one_by_one: Floats  # operations N·P
    backprop: Floats  # operations N + P
    seconds_one_by_one: Floats
    seconds_backprop: Floats
    note: str = ""
