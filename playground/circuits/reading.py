"""The card of one gate: upstream × local = downstream per input, with the numbers plugged in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playground.circuits.gates import CONSTANT, GATES, INPUT, kink, why_no_local, winner
from playground.circuits.graph import Circuit
from playground.circuits.naming import local_symbol, names, plugged, written
from playground.circuits.numerals import equation, numeral
from playground.circuits.passes import Evaluation
from playground.circuits.sweep import CircuitState, complete
from playground.circuits.unary import drawn_label, drawn_symbol, is_reciprocal

_INPUT_PATTERN = "an input: its gradient says how fast f changes when only this input is changed"
_CONSTANT_PATTERN = "a constant: it takes part in the forward pass and never changes"
_RECIPROCAL_PATTERN = "scales: the input gets upstream × (−1 / input²)"
_BRANCH = "; its value branches, so its upstream is the sum over the branches"


@dataclass(frozen=True, slots=True)
class GateFactor:
    """One input of a gate: upstream × local = downstream."""

    name: str
    value: float | None
    local_formula: str
    local_numbers: str
    local: float | None
    downstream: float | None


@dataclass(frozen=True, slots=True)
class GateReading:
    """Everything that the card shows of one node; None has not been computed.

    ``upstream_terms`` lists the branches that the upstream is the sum of; empty where there is only one.
    """

    id: int
    title: str
    formula: str
    value: float | None
    upstream: float | None
    upstream_terms: tuple[tuple[str, float | None], ...]
    pattern: str
    factors: tuple[GateFactor, ...]


def read(circuit: Circuit, evaluation: Evaluation, i: int, state: CircuitState | None = None) -> GateReading:
    """Return the card of node `i` at `state` of a sweep, or with everything known."""
    if not 0 <= i < len(circuit.nodes):
        raise ValueError(f"gate {i}: the circuit has gates 0 to {len(circuit.nodes) - 1}")
    state = state or complete(evaluation)
    node, called = circuit.nodes[i], names(circuit)
    if node.is_gate:
        title = f"{called[i]}: {drawn_label(circuit, i)} gate"
        formula = value_equation(circuit, state.values, i)
    else:
        title = f"{node.op} {called[i]}"
        formula = f"{called[i]} {equation(evaluation.values[i])}" if node.op == INPUT else "stays as it is"
    return GateReading(
        id=i,
        title=title,
        formula=formula,
        value=state.values[i],
        upstream=state.gradients[i],
        upstream_terms=_terms(circuit, state, i),
        pattern=_pattern(circuit, state, i) + (_BRANCH if len(circuit.consumers[i]) > 1 else ""),
        factors=_factors(circuit, evaluation, state, i),
    )


def value_equation(circuit: Circuit, values: tuple[float | None, ...], i: int) -> str:
    """Return ``q = x + y = −2 + 5 = 3``."""
    node, called = circuit.nodes[i], names(circuit)
    template = GATES[node.op].formula
    text = f"{called[i]} = {written(template, [called[j] for j in node.inputs])}"
    fed, value = [values[j] for j in node.inputs], values[i]
    known = [v for v in fed if v is not None]
    if value is None or len(known) < len(fed):
        return text
    return f"{text} = {plugged(template, known)} {equation(value)}"


def _terms(circuit: Circuit, state: CircuitState, i: int) -> tuple[tuple[str, float | None], ...]:
    wires = circuit.consumers[i]
    if len(wires) < 2:
        return ()
    called = names(circuit)
    gates = [gate for gate, _ in wires]
    rows = []
    for gate, slot in wires:
        twice = f", input {slot + 1}" if gates.count(gate) > 1 else ""
        symbol = drawn_symbol(circuit, gate)
        rows.append((f"through {symbol} ({called[gate]}{twice})", state.wire_gradients[gate][slot]))
    return tuple(rows)


def _pattern(circuit: Circuit, state: CircuitState, i: int) -> str:
    node = circuit.nodes[i]
    if not node.is_gate:
        return _CONSTANT_PATTERN if node.op == CONSTANT else _INPUT_PATTERN
    pattern = _RECIPROCAL_PATTERN if is_reciprocal(circuit, i) else GATES[node.op].pattern
    fed = [v for j in node.inputs if (v := state.values[j]) is not None]
    if len(fed) < len(node.inputs):
        return pattern
    won = winner(node.op, fed)
    name = names(circuit)[node.inputs[won or 0]]
    if corner := kink(node.op, fed, name):
        return f"{pattern}; {corner}"
    return pattern if won is None else f"{pattern}; here {name} wins"


def _factors(circuit: Circuit, evaluation: Evaluation, state: CircuitState, i: int) -> tuple[GateFactor, ...]:
    node, called = circuit.nodes[i], names(circuit)
    sources = [called[j] for j in node.inputs]
    fed = [evaluation.values[j] for j in node.inputs]
    known = state.values[i] is not None
    rows = []
    for slot, source in enumerate(node.inputs):
        template = GATES[node.op].local_formula(slot)
        formula = f"{local_symbol(circuit, i, slot)} = {written(template, sources, slot, called[i])}"
        local = evaluation.locals[i][slot] if known else None
        numbers = local_numbers(template, fed, slot, evaluation.values[i], local) if known else ""
        if known and local is None:
            numbers += "; a constant needs none" if not circuit.varies[node.inputs[slot]] else ""
            why = why_no_local(node.op, slot, fed)
            numbers += f": {why}" if why and circuit.varies[node.inputs[slot]] else ""
        share = state.wire_gradients[i][slot]
        rows.append(GateFactor(called[source], state.values[source], formula, numbers, local, share))
    return tuple(rows)


def local_numbers(template: str, fed: Sequence[float], slot: int, out: float, local: float | None) -> str:
    """Return ``0.7311 · (1 − 0.7311) ≈ 0.1966``, or only the number where there is nothing to plug in."""
    if local is None:
        return "does not exist here"
    text = plugged(template, fed, slot, out)
    plain = text.removeprefix("(").removesuffix(")")
    if "wins" in text:
        return f"{'wins' if local else 'does not win'}: {numeral(local)}"
    return numeral(local) if plain == numeral(local) else f"{text} {equation(local)}"
