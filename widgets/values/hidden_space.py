"""Values of a hidden layer's space: points, grid and decision on a plane, and how far slow motion has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from widgets.values.keys import Floats
from widgets.values.plane import Extent, PlaneImage, PlaneLine, Points


@dataclass(frozen=True, slots=True, eq=False)
class HiddenWalk:
    """What is known of a layer in the middle of an iteration."""

    # Whether the step has reached the layer; before, the space is drawn pale and the batch has no place in it.
    is_computed: bool
    is_batch: NDArray[np.bool_]  # which points of the frame belong to the batch; the others are drawn pale; shape (n,)
    arrows: Floats  # from where to where, on the plane; shape (m, 2, 2)
    arrow_kind: Literal["gradient", "move"] = "gradient"  # whether they show a gradient or a move
    before: Floats | None = None  # the grid as it was before the update; shape (lines, bends, 2)


@dataclass(frozen=True, slots=True, eq=False)
class HiddenSpaceFrame:
    """One moment of one hidden layer on a plane."""

    extent: Extent  # what the axes cover
    points: Points  # the data; ``indices`` (n,) says which points of the sample they are
    indices: NDArray[np.int64]
    grid: Floats  # the input plane's grid; the first half are lines of equal x₁; shape (lines, bends, 2)
    image: PlaneImage | None  # what the rest of the network decides over the plane
    decision: tuple[PlaneLine, ...]  # where that decision changes
    axis_names: tuple[str, str]  # short names for the axes; shape (str, str)
    title: str  # what the axes are, in full
    walk: HiddenWalk | None = None  # how far slow motion has come; `title` then says it
