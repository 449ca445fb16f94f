"""What the gates beyond an asked number bring: the same number without their constant factors or their exponents."""

from __future__ import annotations

from collections.abc import Iterator

from playground.circuits.gates import GATES
from playground.circuits.graph import Circuit
from playground.circuits.naming import names
from playground.circuits.passes import Evaluation
from playground.lessons.misconceptions.facts import Value


def backward(circuit: Circuit, evaluation: Evaluation, right: float, gate: int) -> Iterator[tuple[str, Value]]:
    """Yield the gradient `right` as it comes out when a factor, or an exponent, is left out beyond `gate`.

    Where the way to the result branches, nothing is yielded: each branch has factors of its own.
    """
    gates = _way(circuit, gate)[1:]
    for name, of in (("factor", _factor), ("exponent", _exponent)):
        yield from _without(name, right, [of(circuit, evaluation, gate) for gate in gates])


def forward(circuit: Circuit, evaluation: Evaluation, gate: int) -> Iterator[tuple[str, Value]]:
    """Yield the value of `gate` without its constant factor, and without a factor or the exponent of what feeds it."""
    node, values = circuit.nodes[gate], evaluation.values
    yield from _without("factor", values[gate], [_factor(circuit, evaluation, gate)])
    if node.op in ("divide", "multiply"):
        yield from _without_inner_factor(circuit, evaluation, gate)
    for slot, source in enumerate(node.inputs):
        if circuit.varies[source] and (exponent := _exponent(circuit, evaluation, source)) not in (None, 1.0):
            fed, base = [values[j] for j in node.inputs], values[circuit.nodes[source].inputs[0]]
            fed[slot] = base
            yield from (
                ("without_exponent", float(GATES[node.op].forward(fed))),
                ("exponent", exponent),
                ("base", base),
            )
            return


def _without_inner_factor(circuit: Circuit, evaluation: Evaluation, gate: int) -> Iterator[tuple[str, Value]]:
    """Yield the value of `gate` as it comes out without the constant factor of the first input that has one."""
    node, values = circuit.nodes[gate], evaluation.values
    for slot, source in enumerate(node.inputs):
        factor = _factor(circuit, evaluation, source) if circuit.varies[source] else None
        if factor is None or factor in (0.0, 1.0):
            continue
        fed = [values[j] for j in node.inputs]
        fed[slot] /= factor
        yield from (
            ("without_inner_factor", float(GATES[node.op].forward(fed))),
            ("inner_factor", factor),
            ("inner_name", names(circuit)[source]),
            ("inner", values[source]),
            ("inner_plain", fed[slot]),
        )
        return


def _way(circuit: Circuit, gate: int) -> list[int]:
    """Return the gates from `gate` to the result; none where the way branches, so that there are several."""
    found = [gate]
    while found[-1] != circuit.output:
        wires = circuit.consumers[found[-1]]
        if len(wires) != 1:
            return []
        found.append(wires[0][0])
    return found


def _without(name: str, right: float, found: list[float | None]) -> Iterator[tuple[str, Value]]:
    """Yield `right` without the first of the factors in `found` that is not 1."""
    for factor in found:
        if factor is not None and factor not in (0.0, 1.0):
            yield from ((f"without_{name}", right / factor), (name, factor))
            return


def _factor(circuit: Circuit, evaluation: Evaluation, gate: int) -> float | None:
    """Return by which constant a gate multiplies; None for any other gate."""
    node, values = circuit.nodes[gate], evaluation.values
    if node.op == "divide" and not circuit.varies[node.inputs[1]]:
        return 1.0 / values[node.inputs[1]]
    constant = [j for j in node.inputs if not circuit.varies[j]]
    return values[constant[0]] if node.op == "multiply" and len(constant) == 1 else None


def _exponent(circuit: Circuit, evaluation: Evaluation, gate: int) -> float | None:
    """Return to which constant power a gate raises; None for any other gate."""
    node = circuit.nodes[gate]
    is_power = node.op == "power" and not circuit.varies[node.inputs[1]]
    return evaluation.values[node.inputs[1]] if is_power else None
