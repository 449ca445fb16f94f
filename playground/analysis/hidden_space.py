"""HiddenSpace: what one hidden layer makes of the data and of the input plane, seen on a plane of its own.

The plane is that of two units, or of the first two principal components of the data's activations.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.analysis.maps import NeuronMaps
from playground.analysis.projection import Projection, principal_plane
from playground.engine.network import Network
from playground.engine.spec import NetworkSpec, require

Floats = NDArray[np.float64]

Axes = tuple[int, int | None] | str
PRINCIPAL, SCORE = "principal", "score"
LINES = 13
BENDS = 41
_STEPS = 2.0
_LEAST_SHARE = 0.35
_LARGEST = 1e15
"""Activations and scores beyond it are drawn there: variances and places between them stay finite."""


@dataclass(frozen=True, slots=True, eq=False)
class HiddenPicture:
    """The layer's activations on the plane."""

    plane: Projection  # from activations to places and back
    points: Floats  # the data; shape (n, 2)
    grid: Floats  # lines of equal x₁, then lines of equal x₂, as the layers bend them; shape (2 · LINES, BENDS, 2)


def input_grid(left: float, right: float, bottom: float, top: float, lines: int = LINES, bends: int = BENDS) -> Floats:
    """Return the lines of a grid over the plane, shape (2 · lines, bends, 2): equal x₁ first."""
    upright = np.broadcast_arrays(np.linspace(left, right, lines)[:, None], np.linspace(bottom, top, bends)[None, :])
    level = np.broadcast_arrays(np.linspace(left, right, bends)[None, :], np.linspace(bottom, top, lines)[:, None])
    return np.concatenate([np.stack(lines_of_one, axis=-1) for lines_of_one in (upright, level)])


def unit_plane(activations: Floats, across: int, up: int | None) -> Projection:
    """Return the plane of two units of activations (n, d); the other units stand at their means.

    With `up` None (a layer of one unit) every point lies on one line.
    """
    width = activations.shape[1]
    require(0 <= across < width, f"units: expected 0 … {width - 1}, got {across}")
    require(up is None or (0 <= up < width and up != across), f"units: expected another unit than {across}, got {up}")
    mean = activations.mean(axis=0)
    components = np.zeros((2, width))
    components[0, across] = 1.0
    mean[across] = 0.0
    if up is not None:
        components[1, up] = 1.0
        mean[up] = 0.0
    spread = activations.var(axis=0)
    total = float(spread.sum()) or 1.0
    shares = (float(spread[across]) / total, float(spread[up]) / total if up is not None else 0.0)
    reach = float(np.abs(activations @ components.T).max()) or 1.0
    return Projection(mean, components, shares, (-reach, reach))


def score_plane(activations: Floats, direction: Floats) -> Projection:
    """Return the plane whose axis across is `direction` (d,), and up the direction of most variance beside it.

    Where a score is w·h + b and `direction` is w, every place has the score that all points shown there have: the
    decision is one upright line, however many units there are.
    """
    largest = float(np.abs(direction).max())
    if not np.isfinite(largest) or largest == 0.0:
        return principal_plane(activations)
    across = direction / largest
    across /= np.linalg.norm(across)
    mean = activations.mean(axis=0)
    centred = activations - mean
    beside = principal_plane(centred - np.outer(centred @ across, across))
    up = beside.components[0]
    places = centred @ np.stack((across, up)).T
    total = float((centred**2).sum()) or 1.0
    first, second = (places**2).sum(axis=0) / total
    reach = float(np.abs(places).max()) or 1.0
    return Projection(mean, np.stack((across, up)), (float(first), float(second)), (-reach, reach))


def facing(plane: Projection, before: Projection | None) -> Projection:
    """Return `plane` with each axis turned to point the way it pointed `before`: pictures do not flip over."""
    if before is None or before.components.shape != plane.components.shape:
        return plane
    signs = np.where((plane.components * before.components).sum(axis=1) < 0.0, -1.0, 1.0)
    return replace(plane, components=plane.components * signs[:, None])


