"""How nodes, weights and matrices are written: a₂⁽¹⁾ as a symbol, "neuron 2 of hidden layer 1" in words, `h1.2` typed.

The unit stands below, the layer above, and both count from 1. Every function takes the indices of the code: layer 0
is the input, units, pieces and sources count from 0.
"""

from __future__ import annotations

import re

from playground.engine.messages import message

EXAMPLE_LOSS = "Lᵢ"  # the data loss of one example

_DIGITS = "0123456789"
_SUBSCRIPTS = str.maketrans(_DIGITS, "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPTS = str.maketrans(_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TYPED = re.compile(r"h(?P<layer>[1-9]\d{0,3})\.(?P<unit>[1-9]\d{0,3})|(?P<kind>x|out\.)(?P<index>[1-9]\d{0,5})")


def subscript(number: int) -> str:
    """Return `number` in subscript digits: ₁₂."""
    return str(number).translate(_SUBSCRIPTS)


def superscript(number: int) -> str:
    """Return `number` in superscript digits: ¹²."""
    return str(number).translate(_SUPERSCRIPTS)


def entry(symbol: str, *indices: int | str) -> str:
    """Return the entry of a vector or matrix: ``Y₂₁``, ``Xₖ₂``; with a comma where an index has two digits.

    A text among `indices` is a running index that is written as it is.
    """
    shown = [index if isinstance(index, str) else subscript(index + 1) for index in indices]
    return symbol + ("" if all(len(index) == 1 for index in shown) else ",").join(shown)


def layer_symbol(symbol: str, layer: int) -> str:
    """Return a quantity of a whole layer: ``a⁽¹⁾``, ``W⁽²⁾``."""
    return f"{symbol}⁽{superscript(layer)}⁾"


def unit_symbol(symbol: str, layer: int, *indices: int | str) -> str:
    """Return a quantity of one unit: ``a₂⁽¹⁾``; of one weight, target before source: ``w₂₁⁽¹⁾``."""
    return layer_symbol(entry(symbol, *indices), layer)


def output_symbol(unit: int, n_outputs: int, *, is_score: bool) -> str:
    """Return ``s₂`` for a score, ``ŷ₂`` for what squared error compares; without an index where there is only one."""
    symbol = "s" if is_score else "ŷ"
    return symbol if n_outputs == 1 else entry(symbol, unit)


def piece_of(label: str, piece: int, n_pieces: int) -> str:
    """Return ``a₂⁽¹⁾ piece 1`` for a piece of a Maxout unit, `label` alone where there is only one."""
    return message("{label} piece {piece}", label=label, piece=piece + 1) if n_pieces > 1 else label


def node_in_words(layer: int, unit: int, depth: int) -> str:
    """Return ``input 1``, ``neuron 2 of hidden layer 1`` or ``output 1``."""
    if 0 < layer <= depth:
        return message("neuron {unit} of hidden layer {layer}", unit=unit + 1, layer=layer)
    return message("output {unit}" if layer else "input {unit}", unit=unit + 1)


def typed_node(layer: int, unit: int, depth: int) -> str:
    """Return a node as it is typed: ``x1``, ``h1.2`` or ``out.1``."""
    if 0 < layer <= depth:
        return f"h{layer}.{unit + 1}"
    return f"{'out.' if layer else 'x'}{unit + 1}"


def read_node(text: str, depth: int) -> tuple[int, int]:
    """Return layer and unit of a typed node; the inverse of `typed_node`.

    Raises
    ------
    ValueError
        If `text` is no node's name.
    """
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        raise ValueError(message("expected a node such as x1, h1.2 or out.1, got {text!r}", text=text))
    if found["layer"]:
        return int(found["layer"]), int(found["unit"]) - 1
    return (0 if found["kind"] == "x" else depth + 1), int(found["index"]) - 1
