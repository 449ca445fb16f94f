from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from playground.analysis.collapse import collapsed, is_linear
from playground.analysis.jacobian import PARTS, layer_jacobian
from playground.analysis.maps import NeuronMaps
from playground.engine.network import Network
from playground.engine.spec import LayerSpec, NetworkSpec
from playground.engine.trace import GradientTrace, Tracer
from tests.playground.engine.cases import Case, cases, xor_case


def traced(case: Case, parameters: np.ndarray) -> GradientTrace:
    return Tracer(case.network, case.training.loss).trace(parameters, case.data.inputs[0], case.data.targets[:, 0])


@given(cases())
@settings(max_examples=40)
def test_downstream_is_upstream_times_the_jacobian(case: Case) -> None:
    trace = traced(case, case.parameters())
    for index, layer in enumerate(trace.layers, start=1):
        by_z = layer_jacobian(trace, index, "activation").matrix
        np.testing.assert_allclose(layer.upstream @ by_z, layer.downstream, atol=1e-12)
        below = trace.layers[index - 2].upstream if index > 1 else trace.input_gradient
        whole = layer_jacobian(trace, index).matrix
        np.testing.assert_allclose(layer.upstream @ whole, below, atol=1e-11)
        linear = layer_jacobian(trace, index, "linear").matrix
        np.testing.assert_allclose(by_z @ linear, whole, atol=1e-12)
        through = layer_jacobian(trace, index, "network").matrix
        np.testing.assert_allclose(layer.upstream @ through, trace.input_gradient, atol=1e-11)


def test_the_jacobian_of_the_network_agrees_with_central_differences() -> None:
    case = xor_case((LayerSpec(width=3), LayerSpec(width=4, activation="sigmoid")))
    parameters = case.parameters()
    trace = traced(case, parameters)
    steps = 1e-6 * np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]])
    maps = NeuronMaps(case.network, case.data.inputs[0] + steps, np.float64).compute(parameters)
    for index in (1, 2, 3):
        a = maps[index]
        numeric = np.stack([a[:, 0] - a[:, 1], a[:, 2] - a[:, 3]], axis=1) / 2e-6
        np.testing.assert_allclose(layer_jacobian(trace, index, "network").matrix, numeric, atol=1e-8)


def test_an_element_wise_layer_is_diagonal_and_its_sparsity_is_one_minus_one_in_n() -> None:
    case = xor_case((LayerSpec(width=8),))
    found = layer_jacobian(traced(case, case.parameters()), 1, "activation")
    assert found.matrix.shape == (8, 8)
    assert np.count_nonzero(found.matrix - np.diag(np.diag(found.matrix))) == 0
    assert found.n_nonzero == 8
    assert found.sparsity == 1.0 - 1.0 / 8.0


def test_maxout_has_one_entry_a_row() -> None:
    case = xor_case((LayerSpec(width=3, activation="maxout", pieces=4),))
    found = layer_jacobian(traced(case, case.parameters()), 1, "activation")
    assert found.matrix.shape == (3, 12)
    assert (found.matrix.sum(axis=1) == 1.0).all()
    assert found.sparsity == 1.0 - 3.0 / 36.0


def test_what_is_not_there_is_refused() -> None:
    trace = traced(xor_case(), xor_case().parameters())
    with pytest.raises(ValueError, match="jacobian: expected a layer from 1 to 2, got 3"):
        layer_jacobian(trace, 3)
    with pytest.raises(ValueError, match="jacobian: expected one of " + ", ".join(PARTS)):
        layer_jacobian(trace, 1, "inverse")


@pytest.mark.parametrize("depth", [0, 1, 3])
def test_a_linear_stack_is_one_matrix(depth: int) -> None:
    case = xor_case((LayerSpec(width=3, activation="linear"),) * depth)
    parameters = case.parameters()
    matrix = collapsed(case.network, parameters)
    assert matrix.shape == (2, 3)
    scores = NeuronMaps(case.network, case.data.inputs, np.float64).compute(parameters)[-1]
    np.testing.assert_allclose(matrix[:, :-1] @ case.data.inputs.T + matrix[:, -1:], scores, rtol=1e-10, atol=1e-12)


def test_a_network_with_any_bend_has_no_single_matrix() -> None:
    for spec in (
        NetworkSpec(2, (LayerSpec(activation="linear"), LayerSpec(activation="relu")), 1),
        NetworkSpec(2, (LayerSpec(activation="linear"),), 1, "tanh"),
    ):
        assert not is_linear(spec)
        network = Network(spec)
        with pytest.raises(ValueError, match="W′: every activation must be linear"):
            collapsed(network, np.zeros(network.n_parameters))
    assert is_linear(NetworkSpec(2, (), 1))
