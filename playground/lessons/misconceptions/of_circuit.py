"""Exercises on a circuit: a value, what a gate sends back to an input, a sum over branches, a local gradient."""

from __future__ import annotations

from playground.circuits import quiz
from playground.circuits.gates import GATES
from playground.circuits.graph import Circuit
from playground.circuits.naming import differentiated, local_symbol, names, plugged, written
from playground.circuits.numerals import equation
from playground.circuits.passes import Evaluation
from playground.circuits.unary import drawn_label
from playground.engine.messages import message
from playground.lessons.misconceptions.exercise import DIGITS, Exercise, exercise
from playground.lessons.misconceptions.facts import Value
from playground.lessons.misconceptions.of_way import backward, forward


def of_circuit(
    circuit: Circuit, evaluation: Evaluation, gate: int, which: str, digits: int = DIGITS
) -> Exercise | None:
    """Return the exercise for the number (gate, which) of a quiz; None where nothing is computed: an input, the seed.

    Raises
    ------
    ValueError
        When the circuit has no such number.
    """
    right = quiz.number(circuit, evaluation, gate, which)
    kind, place = quiz.split(which)
    wires = circuit.consumers[gate]
    if kind == "gradient" and len(wires) == 1:
        (gate, place), kind = wires[0], "wire"
    if kind == "term":
        (gate, place), kind = wires[place], "wire"
    if kind == "value":
        return _value(circuit, evaluation, gate, right, digits) if circuit.nodes[gate].is_gate else None
    if kind == "gradient":
        return _branch(circuit, evaluation, gate, right, digits) if wires else None
    called = names(circuit)
    asked = f"{kind}.{circuit.nodes[gate].op}"
    if kind == "local":
        symbol = local_symbol(circuit, gate, place)
    else:
        source = circuit.nodes[gate].inputs[place]
        symbol = f"∂{differentiated(circuit, evaluation.upstream)}/∂{called[source]}{_branch_of(circuit, gate, place)}"
    facts = _at_gate(circuit, evaluation, gate, place)
    facts |= {} if kind == "local" else dict(backward(circuit, evaluation, right, gate))
    return exercise(asked, symbol, right, facts, digits)


def _at_gate(circuit: Circuit, evaluation: Evaluation, gate: int, slot: int) -> dict[str, Value]:
    """Return the quantities at one input of a gate."""
    node, called, entry = circuit.nodes[gate], names(circuit), GATES[circuit.nodes[gate].op]
    fed = [evaluation.values[j] for j in node.inputs]
    sources = [called[j] for j in node.inputs]
    template = entry.local_formula(slot)
    others = [k for k in range(len(fed)) if k != slot] or [slot]
    facts: dict[str, Value] = {
        "own": fed[slot],
        "in_name": sources[slot],
        "out": evaluation.values[gate],
        "out_name": called[gate],
        "n": len(fed),
        "gate": _called(circuit, gate),
        "local_formula": written(template, sources, slot, called[gate]),
        "local_of": written(entry.formula, sources),
        "at": f"{sources[slot]} {equation(fed[slot])}, {called[gate]} {equation(evaluation.values[gate])}",
        "made_of": "",
    }
    if len(fed) == 2:
        facts |= {"other": fed[others[0]], "other_name": sources[others[0]]}
    upstream, local = evaluation.gradients[gate], evaluation.locals[gate][slot]
    if upstream is not None:
        facts["upstream"] = upstream
    if local is not None:
        facts["local"] = local
    return facts


def _branch_of(circuit: Circuit, gate: int, slot: int) -> str:
    """Return by way of which gate a contribution comes, where its source has several; else nothing."""
    source, called = circuit.nodes[gate].inputs[slot], names(circuit)
    wires = circuit.consumers[source]
    if len(wires) == 1:
        return ""
    same = [place for target, place in sorted(wires) if target == gate]
    if len(same) == 1:
        return message(" through {gate}", gate=called[gate])
    return message(" through input {number} of {gate}", number=slot + 1, gate=called[gate])


def _branch(circuit: Circuit, evaluation: Evaluation, i: int, right: float, digits: int) -> Exercise:
    terms = [evaluation.wires[gate][slot] or 0.0 for gate, slot in circuit.consumers[i]]
    name = names(circuit)[i]
    facts: dict[str, Value] = {"terms": terms, "n": len(terms), "name": name}
    return exercise("branch", f"∂{differentiated(circuit, evaluation.upstream)}/∂{name}", right, facts, digits, terms)


def _value(circuit: Circuit, evaluation: Evaluation, i: int, right: float, digits: int) -> Exercise:
    node, called, entry = circuit.nodes[i], names(circuit), GATES[circuit.nodes[i].op]
    fed = [evaluation.values[j] for j in node.inputs]
    facts: dict[str, Value] = {
        "inputs": fed,
        "gate": _called(circuit, i),
        "template": written(entry.formula, [called[j] for j in node.inputs]),
        "plugged": plugged(entry.formula, fed),
    }
    if (local := evaluation.locals[i][0]) is not None:
        facts["local"] = local
    facts |= dict(forward(circuit, evaluation, i))
    seen = fed if node.op in ("add", "sum", "subtract") else ()
    return exercise(f"value.{node.op}", called[i], right, facts, digits, seen)


def _called(circuit: Circuit, i: int) -> str:
    return f"{drawn_label(circuit, i)} gate"
