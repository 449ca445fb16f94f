"""The gate table: what each gate computes, its local gradients, and its pattern in words; one entry each.

Conventions of the lecture: ReLU's derivative at 0 is 0; max and min send the whole upstream to the
first (leftmost) winner of a tie, so that gradients never double.

Reference: CS231n lecture 4 (2025), "Patterns in gradient flow".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from playground.circuits import calculus
from playground.circuits.calculus import Inputs, Locals, Number
from playground.circuits.numerals import factor, numeral
from playground.engine import activations
from playground.engine.activations import ACTIVATIONS, Activation
from playground.engine.messages import message
from playground.engine.spec import LayerSpec

INPUT = "input"
CONSTANT = "constant"
TIES = ("max", "min")


@dataclass(frozen=True, slots=True)
class Gate:
    """One kind of gate.

    Attributes
    ----------
    name, symbol, label : str
        ``op`` of a node; the sign drawn in the gate; its name in words.
    least, most : int
        How many inputs it takes; no limit where ``most`` is 0.
    """

    name: str
    symbol: str
    label: str
    formula: str  # `out` as text; ``{x}`` and ``{y}`` stand for the first two inputs, ``{all}`` for the list of them
    least: int
    most: int
    # Of floats or of arrays of one shape, element by element.
    forward: Callable[[Sequence[Number]], Number] = field(repr=False)
    local: Callable[[Inputs, float], Locals] = field(repr=False)
    # One per input, the last for all further ones; ``{this}`` is the input in question.
    local_formulas: tuple[str, ...] = ()
    pattern: str = ""  # what the gate does to the upstream gradient, in words

    def takes(self, n: int) -> bool:
        """Return whether the gate may have `n` inputs."""
        return self.least <= n and (not self.most or n <= self.most)

    def local_formula(self, slot: int) -> str:
        """Return the template of ∂out/∂(input number `slot`)."""
        return self.local_formulas[min(slot, len(self.local_formulas) - 1)]


_SCALES = "scales: the input gets upstream × the slope of the curve at this point"

_ENTRIES = (
    Gate("add", "+", "add", "{x} + {y}", 2, 2, lambda v: v[0] + v[1], lambda v, out: (1.0, 1.0), ("1",),
         "distributes: every input gets the upstream unchanged"),
    Gate("sum", "Σ", "sum", "{all}", 1, 0, calculus.add_up, lambda v, out: (1.0,) * len(v), ("1",),
         "distributes: every input gets the upstream unchanged"),
    Gate("subtract", "−", "subtract", "{x} − {y}", 2, 2, lambda v: v[0] - v[1], lambda v, out: (1.0, -1.0),
         ("1", "−1"), "distributes: the first input gets the upstream unchanged, the second with its sign changed"),
    Gate("multiply", "×", "multiply", "{x} · {y}", 2, 2, lambda v: v[0] * v[1], lambda v, out: (v[1], v[0]),
         ("{y}", "{x}"), "swaps and scales: each input gets upstream × the other input"),
    Gate("divide", "÷", "divide", "{x} / {y}", 2, 2, calculus.divide, calculus.divide_local,
         ("1 / {y}", "−{x} / {y}²"), "scales: the numerator gets upstream / divisor, the divisor −out / divisor of it"),
    Gate("power", "^", "power", "{x} ^ {y}", 2, 2, calculus.power, calculus.power_local,
         ("{y} · {x} ^ ({y} − 1)", "{x} ^ {y} · ln {x}"),
         "scales: the base gets upstream × exponent × base ^ (exponent − 1)"),
    Gate("negate", "−1·", "negate", "−{x}", 1, 1, lambda v: -v[0], lambda v, out: (-1.0,), ("−1",),
         "changes the sign: the input gets −1 × upstream"),
    Gate("max", "max", "max", "max({all})", 2, 0, calculus.largest, calculus.max_local, ("1 if {this} wins, else 0",),
         "routes: the winner gets the whole upstream, the others 0"),
    Gate("min", "min", "min", "min({all})", 2, 0, calculus.smallest, calculus.min_local, ("1 if {this} wins, else 0",),
         "routes: the winner gets the whole upstream, the others 0"),
    Gate("exp", "exp", "exponential", "e ^ {x}", 1, 1, lambda v: calculus.exp(v[0]), lambda v, out: (out,), ("{out}",),
         "scales: the input gets upstream × the gate's own output"),
    Gate("log", "log", "natural logarithm", "ln {x}", 1, 1, calculus.log, lambda v, out: (1.0 / v[0],), ("1 / {x}",),
         "scales: the input gets upstream / input"),
    Gate("sqrt", "√", "square root", "√{x}", 1, 1, calculus.sqrt, calculus.sqrt_local, ("1 / (2 · {out})",), _SCALES),
    Gate("abs", "|x|", "absolute value", "|{x}|", 1, 1, lambda v: abs(v[0]), calculus.sign,
         ("sign of {x} (0 at 0)",), "changes the sign where the input is negative, stops at 0"),
    Gate("sin", "sin", "sine", "sin {x}", 1, 1, lambda v: calculus.sin(v[0]), lambda v, out: (calculus.cos(v[0]),),
         ("cos {x}",), _SCALES),
    Gate("cos", "cos", "cosine", "cos {x}", 1, 1, lambda v: calculus.cos(v[0]), lambda v, out: (-calculus.sin(v[0]),),
         ("−sin {x}",), _SCALES),
    Gate("tanh", "tanh", "tanh", "tanh {x}", 1, 1, lambda v: calculus.tanh(v[0]), lambda v, out: (1.0 - out * out,),
         ("1 − {out}²",), "scales: the input gets upstream × (1 − out²), nothing where the curve is flat"),
    Gate("sigmoid", "σ", "sigmoid", "1 / (1 + e ^ −{x})", 1, 1, calculus.sigmoid, lambda v, out: (out * (1.0 - out),),
         ("{out} · (1 − {out})",), "scales: the input gets upstream × out × (1 − out), at most a quarter of it"),
    Gate("relu", "ReLU", "ReLU", "max(0, {x})", 1, 1, calculus.relu,
         lambda v, out: (1.0 if v[0] > 0.0 else 0.0,), ("1 if {x} > 0, else 0",),
         "routes: the upstream passes where the input is above 0 and stops elsewhere (0 at exactly 0)"),
    Gate("step", "step", "step", "1 if {x} > 0, else 0", 1, 1, calculus.step, lambda v, out: (0.0,), ("0",),
         "stops: the curve is flat on both sides of the jump, so no gradient passes"),
    Gate("leaky_relu", "LReLU", "leaky ReLU", "{x} if {x} > 0, else {y} · {x}", 2, 2, calculus.leaky_relu,
         calculus.leaky_relu_local, ("1 if {x} > 0, else {y}", "min(0, {x})"),
         "routes: the upstream passes above 0; at 0 and below only the slope's share of it"),
    Gate("elu", "ELU", "ELU", "{x} if {x} > 0, else {y} · (e ^ {x} − 1)", 2, 2, calculus.elu, calculus.elu_local,
         ("1 if {x} > 0, else {y} · e ^ {x}", "e ^ min(0, {x}) − 1"),
         "routes: the upstream passes above 0; at 0 and below it is scaled by α·eˣ"),
    Gate("softplus", "softplus", "softplus", "ln(1 + e ^ {x})", 1, 1, calculus.softplus,
         lambda v, out: (calculus.sigmoid(v),), ("σ({x})",), "scales: the input gets upstream × σ(input)"),
    Gate("gelu", "GELU", "GELU", "{x} · p, p = ½ · (1 + tanh(√(2/π) · ({x} + 0.044715 · {x}³)))", 1, 1, calculus.gelu,
         calculus.gelu_local, ("p + {out} · (1 − p) · 2 · √(2/π) · (1 + 0.134145 · {x}²)",), _SCALES),
    Gate("silu", "SiLU", "SiLU", "{x} · σ({x})", 1, 1, calculus.silu, calculus.silu_local,
         ("σ({x}) + {out} · (1 − σ({x}))",), _SCALES),
    Gate("log_sum_exp", "ln Σ e", "log-sum-exp", "ln(Σ e ^ ({all}))", 1, 0, calculus.log_sum_exp,
         calculus.log_sum_exp_local, ("e ^ ({this} − {out})",),
         "divides: each input gets its softmax probability of the upstream"),
)  # fmt: skip


class _Gates(dict[str, Gate]):
    """The table, and a gate for each activation of the engine that has none of its own here."""

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in ACTIVATIONS

    def __missing__(self, name: str) -> Gate:
        return _of_activation(ACTIVATIONS[name])


def _of_activation(entry: Activation) -> Gate:
    """Return the gate of an activation, from the engine's own law: z, then the settings that belong to it."""

    def layer(v: Sequence[Number]) -> LayerSpec:
        return LayerSpec(**dict(zip(entry.settings, v[1:], strict=True)))

    n = 1 + len(entry.settings)
    formula, local = (re.sub(r"\bz\b", "{x}", text.partition("= ")[2]) for text in (entry.formula, entry.derivative))
    return Gate(
        entry.name, entry.label, entry.label, formula, n, n,
        lambda v: activations.value(entry.name, v[0], layer(v))[()],
        lambda v, out: (float(activations.local(entry.name, v[0], layer(v))), *(None for _ in entry.settings)),
        (local, *("∂a/∂" + key for key in entry.settings)), _SCALES,
    )  # fmt: skip


