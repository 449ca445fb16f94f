"""Values of the templates: weights drawn as images."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.values.example import ExamplePicture
from widgets.values.keys import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Templates:
    """Weights drawn as images.

    Attributes
    ----------
    title, note : str
        What they are, and what it means, in words.
    """

    images: Floats
    labels: tuple[str, ...]  # one per image
    title: str = ""
    note: str = ""
    classes: tuple[int, ...] = ()  # the class of each image where an image stands for one; empty otherwise
    # The next layer's weights, (rows, images): how much of each template a unit of that layer takes; None without one.
    mix: Floats | None = None
    mix_rows: tuple[str, ...] = ()
    mix_title: str = ""
    example: ExamplePicture | None = None  # the current example, which the templates are laid over
