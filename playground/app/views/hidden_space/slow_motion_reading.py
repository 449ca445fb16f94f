"""The hidden space in slow motion: what the present phase has computed of one layer, and what it moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from playground.app.views.hidden_space.reading import HiddenSpaceReading
from playground.training.snapshot import Snapshot
from playground.training.step_cursor import StepCursor
from widgets.style import numbers
from widgets.values.hidden_space import HiddenSpaceFrame, HiddenWalk

Floats = NDArray[np.float64]

LONGEST = 0.12
"""Of the picture's width: the arrow of the largest gradient."""
_NONE = np.zeros((0, 2, 2))


def frame(reading: HiddenSpaceReading, cursor: StepCursor) -> HiddenSpaceFrame:
    """Return the layer of `reading` as far as the walk has come.

    Before its forward phase the batch has no place in it. From then on the batch stands where the step computed it;
    once the gradient has reached the layer, arrows show −∂L_B/∂h of each example of the batch. At the update the
    space is that of the new weights over the grid of the old ones, and arrows show how the batch moved.
    """
    snapshot = cursor.snapshot
    if cursor.is_update_known:
        return _updated(reading, snapshot)
    whole, n = reading.frame(snapshot), len(cursor.batch)
    if cursor.known_forward < reading.layer:
        title = f"Forward {reading.layer} gives the batch of {n} its place"
        return _shown(reading, snapshot, whole, cursor.batch, None, title)
    record = snapshot.pending.layers[reading.layer - 1]
    assert reading.plane is not None
    places, back = reading.plane.project(record.a), cursor.known_backward
    if back is None or back > reading.layer + 1:
        title = f"The batch of {n} where Forward {reading.layer} put it"
        return _shown(reading, snapshot, whole, cursor.batch, places, title)
    downhill = -record.upstream @ reading.plane.components.T
    longest = float(np.linalg.norm(downhill, axis=1).max(initial=0.0))
    width = whole.extent.right - whole.extent.left
    arrows = np.stack((places, places + downhill * (LONGEST * width / longest if longest else 0.0)), axis=1)
    title = f"−∂L_B/∂h of the batch of {n}; longest {numbers.approximately(longest)}"
    return _shown(reading, snapshot, whole, cursor.batch, places, title, arrows)


def _updated(reading: HiddenSpaceReading, snapshot: Snapshot) -> HiddenSpaceFrame:
    """Return the space of the next weights, over that of the current ones on the same plane."""
    whole, inputs = reading.frame(snapshot.next), [snapshot.pending.inputs]
    assert reading.plane is not None
    (old,) = reading.space.places(snapshot.state.parameters, reading.plane, inputs)
    (new,) = reading.space.places(snapshot.next.state.parameters, reading.plane, inputs)
    farthest = float(np.linalg.norm(new - old, axis=1).max(initial=0.0))
    title = f"The update moved the batch by up to {numbers.approximately(farthest)}"
    made = _shown(reading, snapshot, whole, snapshot.batch, new, title, np.stack((old, new), axis=1))
    assert made.walk is not None
    before = reading.grid_at(snapshot.state.parameters)
    return replace(made, walk=replace(made.walk, arrow_kind="move", before=before))


def _shown(
    reading: HiddenSpaceReading,
    snapshot: Snapshot,
    whole: HiddenSpaceFrame,
    batch: NDArray[np.intp],
    places: Floats | None,
    title: str,
    arrows: Floats = _NONE,
) -> HiddenSpaceFrame:
    """Return `whole` with the batch at `places` (of the examples that a record keeps), or without it."""
    others = ~np.isin(whole.indices, batch)
    indices, positions = whole.indices[others], whole.points.positions[others]
    n_others, kept = len(indices), batch[: 0 if places is None else len(places)]
    if places is not None:
        indices, positions = np.concatenate((indices, kept)), np.concatenate((positions, places))
    return replace(
        whole,
        points=reading.points_at(snapshot, indices, positions),
        indices=indices,
        title=title,
        walk=HiddenWalk(places is not None, np.arange(len(indices)) >= n_others, arrows),
    )
