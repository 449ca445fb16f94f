"""How nodes, weights and matrices are written: a₂⁽¹⁾ as a symbol, "neuron 2 of hidden layer 1" in words, `h1.2` typed.

The unit stands below, the layer above, and both count from 1. Every function takes the indices of the code: layer 0
is the input, units, pieces and sources count from 0.
"""

from __future__ import annotations

import re

from playground.engine.messages import message

EXAMPLE_LOSS = "Lᵢ"  # the data loss of one example

SYMBOLS: dict[str, dict[str, str]] = {
    "Network": {
        "x": "what comes in: x₁, x₂, … are the inputs, for a neuron also the activations before it",
        "w, W": "a weight, a layer's weights: w₂₁⁽¹⁾ leads from input 1 to neuron 2 of hidden layer 1. A row of W is a "
        "neuron in z = W·x + b; in the tensors' Y = X·W + b, where a row of X is an example, it is a column",
        "b": "a bias",
        "z": "pre-activation z = Σ w·x + b: z₂⁽¹⁾ is that of neuron 2 of hidden layer 1",
        "a, f": "activation a = f(z)",
        "h": "activations of the layer that is looked at",
        "s": "a score: what a classifier's loss takes",
        "p": "a probability that the loss makes of scores",
        "ŷ": "an output that squared error compares with its target",
    },
    "Data": {
        "y": "index of the right class",
        "t": "target: what an output should be; in an optimizer or schedule the number of iterations",
        "i, j, k": "running indices: examples, classes, neurons or pieces",
        "N": "number of examples; N(0, v) is the normal distribution of variance v",
    },
    "Loss": {
        EXAMPLE_LOSS: "data loss of one example",
        "L_B": "mean data loss of the pending batch",
        "L": "loss of the training set: (1/N) Σ Lᵢ + λ·Σ R(W); in a typed circuit what lies beyond its result",
        "R, λR": "what large weights cost, and that times λ: the regularization loss",
        "λ, r": "strength of the regularization, and its share of L1",
    },
    "Gradients": {
        "∂Lᵢ/∂a": "upstream gradient, which arrives at an output",
        "∂a/∂z": "local gradient; in a circuit ∂out/∂in₁, ∂out/∂in₂ by the number of the input",
        "δ": "downstream gradient ∂Lᵢ/∂z = upstream × local",
        "g": "gradient that moves a weight: ∂L_B/∂w + λ·∂R/∂w, clipped where clipping is on",
        "dX, dY, …": "gradient of L_B with respect to a matrix, in its shape",
        "ε": "a small number: a nudge, or what keeps a denominator above 0",
    },
    "Update": {
        "Δw": "what an update adds to w",
        "η, η₀": "learning rate now, and without its schedule",
        "T, γ": "interval and factor of a schedule",
        "μ, ρ, β₁, β₂": "how much an optimizer's memory keeps",
        "v, m, s": "an optimizer's memory: velocity or moments; sum of squares",
        "d": "weight decay",
        "f": "the share that a schedule ends at or starts from",
        "U(−r, r), n": "even distribution of start weights; number of inputs or outputs of a layer",
    },
    "Activations": {
        "σ": "sigmoid",
        "s, α": "leaky ReLU's slope below 0; ELU goes down to −α",
        "e, π": "the numbers 2.718… and 3.142…",
        "u": "a part of a longer formula, which defines it",
    },
    "Circuits": {"f": "the result", "q": "a value between", "J": "the loss of the lecture's 1-1-1 network"},
}
"""Every symbol of a formula and what it means, by subject. An index is no symbol of its own."""

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