GATES: dict[str, Gate] = _Gates({entry.name: entry for entry in _ENTRIES})


def gate(name: str) -> Gate:
    """Return the gate `name`; ValueError with the known names if there is none."""
    if name not in GATES:
        raise ValueError(f"gate: there is no gate {name!r}; choose one of {', '.join(GATES)}")
    return GATES[name]


def winner(name: str, inputs: Inputs) -> int | None:
    """Return which input a max or min gate takes (the first of a tie); None for any other gate."""
    return calculus.winner(inputs, name == "max") if name in TIES else None


def why_no_local(name: str, slot: int, inputs: Inputs) -> str:
    """Return why ∂out/∂(input `slot`) does not exist at `inputs`, in words; empty where the formula says it."""
    if name == "power" and slot == 1 and inputs[0] <= 0.0:
        return message("ln {x} is not a real number, a logarithm needs a base above 0", x=factor(inputs[0]))
    return message("the slope is infinite there") if name in ("sqrt", "power") else ""


def kink(name: str, inputs: Inputs, source: str) -> str:
    """Return in words which slope the convention takes where the curve has a corner at `inputs`; empty elsewhere.

    `source` is the name of the input that a max or min takes.
    """
    if is_tie(name, inputs):
        at, low, high = inputs[winner(name, inputs) or 0], 0.0, 1.0
        taken = message("the first of the inputs that tie, {source}, gets 1 and the others get 0", source=source)
    elif name in _CORNERS and inputs[0] == 0.0:
        at, low, high, given = 0.0, *_CORNERS[name](inputs)
        taken = message("the input gets {given}", given=numeral(given))
    else:
        return ""
    template = "a corner at {at}: the slope is {low} on one side and {high} on the other; by convention {taken}"
    return "" if low == high else message(template, at=numeral(at), low=numeral(low), high=numeral(high), taken=taken)


_CORNERS: dict[str, Callable[[Inputs], tuple[float, float, float]]] = {
    "relu": lambda v: (0.0, 1.0, 0.0),
    "abs": lambda v: (-1.0, 1.0, 0.0),
    "leaky_relu": lambda v: (v[1], 1.0, v[1]),
    "elu": lambda v: (v[1], 1.0, v[1]),
}
"""The slopes to the left and to the right of 0, and the one that is taken there."""


def is_tie(name: str, inputs: Inputs) -> bool:
    """Return whether two or more inputs of a max or min gate tie for the winner."""
    place = winner(name, inputs)
    return place is not None and sum(v == inputs[place] for v in inputs) > 1
