"""The two sweeps over a circuit: values left to right, gradients right to left, one loop each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from playground.circuits.gates import CONSTANT, GATES, INPUT, why_no_local, winner
from playground.circuits.graph import Circuit, CircuitError
from playground.circuits.naming import local_symbol, plugged
from playground.circuits.numerals import numeral
from playground.engine.messages import message


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every number of a circuit at its inputs."""

    values: tuple[float, ...]  # forward, by node
    # ∂out/∂in, by node and input; None where it does not exist and is not needed.
    locals: tuple[tuple[float | None, ...], ...]
    # ∂f/∂out, by node: the sum over the branches. None where a derivative on the way does not exist.
    gradients: tuple[float | None, ...]
    wires: tuple[tuple[float | None, ...], ...]  # downstream = upstream × local, by node and input
    winners: tuple[int | None, ...]  # the input that a max or min gate took
    upstream: float  # ∂L/∂f, given from outside
    missing: tuple[CircuitError, ...] = ()  # a sentence for each local gradient that is needed and does not exist


def evaluate(circuit: Circuit, inputs: Mapping[str, float], upstream: float = 1.0) -> Evaluation:
    """Run both passes.

    Raises
    ------
    CircuitError
        Names the gate that has no value, or a gradient too large for a float, at these inputs.
    """
    values = forward(circuit, inputs)
    local, missing = _locals(circuit, values)
    gradients, wires = _backward(circuit, local, upstream)
    fed = (tuple(values[j] for j in node.inputs) for node in circuit.nodes)
    winners = tuple(winner(node.op, v) for node, v in zip(circuit.nodes, fed, strict=True))
    return Evaluation(values, local, gradients, wires, winners, float(upstream), missing)


def forward(circuit: Circuit, inputs: Mapping[str, float]) -> tuple[float, ...]:
    """Return the value of every node; CircuitError where a gate has none."""
    values: list[float] = []
    for i, node in enumerate(circuit.nodes):
        if node.op == INPUT:
            values.append(_given(node.name, inputs))
        elif node.op == CONSTANT:
            values.append(node.value)
        else:
            values.append(_computed(circuit, i, [values[j] for j in node.inputs]))
    return tuple(values)


def gradients(circuit: Circuit, evaluation: Evaluation) -> dict[str, float | None]:
    """Return ∂f/∂input by name; None where it does not exist."""
    return {name: evaluation.gradients[i] for name, i in circuit.inputs.items()}


def count_derivatives(circuit: Circuit) -> tuple[int, int]:
    """Count the local derivatives of one backward pass, and of one pass per input instead.

    Wires that no input reaches are not counted. The pass of one input needs those that it reaches: of
    ``(x + y) * z`` one backward pass needs 4, one pass per input 2 + 2 + 1.
    """
    reached_by: list[int] = []  # the inputs that reach a node, as bits
    backward = one_at_a_time = 0
    for i, node in enumerate(circuit.nodes):
        wires = [reached_by[j] for j in node.inputs]
        backward += sum(inputs != 0 for inputs in wires)
        one_at_a_time += sum(inputs.bit_count() for inputs in wires)
        reached_by.append(1 << i if node.op == INPUT else reduce(or_, wires, 0))
    return backward, one_at_a_time


def check_inputs(circuit: Circuit, names: Iterable[str]) -> None:
    """Raise for `names` that lack an input of the circuit, or have one too many."""
    given = set(names)
    missing = [name for name in circuit.inputs if name not in given]
    if missing:
        raise CircuitError(message("no value for {names}; give every input a number", names=", ".join(missing)))
    unknown = sorted(given - set(circuit.inputs))
    if unknown:
        known = ", ".join(circuit.inputs) or "none"
        raise CircuitError(
            message(
                "{names} is not an input of this expression; its inputs: {known}", names=", ".join(unknown), known=known
            )
        )


