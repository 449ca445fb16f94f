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
    """What is known of a layer in the middle of an iteration.

    Attributes
    ----------
    is_computed : bool
        Whether the step has reached the layer; before, the space is drawn pale and the batch has no place in it.
    is_batch : bool array, shape (n,)
        Which points of the frame belong to the batch; the others are drawn pale.
    arrows : array, shape (m, 2, 2)
        From where to where, on the plane.
    arrow_kind : str
        Whether they show a gradient or a move.
    before : array, shape (lines, bends, 2), or None
        The grid as it was before the update.
    """

    is_computed: bool
    is_batch: NDArray[np.bool_]
    arrows: Floats
    arrow_kind: Literal["gradient", "move"] = "gradient"
    before: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class HiddenSpaceFrame:
    """One moment of one hidden layer on a plane.

    Attributes
    ----------
    extent : Extent
        What the axes cover.
    points : Points
        The data; ``indices`` (n,) says which points of the sample they are.
    grid : array, shape (lines, bends, 2)
        The input plane's grid; the first half are lines of equal x₁.
    image : PlaneImage or None
        What the rest of the network decides over the plane.
    decision : tuple of PlaneLine
        Where that decision changes.
    axis_names : (str, str)
        Short names for the axes.
    title : str
        What the axes are, in full.
    walk : HiddenWalk or None
        How far slow motion has come; `title` then says it.
    """

    extent: Extent
    points: Points
    indices: NDArray[np.int64]
    grid: Floats
    image: PlaneImage | None
    decision: tuple[PlaneLine, ...]
    axis_names: tuple[str, str]
    title: str
    walk: HiddenWalk | None = None
