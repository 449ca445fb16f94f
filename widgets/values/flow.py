"""Values of the gradient flow: one row a layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from widgets.values.keys import NodeKey
from widgets.values.network import Badge


@dataclass(frozen=True, slots=True, eq=False)
class FlowRow:
    """One layer of the flow view: its name and its numbers; None is not computed yet, in slow motion."""

    label: str
    gradient_norm: float | None
    update_ratio: float | None
    warnings: tuple[FlowWarning, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class FlowWarning:
    """A warning of the layer or of some of its units in a few words, and the badges that explain it."""

    text: str
    badges: Mapping[NodeKey, Badge]
