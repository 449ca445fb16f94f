"""The calculus of the element-wise activations: a = f(z) and ∂a/∂z, function by function.

``name(z, out, work, c)`` writes f(z) into `out`, which may be `z` itself (not for GELU and SiLU);
``name_local(z, a, out, work, c)`` writes ∂a/∂z into `out` and leaves `z` and `a` alone. `work` is
scratch of the same shape, `c` holds the constants. Nothing is allocated and no value up to ±1e4
overflows. A NaN stays a NaN, so that divergence is seen and not hidden. What the user reads about each, and
who needs z or scratch, is in the table of `activations.py`.

Each f also takes complex z, for the complex step of the gradient check: `max` and `min` go by the real part
and carry the imaginary one along, which `np.abs` would lose, so |z| is written max(z, −z).

Reference: CS231n lecture 4 (2025); GELU: Hendrycks and Gimpel 2016, its tanh form; SiLU: Elfwing et al. 2017.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import DTypeLike, NDArray

from playground.engine.spec import LayerSpec

Array = NDArray[np.float64]

# e^709 is the last power of e that a float64 holds; the float32 one is e^88.
_LARGEST_EXPONENT = {np.dtype(np.float64): 709.0, np.dtype(np.float32): 88.0, np.dtype(np.complex128): 709.0}
_SQRT_2_OVER_PI = math.sqrt(2.0 / math.pi)
_GELU_CUBIC = 0.044715


@dataclass(frozen=True, slots=True, eq=False)
class Constants:
    """The numbers of the formulas as 0-d arrays, which a ufunc takes faster than Python floats.

    Attributes
    ----------
    slope, alpha : 0-d array
        Of the layer: Leaky ReLU's slope and ELU's α.
    gelu, gelu_cubic, gelu_slope : 0-d array
        k = √(2/π), 0.044715·k and 3·0.044715·2k, 2k = `gelu_twice`.
    """

    zero: Array
    half: Array
    one: Array
    slope: Array
    alpha: Array
    limit: Array  # the largest exponent that exp can take
    gelu: Array
    gelu_cubic: Array
    gelu_twice: Array
    gelu_slope: Array


def constants(layer: LayerSpec, dtype: DTypeLike = np.float64) -> Constants:
    """Return the constants of `layer` in precision `dtype`: float32 for maps, complex128 for the gradient check."""
    return _constants(layer.slope, layer.alpha, np.dtype(dtype).char)


@lru_cache(maxsize=64)
def _constants(slope: float, alpha: float, precision: str) -> Constants:
    k = _SQRT_2_OVER_PI
    numbers = (0.0, 0.5, 1.0, slope, alpha, _LARGEST_EXPONENT[np.dtype(precision)])
    gelu = (k, k * _GELU_CUBIC, 2.0 * k, 6.0 * k * _GELU_CUBIC)
    made = tuple(np.array(number, dtype=precision) for number in numbers + gelu)
    for one in made:
        one.flags.writeable = False
    return Constants(*made)


# ---- the functions -----------------------------------------------------------------------------


def linear(z: Array, out: Array, work: Array, c: Constants) -> None:
    """`f(z) = z`."""
    np.copyto(out, z)


def linear_local(z: Array, a: Array, out: Array, work: Array, c: Constants) -> None:
    """∂a/∂z = 1."""
    np.copyto(out, c.one)


def relu(z: Array, out: Array, work: Array, c: Constants) -> None:
    """`f(z) = max(0, z)`."""
    np.maximum(z, c.zero, out=out)


def relu_local(z: Array, a: Array, out: Array, work: Array, c: Constants) -> None:
    """∂a/∂z = [z > 0]; a is never negative, so its sign is exactly that."""
    np.sign(a, out)


def leaky_relu(z: Array, out: Array, work: Array, c: Constants) -> None:
    """`f(z) = max(z, s·z)`, which is z above 0 and s·z below, because 0 ≤ s ≤ 1."""
    np.multiply(z, c.slope, work)
    np.maximum(z, work, out=out)


def leaky_relu_local(z: Array, a: Array, out: Array, work: Array, c: Constants) -> None:
    """∂a/∂z = max(sign(a), s): 1 above 0, s at 0 and below."""
    np.sign(a, out)
    np.maximum(out, c.slope, out=out)


def elu(z: Array, out: Array, work: Array, c: Constants) -> None:
    """`f(z) = max(0, z) + α·(e^min(0, z) − 1)`: one of the two terms is always 0."""
    np.minimum(z, c.zero, out=work)
    np.expm1(work, work)
    np.multiply(work, c.alpha, work)
    np.maximum(z, c.zero, out=out)
    np.add(out, work, out)


def elu_local(z: Array, a: Array, out: Array, work: Array, c: Constants) -> None:
    """∂a/∂z = 1 above 0, and α·eᶻ = a + α at 0 and below."""
    np.minimum(a, c.zero, out=out)
    np.add(out, c.alpha, out)
    np.less_equal(a, c.zero, work)
    np.multiply(out, work, out)
    np.greater(a, c.zero, work)
    np.add(out, work, out)


def tanh(z: Array, out: Array, work: Array, c: Constants) -> None:
    """`f(z) = tanh(z)`."""
    np.tanh(z, out)


def tanh_local(z: Array, a: Array, out: Array, work: Array, c: Constants) -> None:
    """∂a/∂z = 1 − a²."""
    np.multiply(a, a, out)
    np.subtract(c.one, out, out)


def sigmoid(z: Array, out: Array, work: Array, c: Constants) -> None:
    """`f(z) = 1 / (1 + e⁻ᶻ)`, the exponent held below the overflow of exp."""
    np.negative(z, out)
    np.minimum(out, c.limit, out=out)
    np.exp(out, out)
    np.add(out, c.one, out)
    np.reciprocal(out, out)


def sigmoid_local(z: Array, a: Array, out: Array, work: Array, c: Constants) -> None:
    """∂a/∂z = a·(1 − a)."""
    np.subtract(c.one, a, out)
    np.multiply(out, a, out)


def softplus(z: Array, out: Array, work: Array, c: Constants) -> None:
    """`f(z) = ln(1 + eᶻ) = max(0, z) + ln(1 + e^−|z|)`, whose exponent is never positive."""
    np.negative(z, work)
    np.minimum(z, work, out=work)
    np.exp(work, work)
    np.log1p(work, work)
    np.maximum(z, c.zero, out=out)
    np.add(out, work, out)


def softplus_local(z: Array, a: Array, out: Array, work: Array, c: Constants) -> None:
    """∂a/∂z = σ(z) = 1 − e⁻ᵃ."""
    np.negative(a, out)
    np.expm1(out, out)
    np.negative(out, out)


def _gelu_share(z: Array, out: Array, c: Constants) -> None:
    """`p = ½·(1 + tanh u), u = k·(z + 0.044715·z³)`."""
    np.multiply(z, z, out)
    np.multiply(out, c.gelu_cubic, out)
    np.add(out, c.gelu, out)
    np.multiply(out, z, out)
    np.tanh(out, out)
    np.add(out, c.one, out)
    np.multiply(out, c.half, out)


def gelu(z: Array, out: Array, work: Array, c: Constants) -> None:
    """`f(z) = z·p`."""
    _gelu_share(z, out, c)
    np.multiply(out, z, out)


def gelu_local(z: Array, a: Array, out: Array, work: Array, c: Constants) -> None:
    """∂a/∂z = p + a·(1 − p)·2u′, 2u′ = 2k·(1 + 3·0.044715·z²)."""
    _gelu_share(z, work, c)
    np.multiply(z, z, out)
    np.multiply(out, c.gelu_slope, out)
    np.add(out, c.gelu_twice, out)
    np.subtract(c.one, work, work)
    np.multiply(out, work, out)
    np.multiply(out, a, out)
    np.subtract(c.one, work, work)
    np.add(out, work, out)


def silu(z: Array, out: Array, work: Array, c: Constants) -> None:
    """`f(z) = z·σ(z)`."""
    sigmoid(z, out, work, c)
    np.multiply(out, z, out)


def silu_local(z: Array, a: Array, out: Array, work: Array, c: Constants) -> None:
    """∂a/∂z = σ(z) + a·(1 − σ(z))."""
    sigmoid(z, out, work, c)
    np.subtract(c.one, out, work)
    np.multiply(work, a, work)
    np.add(out, work, out)


def sine(z: Array, out: Array, work: Array, c: Constants) -> None:
    """`f(z) = sin z`."""
    np.sin(z, out)


def sine_local(z: Array, a: Array, out: Array, work: Array, c: Constants) -> None:
    """∂a/∂z = cos z."""
    np.cos(z, out)


def step(z: Array, out: Array, work: Array, c: Constants) -> None:
    """`f(z) = [z > 0]`."""
    np.sign(z.real, out.real)
    if np.iscomplexobj(out):
        out.imag = 0.0
    np.maximum(out, c.zero, out=out)


def step_local(z: Array, a: Array, out: Array, work: Array, c: Constants) -> None:
    """∂a/∂z = 0: flat on both sides of the jump, and 0 is taken at the jump too."""
    np.multiply(a, c.zero, out)
