"""Indices into a colour table become a QImage that is ready to be painted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from widgets.style import colour_tables, style
from widgets.values import PlaneImage

Table = NDArray[np.uint32]


class IndexedImage:
    """An RGB32 image over one buffer that outlives it; `fill` costs one table look-up per pixel."""

    def __init__(self) -> None:
        self._buffer: NDArray[np.uint32] = np.zeros((0, 0), dtype=np.uint32)
        self.image = QImage()

    def fill(self, source: PlaneImage, *, discretize: bool) -> None:
        """Colour the indices of `source` through the current theme's table."""
        if self._buffer.shape != source.pixels.shape:
            self._buffer = np.empty(source.pixels.shape, dtype=np.uint32)
        table = colour_table(source, discretize=discretize)
        np.take(table, source.pixels, out=self._buffer, mode="clip")
        height, width = self._buffer.shape
        self.image = QImage(self._buffer.data, width, height, 4 * width, QImage.Format.Format_RGB32)


def colour_table(source: PlaneImage, *, discretize: bool) -> Table:
    """Return the table that `source` is painted with; discretized it holds only full colours."""
    theme = style.current()
    if source.kind == "classes":
        table = colour_tables.class_table(theme.classes, theme.middle)
        return _one_colour_per_class(table) if discretize else table
    table = colour_tables.gradient_table() if source.kind == "gradient" else colour_tables.value_table()
    return _two_colours(table, source.threshold) if discretize else table


def _one_colour_per_class(table: Table) -> Table:
    return np.repeat(table[255::256], 256)


def _two_colours(table: Table, threshold: int) -> Table:
    two: Table = np.where(np.arange(256) < threshold, table[0], table[255]).astype(np.uint32)
    return two
