"""The hidden space view's values: one layer's activations of the data, with the bent grid and the decision."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.analysis import decision_lines, plane
from playground.analysis.evaluate import subset_of
from playground.analysis.hidden_space import (
    LINES,
    SCORE,
    Axes,
    HiddenPicture,
    HiddenSpace,
    input_grid,
    steady_reach,
)
from playground.analysis.projection import Projection
from playground.engine import features
from playground.engine.activations import LAYER_ACTIVATIONS
from playground.engine.losses import LOSSES
from playground.engine.notation import unit_symbol
from playground.training.snapshot import Snapshot
from widgets.values import Extent, PlaneImage, PlaneLine, Points
from widgets.values.hidden_space import HiddenSpaceFrame

Floats = NDArray[np.float64]

MOST_POINTS = 1500
CELLS = 48
_ABOVE = 1.1
_BELOW = 0.08
GRID_CELLS = 64


class HiddenSpaceReading:
    """Reads one layer of one network; keeps what makes the axes steady from frame to frame."""

    def __init__(self, snapshot: Snapshot, layer: int, axes: Axes) -> None:
        """Read `layer` on the plane of `axes` (units), or of its principal components."""
        self.layer, self.axes = layer, axes
        sample = snapshot.data.sample
        chosen = subset_of(len(sample.train), MOST_POINTS, snapshot.document.data.seed)
        self._indices = sample.train if chosen is None else sample.train[chosen]
        names = snapshot.document.features
        inputs = features.compute(names, sample.points[self._indices])
        self._grid = features.compute(names, sample.lift(input_grid(*snapshot.extent()).reshape(-1, 2)))
        self.space = HiddenSpace(snapshot.network, layer, inputs, self._grid)
        self._width = snapshot.network.widths[layer]
        self.plane: Projection | None = None
        self._reach = 0.0

    def frame(self, snapshot: Snapshot) -> HiddenSpaceFrame:
        """Return the layer at `snapshot`."""
        picture = self.space.picture(snapshot.read_parameters, self.axes, self.plane, self._clamped(snapshot))
        self.plane = picture.plane
        extent = self._extent(snapshot, picture)
        image, decision = self._decision(snapshot, picture, extent)
        return HiddenSpaceFrame(
            extent=extent,
            points=self.points_at(snapshot, self._indices, picture.points),
            indices=self._indices,
            grid=picture.grid,
            image=image,
            decision=decision,
            axis_names=self._names(),
            title=self._title(picture),
        )

    def points_at(self, snapshot: Snapshot, indices: NDArray[np.int64], positions: Floats) -> Points:
        """Return the points `indices` of the sample at `positions` (n, 2) of the plane."""
        sample = snapshot.data.sample
        return Points(
            positions=positions,
            classes=sample.labels[indices],
            n_classes=max(2, sample.n_classes),
            is_test=np.zeros(len(indices), dtype=np.bool_),
            levels=sample.levels[indices] if sample.is_regression else None,
            labels=sample.class_names,
        )

    def grid_at(self, parameters: Floats) -> Floats:
        """Return the grid as it is bent under `parameters`, on the plane of the latest frame."""
        assert self.plane is not None
        (places,) = self.space.places(parameters, self.plane, [self._grid])
        return places.reshape(2 * LINES, -1, 2)

    @property
    def is_exact(self) -> bool:
        """Whether a place of the plane decides alone: no other direction of the layer counts."""
        return self._width <= 2 or self.axes == SCORE

    def _clamped(self, snapshot: Snapshot) -> tuple[int, float] | None:
        """Return the unit of this layer whose activation is clamped, and at what value."""
        if snapshot.clamped is None or snapshot.clamped[0].layer != self.layer:
            return None
        return snapshot.clamped[0].unit, snapshot.clamped[1]

    def _extent(self, snapshot: Snapshot, picture: HiddenPicture) -> Extent:
        bottom, top = LAYER_ACTIVATIONS[snapshot.network.layers[self.layer - 1].activation].range
        largest = max(float(np.abs(picture.points).max(initial=0.0)), float(np.abs(picture.grid).max(initial=0.0)))
        of_units = isinstance(self.axes, tuple)
        fixed = _ABOVE * top if of_units and np.isfinite((bottom, top)).all() else None
        self._reach = fixed if fixed and largest <= fixed else steady_reach(largest, self._reach)
        low = -_BELOW * self._reach if of_units and bottom >= 0.0 else -self._reach
        return Extent(low, self._reach, low, self._reach)

    def _decision(
        self, snapshot: Snapshot, picture: HiddenPicture, extent: Extent
    ) -> tuple[PlaneImage | None, tuple[PlaneLine, ...]]:
        """Return the decision over the plane where that is exact, else the bent line of the input plane's decision."""
        sample, loss = snapshot.data.sample, LOSSES[snapshot.document.training.loss]
        low, high = float(sample.values.min()), float(sample.values.max())
        middle, spread = (low + high) / 2.0, (high - low) / 2.0 or 1.0
        if not self.is_exact:
            size = GRID_CELLS
            cells = plane.grid(*snapshot.extent(), size)
            outputs = snapshot.maps(size)[-1].reshape(snapshot.network.spec.n_outputs, -1)
            chains = decision_lines.decision(outputs, loss, sample.n_classes, cells[:size, 0], cells[::size, 1], middle)
            inputs = [features.compute(snapshot.document.features, sample.lift(chain)) for chain in chains]
            bent = self.space.places(snapshot.read_parameters, picture.plane, inputs, self._clamped(snapshot))
            return None, tuple(PlaneLine(places) for places in bent)
        places = plane.grid(extent.left, extent.right, extent.bottom, extent.top, CELLS)
        outputs = self.space.outputs(snapshot.read_parameters, picture.plane, places)
        drawn = plane.decision(outputs, loss, sample.n_classes, middle, spread)
        chains = decision_lines.decision(outputs, loss, sample.n_classes, places[:CELLS, 0], places[::CELLS, 1], middle)
        image = PlaneImage(
            np.ascontiguousarray(drawn.indices.reshape(CELLS, CELLS)),
            "classes" if drawn.kind == "classes" else "value",
            extent,
        )
        return image, tuple(PlaneLine(chain) for chain in chains)

    def _names(self) -> tuple[str, str]:
        if isinstance(self.axes, tuple):
            across, up = self.axes
            return unit_symbol("a", self.layer, across), "" if up is None else unit_symbol("a", self.layer, up)
        return ("ŵ·(h − mean of h)", "PC₁⊥w") if self.axes == SCORE else ("PC₁", "PC₂")

    def _title(self, picture: HiddenPicture) -> str:
        if isinstance(self.axes, tuple):
            across, up = self.axes
            name = unit_symbol("a", self.layer, across)
            return f"{name}, the only unit" if up is None else f"{name} and {unit_symbol('a', self.layer, up)}"
        shares = " + ".join(f"{100.0 * share:.0f}" for share in picture.plane.shares)
        if self.axes == SCORE:
            return f"w: the output's weights, ŵ = w/‖w‖; {shares} % of the variance"
        return f"principal components of h: {shares} % of the variance"
