"""A named quantity has the number that the trace or the pending step holds, and a name in words."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from playground.document.document import Document
from playground.document.quantity import Quantity
from playground.document.selection import Example
from playground.engine.spec import LayerSpec
from playground.session.session import Session
from playground.training.answers import is_right, read_answer
from playground.training.quantities import title_of, value_of
from playground.training.snapshot import Snapshot


@pytest.fixture
def snapshot(qapp: object) -> Snapshot:
    return Session(replace(Document(), hidden=(LayerSpec(3), LayerSpec(2)))).snapshot()


def _value(snapshot: Snapshot, of: str, at: str) -> float:
    return value_of(snapshot, Quantity(of, at, 5))


def test_the_numbers_of_a_neuron_obey_the_chain_rule(snapshot: Snapshot) -> None:
    a, z = _value(snapshot, "value", "h1.2"), _value(snapshot, "pre_activation", "h1.2")
    assert a == pytest.approx(math.tanh(z))
    assert _value(snapshot, "local", "h1.2") == pytest.approx(1 - a * a)
    product = _value(snapshot, "upstream", "h1.2") * _value(snapshot, "local", "h1.2")
    assert _value(snapshot, "downstream", "h1.2") == pytest.approx(product)


def test_the_numbers_of_an_edge_are_products_of_its_ends(snapshot: Snapshot) -> None:
    delta, a = _value(snapshot, "downstream", "h2.1"), _value(snapshot, "value", "h1.3")
    assert _value(snapshot, "gradient", "h1.3-h2.1") == pytest.approx(delta * a)
    assert _value(snapshot, "gradient", "bias-h2.1") == delta
    weight = _value(snapshot, "weight", "h1.3-h2.1")
    assert _value(snapshot, "input_gradient", "h1.3-h2.1") == pytest.approx(delta * weight)
    assert _value(snapshot, "next_weight", "h1.3-h2.1") == pytest.approx(
        weight + _value(snapshot, "update", "h1.3-h2.1")
    )
    assert _value(snapshot, "update", "h1.3-h2.1") == pytest.approx(
        -0.1 * _value(snapshot, "batch_gradient", "h1.3-h2.1")
    )


def test_an_input_and_the_loss_have_their_numbers(snapshot: Snapshot) -> None:
    terms = [_value(snapshot, "input_gradient", f"x1-h1.{k}") for k in (1, 2, 3)]
    assert _value(snapshot, "input_gradient", "x1") == pytest.approx(sum(terms))
    assert _value(snapshot, "value", "x1") == snapshot.data.sample.points[5, 0]
    assert _value(snapshot, "loss", "loss") == snapshot.trace(Example(5)).example_loss


def test_without_an_example_the_selected_one_is_read(snapshot: Snapshot) -> None:
    assert value_of(snapshot, Quantity("value", "x1"), Example(None, (0.25, 0.5))) == 0.25


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Quantity("value", "h1.4"), "this 2-3-2-1 network has no h1.4"),
        (Quantity("weight", "x3-h1.1"), "this 2-3-2-1 network has no x3-h1.1"),
        (Quantity("value", "h1.1", 10_000), "expected an index below 400, got 10000"),
        (Quantity("input_gradient", "bias-h1.1"), "nothing is sent back along a bias"),
    ],
    ids=lambda value: value.at if isinstance(value, Quantity) else "",
)
def test_what_this_network_or_these_data_do_not_have_is_refused(
    snapshot: Snapshot, wanted: Quantity, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        value_of(snapshot, wanted)


@pytest.mark.parametrize(
    ("of", "at", "said"),
    [
        ("downstream", "h1.2", "downstream gradient of neuron 2 of hidden layer 1"),
        ("loss", "loss", "data loss of the example"),
        ("update", "bias-h2.1", "update of the bias of neuron 1 of hidden layer 2"),
        ("weight", "x1-h1.2 piece 2", "weight from input 1 to neuron 2 of hidden layer 1 piece 2"),
    ],
)
def test_a_quantity_is_said_in_words(of: str, at: str, said: str) -> None:
    assert title_of(Quantity(of, at), depth=2) == said


@pytest.mark.parametrize(
    ("typed", "read"),
    [("−0.25", -0.25), ("1/4", 0.25), ("-4 * 0,5", -2.0), ("0,125", 0.125), (",5", 0.5), ("1e-3", 1e-3)],
)
def test_an_answer_is_a_number_or_arithmetic(typed: str, read: float) -> None:
    assert read_answer(typed) == read


@pytest.mark.parametrize("typed", ["", "abc", "1,234", "x + 1"])
def test_what_is_not_one_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_answer(typed)


@pytest.mark.parametrize(
    ("guess", "expected", "digits", "right"),
    [
        (-0.030, -0.0312, None, False),
        (-0.0312, -0.03123, None, True),
        (0.0312, -0.03123, None, False),
        (-0.031, -0.0312, 2, True),
        (-0.033, -0.0312, 2, False),
        (123.0, 120.0, 2, True),
        (0.0, 0.0, None, True),
        (0.01, 0.0, 2, False),
        (0.0, 1e-5, None, False),
        (1.0, 1.5, 1, False),
        (1.5, 1.5, 1, True),
        (1.0, math.nan, None, False),
    ],
)
def test_as_many_digits_must_be_right_as_are_asked(
    guess: float, expected: float, digits: int | None, right: bool
) -> None:
    assert is_right(guess, expected, digits) is right
