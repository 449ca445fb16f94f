"""Keys: which node, which edge, which choice; what all other values refer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MapKind = Literal["value", "gradient", "classes"]


class NodeKey(NamedTuple):
    """A node of the network: layer 0 is the input, 1…H hidden, H + 1 the output."""

    layer: int
    unit: int


class EdgeKey(NamedTuple):
    """An edge into unit `target` of `layer` (1…H + 1) from unit `source` of the layer before.

    `source` is -1 for the bias. `piece` counts the weight vectors of a Maxout unit.
    """

    layer: int
    source: int
    target: int
    piece: int = 0


LOSS = NodeKey(-1, 0)
BIAS = -1


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a combo box: what the document calls it, its label, and its explanation.

    `fields` are the keys of further fields that mean something with this choice alone, or with some.
    """

    key: str
    label: str
    tooltip: str = ""
    formula: str = ""
    fields: tuple[str, ...] = ()
