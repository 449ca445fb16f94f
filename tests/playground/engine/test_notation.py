from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine import notation


def test_units_stand_below_and_layers_above_and_both_count_from_one() -> None:
    assert notation.unit_symbol("a", 1, 1) == "a₂⁽¹⁾"
    assert notation.unit_symbol("z", 12, 0) == "z₁⁽¹²⁾"
    assert notation.unit_symbol("w", 1, 1, 0) == "w₂₁⁽¹⁾"
    assert notation.layer_symbol("W", 3) == "W⁽³⁾"


def test_indices_of_two_digits_are_kept_apart_by_a_comma() -> None:
    assert notation.entry("Y", 8, 0) == "Y₉₁"
    assert notation.entry("Y", 10, 0) == "Y₁₁,₁"
    assert notation.entry("X", 10, "ₖ") == "X₁₁,ₖ"


def test_a_single_output_needs_no_index() -> None:
    assert notation.output_symbol(0, 1, is_score=False) == "ŷ"
    assert notation.output_symbol(0, 1, is_score=True) == "s"
    assert notation.output_symbol(2, 3, is_score=True) == "s₃"


def test_only_a_unit_of_several_pieces_names_its_piece() -> None:
    assert notation.piece_of("a₁⁽¹⁾", 0, 1) == "a₁⁽¹⁾"
    assert notation.piece_of("a₁⁽¹⁾", 0, 2) == "a₁⁽¹⁾ piece 1"


def test_nodes_have_names_in_words() -> None:
    assert [notation.node_in_words(layer, 1, depth=2) for layer in range(4)] == [
        "input 2", "neuron 2 of hidden layer 1", "neuron 2 of hidden layer 2", "output 2",
    ]  # fmt: skip


def test_nodes_are_typed_as_x1_h1_2_and_out_1() -> None:
    assert notation.read_node("x1", 2) == (0, 0)
    assert notation.read_node("h1.2", 2) == (1, 1)
    assert notation.read_node(" out.1 ", 2) == (3, 0)


@given(depth=st.integers(0, 8), unit=st.integers(0, 999), layer=st.integers(0, 9))
def test_a_typed_node_is_read_as_the_same_node(depth: int, unit: int, layer: int) -> None:
    at = min(layer, depth + 1)
    assert notation.read_node(notation.typed_node(at, unit, depth), depth) == (at, unit)


@pytest.mark.parametrize("text", ["", "h1", "h1.0", "h0.1", "x0", "x", "out", "out.0", "h1[0]", "1.2", "h1.2.3"])
def test_what_names_no_node_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected a node such as x1, h1\.2 or out\.1"):
        notation.read_node(text, 1)
