"""Values of the loss over two directions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from widgets.values.keys import Floats
from widgets.values.plane import Extent, PlaneLine


@dataclass(frozen=True, slots=True, eq=False)
class LossSurface:
    """The loss over two directions."""

    extent: Extent
    values: Floats  # the loss, rows from the top, at points from edge to edge of ``extent``; shape (size, size)
    heights: NDArray[np.uint8]  # 0 … 255 for the colours, low to high; shape (size, size)
    contours: tuple[PlaneLine, ...]
    axis_names: tuple[str, str]  # short names for the axes; shape (str, str)
    title: str  # what the two directions are, in full
