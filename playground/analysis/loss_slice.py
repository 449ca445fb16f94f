"""Loss slice: L over a plane through the space of parameters, θ = origin + a·u + b·v, and the path upon it."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.analysis.evaluate import Evaluator
from playground.engine.network import Network
from playground.engine.spec import require

Floats = NDArray[np.float64]

LEVELS = 12
_LARGEST, _FINEST = 1e100, 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """A plane in the space of parameters; `u` and `v` (n_parameters,) are at right angles.

    Coordinates of parameters are (θ − origin)·u / ‖u‖² and the same with v: where they are projected to.
    """

    origin: Floats
    u: Floats
    v: Floats

    def at(self, a: float, b: float) -> Floats:
        """Return the parameters at (a, b)."""
        return np.asarray(self.origin + a * self.u + b * self.v)

    def coordinates(self, parameters: Floats) -> Floats:
        """Return the coordinates (…, 2) of parameters (…, n_parameters)."""
        away = parameters - self.origin
        # A direction of length 0 (a network of zeros) has no coordinate but 0.
        return np.stack([away @ d / (float(d @ d) or 1.0) for d in (self.u, self.v)], axis=-1)


def weight_plane(parameters: Floats, first: int, second: int) -> Plane:
    """Return the plane on which two parameters vary and all others stay; coordinates are their own values."""
    n = len(parameters)
    require(0 <= first < n and 0 <= second < n, f"weights: expected places below {n}, got {first} and {second}")
    require(first != second, "weights: pick two different ones")
    origin, u, v = parameters.copy(), np.zeros(n), np.zeros(n)
    origin[[first, second]] = 0.0
    u[first] = v[second] = 1.0
    return Plane(origin, u, v)


def random_plane(network: Network, parameters: Floats, seed: int) -> Plane:
    """Return a plane of two random directions through `parameters`, each scaled per neuron to the norm of its weights.

    Without the scaling a step of 1 would be large for one network and small for another. v is made orthogonal to u.

    References
    ----------
    Li et al., *Visualizing the loss landscape of neural nets* (2018), section 4: filter normalization.
    """
    rng = np.random.Generator(np.random.PCG64([seed, 6]))
    directions = []
    for _ in range(2):
        flat = rng.standard_normal(len(parameters))
        for direction, weights in zip(network.matrices(flat), network.matrices(parameters), strict=True):
            size = np.linalg.norm(direction, axis=1, keepdims=True)
            direction *= np.linalg.norm(weights, axis=1, keepdims=True) / size
        directions.append(flat)
    u, v = directions
    v -= (v @ u) / (float(u @ u) or 1.0) * u
    return Plane(parameters.copy(), u, v)


def path_plane(states: Floats, parameters: Floats) -> Plane:
    """Return the plane through `parameters` along which the `states` (n, n_parameters) of a run spread most.

    References
    ----------
    Lorch, *Visualizing deep network training trajectories with PCA* (2016).
    """
    require(len(states) >= 3, "path: train at least two iterations first")
    away = states - states.mean(axis=0)
    # The Gram matrix is (n, n): there are few states, and maybe very many parameters.
    sizes, mixes = np.linalg.eigh(away @ away.T)
    axes = []
    for i in (-1, -2):
        direction = mixes[:, i] @ away
        size = float(np.linalg.norm(direction))
        unit = direction / size if size > 1e-12 and sizes[i] > 0 else np.zeros_like(direction)
        forward = float((states[-1] - states[0]) @ unit)
        axes.append(-unit if forward < 0 else unit)
    return Plane(parameters.copy(), axes[0], axes[1])


def square_about(places: Floats, least: float) -> tuple[float, float, float, float]:
    """Return left, right, bottom, top of a square with a margin about `places` (n, 2), at least 2·`least` wide.

    It is wide enough for float64 to distinguish its points.

    Raises
    ------
    ValueError
        When the places are too large for that.
    """
    low, high = places.min(axis=0), places.max(axis=0)
    require(float(np.abs(places).max()) <= _LARGEST, "weights: too large to draw the loss about them")
    half = max(least, 0.65 * float((high - low).max()), _FINEST * float(np.abs(places).max()))
    x, y = (low + high) / 2.0
    return float(x - half), float(x + half), float(y - half), float(y + half)


def cells(extent: tuple[float, float, float, float], size: int) -> tuple[Floats, Floats]:
    """Return the coordinates across and up of size × size points over `extent`, up from the top."""
    left, right, bottom, top = extent
    return np.linspace(left, right, size), np.linspace(top, bottom, size)


def losses_over(
    plane: Plane, evaluator: Evaluator, extent: tuple[float, float, float, float], size: int
) -> Generator[float, None, Floats]:
    """Measure the full loss at size × size points in small slices: yields the share done, returns (size, size).

    Rows run from the top.
    """
    across, up = cells(extent, size)
    values = np.empty((size, size))
    for row, b in enumerate(up.tolist()):
        for column, a in enumerate(across.tolist()):
            values[row, column] = evaluator.evaluate(plane.at(a, b)).loss
            yield (row * size + column + 1) / size**2
    return values


def levels(values: Floats, count: int = LEVELS) -> Floats:
    """Return `count` levels between the lowest and the highest loss, a factor apart where both are above 0."""
    finite = values[np.isfinite(values)]
    if not len(finite) or finite.min() == finite.max():
        return np.zeros(0)
    low, high = float(finite.min()), float(finite.max())
    share = (np.arange(count) + 0.5) / count
    if low > 0.0:
        return np.asarray(low * (high / low) ** share)
    return np.asarray(low + (high - low) * share**2)


def heights(values: Floats) -> NDArray[np.uint8]:
    """Return 0 … 255 for the lowest to the highest loss, evenly by its logarithm; what is not finite is highest."""
    finite = values[np.isfinite(values)]
    if not len(finite):
        return np.full(values.shape, 255, dtype=np.uint8)
    low, high = float(finite.min()), float(finite.max())
    floor = max(low, 1e-9 * max(high, 1e-300))
    with np.errstate(all="ignore"):
        share = np.log(np.maximum(values, floor) / floor) / (np.log(high / floor) or 1.0)
    return np.rint(255.0 * np.clip(np.nan_to_num(share, nan=1.0, posinf=1.0), 0.0, 1.0)).astype(np.uint8)