def steady_reach(largest: float, before: float = 0.0) -> float:
    """Return a half range that holds `largest`: the one `before` while it does and is not much too large.

    New ones are powers of √2, so that axes move seldom, and by whole steps.
    """
    if not np.isfinite(largest) or largest <= 0.0:
        return before or 1.0
    if _LEAST_SHARE * before <= largest <= before:
        return before
    power = np.ceil((np.log2(1.02) + np.log2(largest)) * _STEPS) / _STEPS
    return float(2.0 ** min(power, np.finfo(float).maxexp - 1.0))


class HiddenSpace:
    """Reads one hidden layer of `network` over the same data and grid, frame after frame.

    Parameters
    ----------
    network : Network
    layer : int
        1 … H.
    inputs : array, shape (n, n_inputs)
        Features of the data.
    grid : array, shape (2 · LINES · BENDS, n_inputs)
        Features of the points of ``input_grid``.
    """

    def __init__(self, network: Network, layer: int, inputs: Floats, grid: Floats) -> None:
        require(1 <= layer <= network.depth, f"layer: expected 1 … {network.depth}, got {layer}")
        self._network, self._n, self._layer = network, len(inputs), layer
        self._maps = NeuronMaps(network, np.concatenate((inputs, grid)))
        spec = network.spec
        self._rest = Network(
            NetworkSpec(network.widths[layer], spec.hidden[layer:], spec.n_outputs, spec.output_activation)
        )
        self._tail = slice(network.layers[layer].slice.start, network.n_parameters)
        self._head: NeuronMaps | None = None

    def score_direction(self, parameters: Floats) -> Floats | None:
        """Return w of the score that decides, (d,): of one output, or of two the second's minus the first's.

        None before an earlier layer, and with more than two outputs: no single direction decides there.
        """
        layers = self._rest.layers
        if len(layers) > 1 or layers[0].units > 2:
            return None
        weights = self._rest.matrices(parameters[self._tail])[0][:, :-1]
        return np.asarray(weights[-1] - (weights[0] if len(weights) == 2 else 0.0))

    def picture(
        self,
        parameters: Floats,
        axes: Axes,
        before: Projection | None = None,
        clamped: tuple[int, float] | None = None,
    ) -> HiddenPicture:
        """Return data and grid on the plane that `axes` name; principal axes face as they did `before`.

        The activation of the unit `clamped` is the given number, whatever it computes.
        """
        values = _activations(self._maps, parameters, self._layer)
        if clamped is not None:
            values[:, clamped[0]] = clamped[1]
        data = values[: self._n]
        direction = self.score_direction(parameters) if axes == SCORE else None
        if direction is not None:
            plane = facing(score_plane(data, direction), before)
        elif isinstance(axes, tuple):
            plane = unit_plane(data, *axes)
        else:
            plane = facing(principal_plane(data), before)
        places = plane.project(values)
        return HiddenPicture(plane, places[: self._n], places[self._n :].reshape(2 * LINES, -1, 2))

    def places(
        self, parameters: Floats, plane: Projection, inputs: list[Floats], clamped: tuple[int, float] | None = None
    ) -> list[Floats]:
        """Return where the inputs (n, n_inputs) of each entry lie on the plane, (n, 2); `clamped`: see `picture`."""
        if not inputs:
            return []
        maps = NeuronMaps(self._network, np.concatenate(inputs))
        values = _activations(maps, parameters, self._layer)
        if clamped is not None:
            values[:, clamped[0]] = clamped[1]
        return np.split(plane.project(values), np.cumsum([len(part) for part in inputs])[:-1])

    def outputs(self, parameters: Floats, plane: Projection, places: Floats) -> NDArray[Any]:
        """Return what the rest of the network makes of `places` (n, 2) on the plane, (n_outputs, n)."""
        activations = plane.lift(places)
        if self._head is None or self._head.maps[0].shape[1] != len(places):
            self._head = NeuronMaps(self._rest, activations)
        self._head.maps[0][:] = activations.T
        return _within_reach(self._head.compute(parameters[self._tail])[-1])


def _activations(maps: NeuronMaps, parameters: Floats, layer: int) -> Floats:
    """Return the activations of `layer`, (n, d)."""
    return np.asarray(_within_reach(maps.compute(parameters)[layer].T), dtype=np.float64)


def _within_reach(values: NDArray[Any]) -> NDArray[Any]:
    """Return `values` with what is larger than ``_LARGEST``, or infinite, put there, and 0 for NaN."""
    return np.asarray(np.clip(np.nan_to_num(values), -_LARGEST, _LARGEST))
