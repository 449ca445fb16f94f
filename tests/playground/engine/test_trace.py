from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from playground.engine.activations import local
from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.engine.passes import Pass
from playground.engine.spec import LayerSpec, NetworkSpec
from playground.engine.trace import GradientTrace, Tracer
from tests.playground.engine.cases import Case, cases, set_parameters, xor_case


def traced(case: Case) -> GradientTrace:
    return Tracer(case.network, case.training.loss).trace(
        case.parameters(), case.data.inputs[0], case.data.targets[:, 0]
    )


@given(cases())
def test_upstream_times_local_is_downstream_at_every_node(case: Case) -> None:
    trace = traced(case)
    for layer in trace.layers:
        upstream = np.tile(layer.upstream, layer.layout.pieces)
        np.testing.assert_allclose(layer.downstream, upstream * layer.local, rtol=1e-12, atol=1e-14)


@given(cases())
def test_the_upstream_is_the_sum_over_the_next_neurons_of_delta_times_weight(case: Case) -> None:
    trace = traced(case)
    for layer, above in zip(trace.layers, trace.layers[1:], strict=False):
        terms = np.array([[delta * w for delta, w in zip(above.downstream, column, strict=True)]
                          for column in above.weights[:, :-1].T])  # fmt: skip
        np.testing.assert_array_equal(layer.upstream_terms, terms)
        np.testing.assert_allclose(layer.upstream, terms.sum(axis=1), rtol=1e-10, atol=1e-13)
    np.testing.assert_allclose(trace.input_gradient, trace.layers[0].input_terms.sum(axis=0), rtol=1e-10, atol=1e-13)


@given(cases())
def test_every_edge_has_its_gradient_and_what_it_sends_back(case: Case) -> None:
    trace = traced(case)
    reads = trace.inputs
    for layer in trace.layers:
        np.testing.assert_array_equal(layer.inputs, reads)
        np.testing.assert_allclose(layer.z, layer.weights[:, :-1] @ reads + layer.weights[:, -1], atol=1e-12)
        with_one = np.append(reads, 1.0)
        np.testing.assert_allclose(layer.weight_gradients, np.outer(layer.downstream, with_one), atol=1e-14)
        np.testing.assert_array_equal(layer.input_terms, layer.weights[:, :-1] * layer.downstream[:, None])
        reads = layer.a
    np.testing.assert_array_equal(trace.scores, reads)


@given(cases())
def test_locals_are_the_derivatives_of_the_table_and_maxout_routes_to_its_winner(case: Case) -> None:
    for layer in traced(case).layers:
        if layer.layout.is_maxout:
            pieces = layer.z.reshape(layer.layout.pieces, layer.layout.units)
            np.testing.assert_array_equal(layer.winners, pieces.argmax(axis=0))
            np.testing.assert_array_equal(layer.a, pieces.max(axis=0))
            assert layer.local.reshape(pieces.shape).sum(axis=0).tolist() == [1.0] * layer.layout.units
        else:
            np.testing.assert_array_equal(layer.local, local(layer.layout.activation, layer.z, layer.layout.spec))
            assert not layer.winners.any()


@given(cases())
@settings(max_examples=60)
def test_the_trace_agrees_with_central_differences_in_weights_and_inputs(case: Case) -> None:
    trace, parameters = traced(case), case.parameters()
    loss, target = case.training.loss, case.data.targets[:, 0]

    def loss_at(flat: np.ndarray, inputs: np.ndarray) -> float:
        here = Pass(case.network, loss, 1, flat)
        here.inputs[:-1, 0], here.targets[:, 0] = inputs, target
        here.forward()
        return float(here.losses()[0])

    def slope(index: int, of_input: bool) -> float | None:
        """Central difference; None where halving ε changes it, so beside a kink."""
        slopes = []
        for step in (1e-5, 5e-6):
            both = []
            for side in (step, -step):
                flat, inputs = parameters.copy(), trace.inputs.copy()
                (inputs if of_input else flat)[index] += side
                both.append(loss_at(flat, inputs))
            slopes.append((both[0] - both[1]) / (2.0 * step))
        return slopes[0] if abs(slopes[0] - slopes[1]) < 1e-6 * max(1.0, abs(slopes[0])) else None

    assert trace.example_loss == pytest.approx(loss_at(parameters, trace.inputs))
    gradient = trace.gradient()
    for index in range(case.network.n_parameters):
        numeric = slope(index, of_input=False)
        assert numeric is None or numeric == pytest.approx(gradient[index], rel=1e-5, abs=1e-7)
    for index in range(case.network.spec.n_inputs):
        numeric = slope(index, of_input=True)
        assert numeric is None or numeric == pytest.approx(trace.input_gradient[index], rel=1e-5, abs=1e-7)


