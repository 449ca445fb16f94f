from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from playground.analysis import maps
from playground.analysis.maps import NeuronMaps, grid_points
from playground.engine.trace import Tracer
from tests.playground.engine.cases import Case, cases, xor_case


def test_grid_points_are_pixel_centres_row_by_row_from_the_top() -> None:
    points = grid_points(-2.0, 2.0, 10.0, 14.0, 2)
    assert points.tolist() == [[-1.0, 13.0], [1.0, 13.0], [-1.0, 11.0], [1.0, 11.0]]


@given(cases())
@settings(max_examples=30)
def test_a_map_is_what_the_neuron_computes_at_each_point(case: Case) -> None:
    parameters = case.parameters()
    columns = NeuronMaps(case.network, case.data.inputs, np.float64).compute(parameters)
    assert tuple(column.shape for column in columns) == tuple(
        (units, case.data.n_samples) for units in case.network.widths
    )
    for i, point in enumerate(case.data.inputs):
        trace = Tracer(case.network, case.training.loss).trace(parameters, point, case.data.targets[:, i])
        np.testing.assert_array_equal(columns[0][:, i], point)
        for layer, column in zip(trace.layers, columns[1:], strict=True):
            np.testing.assert_allclose(column[:, i], layer.a, rtol=1e-12, atol=1e-13)


def test_maps_cut_in_parts_are_the_same_and_use_the_same_arrays_again(monkeypatch: pytest.MonkeyPatch) -> None:
    case, points = xor_case(), grid_points(-1.0, 1.0, -1.0, 1.0, 7)
    whole = NeuronMaps(case.network, points, np.float64).compute(case.parameters())
    monkeypatch.setattr(maps, "_CHUNK", 10)
    instrument = NeuronMaps(case.network, points, np.float64)
    cut = instrument.compute(case.parameters())
    for one, two in zip(whole, cut, strict=True):
        np.testing.assert_allclose(two, one, rtol=1e-13, atol=1e-15)
    assert all(one is two for one, two in zip(instrument.compute(-case.parameters()), cut, strict=True))


def test_single_precision_is_close_enough_for_a_picture() -> None:
    case, points = xor_case(), grid_points(-6.0, 6.0, -6.0, 6.0, 20)
    exact = NeuronMaps(case.network, points, np.float64).compute(case.parameters())
    rough = NeuronMaps(case.network, points).compute(case.parameters())
    for one, two in zip(exact, rough, strict=True):
        assert two.dtype == np.float32
        np.testing.assert_allclose(two, one, atol=1e-5)


def test_points_with_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match="the network has 2 inputs, the points 3 features"):
        NeuronMaps(xor_case().network, np.zeros((4, 3)))
