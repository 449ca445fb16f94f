"""A circuit as values to draw: its gates with their places once per structure, its numbers per frame."""

from __future__ import annotations

from collections.abc import Collection

from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.circuits.bundles import BUNDLES
from playground.circuits.gates import GATES
from playground.circuits.graph import Circuit, Node
from playground.circuits.layout.layered import layered_layout
from playground.circuits.naming import differentiated, names
from playground.circuits.reading import read
from widgets.values import Gate, GateDiagram, GateFactor, GateReading, GateValues


def diagram(circuit: Circuit, drill_downs: Collection[int] = ()) -> GateDiagram:
    """Lay `circuit` out; the gates of `drill_downs` stand for neurons that can be opened."""
    places = layered_layout(tuple(node.inputs for node in circuit.nodes))
    called = names(circuit)
    gates = tuple(
        Gate(
            id=i,
            symbol=node.symbol,
            kind=_kind(node),  # type: ignore[arg-type]
            name=called[i],
            inputs=node.inputs,
            x=places.x[i],
            y=places.y[i],
            routes=places.routes[i],
            drills_down=i in drill_downs,
        )
        for i, node in enumerate(circuit.nodes)
    )
    return GateDiagram(gates, places.width, places.height)


def _kind(node: Node) -> str:
    return node.op if node.op not in GATES else "bundle" if node.op in BUNDLES else "gate"


def gate_values(shown: OpenCircuit) -> GateValues:
    """Return the numbers that are known at this step."""
    state = shown.state
    return GateValues(
        state.values,
        tuple(None if _answers(shown, i) else gradient for i, gradient in enumerate(state.gradients)),
        state.wire_gradients,
        state.winners,
        state.active,
        shown.hidden,
        differentiated(shown.circuit, shown.upstream),
    )


def gate_reading(shown: OpenCircuit, gate: int) -> GateReading | None:
    """Return the card of one gate; None while the circuit has no numbers."""
    if shown.evaluation is None:
        return None
    reading = read(shown.circuit, shown.evaluation, gate, shown.state)
    factors = tuple(
        GateFactor(f.name, f.value, f.local_formula, f.local_numbers, f.local,
                   None if _answers(shown, source) else f.downstream)
        for source, f in zip(shown.circuit.nodes[gate].inputs, reading.factors, strict=True)
    )  # fmt: skip
    return GateReading(
        reading.id,
        reading.title,
        reading.formula,
        reading.value,
        reading.upstream,
        reading.upstream_terms,
        reading.pattern,
        factors,
    )


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
