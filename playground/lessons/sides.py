"""Sides: which class the network gives at a place of the plane."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.analysis.predictions import predicted
from playground.engine import features
from playground.training.snapshot import Snapshot, as_points

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

_GRID = 40


def has_side(snapshot: Snapshot, side: int) -> bool:
    """Return whether the plane, as far as it is shown, has a place of class `side`."""
    left, right, bottom, top = snapshot.extent()
    x, y = np.meshgrid(np.linspace(left, right, _GRID), np.linspace(bottom, top, _GRID))
    return side in classes_at(snapshot, np.column_stack([x.ravel(), y.ravel()]))


def classes_at(snapshot: Snapshot, plane: Floats) -> Labels:
    """Return the class, counted from 0, that the network gives at each of the places (n, 2), shape (n,)."""
    inputs = features.compute(snapshot.document.features, as_points(plane, snapshot.data))
    return predicted(snapshot.network, snapshot.document.training.loss, snapshot.read_parameters, inputs)
