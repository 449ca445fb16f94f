"""Templates: the first layer's weights as images, where the inputs are the pixels of one."""

from __future__ import annotations

from math import isqrt

import numpy as np

from playground.app.views.names import row_labels
from playground.document.document import Node
from playground.engine import features
from playground.training.snapshot import Snapshot
from widgets.values.templates import Templates

LEAST_SIDE = 3
NO_PIXELS = "These data are not images: choose Digits under More data; their 8 × 8 inputs are pixels."


def of(snapshot: Snapshot) -> Templates | None:
    """Return an image per row of the first weight matrix; None where the inputs are not a square of pixels.

    A pixel that is no input counts as weight 0.
    """
    sample = snapshot.data.sample
    columns = int(sample.points.shape[1])
    side = isqrt(columns)
    if side < LEAST_SIDE or side * side != columns:
        return None
    matrix = snapshot.matrices()[0][:, :-1]
    place = {feature.name: i for i, feature in enumerate(features.available(columns))}
    pixels = np.zeros((len(matrix), columns))
    pixels[:, [place[name] for name in snapshot.document.features]] = matrix
    images = pixels.reshape(-1, side, side)
    if snapshot.network.depth > 0:
        labels = row_labels(snapshot, 1)
        return Templates(
            images,
            labels,
            "Templates combined",
            "z = w·x + b is large where the ink lies on blue and not on orange; the layers after combine these units.",
        )
    per_class = len(matrix) == sample.n_classes
    labels = sample.class_names if per_class else row_labels(snapshot, 1)
    return Templates(
        images,
        labels,
        "One template per class" if per_class else "One template",
        "With no hidden layer the score of a class is w·x + b: how well the image fits its one template.",
        tuple(range(len(matrix))) if per_class else (),
    )


def node_of(snapshot: Snapshot, row: int) -> Node:
    """Return the node that the image `row` belongs to."""
    return Node(1, row % snapshot.network.layers[0].units)
