from __future__ import annotations

import pytest

from playground.circuits.nudge import EPSILONS, nudge
from playground.circuits.parser.expression import parse


def test_a_linear_function_keeps_its_promise_exactly() -> None:
    reading = nudge(parse("(x + y) * z"), {"x": -2.0, "y": 5.0, "z": -4.0}, "x", 0.5)
    assert (reading.value, reading.nudged, reading.difference) == (-12.0, -14.0, -2.0)
    assert (reading.gradient, reading.predicted, reading.error) == (-4.0, -2.0, 0.0)


def test_the_error_of_a_square_is_epsilon_squared() -> None:
    reading = nudge(parse("x * x"), {"x": 3.0}, "x", 0.5)
    assert (reading.difference, reading.predicted, reading.error) == (3.25, 3.0, 0.25)
    assert dict(reading.errors)[1.0] == 1.0


def test_the_error_shrinks_with_epsilon_and_then_grows_again() -> None:
    errors = dict(nudge(parse("exp(x)"), {"x": 1.0}, "x", 0.1).errors)
    best = min(errors, key=lambda e: errors[e])
    assert 1e-10 < best < 1e-6
    assert errors[1e-2] > errors[1e-4] > errors[best]
    assert errors[1e-15] > 1e3 * errors[best]
    assert list(errors) == list(EPSILONS)


def test_an_epsilon_that_leaves_the_domain_is_left_out_of_the_curve() -> None:
    reading = nudge(parse("log(1 - x)"), {"x": 0.5}, "x", 0.1)
    assert max(e for e, _ in reading.errors) < 0.5
    with pytest.raises(ValueError, match=r"log of −0.5"):
        nudge(parse("log(1 - x)"), {"x": 0.5}, "x", 1.0)


@pytest.mark.parametrize("epsilon", [0.0, float("inf"), float("nan")])
def test_an_epsilon_that_is_none_is_refused(epsilon: float) -> None:
    with pytest.raises(ValueError, match="ε: expected a finite number"):
        nudge(parse("x"), {"x": 1.0}, "x", epsilon)


def test_an_input_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="y is not an input"):
        nudge(parse("x"), {"x": 1.0}, "y", 0.1)
