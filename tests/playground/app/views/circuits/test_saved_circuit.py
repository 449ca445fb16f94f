"""What a file keeps of the Circuits view."""

from __future__ import annotations

import math

import pytest

from playground.app.views.circuits import edits
from playground.app.views.circuits.open_circuit import circuit_of


def test_a_kept_circuit_comes_back_with_its_numbers() -> None:
    text = "(x + y) * z"
    shown = circuit_of(text, {"x": 1.5, "y": -2.0, "z": 4.0}, 0.5)
    kept = edits.restored(edits.plain(text, shown))
    assert kept is not None
    assert (kept.text, dict(kept.inputs), kept.upstream) == (text, dict(shown.inputs), 0.5)


def test_an_input_that_was_moved_comes_back_though_the_text_gives_another_value() -> None:
    text = "x = 2; y = 3; x * y"
    typed = circuit_of(text, {"x": 7.0})
    assert dict(typed.inputs) == {"x": 2.0, "y": 3.0}
    kept = edits.restored(edits.plain(text, typed.with_input("x", -1.0)))
    assert kept is not None
    assert dict(kept.inputs) == {"x": -1.0, "y": 3.0}


def test_neither_a_circuit_of_the_network_nor_an_endless_text_is_kept() -> None:
    shown = circuit_of("x")
    assert edits.plain("", shown) == {}
    assert edits.plain("x" * (edits.MOST_BYTES + 1), shown) == {}


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"expression": 3},
        {"expression": "x", "inputs": 4},
        {"expression": "x", "upstream": math.nan},
        {"expression": "("},
    ],
)
def test_what_cannot_be_read_is_no_circuit(settings: dict[str, object]) -> None:
    assert edits.restored(settings) is None
