"""Values of one example whose inputs are the pixels of a picture."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.values.keys import Floats


@dataclass(frozen=True, slots=True, eq=False)
class ExamplePicture:
    """The ink of each pixel (rows, columns), 0 for paper and 1 for the most ink, and what it is and is taken for."""

    ink: Floats
    text: str
