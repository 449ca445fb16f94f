"""Values of the loss over two directions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from widgets.values.keys import Floats
from widgets.values.plane import Extent, PlaneLine


@dataclass(frozen=True, slots=True, eq=False)
class LossSurface:
    """The loss over two directions.

    Attributes
    ----------
    values : array, shape (size, size)
        The loss, rows from the top, at points from edge to edge of ``extent``.
    heights : array, shape (size, size)
        0 … 255 for the colours, low to high.
    contours : tuple of PlaneLine
    axis_names : (str, str)
        Short names for the axes.
    title : str
        What the two directions are, in full.
    """

    extent: Extent
    values: Floats
    heights: NDArray[np.uint8]
    contours: tuple[PlaneLine, ...]
    axis_names: tuple[str, str]
    title: str
