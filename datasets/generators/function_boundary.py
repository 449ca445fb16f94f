"""Above or below a typed function; the caller parses the text and passes the curve in."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from datasets.dataset import Floats
from datasets.generators.boundaries import divided
from datasets.generators.placement import Placed

#: What stands in the text field at first, and what ``function`` takes without a curve.
DEFAULT_FUNCTION = "x1 ** 2 / 2 - 1"


def function(rng: np.random.Generator, n: int, *, curve: Callable[[Floats], Floats] | None = None) -> Placed:
    """Class 1 above x₂ = curve(x₁), class 0 below; x₁²/2 − 1 by default. See :func:`boundaries.divided`."""
    return divided(rng, n, curve or default_curve)


def default_curve(x1: Floats) -> Floats:
    """Return x₁²/2 − 1, what ``DEFAULT_FUNCTION`` says."""
    return np.asarray(x1 * x1 / 2 - 1.0)
