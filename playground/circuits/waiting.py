"""What waits while numbers of a circuit are to be predicted: all that is computed from them."""

from __future__ import annotations

from collections.abc import Set

from playground.circuits.graph import Circuit
from playground.circuits.quiz import Key
from playground.circuits.sweep import CircuitState


def without_waiting(circuit: Circuit, state: CircuitState, hidden: Set[Key]) -> CircuitState:
    """Return `state` without the numbers that are computed from `hidden` ones and are not asked themselves.

    A value hides the values behind it and every gradient, a gradient the gradients that are computed from it.
    """
    if not hidden:
        return state
    n = len(circuit.nodes)
    late = [False] * n  # whose values are computed from a hidden value
    for i, node in enumerate(circuit.nodes):
        late[i] = any(late[j] or (j, "value") in hidden for j in node.inputs)
    asks_values = any(which == "value" for _, which in hidden)
    gone = [False] * n  # whose gradient is hidden, or computed from a hidden one
    gradients, wires = list(state.gradients), list(state.wire_gradients)
    for i in range(n - 1, -1, -1):
        from_wires = any(gone[gate] or (gate, f"wire_{slot}") in hidden for gate, slot in circuit.consumers[i])
        gone[i] = asks_values or from_wires or (i, "gradient") in hidden
        if (asks_values or from_wires) and (i, "gradient") not in hidden:
            gradients[i] = None
        if gone[i]:
            row = enumerate(state.wire_gradients[i])
            wires[i] = tuple(share if (i, f"wire_{slot}") in hidden else None for slot, share in row)
    values = [None if late[i] and (i, "value") not in hidden else value for i, value in enumerate(state.values)]
    winners = tuple(None if late[i] else winner for i, winner in enumerate(state.winners))
    return CircuitState(tuple(values), tuple(gradients), tuple(wires), winners, state.active)
