"""Values of painting: which tool, which class or value, how large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PaintMode = Literal["brush", "add", "move", "erase"]


@dataclass(frozen=True, slots=True)
class PaintForm:
    """What is painted with."""

    mode: PaintMode = "brush"
    label: int = 0  # the class of new points
    # The classes that there are; one more can be begun, up to ten. Empty for a regression.
    class_names: tuple[str, ...] = ("class 0", "class 1")
    value: float = 1.0  # the value of new points of a regression
    value_range: tuple[float, float] = (-1.0, 1.0)  # the values at the two ends of the colours; (low, high)
    value_stops: tuple[float, ...] = (-1.0, -0.5, 0.0, 0.5, 1.0)  # where the slider of the value rests
    size: float = 0.05  # radius of brush and eraser as a share of the picture's width
    note: str = ""  # what stands in the way of painting, or what was done; empty: how to paint

    @property
    def is_regression(self) -> bool:
        """Whether points carry a value, not a class."""
        return not self.class_names
