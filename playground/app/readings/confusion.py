"""The confusion matrix's values: which classes are taken for which."""

from __future__ import annotations

from playground.analysis.evaluate import subset_of
from playground.analysis.predictions import confusion, predicted
from playground.engine import features
from playground.session.snapshot import Snapshot
from widgets.data_values import Confusion

MOST_EXAMPLES = 20_000
REGRESSION = "This data set has values to learn, not classes, so there is nothing to confuse."


def matrix(snapshot: Snapshot, part: str) -> Confusion | None:
    """Return the counts over the ``"train"`` or ``"test"`` examples, of very many over a seeded subset; else None."""
    sample = snapshot.data.sample
    if sample.is_regression:
        return None
    members = sample.train if part == "train" else sample.test
    chosen = subset_of(len(members), MOST_EXAMPLES, snapshot.document.data.seed)
    indices = members if chosen is None else members[chosen]
    inputs = features.compute(snapshot.document.features, sample.points[indices])
    said = predicted(snapshot.network, snapshot.document.training.loss, snapshot.state.parameters, inputs)
    note = "" if chosen is None else f"a seeded subset of {len(members):,}"
    return Confusion(confusion(sample.labels[indices], said, sample.n_classes), sample.class_names, part, note)
