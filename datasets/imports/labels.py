"""From the cells of a target column to classes: numbers in their order, text in alphabetical order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from datasets.checks import printable, require, unmarked
from datasets.dataset import MAX_CLASSES
from datasets.imports.number_cells import POINT, NumberFormat


def classes(
    cells: Sequence[str], place: str, numbers: NumberFormat = POINT
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Return a label 0 … k − 1 per cell, shape (n,), and the k class names.

    ``1`` and ``1.0`` are one class. The order depends on the names alone, not on the rows.

    Raises
    ------
    ValueError
        When there are fewer than two or more than ten classes; `place` says of which column.
    """
    texts = list(dict.fromkeys(cells))
    many = "{place}: more than {most} different values; choose regression or another target"
    require(len(texts) <= 100 * MAX_CLASSES, many, place=place, most=MAX_CLASSES)
    if all(numbers.is_number(text) for text in texts):
        value_of = {text: numbers.read(text) for text in texts}
        values = sorted(set(value_of.values()))
        names = tuple(f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value) for value in values)
        label_of = {text: values.index(value) for text, value in value_of.items()}
    else:
        names = tuple(sorted({unmarked(text.strip()) for text in texts}))
        label_of = {text: names.index(unmarked(text.strip())) for text in texts}
    require(len(names) <= MAX_CLASSES, many, place=place, most=MAX_CLASSES)
    require(
        len(names) >= 2,
        '{place}: only one class, "{name}"; a classifier needs two: choose another target',
        place=place,
        name=printable(names[0]),
    )
    return np.array([label_of[cell] for cell in cells], dtype=np.int64), names