@given(cases())
def test_the_mean_of_the_traces_of_a_batch_is_its_data_gradient(case: Case) -> None:
    trainer = case.trainer()
    set_parameters(trainer, case.parameters())
    record = trainer.record()
    tracer = Tracer(case.network, case.training.loss)
    gradients = [
        tracer.trace(trainer.parameters, case.data.inputs[i], case.data.targets[:, i]).gradient()
        for i in record.indices
    ]
    np.testing.assert_allclose(record.data_gradient, np.mean(gradients, axis=0), rtol=1e-9, atol=1e-12)


def test_a_trace_ignores_dropout_and_leaves_the_parameters_alone() -> None:
    dropping, plain = (xor_case((LayerSpec(width=5, dropout=rate),)) for rate in (0.5, 0.0))
    parameters = plain.parameters()
    before = parameters.copy()
    traces = [
        Tracer(case.network, "softmax").trace(parameters, case.data.inputs[3], case.data.targets[:, 3])
        for case in (dropping, plain)
    ]
    assert traces[0].gradient().tobytes() == traces[1].gradient().tobytes()
    assert parameters.tobytes() == before.tobytes()


def test_a_trace_is_frozen_and_the_next_one_does_not_change_it() -> None:
    case = xor_case()
    tracer = Tracer(case.network, "softmax")
    first = tracer.trace(case.parameters(), case.data.inputs[0], case.data.targets[:, 0])
    kept = first.gradient().copy()
    tracer.trace(-case.parameters(), case.data.inputs[1], case.data.targets[:, 1])
    assert first.gradient().tobytes() == kept.tobytes()
    with pytest.raises(ValueError, match="read-only"):
        first.layer(1).downstream[0] = 1.0
    np.testing.assert_array_equal(first.score_gradients, first.layer(2).upstream)


def test_the_loss_node_shows_what_it_makes_of_each_score() -> None:
    case = xor_case()
    trace = traced(case)
    expected = LOSSES["softmax"].pieces(trace.scores[:, None], trace.target[:, None])[:, 0]
    np.testing.assert_allclose(trace.pieces, expected)
    np.testing.assert_allclose(trace.score_gradients, trace.pieces - trace.target, atol=1e-15)


def test_the_two_layer_relu_example_of_the_lecture_has_its_numbers() -> None:
    network = Network(NetworkSpec(1, (LayerSpec(width=1, activation="relu"),), 1, "relu"))
    trace = Tracer(network, "squared").trace(np.array([2.0, 0.0, 3.0, 1.0]), np.array([1.0]), np.array([5.0]))
    hidden, output = trace.layers
    assert (hidden.z[0], hidden.a[0], output.z[0], output.a[0]) == (2.0, 2.0, 7.0, 7.0)
    assert trace.example_loss == 2.0
    assert output.upstream[0] == 2.0
    assert output.weight_gradients.tolist() == [[4.0, 2.0]]
    assert hidden.upstream[0] == 6.0
    assert hidden.weight_gradients.tolist() == [[6.0, 6.0]]
    assert trace.input_gradient[0] == 12.0


@pytest.mark.parametrize(
    ("parameters", "inputs", "target", "message"),
    [(17, 3, 2, "expected 2 inputs"), (17, 2, 1, "expected 2 targets"), (5, 2, 2, "another network")],
)
def test_an_example_of_another_shape_is_refused(parameters: int, inputs: int, target: int, message: str) -> None:
    case = xor_case()
    n = case.network.n_parameters if parameters == 17 else parameters
    with pytest.raises(ValueError, match=message):
        Tracer(case.network, "softmax").trace(np.zeros(n), np.zeros(inputs), np.zeros(target))
