"""The two themes: each colour has one meaning, and each theme gives it a shade."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """One look: colours as ``#rrggbb``, the type scale and whether things may move.

    Attributes
    ----------
    negative, middle, positive
        The diverging map of **values** (weights, activations, class 0 to class 1).
    gradient_negative, gradient_positive
        The diverging map of **gradients**, through the same middle.
    forward, gradient
        Numbers on wires: values above the wire, gradients below it.
    classes
        One colour per class, Okabe-Ito first.
    scale : float
        Type scale; larger in lecture mode.
    """

    name: str
    window: str
    panel: str
    line: str
    text: str
    secondary: str
    accent: str
    on_accent: str
    accent_soft: str
    negative: str
    middle: str
    positive: str
    gradient_negative: str
    gradient_positive: str
    forward: str
    gradient: str
    gradient_soft: str
    local: str
    warning: str
    classes: tuple[str, ...]
    scale: float = 1.0
    reduced_motion: bool = False

    def __hash__(self) -> int:
        """Tell themes apart by the few things that differ: kept pictures are found by it, many of them a frame."""
        return hash((self.name, self.scale))

    @property
    def is_dark(self) -> bool:
        """Whether this is the dark look."""
        return self.name == "dark"

    @property
    def stroke(self) -> float:
        """Width of a curve in pixels: one, which Qt draws fast, and heavier in lecture mode than its type asks for."""
        return 1.0 if self.scale == 1.0 else 1.7 * self.scale


LIGHT = Theme(
    name="light",
    window="#F3F5F8",
    panel="#FFFFFF",
    line="#E1E6ED",
    text="#1B2430",
    secondary="#647083",
    accent="#3455DB",
    on_accent="#FFFFFF",
    accent_soft="#EDF1F8",
    negative="#E8710A",
    middle="#F6F7F9",
    positive="#1769AA",
    gradient_negative="#7B3294",
    gradient_positive="#008837",
    forward="#0B7A5B",
    gradient="#C2255C",
    gradient_soft="#FDF1F5",
    local="#1B2430",
    warning="#B54708",
    classes=(
        "#E69F00", "#0072B2", "#009E73", "#CC79A7", "#56B4E9",
        "#D55E00", "#F0E442", "#4D4D4D", "#8C6BB1", "#A6761D",
    ),
)  # fmt: skip

DARK = Theme(
    name="dark",
    window="#12161C",
    panel="#1B212A",
    line="#2C3542",
    text="#E7ECF2",
    secondary="#93A0B2",
    accent="#7C96FF",
    on_accent="#12161C",
    accent_soft="#232B3A",
    negative="#FF9A3D",
    middle="#232B36",
    positive="#4BA3E3",
    gradient_negative="#C58AF9",
    gradient_positive="#4ADE80",
    forward="#3CCB9B",
    gradient="#FF6B9A",
    gradient_soft="#2A1F2A",
    local="#E7ECF2",
    warning="#FDB022",
    classes=(
        "#FFBE3D", "#4BA3E3", "#3CCB9B", "#E8A5CB", "#8CCDF2",
        "#FF8A4C", "#F7EE7F", "#B3B3B3", "#B79BDC", "#D3A44F",
    ),
)  # fmt: skip
