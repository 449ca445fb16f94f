"""A circuit as values to draw: its gates with their places once per structure, its numbers per frame."""

from __future__ import annotations

from collections.abc import Collection

from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.circuits.bundles import BUNDLES
from playground.circuits.gates import GATES, TIES
from playground.circuits.graph import Circuit, Node
from playground.circuits.layout.layered import layered_layout
from playground.circuits.naming import differentiated, names
from playground.circuits.reading import read
from playground.circuits.unary import drawn_inputs, drawn_nodes, drawn_slots, drawn_symbol, unary_gates
from widgets.values import Gate, GateDiagram, GateFactor, GateReading, GateValues


def diagram(circuit: Circuit, drill_downs: Collection[int] = ()) -> GateDiagram:
    """Lay `circuit` out; the gates of `drill_downs` stand for neurons that can be opened."""
    drawn, unary = drawn_nodes(circuit), unary_gates(circuit)
    index = {i: k for k, i in enumerate(drawn)}
    places = layered_layout(tuple(tuple(index[j] for j in drawn_inputs(circuit, i)) for i in drawn))
    called = names(circuit)
    gates = tuple(
        Gate(
            id=i,
            symbol=drawn_symbol(circuit, i),
            kind=_kind(circuit.nodes[i]),  # type: ignore[arg-type]
            name=called[i],
            inputs=drawn_inputs(circuit, i),
            x=places.x[k],
            y=places.y[k],
            routes=places.routes[k],
            drills_down=i in drill_downs,
            slots=drawn_slots(circuit, i) if i in unary else (),
        )
        for k, i in enumerate(drawn)
    )
    return GateDiagram(gates, places.width, places.height)


def _kind(node: Node) -> str:
    return node.op if node.op not in GATES else "bundle" if node.op in BUNDLES else "gate"


def gate_values(shown: OpenCircuit, *, hides_winners: bool = False) -> GateValues:
    """Return the numbers that are known at this step; `hides_winners` keeps to itself what a max gate takes."""
    state, drawn = shown.state, drawn_nodes(shown.circuit)
    return GateValues(
        tuple(state.values[i] for i in drawn),
        tuple(None if _answers(shown, i) else state.gradients[i] for i in drawn),
        tuple(state.wire_gradients[i] for i in drawn),
        tuple(None if hides_winners or _gives_away(shown, i) else state.winners[i] for i in drawn),
        state.active if shown.asked is None else None,  # a full gate would look like the one that is asked
        shown.hidden,
        differentiated(shown.circuit, shown.upstream),
        shown.asked,
    )


def gate_reading(shown: OpenCircuit, gate: int) -> GateReading | None:
    """Return the card of one gate; None while the circuit has no numbers."""
    if shown.evaluation is None:
        return None
    reading = read(shown.circuit, shown.evaluation, gate, shown.state)
    drawn = drawn_slots(shown.circuit, gate)
    factors = tuple(
        GateFactor(f.name, f.value, f.local_formula, f.local_numbers, f.local,
                   None if _answers(shown, source) else f.downstream, slot in drawn)
        for slot, (source, f) in enumerate(zip(shown.circuit.nodes[gate].inputs, reading.factors, strict=True))
    )  # fmt: skip
    return GateReading(
        reading.id,
        reading.title,
        reading.formula,
        reading.value,
        reading.upstream,
        reading.upstream_terms,
        GATES[shown.circuit.nodes[gate].op].pattern if _gives_away(shown, gate) else reading.pattern,
        factors,
    )


def _gives_away(shown: OpenCircuit, gate: int) -> bool:
    """Return whether the winner of `gate` would answer what a quiz asks for: its value, or what it sends back."""
    hidden, node = shown.hidden, shown.circuit.nodes[gate]
    if not hidden or node.op not in TIES:
        return False
    wires = ((gate, f"wire_{slot}") for slot in range(len(node.inputs)))
    return not hidden.isdisjoint({(gate, "value"), *wires, *((source, "gradient") for source in node.inputs)})


def _answers(shown: OpenCircuit, source: int) -> bool:
    """Return whether `source` is a constant, whose gradient no quiz asks for, while one asks for its neighbours'."""
    return shown.circuit.nodes[source].op == "constant" and any(which != "value" for _, which in shown.hidden)


def blanks_of_card(shown: OpenCircuit, gate: int) -> frozenset[str]:
    """Return which numbers of a gate's card would give away what the quiz hides."""
    hidden, circuit = shown.hidden, shown.circuit
    if not hidden:
        return frozenset()
    found = set()
    if (gate, "value") in hidden:
        found.add("value")
    node, wires = circuit.nodes[gate], circuit.consumers[gate]
    if (gate, "gradient") in hidden:
        found |= {"upstream", *(f"upstream_{slot}" for slot in range(len(node.inputs)))}
    found |= {f"term_{k}" for k, (target, slot) in enumerate(wires) if (target, f"wire_{slot}") in hidden}
    for slot, source in enumerate(node.inputs):
        alone = len(circuit.consumers[source]) == 1
        if (gate, f"wire_{slot}") in hidden or (alone and (source, "gradient") in hidden):
            found.add(f"downstream_{slot}")
        if (source, "value") in hidden:
            found.add(f"value_{slot}")
        if not hidden.isdisjoint({(gate, "value"), *((j, "value") for j in node.inputs)}):
            found.add(f"local_{slot}")
    return frozenset(found)


def asked_by_card(shown: OpenCircuit, gate: int, which: str) -> tuple[int, str] | None:
    """Return the number of the quiz that a card's number is, or None for one that the quiz does not know."""
    kind, _, place = which.partition("_")
    slot = int(place or 0)
    circuit = shown.circuit
    if kind in ("value", "upstream"):
        key = (
            (gate, "gradient") if kind == "upstream" else (circuit.nodes[gate].inputs[slot] if place else gate, "value")
        )
    elif kind == "term":
        target, port = circuit.consumers[gate][slot]
        key = (target, f"wire_{port}")
    elif kind == "downstream":
        key = (gate, f"wire_{slot}")
        source = circuit.nodes[gate].inputs[slot]
        if key not in shown.hidden and len(circuit.consumers[source]) == 1:
            key = (source, "gradient")
    else:
        return None
    return key if key in shown.hidden else None
