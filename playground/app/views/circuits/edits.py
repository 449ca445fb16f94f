"""What the user set of the Circuits view, as undoable edits and as a file keeps it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeGuard

from playground.app.views.circuits.open_circuit import OpenCircuit, circuit_of
from playground.circuits.graph import Circuit, CircuitError
from playground.session.undo_stack import Edit, Retained

UNDO_LIMIT = 200
MOST_BYTES = 20_000
"""No expression in Latin letters is longer."""


@dataclass(frozen=True, eq=False)
class CircuitSettings:
    """What the user set: undo restores this; step, quiz and nudge are only ways to look at it.

    `text` is empty for a circuit that came from the network, which has a `title` instead; `mistakes` are to forget to
    add and to forget to zero.
    """

    text: str
    circuit: Circuit
    inputs: Mapping[str, float]
    upstream: float
    mistakes: tuple[bool, bool]
    title: str = ""

    @staticmethod
    def of(text: str, shown: OpenCircuit, title: str = "") -> CircuitSettings:
        """Return what was set of `shown`."""
        mistakes = shown.forget_to_add, shown.forget_to_zero
        return CircuitSettings(text, shown.circuit, shown.inputs, shown.upstream, mistakes, title)

    def applied_to(self, present: OpenCircuit | None) -> OpenCircuit:
        """Return the circuit with these settings: another one at its start, the same one at the step of `present`."""
        if present is None or present.circuit is not self.circuit:
            adds, zeros = self.mistakes
            return OpenCircuit(self.circuit, self.inputs, self.upstream, 0, adds, zeros)
        shown = present.with_inputs(self.inputs, self.upstream)
        if self.mistakes != (shown.forget_to_add, shown.forget_to_zero):
            shown = shown.with_mistakes(forget_to_add=self.mistakes[0], forget_to_zero=self.mistakes[1])
        return shown


class EditCircuit(Edit):
    """Go from one setting to another; the edits of one drag (`gesture` > 0) join into one.

    The first ``redo``, when the command is pushed, does nothing: the edit is shown already.
    """

    def __init__(
        self,
        before: CircuitSettings,
        after: CircuitSettings,
        text: str,
        put: Callable[[CircuitSettings], None],
        gesture: int = 0,
    ) -> None:
        """Remember both ends; `put` shows settings."""
        super().__init__(text, gesture)
        self._before, self._after, self._put = before, after, put
        self._shown = True

    def redo(self) -> None:
        """Show what came after."""
        if not self._shown:
            self._put(self._after)
        self._shown = False

    def undo(self) -> None:
        """Show what was before."""
        self._put(self._before)

    def take_in(self, later: EditCircuit) -> None:
        """Go to where `later` went."""
        self._after = later._after

    def retained(self) -> Iterator[Retained]:
        """Return the nodes of both circuits."""
        yield from (self._before.circuit.nodes, self._after.circuit.nodes)


def plain(text: str, shown: OpenCircuit) -> dict[str, object]:
    """Return `shown` as plain values; nothing for a circuit of the network or a text that is too long."""
    if not text or len(text.encode()) > MOST_BYTES:
        return {}
    return {"expression": text, "inputs": dict(shown.inputs), "upstream": shown.upstream}


def restored(settings: Mapping[str, object]) -> CircuitSettings | None:
    """Return the circuit that a file kept; None where it cannot be read, as from another program version."""
    text, inputs, upstream = settings.get("expression"), settings.get("inputs", {}), settings.get("upstream", 1.0)
    if not isinstance(text, str) or not isinstance(inputs, Mapping) or not _is_number(upstream):
        return None
    known = {str(name): float(value) for name, value in inputs.items() if _is_number(value)}
    try:
        shown = circuit_of(text, known, float(upstream))
        kept = {name: value for name, value in known.items() if name in shown.circuit.given}
        return CircuitSettings.of(text, shown.with_inputs({**shown.inputs, **kept}))
    except CircuitError:
        return None


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
