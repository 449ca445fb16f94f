"""Follow a batch gradient: one term an example, their mean, the regularization, and the update with its numbers."""

from __future__ import annotations

import numpy as np

from playground.app.views.inspector.given_gradient import is_frozen, is_given_whole
from playground.app.views.inspector.update_lines import update_lines
from playground.app.views.names import edge_label
from playground.document.document import Edge
from playground.document.selection import Example
from playground.engine.messages import grouped, message
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.regularizers import REGULARIZERS
from playground.training.hidden import Hidden
from playground.training.snapshot import Snapshot
from playground.training.step_cursor import EdgeUpdate, StepCursor
from widgets.values import EdgeKey, MeanReading, MeanTerm
from widgets.values.card import EVERYTHING

MOST_TERMS = 512
"""So many examples have a row of their own; the others of a larger batch share one."""


def mean_card(
    snapshot: Snapshot, edge: Edge, example: Example, cursor: StepCursor | None = None, hidden: Hidden | None = None
) -> MeanReading:
    """Return how the pending batch makes the gradient of `edge`, and what the optimizer does with it.

    Of what is `hidden` the lines of the update leave the results open.
    """
    update, record = StepCursor(snapshot).update_of(edge), snapshot.pending
    known = EVERYTHING
    if cursor is not None:
        known = frozenset(stage for stage in EVERYTHING if cursor.knows(stage, edge.layer))
    count, terms = len(record.indices), _terms(snapshot, edge)
    with np.errstate(all="ignore"):  # a diverged run has terms that are infinite
        shown = float(np.sum([term.gradient for term in terms[:MOST_TERMS]]))
        total = (
            float(np.sum([term.gradient for term in terms])) if len(terms) == count else count * update.data_gradient
        )
        rest = total - shown
    training = snapshot.document.training
    optimizer = OPTIMIZERS[training.optimizer.name]
    given_note, given = _given(snapshot, edge, update, is_known="update" in known)
    return MeanReading(
        key=EdgeKey(*edge),
        title=edge_label(snapshot, edge),
        batch=message("pending batch, iteration {iteration}", iteration=grouped(record.after.iteration)),
        count=count,
        terms=terms[:MOST_TERMS],
        rest=None if count <= MOST_TERMS else rest,
        total=total,
        mean=update.data_gradient,
        regularization=update.regularization_gradient,
        penalty=message("a bias has none") if edge.source < 0 else REGULARIZERS[training.regularizer].derivative,
        gradient=update.gradient,
        given_note=given_note,
        given=given,
        rule=message("{optimizer}: {formula}", optimizer=optimizer.label, formula=optimizer.formula),
        steps=update_lines(snapshot, edge, hidden),
        has_dropout=any(layer.spec.dropout > 0.0 for layer in snapshot.network.layers),
        chosen=example.index,
        known=known,
    )


def _given(snapshot: Snapshot, edge: Edge, update: EdgeUpdate, *, is_known: bool) -> tuple[str, float | None]:
    """Return what becomes of the batch gradient, and the clipped one where that is it and a phase has computed it."""
    if is_frozen(snapshot, edge):
        return message("a frozen weight stays"), None
    if is_given_whole(update):
        return message("it moves the weight"), None
    return (message("clipped to g ="), update.clipped) if is_known else (message("the update clips it"), None)


def _terms(snapshot: Snapshot, edge: Edge) -> tuple[MeanTerm, ...]:
    """Return the term of each example that the record keeps, in the order of the batch."""
    record, count = snapshot.pending, len(snapshot.pending.indices)
    row = snapshot.network.layers[edge.layer - 1].row(edge.target, edge.piece)
    with np.errstate(all="ignore"):
        deltas = (record.layers[edge.layer - 1].delta[:, row] * count).tolist()  # the record's are of the mean
    reads = record.inputs if edge.layer == 1 else record.layers[edge.layer - 2].output
    inputs = [1.0] * len(deltas) if edge.source < 0 else reads[:, edge.source].tolist()
    return tuple(
        MeanTerm(int(index), delta, x, delta * x)
        for index, delta, x in zip(snapshot.batch, deltas, inputs, strict=False)
    )
