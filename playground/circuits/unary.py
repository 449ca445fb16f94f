"""Gates with a constant in them, as on the lecture's slides: +1, −1·, 1/x, ^2. It is how they are drawn, no more."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from playground.circuits.gates import CONSTANT, GATES
from playground.circuits.graph import Circuit
from playground.circuits.numerals import numeral

_SYMBOLS = {
    "add": ("+{}", "+{}"),
    "subtract": ("−{}", "{}−"),
    "multiply": ("{}·", "{}·"),
    "divide": ("÷{}", "{}÷"),
    "power": ("^{}", "{}^"),
}
"""What a gate is called with a constant in it, by the input that is not the constant."""

_RECIPROCAL = "1/x"


class Unary(NamedTuple):
    """How such a gate is drawn: the one input that is left, and the symbol."""

    slot: int
    symbol: str


@lru_cache(maxsize=16)
def unary_gates(circuit: Circuit) -> dict[int, Unary]:
    """Return, by id, the gates of which one of two inputs is a constant that nothing else uses."""
    found = {}
    for i, node in enumerate(circuit.nodes):
        constants = [circuit.nodes[j].op == CONSTANT and len(circuit.consumers[j]) == 1 for j in node.inputs]
        if node.op not in _SYMBOLS or sum(constants) != 1:
            continue
        slot = constants.index(False)
        found[i] = Unary(slot, _symbol(node.op, slot, circuit.nodes[node.inputs[1 - slot]].value))
    return found


@lru_cache(maxsize=16)
def drawn_nodes(circuit: Circuit) -> tuple[int, ...]:
    """Return the ids of the nodes that are drawn: all but the constants that stand in their gates."""
    gates = unary_gates(circuit)
    inside = {circuit.nodes[i].inputs[1 - unary.slot] for i, unary in gates.items()}
    return tuple(i for i in range(len(circuit.nodes)) if i not in inside)


def drawn_inputs(circuit: Circuit, i: int) -> tuple[int, ...]:
    """Return the nodes from which wires into node `i` are drawn."""
    unary, inputs = unary_gates(circuit).get(i), circuit.nodes[i].inputs
    return inputs if unary is None else (inputs[unary.slot],)


def drawn_slots(circuit: Circuit, i: int) -> tuple[int, ...]:
    """Return which inputs of node `i` those wires feed."""
    unary = unary_gates(circuit).get(i)
    return tuple(range(len(circuit.nodes[i].inputs))) if unary is None else (unary.slot,)


def drawn_symbol(circuit: Circuit, i: int) -> str:
    """Return what is written in node `i`."""
    unary = unary_gates(circuit).get(i)
    return circuit.nodes[i].symbol if unary is None else unary.symbol


def drawn_label(circuit: Circuit, i: int) -> str:
    """Return what gate `i` is called in words: ``multiply``, and ``1/x`` as on the slide."""
    return _RECIPROCAL if is_reciprocal(circuit, i) else GATES[circuit.nodes[i].op].label


def is_reciprocal(circuit: Circuit, i: int) -> bool:
    """Return whether gate `i` is drawn as 1/x."""
    return drawn_symbol(circuit, i) == _RECIPROCAL


def _symbol(op: str, slot: int, value: float) -> str:
    if (op, slot, value) == ("divide", 1, 1.0):
        return _RECIPROCAL
    if op == "add" and value < 0.0:
        return numeral(value)
    return _SYMBOLS[op][slot].format(numeral(value))
