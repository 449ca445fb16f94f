"""The confusion matrix's values: which classes are taken for which."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.analysis.evaluate import subset_of
from playground.analysis.predictions import confusion, predicted
from playground.app.views.hand_edits.reading import what_if_title
from playground.engine import features
from playground.training.snapshot import Snapshot
from widgets.style.numbers import grouped
from widgets.values.confusion import Confusion

MOST_EXAMPLES = 20_000
REGRESSION = "This data set has values to learn, not classes, so there is nothing to confuse."


def matrix(snapshot: Snapshot, part: str) -> Confusion | None:
    """Return the counts over the ``"train"`` or ``"test"`` examples, of very many over a seeded subset; else None."""
    sample = snapshot.data.sample
    if sample.is_regression:
        return None
    members = sample.train if part == "train" else sample.test
    indices, said = _said(snapshot, part)
    is_whole = len(indices) == len(members)
    subset = "" if is_whole else f"over a seeded subset of the {grouped(len(members))} examples"
    note = "; ".join(filter(None, (what_if_title(snapshot), subset)))
    return Confusion(confusion(sample.labels[indices], said, sample.n_classes), sample.class_names, part, note)


def members(snapshot: Snapshot, part: str, true: int, said: int) -> NDArray[np.int64]:
    """Return the examples of one cell: of class `true`, predicted as `said`."""
    indices, answers = _said(snapshot, part)
    return np.asarray(indices[(snapshot.data.sample.labels[indices] == true) & (answers == said)], dtype=np.int64)


def _said(snapshot: Snapshot, part: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the examples that are counted, and the class that the network gives each."""
    sample = snapshot.data.sample
    of_part = sample.train if part == "train" else sample.test
    chosen = subset_of(len(of_part), MOST_EXAMPLES, snapshot.document.data.seed)
    indices = of_part if chosen is None else of_part[chosen]
    inputs = features.compute(snapshot.document.features, sample.points[indices])
    said = predicted(snapshot.network, snapshot.document.training.loss, snapshot.read_parameters, inputs)
    return indices, said
