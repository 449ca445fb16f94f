"""Values over the input plane: the picture of the output, lines, contours and points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from widgets.values.keys import Floats, MapKind


@dataclass(frozen=True, slots=True)
class Extent:
    """The part of the plane that a picture covers."""

    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True, eq=False)
class PlaneImage:
    """A picture over the plane: indices of shape (size, size), and which table they are for.

    ``threshold`` is the index at which *discretize* changes colour in the diverging tables: 128 for
    zero; where the decision falls elsewhere (a sigmoid's ½) the presenter says so.
    """

    pixels: NDArray[np.uint16]
    kind: MapKind
    extent: Extent
    title: str = ""
    low_label: str = "class 0"
    high_label: str = "class 1"
    class_labels: tuple[str, ...] = ()
    threshold: int = 128


@dataclass(frozen=True, slots=True, eq=False)
class PlaneLine:
    """A line over the plane, a decision line or a contour: points (n, 2); a NaN row lifts the pen."""

    points: Floats
    label: str = ""
    dashed: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """The data to scatter: positions (n, 2), class of each (n,), or values in -1…1 for regression."""

    positions: Floats
    classes: NDArray[np.int64]
    n_classes: int
    is_test: NDArray[np.bool_]
    levels: Floats | None = None
    labels: tuple[str, ...] = ()
