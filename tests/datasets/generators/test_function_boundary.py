"""Above or below a typed function."""

from __future__ import annotations

import numpy as np
import pytest

from datasets.generators.function_boundary import default_curve
from datasets.generators.table import generator, make


def test_points_lie_on_the_side_of_the_given_curve_that_their_class_says() -> None:
    data = make("function", points=500, curve=lambda x: np.cos(3 * x))
    above = data.points[:, 1] - np.cos(3 * data.points[:, 0])

    assert (above[data.targets == 1] > 0.05).all()
    assert (above[data.targets == 0] < -0.05).all()


def test_without_a_curve_it_takes_its_own() -> None:
    data = make("function", points=500)

    assert np.array_equal(data.points, make("function", points=500, curve=default_curve).points)
    assert np.array_equal(data.points[:, 1] > default_curve(data.points[:, 0]), data.targets == 1)


def test_a_kind_of_data_without_a_curve_refuses_one() -> None:
    assert not generator("xor").takes_curve
    with pytest.raises(ValueError, match="curve: xor takes none; choose function"):
        make("xor", curve=np.sin)
