"""Standardization keeps its constants in sight and can be undone."""

from __future__ import annotations

import numpy as np
import pytest

from datasets.standardization import Standardization, standardization


def test_huge_numbers_standardize_without_overflow() -> None:
    points = np.array([[1e300], [3e300], [-1e300]])
    scaled = standardization(points).apply(points)

    np.testing.assert_allclose(scaled.std(), 1.0)


def test_a_column_that_is_constant_up_to_rounding_is_only_shifted() -> None:
    points = np.full((7, 1), 0.1)

    assert standardization(points).scale == (1.0,)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (((0.0,), (1.0, 2.0)), "one finite mean and one finite scale per column"),
        (((np.nan,), (1.0,)), "one finite mean"),
        (((0.0,), (0.0,)), "every scale must be above 0"),
        (((0.0,), (1.0,), 0.0, -1.0), "every scale must be above 0"),
    ],
)
def test_what_cannot_be_undone_is_refused(arguments: tuple[object, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Standardization(*arguments)  # type: ignore[arg-type]
