"""Exercises on a neuron at one example: z, a, upstream, local, δ, and the gradients of its weights and its bias."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from playground.circuits.naming import bare
from playground.circuits.numerals import factor
from playground.engine import activations
from playground.engine.activations import ACTIVATIONS, LAYER_ACTIVATIONS, LayerActivation
from playground.engine.notation import entry, output_symbol, piece_of, unit_symbol
from playground.engine.trace import GradientTrace, LayerTrace
from playground.lessons.misconceptions.exercise import DIGITS, Exercise, exercise
from playground.lessons.misconceptions.facts import Value

BIAS = -1
Floats = NDArray[np.float64]


class Neuron:
    """One unit of a trace, and the exercises on it.

    Parameters
    ----------
    trace : GradientTrace
    layer, unit : int
        1…H hidden, H + 1 output; units count from 0.
    takes_scores : bool
        Whether an output is a score s, rather than ŷ.
    piece : int or None
        The piece of a Maxout unit; the one that wins where it is None.
    digits : int
        How many significant digits an answer needs.
    """

    def __init__(
        self,
        trace: GradientTrace,
        layer: int,
        unit: int,
        *,
        takes_scores: bool = True,
        piece: int | None = None,
        digits: int = DIGITS,
    ) -> None:
        self.trace, self.layer, self.unit, self.digits = trace, layer, unit, digits
        here = self.here = trace.layer(layer)
        layout = here.layout
        self.piece = int(here.winners[unit]) if piece is None else piece
        self.row = layout.row(unit, self.piece)
        outputs = len(trace.layers[-1].a)
        is_output = layer == len(trace.layers)
        self.a_name = (
            output_symbol(unit, outputs, is_score=takes_scores) if is_output else unit_symbol("a", layer, unit)
        )
        self.z_name = piece_of(unit_symbol("z", layer, unit), self.piece, layout.pieces)
        self.z, self.a = float(here.z[self.row]), float(here.a[unit])
        self.upstream, self.local = float(here.upstream[unit]), float(here.local[self.row])
        self.delta = float(here.downstream[self.row])
        self.entry = LAYER_ACTIVATIONS[layout.activation]

    def pre_activation(self) -> Exercise:
        """Ask for z."""
        weights, inputs = self.here.weights[self.row, :-1], self.here.inputs
        bias = float(self.here.weights[self.row, -1])
        facts: dict[str, Value] = {
            "weights": weights,
            "inputs": inputs,
            "bias": bias,
            "products": weights * inputs,
            "a": self.a,
            "out_name": self.a_name,
        }
        return exercise("pre_activation", self.z_name, self.z, facts, self.digits, (*(weights * inputs), bias))

    def value(self) -> Exercise:
        """Ask for a."""
        name, spec, layout = self.here.layout.activation, self.here.layout.spec, self.here.layout
        if layout.is_maxout:
            pieces = [float(self.here.z[layout.row(self.unit, piece)]) for piece in range(layout.pieces)]
            return exercise("maxout", self.a_name, self.a, {"pieces": pieces}, self.digits)
        other = "tanh" if name != "tanh" else "sigmoid"
        facts: dict[str, Value] = {
            "z": self.z,
            "in_name": self.z_name,
            "local": self.local,
            "template": _height(self.entry, "z"),
            "plugged": _height(self.entry, factor(self.z)),
            "turned": float(activations.value(name, [-self.z], spec)[0]),
            "other_curve": float(activations.value(other, [self.z])[0]),
            "other_name": ACTIVATIONS[other].label,
        }
        return exercise(f"activation.{name}", self.a_name, self.a, facts, self.digits)

    def local_gradient(self) -> Exercise:
        """Ask for ∂a/∂z: the downstream of an upstream 1."""
        facts = {**self._on_the_curve(), "upstream": 1.0}
        symbol = f"∂{self.a_name}/∂{self.z_name}"
        return exercise(f"delta.{self.here.layout.activation}", symbol, self.local, facts, self.digits)

    def downstream(self) -> Exercise:
        """Ask for δ = ∂Lᵢ/∂z."""
        facts = self._on_the_curve() | {"upstream": self.upstream, "made_of": self._made_of()}
        return exercise(f"delta.{self.here.layout.activation}", f"∂Lᵢ/∂{self.z_name}", self.delta, facts, self.digits)

    def upstream_gradient(self, new_weights: Floats | None = None) -> Exercise:
        """Ask for ∂Lᵢ/∂a of a hidden unit; `new_weights` are the next layer's after the pending update."""
        return _sent_back(
            self.trace.layer(self.layer + 1), self.unit, "upstream", self.a_name, self.a, self.digits, new_weights
        )

    def gradient(self, source: int) -> Exercise:
        """Ask for ∂Lᵢ/∂w of the weight from `source`, or of the bias for −1."""
        right = float(self.here.weight_gradients[self.row, source])
        x = 1.0 if source == BIAS else float(self.here.inputs[source])
        facts: dict[str, Value] = {
            "delta": self.delta,
            "upstream": self.upstream,
            "local": self.local,
            "x": x,
            "a": self.a,
            "z": self.z,
            "inputs": self.here.inputs,
            "b" if source == BIAS else "w": float(self.here.weights[self.row, source]),
            "in_name": "1" if source == BIAS else source_name(self.layer, source),
        }
        name = unit_symbol("b", self.layer, self.unit)
        if source != BIAS:
            name = unit_symbol("w", self.layer, self.unit, source)
        symbol = f"∂Lᵢ/∂{piece_of(name, self.piece, self.here.layout.pieces)}"
        return exercise("bias" if source == BIAS else "weight", symbol, right, facts, self.digits)

    def sent_back(self, source: int) -> Exercise:
        """Ask for δ·w: what one edge sends back to its `source`."""
        name = source_name(self.layer, source)
        return _back(
            "upstream", name, np.array([self.delta]), self.here.weights[self.row, source : source + 1],
            float(self.here.inputs[source]), float(self.here.input_terms[self.row, source]), self.digits, {},
        )  # fmt: skip

    def _on_the_curve(self) -> dict[str, Value]:
        formula = self.entry.derivative.partition("= ")[2]
        at_output = self.here.layout.activation in ("tanh", "sigmoid")
        return {
            "upstream": self.upstream,
            "local": self.local,
            "own": self.z,
            "in_name": self.z_name,
            "out": self.a,
            "out_name": self.a_name,
            "gate": self.entry.label,
            "local_formula": formula,
            "at": f"{self.a_name} = {factor(self.a)}" if at_output else f"{self.z_name} = {factor(self.z)}",
            "made_of": "",
            "n": self.here.layout.pieces,
        }

    def _made_of(self) -> str:
        if self.layer == len(self.trace.layers):
            return ""
        after = self.trace.layer(self.layer + 1)
        if after.layout.rows > 3:
            return ""
        return ": " + _products(after.downstream, after.weights[:, self.unit])