def _given(name: str, inputs: Mapping[str, float]) -> float:
    if name not in inputs:
        raise CircuitError(message("no value for {name}; give every input a number", name=name))
    value = float(inputs[name])
    if not math.isfinite(value):
        raise CircuitError(message("input {name}: expected a finite number, got {value}", name=name, value=value))
    return value


def _computed(circuit: Circuit, i: int, fed: list[float]) -> float:
    node = circuit.nodes[i]
    try:
        value = float(GATES[node.op].forward(fed))
    except OverflowError:
        value = math.inf
    except ValueError as error:
        raise CircuitError(
            message("{place}: {error}", place=circuit.place(i), error=error), i, node.column or None
        ) from None
    if not math.isfinite(value):
        shown = ", ".join(numeral(v) for v in fed[:3]) + (", …" if len(fed) > 3 else "")
        template = "{place}: the result for {shown} is too large for a float; make its inputs smaller"
        raise CircuitError(message(template, place=circuit.place(i), shown=shown), i, node.column or None)
    return value


def _locals(
    circuit: Circuit, values: tuple[float, ...]
) -> tuple[tuple[tuple[float | None, ...], ...], tuple[CircuitError, ...]]:
    rows: list[tuple[float | None, ...]] = []
    missing: list[CircuitError] = []
    for i, node in enumerate(circuit.nodes):
        if not node.is_gate:
            rows.append(())
            continue
        fed = [values[j] for j in node.inputs]
        try:
            row = GATES[node.op].local(fed, values[i])
        except (OverflowError, ZeroDivisionError):
            row = (None,) * len(fed)
        row = tuple(d if d is not None and math.isfinite(d) else None for d in row)
        missing += [
            _no_slope(circuit, i, slot, fed, values[i])
            for slot, (source, d) in enumerate(zip(node.inputs, row, strict=True))
            if d is None and circuit.varies[source]
        ]
        rows.append(row)
    return tuple(rows), tuple(missing)


def _no_slope(circuit: Circuit, i: int, slot: int, fed: list[float], out: float) -> CircuitError:
    node = circuit.nodes[i]
    template = "{place}: {local} = {formula} does not exist here{reason}; move the inputs away from there"
    text = message(
        template,
        place=circuit.place(i),
        local=local_symbol(circuit, i, slot),
        formula=plugged(GATES[node.op].local_formula(slot), fed, slot, out),
        reason=f": {why}" if (why := why_no_local(node.op, slot, fed)) else "",
    )
    return CircuitError(text, i, node.column or None)


def _backward(
    circuit: Circuit, local: tuple[tuple[float | None, ...], ...], upstream: float
) -> tuple[tuple[float | None, ...], tuple[tuple[float | None, ...], ...]]:
    """Go from the output back: ids are ordered, so a gradient is complete before its own gate is reached."""
    if not math.isfinite(upstream):
        raise CircuitError(message("upstream: expected a finite number, got {upstream}", upstream=upstream))
    total: list[float | None] = [0.0] * len(circuit.nodes)
    total[circuit.output] = float(upstream)
    wires: list[tuple[float | None, ...]] = [()] * len(circuit.nodes)
    for i in range(len(circuit.nodes) - 1, -1, -1):
        node, arriving = circuit.nodes[i], total[i]
        row: list[float | None] = []
        for source, d in zip(node.inputs, local[i], strict=True):
            share = None if d is None or arriving is None else arriving * d
            before = total[source]
            after = None if share is None or before is None else before + share
            if after is not None and not math.isfinite(after) and circuit.varies[source]:
                template = "{place}: its gradient is too large for a float; make the inputs smaller"
                raise CircuitError(message(template, place=circuit.place(i)), i, node.column or None)
            row.append(share if share is not None and math.isfinite(share) else None)
            total[source] = after if after is not None and math.isfinite(after) else None
        wires[i] = tuple(row)
    return tuple(total), tuple(wires)
