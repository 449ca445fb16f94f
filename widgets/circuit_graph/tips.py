"""A circuit in words: its tooltips, and its gates for a screen reader."""

from __future__ import annotations

from widgets.circuit_graph.geometry import Geometry
from widgets.circuit_graph.hit_test import Hit
from widgets.style import numbers
from widgets.values import GateValues

SPOKEN = {
    "+": "add",
    "−": "subtract",
    "-": "subtract",
    "×": "multiply",
    "*": "multiply",
    "÷": "divide",
    "/": "divide",
    "σ": "sigmoid",
    "^": "power",
    "1/x": "reciprocal",
    "−1·": "negate",
    "Σ": "sum",
}


def spoken(geometry: Geometry, gate: int) -> str:
    """Return the name of a gate in words: ``multiply``, ``input x``, ``constant 2``."""
    shown = geometry.gates[geometry.index[gate]]
    if shown.kind in ("input", "constant"):
        return f"{shown.kind} {shown.name or shown.symbol}"
    return _spoken_symbol(shown.symbol)


def _spoken_symbol(symbol: str) -> str:
    """Return a symbol in words; one with a constant in it as ``add 1``, ``multiply 2``."""
    if symbol in SPOKEN or len(symbol) < 2:
        return SPOKEN.get(symbol, symbol)
    if symbol[-1] == "·":
        return f"{SPOKEN['×']} {symbol[:-1]}"
    return f"{SPOKEN[symbol[0]]} {symbol[1:]}" if symbol[0] in SPOKEN and symbol[1].isdigit() else symbol


def gate_sentence(geometry: Geometry, values: GateValues | None, gate: int) -> str:
    """Return ``gate 3, multiply, value −12, gradient 1``; or that a number is hidden or not computed."""
    k = geometry.index[gate]
    parts = [f"gate {gate}", spoken(geometry, gate)]
    if values is not None:
        parts.append(_number_text(values, (gate, "value"), "value", values.values[k]))
        parts.append(_number_text(values, (gate, "gradient"), "gradient", values.gradients[k]))
        winner = values.winners[k] if k < len(values.winners) else None
        if winner is not None:
            parts.append(f"input {winner + 1} wins")
    return ", ".join(parts)


def wire_sentence(geometry: Geometry, values: GateValues | None, gate: int, slot: int) -> str:
    """Return ``wire from input x to gate 3, add, input 1, gradient −4``: what goes back there, as it is drawn.

    Of a branch that is its own contribution, of a wire that is alone the gradient of the gate where it begins.
    """
    k = geometry.index[gate]
    source = geometry.wires[geometry.wire_of(k, slot)].source
    begins = geometry.gates[source].id
    sentence = f"wire from {spoken(geometry, begins)} to gate {gate}, {spoken(geometry, gate)}, input {slot + 1}"
    if values is None:
        return sentence
    key, number = (begins, "gradient"), values.gradients[source]
    if geometry.branches(source):
        row = values.wire_gradients[k]
        key, number = (gate, f"wire_{slot}"), row[slot] if slot < len(row) else None
    return f"{sentence}, {_number_text(values, key, 'gradient', number)}"


def _number_text(values: GateValues, key: tuple[int, str], what: str, number: float | None) -> str:
    if key in values.hidden:
        return f"{what} hidden"
    return f"{what} not computed yet" if number is None else f"{what} {numbers.four(number)}"


def tip(geometry: Geometry, values: GateValues | None, hit: Hit | None) -> str:
    """Return the tooltip of what lies under the pointer, numbers in full."""
    if hit is None:
        return ""
    k = geometry.index[hit.gate]
    if hit.kind == "number":
        return _number_tip(geometry, values, k, hit)
    if hit.kind == "wire":
        gate = geometry.gates[k]
        source = geometry.gates[geometry.wires[geometry.wire_of(k, hit.slot)].source]
        return f"From {source.name or source.symbol} to {gate.name or gate.symbol}, input {hit.slot + 1}"
    gate = geometry.gates[k]
    more = "\nDouble-click to open the neuron it stands for." if gate.drills_down else ""
    return gate_sentence(geometry, values, hit.gate) + more


def _number_tip(geometry: Geometry, values: GateValues | None, k: int, hit: Hit) -> str:
    if values is None:
        return ""
    if (hit.gate, hit.which) in values.hidden:
        return "Hidden: click and type your answer"
    name = geometry.gates[k].name or geometry.gates[k].symbol
    if hit.which == "value":
        return _full(f"value of {name}", values.values[k])
    if hit.which == "gradient":
        many = ", the sum over its branches" if geometry.branches(k) else ""
        return _full(f"∂{values.differentiated}/∂({name}){many}", values.gradients[k])
    row = values.wire_gradients[k]
    return _full(
        f"what {name} sends back on this wire (upstream × local)", row[hit.slot] if hit.slot < len(row) else None
    )


def _full(what: str, number: float | None) -> str:
    return "" if number is None else f"{what} = {numbers.full(number)}"
