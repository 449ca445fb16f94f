"""The loss slice's values: which directions there are, the surface, and the path of training on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.analysis import loss_slice
from playground.analysis.contours import contour
from playground.analysis.evaluate import Evaluator, subset_of
from playground.analysis.loss_slice import Plane
from playground.app.views.names import edge_label
from playground.document.document import Edge
from playground.training.snapshot import Snapshot
from playground.training.timeline import Timeline
from widgets.style import numbers
from widgets.values import Choice, Extent, PlaneLine
from widgets.values.loss_slice import LossSurface

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]

WEIGHTS, RANDOM, PATH = "weights", "random", "path"
KINDS = (
    Choice(WEIGHTS, "Two weights", "Vary two weights; all others stay as they are now"),
    Choice(
        RANDOM, "Random directions", "Vary all weights along two random directions, as long as each neuron's weights"
    ),
    Choice(PATH, "Along the path", "Vary all weights along the two directions in which training moved them most"),
)
SIZE = 41
MOST_EXAMPLES = 500
MOST_WEIGHTS = 400


def edges(snapshot: Snapshot) -> list[Edge]:
    """Return the weights that can be picked, first layer first; of a large network not the last ones."""
    made = []
    for layout in snapshot.network.layers:
        for piece in range(layout.pieces):
            for unit in range(layout.units):
                made += [Edge(layout.index, source, unit, piece) for source in (*range(layout.n_in), -1)]
        if len(made) > MOST_WEIGHTS:
            break
    return made[:MOST_WEIGHTS]


def labels(snapshot: Snapshot, offered: list[Edge]) -> tuple[str, ...]:
    """Return what the weights are called."""
    return tuple(edge_label(snapshot, edge) for edge in offered)


def make_plane(snapshot: Snapshot, kind: str, pair: tuple[Edge, Edge], seed: int, states: Floats) -> Plane:
    """Return the plane of `kind` through the present parameters.

    Raises
    ------
    ValueError
        When the two weights are one, or there is no path yet.
    """
    parameters = snapshot.state.parameters
    if kind == WEIGHTS:
        places = [snapshot.network.layers[e.layer - 1].position(e.target, e.source, e.piece) for e in pair]
        return loss_slice.weight_plane(parameters, places[0], places[1])
    if kind == RANDOM:
        return loss_slice.random_plane(snapshot.network, parameters, seed)
    return loss_slice.path_plane(states, parameters)


def box_of(plane: Plane, kind: str, path: Floats) -> Box:
    """Return the part of the plane to measure: about the path, with room."""
    if kind == RANDOM:
        return -1.0, 1.0, -1.0, 1.0
    return loss_slice.square_about(path, 1.0 if kind == WEIGHTS else 0.1)


def evaluator(snapshot: Snapshot) -> Evaluator:
    """Return what measures the training loss: over all examples, or a seeded subset of very many."""
    train = snapshot.data.train
    subset = subset_of(train.n_samples, MOST_EXAMPLES, snapshot.document.data.seed)
    regression = snapshot.data.sample.is_regression
    return Evaluator(snapshot.network, snapshot.document.training, train, regression=regression, subset=subset)


def states(timeline: Timeline, snapshot: Snapshot) -> Floats:
    """Return the recorded parameters of the run up to the current ones, (n, n_parameters)."""
    n, now = snapshot.network.n_parameters, snapshot.state.iteration
    kept = [m.state.parameters for m in timeline.marks if m.iteration < now and len(m.state.parameters) == n]
    return np.stack([*kept, snapshot.state.parameters])


def surface(
    values: Floats, box: Box, kind: str, names: tuple[str, str], iteration: int, examples: tuple[int, int]
) -> LossSurface:
    """Return what to draw of the measured `values`."""
    across, up = loss_slice.cells(box, SIZE)
    lines = tuple(
        PlaneLine(chain, numbers.four(level))
        for level in loss_slice.levels(values).tolist()
        for chain in contour(values, level, across, up)
    )
    measured, total = examples
    part = [] if measured == total else ["measured on {} of {} examples".format(*map(numbers.grouped, examples))]
    axes = {WEIGHTS: ("w₁", "w₂"), RANDOM: ("d₁", "d₂"), PATH: ("PC₁", "PC₂")}[kind]
    title = {
        WEIGHTS: f"w₁: {names[0]} · w₂: {names[1]} · the others as at iteration {numbers.grouped(iteration)}",
        RANDOM: f"two random directions about iteration {numbers.grouped(iteration)}; the path is projected",
        PATH: f"the path's first two components about iteration {numbers.grouped(iteration)}",
    }[kind]
    return LossSurface(Extent(*box), values, loss_slice.heights(values), lines, axes, " · ".join([title, *part]))