def input_gradient(trace: GradientTrace, unit: int, digits: int = DIGITS) -> Exercise:
    """Ask for ∂Lᵢ/∂x of an input of the network."""
    return _sent_back(trace.layer(1), unit, "input", entry("x", unit), float(trace.inputs[unit]), digits, None)


def source_name(layer: int, source: int) -> str:
    """Return the symbol of what an edge into `layer` carries."""
    return entry("x", source) if layer == 1 else unit_symbol("a", layer - 1, source)


def _sent_back(
    after: LayerTrace, unit: int, asked: str, name: str, value: float, digits: int, new_weights: Floats | None
) -> Exercise:
    more: dict[str, Value] = {}
    if new_weights is not None:
        more["new_weights"] = new_weights[:, unit]
    rows = after.layout.rows
    if rows == after.layout.n_in and rows > 1:  # square, so that a row can be taken for the column
        more["transposed"] = after.weights[unit, :-1]
    deltas, weights = after.downstream, after.weights[:, unit]
    return _back(asked, name, deltas, weights, value, float(after.input_terms[:, unit].sum()), digits, more)


def _back(
    asked: str,
    name: str,
    deltas: Floats,
    weights: Floats,
    value: float,
    right: float,
    digits: int,
    more: dict[str, Value],
) -> Exercise:
    terms = deltas * weights
    facts: dict[str, Value] = {
        "deltas": deltas,
        "weights": weights,
        "terms": terms,
        "n": len(terms),
        "name": name,
        "a": value,
        "products": _products(deltas, weights),
        **more,
    }
    return exercise(asked, f"∂Lᵢ/∂{name}", right, facts, digits, terms if len(terms) > 1 else ())


def _height(entry: LayerActivation, z: str) -> str:
    """Return ``max(0, z)`` of ``a = max(0, z)``, with `z` plugged in; of a long formula the name of the curve."""
    formula = entry.formula.partition("= ")[2]
    if ", p = " in formula:
        return f"{entry.label}({z.removeprefix('(').removesuffix(')')})"
    return bare(re.sub(r"\bz\b", z, formula.partition(" = ")[0]))


def _products(deltas: Floats, weights: Floats) -> str:
    shown = [f"{factor(float(d))} · {factor(float(w))}" for d, w in zip(deltas, weights, strict=True)]
    if len(shown) > 4:
        shown = [*shown[:3], "…", shown[-1]]
    return " + ".join(shown)
