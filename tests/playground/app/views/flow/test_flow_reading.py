"""A row of the flow view holds the norms of one layer's weights in the pending step."""

from __future__ import annotations

import numpy as np
import pytest

from playground.app.views.flow.reading import rows
from playground.app.views.health.reading import badges, examination, examine
from playground.document.changes import with_layer
from playground.document.document import Edge
from playground.session.session import Session
from playground.training.step_cursor import StepCursor
from widgets.values import Badge, NodeKey


def test_norms_and_ratios_leave_the_biases_out(session: Session) -> None:
    session.step(3)
    snapshot = session.snapshot()
    pending = snapshot.pending
    for row, weights, gradient, delta in zip(
        rows(snapshot, {}),
        snapshot.matrices(),
        snapshot.network.matrices(pending.gradient),
        snapshot.network.matrices(pending.next_parameters - snapshot.state.parameters),
        strict=True,
    ):
        assert row.gradient_norm == pytest.approx(np.linalg.norm(gradient[:, :-1]))
        assert row.update_ratio == pytest.approx(np.linalg.norm(delta[:, :-1]) / np.linalg.norm(weights[:, :-1]))


def test_dead_units_are_counted_in_their_own_layer(session: Session) -> None:
    session.change(with_layer(1, activation="relu"), "Take ReLU")
    for source, weight in ((0, 0.0), (1, 0.0), (-1, -1.0)):
        session.set_weight(Edge(1, source, 1), weight)
    snapshot = session.snapshot()
    made = rows(snapshot, badges(snapshot, examine(snapshot, examination(snapshot))))
    assert [[one.text for one in row.warnings] for row in made] == [["1 of 4 dead"], []]


def test_slow_motion_warns_of_nothing_before_the_phase_that_computes_it(session: Session) -> None:
    session.change(with_layer(1, activation="relu"), "Take ReLU")
    for source, weight in ((0, 0.0), (1, 0.0), (-1, -1.0)):
        session.set_weight(Edge(1, source, 1), weight)
    snapshot = session.snapshot()
    found = badges(snapshot, examine(snapshot, examination(snapshot)))
    found[NodeKey(1, -1)] = Badge("vanishing", "", ("It vanishes.",))
    cursor = StepCursor(snapshot)
    warned = {
        phase.label: [one.text for one in rows(snapshot, found, cursor.at(index))[0].warnings]
        for index, phase in enumerate(cursor.phases)
    }
    unit, layer = "1 of 4 dead", "vanishing"
    assert warned == {
        "Batch": [], "Forward 1": [unit], "Forward 2": [unit], "Loss": [unit], "Backward 2": [unit],
        "Backward 1": [unit], "Update": [unit, layer],
    }  # fmt: skip
