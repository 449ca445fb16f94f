"""The calculus of the gates: out = f(inputs) and ∂out/∂input, function by function.

A function takes its inputs as a sequence, of floats or of arrays of one shape. On floats it raises a ValueError
outside its domain, with the reason and the cure; on arrays such places become NaN or ±∞. A local gradient takes
floats alone, with ``out``, and returns one number per input, None where the derivative does not exist.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np

from playground.circuits.numerals import numeral
from playground.engine.messages import message

Number = Any
"""A float, or an array of them."""
Inputs = Sequence[float]
Locals = tuple[float | None, ...]

_GELU = math.sqrt(2.0 / math.pi)
_GELU_CUBIC = 0.044715


# ---- floats and arrays alike -------------------------------------------------------------------


def _either(of_floats: Callable[..., Number], of_arrays: Callable[..., Number]) -> Callable[..., Number]:
    def f(*v: Number) -> Number:
        return of_arrays(*v) if isinstance(v[0], np.ndarray) else of_floats(*v)

    return f


exp, expm1, log1p = _either(math.exp, np.exp), _either(math.expm1, np.expm1), _either(math.log1p, np.log1p)
sin, cos, tanh = _either(math.sin, np.sin), _either(math.cos, np.cos), _either(math.tanh, np.tanh)
_ln, _root, _power = _either(math.log, np.log), _either(math.sqrt, np.sqrt), _either(math.pow, np.power)
_where = _either(lambda holds, x, y: x if holds else y, np.where)
_larger, _smaller = _either(max, np.maximum), _either(min, np.minimum)
_total = _either(lambda *v: math.fsum(v), lambda *v: reduce(np.add, v))


def _is_float(x: Number) -> bool:
    return not isinstance(x, np.ndarray)


# ---- arithmetic --------------------------------------------------------------------------------


def add_up(v: Sequence[Number]) -> Number:
    """`out = Σ x`."""
    return _total(*v)


def divide(v: Sequence[Number]) -> Number:
    """`out = x / y`."""
    x, y = v
    if _is_float(y) and y == 0.0:
        raise ValueError(message("{x} ÷ 0 has no value; keep the divisor away from 0", x=numeral(x)))
    return x / y


def divide_local(v: Inputs, out: float) -> Locals:
    """∂out/∂x = 1/y, ∂out/∂y = −x/y²."""
    return 1.0 / v[1], -out / v[1]


def power(v: Sequence[Number]) -> Number:
    """`out = x ** p`."""
    x, p = v
    if not _is_float(x):
        return _power(x, p)
    if x == 0.0 and p < 0.0:
        raise ValueError(message("0 to the power {p} divides by 0; keep the base away from 0", p=numeral(p)))
    if x < 0.0 and not p.is_integer():
        raise ValueError(
            message(
                "{x} to the fractional power {p} is not real; use a base above 0 or a whole exponent",
                x=numeral(x),
                p=numeral(p),
            )
        )
    return _power(x, p)


def power_local(v: Inputs, out: float) -> Locals:
    """∂out/∂x = p·x^(p − 1); ∂out/∂p = x^p·ln x, which exists for x > 0 (and is 0 at x = 0 < p)."""
    x, p = v
    if p == 0.0:
        by_base: float | None = 0.0
    elif x == 0.0 and p < 1.0:
        by_base = None
    else:
        by_base = p * math.pow(x, p - 1.0)
    if x > 0.0:
        return by_base, out * math.log(x)
    return by_base, (0.0 if x == 0.0 < p else None)


def largest(v: Sequence[Number]) -> Number:
    """`out = max(x, y, …)`."""
    return reduce(_larger, v)


def smallest(v: Sequence[Number]) -> Number:
    """`out = min(x, y, …)`."""
    return reduce(_smaller, v)


def winner(v: Inputs, largest: bool = True) -> int:
    """Return the index of the first largest (or smallest) input: at a tie the leftmost wins."""
    return v.index(max(v) if largest else min(v))


def max_local(v: Inputs, out: float) -> Locals:
    """1 for the first input that equals the maximum, 0 for all others."""
    return _one_at(winner(v), len(v))


def min_local(v: Inputs, out: float) -> Locals:
    """1 for the first input that equals the minimum, 0 for all others."""
    return _one_at(winner(v, largest=False), len(v))


def _one_at(place: int, n: int) -> Locals:
    return tuple(1.0 if k == place else 0.0 for k in range(n))


# ---- functions of one input --------------------------------------------------------------------


def log(v: Sequence[Number]) -> Number:
    """`out = ln x`."""
    if _is_float(v[0]) and v[0] <= 0.0:
        raise ValueError(message("log of {x} has no value; its input must be above 0", x=numeral(v[0])))
    return _ln(v[0])


def sqrt(v: Sequence[Number]) -> Number:
    """`out = √x`."""
    if _is_float(v[0]) and v[0] < 0.0:
        raise ValueError(message("sqrt of {x} is not real; its input must be 0 or more", x=numeral(v[0])))
    return _root(v[0])


def sqrt_local(v: Inputs, out: float) -> Locals:
    """∂out/∂x = 1/(2·out), infinite at 0."""
    return (0.5 / out if out > 0.0 else None,)


def sign(v: Inputs, out: float) -> Locals:
    """∂|x|/∂x = sign x, and 0 at 0."""
    return (float((v[0] > 0.0) - (v[0] < 0.0)),)


def sigmoid(v: Sequence[Number]) -> Number:
    """`out = 1 / (1 + e^−x)`, with an exponent that is never positive."""
    e = exp(-abs(v[0]))
    return _where(v[0] >= 0.0, 1.0, e) / (1.0 + e)


def relu(v: Sequence[Number]) -> Number:
    """`out = max(0, x)`."""
    return _larger(v[0], 0.0)


def step(v: Sequence[Number]) -> Number:
    """`out = 1` for x > 0, else 0."""
    return (v[0] > 0.0) * 1.0


def softplus(v: Sequence[Number]) -> Number:
    """`out = ln(1 + eˣ) = max(0, x) + ln(1 + e^−|x|)`."""
    return _larger(v[0], 0.0) + log1p(exp(-abs(v[0])))


def silu(v: Sequence[Number]) -> Number:
    """`out = x·σ(x)`."""
    return v[0] * sigmoid(v)


def silu_local(v: Inputs, out: float) -> Locals:
    """∂out/∂x = σ(x) + out·(1 − σ(x))."""
    s = sigmoid(v)
    return (s + out * (1.0 - s),)


def _gelu_share(x: Number) -> Number:
    return 0.5 * (1.0 + tanh(_GELU * (x + _GELU_CUBIC * x * x * x)))


def gelu(v: Sequence[Number]) -> Number:
    """`out = x·p, p = ½·(1 + tanh(√(2/π)·(x + 0.044715·x³)))`."""
    return v[0] * _gelu_share(v[0])


def gelu_local(v: Inputs, out: float) -> Locals:
    """∂out/∂x = p + out·(1 − p)·2·√(2/π)·(1 + 0.134145·x²)."""
    p = _gelu_share(v[0])
    return (p + out * (1.0 - p) * 2.0 * _GELU * (1.0 + 3.0 * _GELU_CUBIC * v[0] * v[0]),)


# ---- functions with a constant -----------------------------------------------------------------


def leaky_relu(v: Sequence[Number]) -> Number:
    """`out = x` above 0, `s·x` at 0 and below."""
    return _where(v[0] > 0.0, v[0], v[1] * v[0])


def leaky_relu_local(v: Inputs, out: float) -> Locals:
    """∂out/∂x = 1 above 0, s at 0 and below; ∂out/∂s = min(0, x)."""
    return (1.0 if v[0] > 0.0 else v[1]), min(0.0, v[0])


def elu(v: Sequence[Number]) -> Number:
    """`out = x` above 0, `α·(eˣ − 1)` at 0 and below."""
    return _where(v[0] > 0.0, v[0], v[1] * expm1(_smaller(v[0], 0.0)))


def elu_local(v: Inputs, out: float) -> Locals:
    """∂out/∂x = 1 above 0, α·eˣ at 0 and below; ∂out/∂α = e^min(0, x) − 1."""
    below = min(0.0, v[0])
    return (1.0 if v[0] > 0.0 else v[1] * math.exp(below)), math.expm1(below)


def log_sum_exp(v: Sequence[Number]) -> Number:
    """`out = ln Σ eˣ`, with the largest x taken out so that nothing overflows."""
    top = largest(v)
    return top + _ln(add_up([exp(x - top) for x in v]))


def log_sum_exp_local(v: Inputs, out: float) -> Locals:
    """∂out/∂xᵢ = e^xᵢ / Σ eˣ: the softmax probabilities."""
    top = max(v)
    powers = [math.exp(x - top) for x in v]
    total = math.fsum(powers)
    return tuple(p / total for p in powers)
