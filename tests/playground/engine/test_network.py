from __future__ import annotations

import numpy as np
import pytest

from playground.engine.network import Network
from playground.engine.passes import Pass
from playground.engine.spec import LayerSpec, NetworkSpec, TrainingSpec

SPEC = NetworkSpec(3, (LayerSpec(width=4), LayerSpec(width=2, activation="maxout", pieces=3)), 5)


def test_all_matrices_are_views_into_one_flat_vector_layer_after_layer() -> None:
    network = Network(SPEC)
    flat = np.arange(float(network.n_parameters))
    matrices = network.matrices(flat)
    assert [matrix.shape for matrix in matrices] == [(4, 4), (6, 5), (5, 3)]
    assert np.concatenate([matrix.reshape(-1) for matrix in matrices]).tolist() == flat.tolist()
    matrices[1][0, 0] = -1.0
    assert flat[16] == -1.0
    assert network.depth == 2
    assert network.widths == (3, 4, 2, 5)


def test_positions_name_unit_source_and_piece_and_the_bias_is_source_minus_one() -> None:
    network = Network(SPEC)
    flat = np.arange(float(network.n_parameters))
    layer = network.layers[1]
    matrix = network.matrices(flat)[1]
    assert flat[layer.position(1, 3, 2)] == matrix[layer.row(1, 2), 3] == matrix[5, 3]
    assert flat[layer.position(0, -1)] == matrix[0, 4]


@pytest.mark.parametrize(("unit", "source", "piece"), [(2, 0, 0), (-1, 0, 0), (0, 4, 0), (0, -2, 0), (0, 0, 3)])
def test_an_edge_that_is_not_there_is_refused(unit: int, source: int, piece: int) -> None:
    with pytest.raises(ValueError, match="hidden 2: there is no edge"):
        Network(SPEC).layers[1].position(unit, source, piece)


def test_the_weight_mask_is_zero_at_the_biases_only() -> None:
    network = Network(SPEC)
    for matrix in network.matrices(network.weight_mask):
        assert (matrix[:, :-1] == 1.0).all()
        assert (matrix[:, -1] == 0.0).all()


def test_the_start_of_a_layer_does_not_depend_on_the_other_layers() -> None:
    training = TrainingSpec(initializer="normal")
    deep, wide = Network(SPEC), Network(NetworkSpec(3, (LayerSpec(width=4), LayerSpec(width=7)), 5))
    first, second = (network.matrices(network.initial(training, 9))[0] for network in (deep, wide))
    assert first.tobytes() == second.tobytes()


def test_a_layer_added_before_the_output_leaves_the_output_its_start() -> None:
    training = TrainingSpec(initializer="normal")
    one, two = (Network(NetworkSpec(2, (LayerSpec(),) * depth, 1)) for depth in (1, 2))
    starts = [network.matrices(network.initial(training, 3))[-1] for network in (one, two)]
    assert starts[0].tobytes() == starts[1].tobytes()


def test_biases_start_at_zero_and_seeds_differ() -> None:
    network = Network(SPEC)
    start = network.initial(TrainingSpec(), 1)
    assert (start[network.weight_mask == 0.0] == 0.0).all()
    assert start.tobytes() == network.initial(TrainingSpec(), 1).tobytes()
    assert start.tobytes() != network.initial(TrainingSpec(), 2).tobytes()


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (NetworkSpec(2, (LayerSpec(activation="steps"),), 1), "hidden layer 1: activation: expected one of linear"),
        (NetworkSpec(2, (), 1, "maxout"), "output activation: expected one of linear"),
    ],
)
def test_unknown_activations_are_refused_with_their_place(spec: NetworkSpec, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Network(spec)


def test_a_flat_vector_of_another_network_is_refused() -> None:
    with pytest.raises(ValueError, match=r"parameters: expected shape \(61,\)"):
        Network(SPEC).matrices(np.zeros(3))


def test_a_pass_needs_an_example_and_a_loss_before_it_can_tell_losses() -> None:
    network = Network(SPEC)
    with pytest.raises(ValueError, match="at least 1 example"):
        Pass(network, None, 0, np.zeros(network.n_parameters))
    with pytest.raises(ValueError, match="give it a loss"):
        Pass(network, None, 1, np.zeros(network.n_parameters)).losses()
