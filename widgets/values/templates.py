"""Values of the templates: weights drawn as images."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.values.keys import Floats


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
