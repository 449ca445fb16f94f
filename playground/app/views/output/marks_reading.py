"""What can be laid over the output: decision lines of the first hidden layer, contours, misclassified points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.analysis import decision_lines, plane
from playground.analysis.evaluate import subset_of
from playground.analysis.predictions import predicted
from playground.app.views.names import node_label, row_label
from playground.app.views.output.reading import LEADS, SIZE
from playground.document.document import Node
from playground.engine import features
from playground.engine.losses import LOSSES
from playground.training.snapshot import Snapshot
from widgets.style import numbers
from widgets.values import Choice, PlaneLine

LINES, CONTOURS, WRONG, HINGES = "decision_lines", "contours", "misclassified", "hinges"
CHOICES = (
    Choice(LINES, "Decision lines of hidden 1", "Where each neuron of the first hidden layer has z = 0", "w·x + b = 0"),
    Choice(CONTOURS, "Confidence contours", "The decision boundary, and lines of equal confidence around it (dashed)"),
    Choice(WRONG, "Misclassified points", "Ring each point whose predicted class is not its own"),
    Choice(
        HINGES,
        "Hinges of a fit",
        "What each unit of the last hidden layer adds to a fit over one input, and their sum: with ReLU, straight "
        "pieces that bend where z = 0 add up to any curve",
        "ŷ = Σ wₖ·aₖ + b",
    ),
)
GRID = 64
MOST_POINTS = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """A line with the node that it belongs to; None for a contour."""

    line: PlaneLine
    node: Node | None


def has_lines(snapshot: Snapshot) -> bool:
    """Return whether neurons of the first hidden layer have lines: their inputs are x₁ and x₂."""
    return snapshot.document.features == ("x1", "x2") and snapshot.network.depth > 0 and _is_flat(snapshot)


def neuron_lines(snapshot: Snapshot, hovered: Node | None) -> list[Marked]:
    """Return w·x + b = 0 of each neuron (of each piece of a Maxout unit) that passes through the picture."""
    layout = snapshot.network.layers[0]
    made = []
    for row, (w1, w2, b) in enumerate(snapshot.matrices()[0].tolist()):
        points = decision_lines.line_in_box((w1, w2), b, *snapshot.extent())
        if len(points):
            node = Node(1, row % layout.units)
            label = f"{row_label(snapshot, 1, row)}: {_equation(w1, w2, b)}"
            made.append(Marked(PlaneLine(points, label, strong=node == hovered), node))
    return made


def has_hinges(snapshot: Snapshot) -> bool:
    """Return whether the output is a sum of what hidden units add, over one input."""
    sample = snapshot.data.sample
    is_line = sample.points.shape[1] == 1 and sample.is_regression
    return is_line and snapshot.network.depth > 0 and snapshot.network.layers[-1].activation == "linear"


def hinges(snapshot: Snapshot, hovered: Node | None) -> list[Marked]:
    """Return wₖ·aₖ(x₁) of each unit k of the last hidden layer; they and the bias add up to the fitted curve."""
    depth = snapshot.network.depth
    weights = snapshot.matrices()[-1][0, :-1]
    activations = snapshot.maps(SIZE)[depth][:, 0, :].astype(np.float64)
    across = plane.grid(*snapshot.extent(), SIZE)[:SIZE, 0]
    made = []
    for unit, (weight, values) in enumerate(zip(weights.tolist(), activations, strict=True)):
        node = Node(depth, unit)
        label = f"{numbers.four(weight)}·{node_label(snapshot, node)}"
        line = PlaneLine(np.column_stack([across, weight * values]), label, dashed=True, strong=node == hovered)
        made.append(Marked(line, node))
    return made


def contours(snapshot: Snapshot) -> list[Marked]:
    """Return the decision boundary, and dashed the lines of equal confidence."""
    sample, loss = snapshot.data.sample, LOSSES[snapshot.document.training.loss]
    outputs = snapshot.maps(GRID)[-1].reshape(snapshot.network.spec.n_outputs, -1)
    low, high = float(sample.values.min()), float(sample.values.max())
    cells = plane.grid(*snapshot.extent(), GRID)
    found = decision_lines.confidence(
        outputs,
        loss,
        sample.n_classes,
        cells[:GRID, 0],
        cells[::GRID, 1],
        (low + high) / 2.0,
        (high - low) / 2.0 or 1.0,
    )
    symbol = _symbol(snapshot)
    return [
        Marked(
            PlaneLine(
                level.points,
                "decision" if level.is_decision and sample.n_classes else f"{symbol} = {numbers.four(level.value)}",
                dashed=not level.is_decision,
                strong=level.is_decision,
            ),
            None,
        )
        for level in found
    ]


def misclassified(snapshot: Snapshot) -> NDArray[np.int64]:
    """Return the points of the sample that get another class than their own; of very many, a seeded subset's.

    ``misclassified_note`` says of how many.
    """
    sample = snapshot.data.sample
    if sample.is_regression:
        return np.zeros(0, dtype=np.int64)
    chosen = subset_of(len(sample.points), MOST_POINTS, snapshot.document.data.seed)
    indices = np.arange(len(sample.points), dtype=np.int64) if chosen is None else chosen.astype(np.int64)
    inputs = features.compute(snapshot.document.features, sample.points[indices])
    said = predicted(snapshot.network, snapshot.document.training.loss, snapshot.read_parameters, inputs)
    return np.asarray(indices[said != sample.labels[indices]], dtype=np.int64)


def misclassified_note(snapshot: Snapshot) -> str:
    """Return which points ``misclassified`` looks at; empty when it is all of them."""
    n = len(snapshot.data.sample.points)
    if n <= MOST_POINTS or snapshot.data.sample.is_regression:
        return ""
    return f"rings among {numbers.grouped(MOST_POINTS)} of {numbers.grouped(n)}"


def _is_flat(snapshot: Snapshot) -> bool:
    return int(snapshot.data.sample.points.shape[1]) == 2


def _symbol(snapshot: Snapshot) -> str:
    """Return what the levels are of."""
    sample, loss = snapshot.data.sample, snapshot.document.training.loss
    if sample.n_classes > 2:
        return "sureness"
    if sample.n_classes == 2 and loss in LEADS:
        return LEADS[loss]
    return node_label(snapshot, Node(snapshot.network.depth + 1, 0))


def _equation(w1: float, w2: float, b: float) -> str:
    """Return ``1.808·x₁ − 1.092·x₂ − 0.7215 = 0``."""
    text = f"{numbers.four(w1)}·x₁"
    for value, name in ((w2, "·x₂"), (b, "")):
        text += f" {numbers.MINUS if value < 0 else '+'} {numbers.four(abs(value))}{name}"
    return f"{text} = 0"
