"""The picture of an example whose inputs are pixels, and in words what it is and what the network says."""

from __future__ import annotations

from math import isqrt

import numpy as np

from playground.app.views.names import node_label
from playground.document.document import Node
from playground.document.selection import Example
from playground.engine.losses import LOSSES
from playground.engine.messages import message
from playground.training.hidden import Hidden
from playground.training.snapshot import Snapshot, point_of
from widgets.style import numbers
from widgets.values.example import ExamplePicture

LEAST_SIDE = 3


def side_of(snapshot: Snapshot) -> int | None:
    """Return the side of the picture that the columns of the data are; None where they are no square of pixels."""
    columns = int(snapshot.data.sample.points.shape[1])
    side = isqrt(columns)
    return side if side >= LEAST_SIDE and side * side == columns else None


def picture(snapshot: Snapshot, example: Example, hidden: Hidden | None = None) -> ExamplePicture | None:
    """Return the picture of `example`, and what is said of it; None where the data are no pictures.

    What the network says is left out while its output is `hidden`.
    """
    side = side_of(snapshot)
    if side is None:
        return None
    points = snapshot.data.sample.points
    low, high = float(points.min()), float(points.max())
    ink = (point_of(snapshot.data, example).reshape(side, side) - low) / ((high - low) or 1.0)
    said = "" if hidden and hidden.at(example).hides_outputs else verdict(snapshot, example)
    return ExamplePicture(ink, " · ".join(part for part in (_truth(snapshot, example), said) if part))


def verdict(snapshot: Snapshot, example: Example) -> str:
    """Return ``says 6 (0.41)``: the class that wins, with its probability, or its score where there is none."""
    sample, trace = snapshot.data.sample, snapshot.trace(example)
    scores = trace.scores
    if sample.is_regression:
        symbol = node_label(snapshot, Node(snapshot.network.depth + 1, 0))
        return message("says {symbol} = {number}", symbol=symbol, number=numbers.four(float(scores[0])))
    loss = LOSSES[snapshot.document.training.loss]
    won = int(loss.predict(scores[:, None])[0])
    found = loss.pieces(scores[:, None], np.asarray(trace.target)[:, None])[:, 0]
    if not loss.piece.startswith("probability"):
        found = scores
    sure = float(found[min(won, len(found) - 1)])
    if len(found) == 1 and won == 0 and loss.piece.startswith("probability"):
        sure = 1.0 - sure
    return message("says {name} ({number})", name=sample.class_names[won], number=numbers.significant(sure, 2))


def _truth(snapshot: Snapshot, example: Example) -> str:
    sample = snapshot.data.sample
    if example.index is None:
        return ""
    if sample.is_regression:
        return message("true {number}", number=numbers.four(float(sample.values[example.index])))
    return message("true {name}", name=sample.class_names[sample.labels[example.index]])
