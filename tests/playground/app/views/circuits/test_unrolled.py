"""Every circuit that a node opens into has the numbers of the engine."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.app.views.circuits.unrolled import NETWORK, PENALTY, Place, opened, too_large, what_if_note
from playground.circuits.bundles import expand_all, fold_all
from playground.circuits.naming import differentiated, names
from playground.document.document import LOSS, DataSettings, Document, Node
from playground.document.selection import Example
from playground.engine.activations import ACTIVATIONS
from playground.engine.losses import LOSSES
from playground.engine.regularizers import REGULARIZERS
from playground.engine.spec import LayerSpec, TrainingSpec
from playground.training.run import Run
from playground.training.snapshot import Snapshot
from playground.training.what_if import WhatIf, WhatIfSnapshot

HIDDEN = st.builds(
    LayerSpec,
    width=st.integers(1, 3),
    activation=st.sampled_from([*ACTIVATIONS, "maxout"]),
    pieces=st.integers(2, 3),
)
DOCUMENTS = st.builds(
    Document,
    data=st.builds(DataSettings, name=st.sampled_from(["xor", "three_arms", "moons"]), points=st.just(40)),
    features=st.sampled_from([("x1", "x2"), ("x1_squared", "x1_x2", "sin_x2"), ("cos_x1",)]),
    hidden=st.lists(HIDDEN, max_size=2).map(tuple),
    training=st.builds(
        TrainingSpec,
        loss=st.sampled_from(list(LOSSES)),
        regularizer=st.sampled_from(list(REGULARIZERS)),
        penalty=st.just(0.01),
    ),
    seed=st.integers(0, 50),
)
VALUES = st.floats(-2.0, 2.0)


def snapshot_of(document: Document, steps: int = 3) -> Snapshot:
    run = Run(document)
    run.train(steps)
    return run.snapshot()


def circuit_at(snapshot: Snapshot, place: Place, example: Example) -> OpenCircuit:
    found = opened(snapshot, place, example)
    shown = OpenCircuit(found.circuit, found.inputs, found.upstream)
    assert shown.error is None
    return shown


def close(a: float | None, b: float) -> bool:
    return a is not None and abs(a - b) <= 1e-12 * max(1.0, abs(b))


@settings(max_examples=60)
@given(document=DOCUMENTS, index=st.integers(0, 39))
def test_a_neurons_circuit_equals_the_engine(document: Document, index: int) -> None:
    snapshot, example = snapshot_of(document), Example(index)
    for layer in snapshot.trace(example).layers:
        for unit in range(layer.layout.units):
            node = Node(layer.layout.index, unit)
            shown = circuit_at(snapshot, Place("node", node), example)
            state, inputs = shown.state, shown.circuit.inputs
            assert close(state.values[shown.circuit.output], layer.a[unit])
            expected = [layer.input_terms[layer.layout.row(unit, p)] for p in range(layer.layout.pieces)]
            walks = opened(snapshot, Place("node", node), example).drill_downs
            for k, i in enumerate(walks):
                assert close(state.gradients[i], float(np.sum(expected, axis=0)[k]))
            pieces = layer.layout.pieces
            for piece in range(pieces):
                row = layer.weight_gradients[layer.layout.row(unit, piece)]
                name = f"b piece {piece + 1}" if pieces > 1 else "b"
                assert close(state.gradients[inputs[name]], row[-1])


@settings(max_examples=60)
@given(document=DOCUMENTS, index=st.integers(0, 39))
def test_the_whole_networks_circuit_equals_the_engine(document: Document, index: int) -> None:
    snapshot, example = snapshot_of(document), Example(index)
    found = opened(snapshot, NETWORK, example)
    shown = OpenCircuit(found.circuit, found.inputs, found.upstream)
    trace = snapshot.trace(example)
    total = trace.example_loss + snapshot.losses.regularization
    assert close(shown.state.values[shown.circuit.output], total)
    for i, place in found.drill_downs.items():
        node = place.node
        value = trace.inputs[node.unit] if node.layer == 0 else trace.layer(node.layer).a[node.unit]
        slope = trace.input_gradient[node.unit] if node.layer == 0 else trace.layer(node.layer).upstream[node.unit]
        assert close(shown.state.values[i], value)
        assert close(shown.state.gradients[i], slope)
    for regroup in (fold_all, expand_all):
        other = shown.regrouped(regroup(shown.circuit))
        for name, i in shown.circuit.inputs.items():
            was, now = shown.state.gradients[i], other.state.gradients[other.circuit.inputs[name]]
            assert was is not None
            assert now == pytest.approx(was, rel=1e-9, abs=1e-12)


@settings(max_examples=40)
@given(document=DOCUMENTS, index=st.integers(0, 39))
def test_the_loss_opens_into_the_example_loss_and_the_regularization(document: Document, index: int) -> None:
    snapshot, example = snapshot_of(document), Example(index)
    found = opened(snapshot, Place("node", LOSS), example)
    shown, trace = OpenCircuit(found.circuit, found.inputs, found.upstream), snapshot.trace(example)
    assert close(shown.state.values[shown.circuit.output], trace.example_loss + snapshot.losses.regularization)
    scores = [i for i, place in found.drill_downs.items() if place != PENALTY]
    for i, slope in zip(scores, trace.score_gradients, strict=True):
        assert close(shown.state.gradients[i], slope)


@pytest.mark.parametrize("regularizer", [name for name in REGULARIZERS if name != "none"])
def test_the_regularization_opens_into_its_weights(regularizer: str) -> None:
    document = Document(training=TrainingSpec(loss="squared", regularizer=regularizer, penalty=0.02))
    snapshot = snapshot_of(document)
    loss = opened(snapshot, Place("node", LOSS), Example(0))
    assert PENALTY in loss.drill_downs.values()
    shown = circuit_at(snapshot, PENALTY, Example(0))
    assert close(shown.state.values[shown.circuit.output], snapshot.losses.regularization)
    assert len(shown.inputs) == 12


@pytest.mark.parametrize(
    ("name", "operator"), [("x1_squared", "multiply"), ("x1_x2", "multiply"), ("sin_x1", "sin"), ("cos_x2", "cos")]
)
def test_an_input_feature_opens_into_what_computes_it(name: str, operator: str) -> None:
    snapshot, example = snapshot_of(Document(features=(name,))), Example(3)
    shown = circuit_at(snapshot, Place("node", Node(0, 0)), example)
    assert shown.circuit.nodes[shown.circuit.output].op == operator
    assert close(shown.state.values[shown.circuit.output], snapshot.trace(example).inputs[0])
    assert shown.upstream == snapshot.trace(example).input_gradient[0]


def test_a_plain_input_is_its_own_circuit_at_the_probe() -> None:
    snapshot = snapshot_of(Document())
    shown = circuit_at(snapshot, Place("node", Node(0, 1)), Example(None, (0.25, -0.5)))
    assert shown.state.values == (-0.5,)
    assert tuple(shown.circuit.inputs) == ("x₂",)


@pytest.mark.parametrize(("name", "called"), [("x1", {"x₁"}), ("x1_x2", {"x₁", "x₂"}), ("sin_x2", {"x₂"})])
def test_the_inputs_of_a_feature_are_called_as_in_the_network(name: str, called: set[str]) -> None:
    shown = circuit_at(snapshot_of(Document(features=(name,))), Place("node", Node(0, 0)), Example(3))
    assert set(shown.inputs) == set(shown.circuit.inputs) == called


def test_a_large_network_says_why_it_is_not_drawn_whole() -> None:
    snapshot = snapshot_of(Document(hidden=(LayerSpec(8),) * 6), 0)
    assert too_large(snapshot).startswith("344 weights are too many")
    with pytest.raises(ValueError, match="open one neuron at a time"):
        opened(snapshot, NETWORK, Example(0))


@settings(max_examples=60)
@given(document=DOCUMENTS.filter(lambda d: d.hidden), index=st.integers(0, 39), pick=st.integers(0, 9), value=VALUES)
def test_under_a_what_if_every_circuit_equals_the_engine(
    document: Document, index: int, pick: int, value: float
) -> None:
    layer = pick % len(document.hidden)
    held = Node(layer + 1, pick % document.hidden[layer].width)
    snapshot, example = WhatIfSnapshot(snapshot_of(document), WhatIf(held, value)), Example(index)
    trace = snapshot.trace(example)
    for place in (Place("node", Node(i.layout.index, u)) for i in trace.layers for u in range(i.layout.units)):
        shown = circuit_at(snapshot, place, example)
        assert close(shown.state.values[shown.circuit.output], trace.layer(place.node.layer).a[place.node.unit])
        assert shown.upstream == trace.layer(place.node.layer).upstream[place.node.unit]
        assert (shown.circuit.n_gates == 0) == (place.node == held)
    found = opened(snapshot, NETWORK, example)
    shown = OpenCircuit(found.circuit, found.inputs, found.upstream)
    assert close(shown.state.values[shown.circuit.output], trace.example_loss + snapshot.losses.regularization)
    for i, place in found.drill_downs.items():
        node = place.node
        below = node.layer == 0
        assert close(shown.state.values[i], (trace.inputs if below else trace.layer(node.layer).a)[node.unit])
        slopes = trace.input_gradient if below else trace.layer(node.layer).upstream
        assert close(shown.state.gradients[i], slopes[node.unit])
        assert (shown.circuit.nodes[i].op == "input") == (node == held or below)


def test_the_circuit_says_what_a_what_if_does() -> None:
    snapshot = WhatIfSnapshot(snapshot_of(Document(hidden=(LayerSpec(3), LayerSpec(2)))), WhatIf(Node(1, 2), -0.5))
    note = {place: what_if_note(snapshot, Place("node", place)) for place in (Node(1, 2), Node(1, 0), Node(2, 0), LOSS)}
    assert all(text.startswith("What-if a₃⁽¹⁾ = −0.5: ") for text in note.values())
    assert note[Node(1, 2)].endswith("the gradient that arrives stops here.")
    assert note[Node(1, 0)].endswith("its own gates are as they were.")
    assert note[Node(2, 0)] == note[LOSS] == what_if_note(snapshot, NETWORK)
    assert what_if_note(snapshot, PENALTY) == what_if_note(snapshot.base, NETWORK) == ""


@pytest.mark.parametrize("name", ["squared", "softmax"])
def test_no_circuit_of_one_example_calls_its_loss_that_of_the_training_set(name: str) -> None:
    snapshot = snapshot_of(Document(training=TrainingSpec(loss=name, regularizer="l2", penalty=0.01)))
    parts = {Place("node", Node(1, 0)): "Lᵢ", Place("node", Node(0, 0)): "Lᵢ", Place("node", LOSS): "f", NETWORK: "f"}
    for place, of in parts.items():
        shown = circuit_at(snapshot, place, Example(3))
        assert differentiated(shown.circuit, shown.upstream) == of
        assert "L" not in names(shown.circuit)
