"""Values of a drawn circuit: its gates, the numbers on its wires, and the card of one gate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Gate:
    """One node of a drawn circuit, with its place: x and y of its centre in grid units.

    ``routes`` holds, per input, the points (grid units) through which the wire from that input runs,
    the output port of the input gate first and the input port of this gate last. ``drills_down`` says that a
    double click opens the neuron that it stands for. Where a constant is written in the gate itself (+1, −1·) only the
    other input is drawn, and ``slots`` says which one it is.
    """

    id: int
    symbol: str
    kind: Literal["input", "constant", "gate", "bundle"]
    name: str
    inputs: tuple[int, ...]
    x: float
    y: float
    routes: tuple[tuple[tuple[float, float], ...], ...] = ()
    drills_down: bool = False
    slots: tuple[int, ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether its name stands over it; that of an input stands in it."""
        return bool(self.name) and self.kind not in ("input", "constant")


@dataclass(frozen=True, slots=True)
class GateDiagram:
    """A circuit laid out once per structure: left to right, in grid units."""

    gates: tuple[Gate, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class GateValues:
    """The numbers on the wires, by gate id order; None is not computed yet.

    ``wire_gradients[i][j]`` is what gate i sends back to its j-th input; ``winners[i]`` is the
    index of the input that a max gate took, or None. ``active`` is the gate being computed, and
    ``differentiated`` names what the gradients belong to. Of the ``hidden`` numbers ``asked`` is next.
    """

    values: tuple[float | None, ...]
    gradients: tuple[float | None, ...]
    wire_gradients: tuple[tuple[float | None, ...], ...]
    winners: tuple[int | None, ...] = ()
    active: int | None = None
    hidden: frozenset[tuple[int, str]] = frozenset()
    differentiated: str = "f"
    asked: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class GateFactor:
    """One input of a gate on its card: upstream × local = downstream, the local with numbers plugged in.

    ``is_drawn`` is false for a constant that is written in the gate itself: no wire leads there, and no row either.
    """

    name: str
    value: float | None
    local_formula: str
    local_numbers: str
    local: float | None
    downstream: float | None
    is_drawn: bool = True


@dataclass(frozen=True, slots=True)
class GateReading:
    """The card of one gate: its value, upstream (a sum where the value branches) and each input's row."""

    id: int
    title: str
    formula: str
    value: float | None
    upstream: float | None
    upstream_terms: tuple[tuple[str, float | None], ...]
    pattern: str
    factors: tuple[GateFactor, ...]
