"""Templates: the first layer's weights as images, where the inputs are the pixels of one."""

from __future__ import annotations

import numpy as np

from playground.app.views.example_picture import picture, side_of
from playground.app.views.names import layer_labels, row_labels
from playground.document.document import Node
from playground.document.selection import Example
from playground.engine import features
from playground.training.hidden import Hidden
from playground.training.snapshot import Snapshot
from widgets.values import Floats
from widgets.values.templates import Templates

NO_PIXELS = "These data are not images: choose Digits under More data; their 8 × 8 inputs are pixels."

HIDDEN = "A weight is hidden: predict it first, or reveal it (F7)."


def of(snapshot: Snapshot, example: Example, hidden: Hidden | None = None) -> Templates | None:
    """Return an image per row of the first weight matrix; None where the inputs are not a square of pixels.

    Beside them stand the current `example`, and W₂, which combines the templates.

    A pixel that is no input counts as weight 0.
    """
    sample = snapshot.data.sample
    columns = int(sample.points.shape[1])
    side, shown = side_of(snapshot), picture(snapshot, example, hidden)
    if side is None:
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
            "z = w·x + b is large where ink lies on blue.",
            mix=_mix(snapshot) if len(labels) == snapshot.network.layers[0].units else None,
            mix_rows=_mix_rows(snapshot),
            mix_title=_mix_title(snapshot),
            example=shown,
        )
    per_class = len(matrix) == sample.n_classes
    labels = sample.class_names if per_class else row_labels(snapshot, 1)
    return Templates(
        images,
        labels,
        "One template per class" if per_class else "One template",
        "its score w·x + b says how well the image fits it.",
        tuple(range(len(matrix))) if per_class else (),
        example=shown,
    )


def _mix(snapshot: Snapshot) -> Floats:
    """Return W₂, a row for each unit of the second layer and a column for each template."""
    return np.asarray(snapshot.matrices()[1][:, :-1])


def _mix_rows(snapshot: Snapshot) -> tuple[str, ...]:
    names = snapshot.data.sample.class_names
    if snapshot.network.depth == 1 and len(names) == snapshot.network.spec.n_outputs:
        return names
    return layer_labels(snapshot, 2) if not snapshot.network.layers[1].is_maxout else row_labels(snapshot, 2)


def _mix_title(snapshot: Snapshot) -> str:
    whose = "each class" if snapshot.network.depth == 1 else "each unit of hidden layer 2"
    return f"W₂: what {whose} (row) takes of a = f(z)"


def node_of(snapshot: Snapshot, row: int) -> Node:
    """Return the node that the image `row` belongs to."""
    return Node(1, row % snapshot.network.layers[0].units)
