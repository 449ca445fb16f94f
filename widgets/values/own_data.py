"""Frozen things to draw about data: a table to import, what is painted with, confusion, templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from widgets.values.keys import Floats

Counts = NDArray[np.int64]
ColumnKind = Literal["number", "text", "empty"]
ImportTask = Literal["classes", "regression"]
PaintMode = Literal["brush", "add", "move", "erase"]


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """One column of a table: its name, what its cells are, and a few of them in words."""

    name: str
    kind: ColumnKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """A table before it is read.

    Attributes
    ----------
    source : str
        The file's name.
    form : str
        Encoding, delimiter and header in words.
    columns : tuple of ImportColumn
    rows : tuple of tuple of str
        The first rows as they are written.
    notes : tuple of str
        What a person should know, one sentence each.
    """

    source: str = ""
    form: str = ""
    columns: tuple[ImportColumn, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportForm:
    """What a person chose: the columns to learn from, the column to learn, and how."""

    features: tuple[int, ...] = ()
    target: int = -1
    task: ImportTask = "classes"
    standardize: bool = False
    skip_bad: bool = False


@dataclass(frozen=True, slots=True)
class PaintForm:
    """What is painted with.

    Attributes
    ----------
    mode : str
    label : int
        The class of new points.
    class_names : tuple of str
        The classes that there are; one more can be begun, up to ten. Empty for a regression.
    value : float
        The value of new points of a regression.
    value_range : (low, high)
        The values at the two ends of the colours.
    value_stops : tuple of float
        Where the slider of the value rests.
    size : float
        Radius of brush and eraser as a share of the picture's width.
    note : str
        What stands in the way of painting, or what was done; empty: how to paint.
    """

    mode: PaintMode = "brush"
    label: int = 0
    class_names: tuple[str, ...] = ("class 0", "class 1")
    value: float = 1.0
    value_range: tuple[float, float] = (-1.0, 1.0)
    value_stops: tuple[float, ...] = (-1.0, -0.5, 0.0, 0.5, 1.0)
    size: float = 0.05
    note: str = ""

    @property
    def is_regression(self) -> bool:
        """Whether points carry a value, not a class."""
        return not self.class_names


@dataclass(frozen=True, slots=True, eq=False)
class Confusion:
    """How often each class was taken for which: counts (k, k), rows are the true classes."""

    counts: Counts
    class_names: tuple[str, ...]
    part: str = "test"
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Templates:
    """Weights drawn as images.

    Attributes
    ----------
    images : (n, height, width) float64
    labels : tuple of str
        One per image.
    title, note : str
        What they are, and what it means, in words.
    classes : tuple of int
        The class of each image where an image stands for one; empty otherwise.
    """

    images: Floats
    labels: tuple[str, ...]
    title: str = ""
    note: str = ""
    classes: tuple[int, ...] = ()
