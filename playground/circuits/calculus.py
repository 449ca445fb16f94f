"""The calculus of the gates: out = f(inputs) and ∂out/∂input, function by function.

Every function takes the inputs as a sequence of floats; a local gradient also takes ``out`` and returns
one number per input, or None where the derivative does not exist. Outside its domain a function raises
a ValueError with the reason and the cure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from playground.circuits.numerals import numeral

Inputs = Sequence[float]
Locals = tuple[float | None, ...]

_GELU = math.sqrt(2.0 / math.pi)
_GELU_CUBIC = 0.044715


# ---- arithmetic --------------------------------------------------------------------------------


def divide(v: Inputs) -> float:
    """`out = x / y`."""
    x, y = v
    if y == 0.0:
        raise ValueError(f"{numeral(x)} ÷ 0 has no value; keep the divisor away from 0")
    return x / y


def divide_local(v: Inputs, out: float) -> Locals:
    """∂out/∂x = 1/y, ∂out/∂y = −x/y²."""
    return 1.0 / v[1], -out / v[1]


def power(v: Inputs) -> float:
    """`out = x ** p`."""
    x, p = v
    if x == 0.0 and p < 0.0:
        raise ValueError(f"0 to the power {numeral(p)} divides by 0; keep the base away from 0")
    if x < 0.0 and not p.is_integer():
        raise ValueError(
            f"{numeral(x)} to the fractional power {numeral(p)} is not real; use a base above 0 or a whole exponent"
        )
    return math.pow(x, p)


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


def log(v: Inputs) -> float:
    """`out = ln x`."""
    if v[0] <= 0.0:
        raise ValueError(f"log of {numeral(v[0])} has no value; its input must be above 0")
    return math.log(v[0])


def sqrt(v: Inputs) -> float:
    """`out = √x`."""
    if v[0] < 0.0:
        raise ValueError(f"sqrt of {numeral(v[0])} is not real; its input must be 0 or more")
    return math.sqrt(v[0])


def sqrt_local(v: Inputs, out: float) -> Locals:
    """∂out/∂x = 1/(2·out), infinite at 0."""
    return (0.5 / out if out > 0.0 else None,)


def sign(v: Inputs, out: float) -> Locals:
    """∂|x|/∂x = sign x, and 0 at 0."""
    return (float((v[0] > 0.0) - (v[0] < 0.0)),)


def sigmoid(v: Inputs) -> float:
    """`out = 1 / (1 + e^−x)`, with an exponent that is never positive."""
    e = math.exp(-abs(v[0]))
    return 1.0 / (1.0 + e) if v[0] >= 0.0 else e / (1.0 + e)


def softplus(v: Inputs) -> float:
    """`out = ln(1 + eˣ) = max(0, x) + ln(1 + e^−|x|)`."""
    return max(v[0], 0.0) + math.log1p(math.exp(-abs(v[0])))


def silu_local(v: Inputs, out: float) -> Locals:
    """∂out/∂x = σ(x) + out·(1 − σ(x))."""
    s = sigmoid(v)
    return (s + out * (1.0 - s),)


def _gelu_share(x: float) -> float:
    return 0.5 * (1.0 + math.tanh(_GELU * (x + _GELU_CUBIC * x * x * x)))


def gelu(v: Inputs) -> float:
    """`out = x·p, p = ½·(1 + tanh(√(2/π)·(x + 0.044715·x³)))`."""
    return v[0] * _gelu_share(v[0])


def gelu_local(v: Inputs, out: float) -> Locals:
    """∂out/∂x = p + out·(1 − p)·2·√(2/π)·(1 + 0.134145·x²)."""
    p = _gelu_share(v[0])
    return (p + out * (1.0 - p) * 2.0 * _GELU * (1.0 + 3.0 * _GELU_CUBIC * v[0] * v[0]),)


# ---- functions with a constant -----------------------------------------------------------------


def leaky_relu(v: Inputs) -> float:
    """`out = x` above 0, `s·x` at 0 and below."""
    return v[0] if v[0] > 0.0 else v[1] * v[0]


def leaky_relu_local(v: Inputs, out: float) -> Locals:
    """∂out/∂x = 1 above 0, s at 0 and below; ∂out/∂s = min(0, x)."""
    return (1.0 if v[0] > 0.0 else v[1]), min(0.0, v[0])


def elu(v: Inputs) -> float:
    """`out = x` above 0, `α·(eˣ − 1)` at 0 and below."""
    return v[0] if v[0] > 0.0 else v[1] * math.expm1(v[0])


def elu_local(v: Inputs, out: float) -> Locals:
    """∂out/∂x = 1 above 0, α·eˣ at 0 and below; ∂out/∂α = e^min(0, x) − 1."""
    below = min(0.0, v[0])
    return (1.0 if v[0] > 0.0 else v[1] * math.exp(below)), math.expm1(below)


def log_sum_exp(v: Inputs) -> float:
    """`out = ln Σ eˣ`, with the largest x taken out so that nothing overflows."""
    top = max(v)
    return top + math.log(math.fsum(math.exp(x - top) for x in v))


def log_sum_exp_local(v: Inputs, out: float) -> Locals:
    """∂out/∂xᵢ = e^xᵢ / Σ eˣ: the softmax probabilities."""
    top = max(v)
    powers = [math.exp(x - top) for x in v]
    total = math.fsum(powers)
    return tuple(p / total for p in powers)
