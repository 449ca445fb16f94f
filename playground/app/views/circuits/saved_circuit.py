"""What a file keeps of the Circuits view: the expression and its numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TypeGuard

from playground.app.views.circuits.edits import CircuitSettings
from playground.app.views.circuits.open_circuit import OpenCircuit, circuit_of
from playground.circuits.graph import CircuitError

MOST_BYTES = 20_000
"""No expression in Latin letters is longer."""


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
        return CircuitSettings.of(text, circuit_of(text, known, float(upstream)))
    except CircuitError:
        return None


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
