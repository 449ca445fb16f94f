"""Numbers as pixels of a diverging map: zero in the middle, ± the largest absolute number at the ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from widgets.style import colour_tables
from widgets.values.keys import Floats

Pixels = NDArray[np.uint32]


def indices(values: Floats, scale: float) -> NDArray[np.uint8]:
    """Return each of `values` as its place in a diverging table: 128 is zero, ±scale the ends."""
    levels = np.nan_to_num(values / (scale or 1.0), nan=0.0, posinf=1.0, neginf=-1.0)
    return np.clip(np.rint(levels * 127.5 + 128.0), 0.0, 255.0).astype(np.uint8)


def largest(values: Floats) -> float:
    """Return the largest finite absolute number of `values`; 1 when there is none above 0."""
    finite = np.abs(values[np.isfinite(values)])
    return float(finite.max()) if finite.size and finite.max() > 0 else 1.0


def pixels(values: Floats, *, gradients: bool = False) -> Pixels:
    """Return `values` as RGB32 pixels in the current theme's map of values, or of gradients."""
    table = colour_tables.gradient_table() if gradients else colour_tables.value_table()
    return np.ascontiguousarray(table[indices(values, largest(values))])


def image(of: Pixels) -> QImage:
    """Return the picture of `of`, shape (height, width); it borrows the pixels."""
    height, width = of.shape
    return QImage(of.data, width, height, 4 * width, QImage.Format.Format_RGB32)
