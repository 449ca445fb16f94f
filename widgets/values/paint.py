"""Values of painting: which tool, which class or value, how large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PaintMode = Literal["brush", "add", "move", "erase"]


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
