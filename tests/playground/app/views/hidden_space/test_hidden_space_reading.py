"""The hidden space holds the activations of the training points, and the decision where it is exact."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from playground.analysis.hidden_space import PRINCIPAL, SCORE
from playground.app.views.hidden_space.reading import HiddenSpaceReading
from playground.document.document import Document
from playground.engine.spec import LayerSpec
from playground.session.session import Session
from playground.training.snapshot import Snapshot


def activations(snapshot: Snapshot) -> np.ndarray:
    first = snapshot.matrices()[0]
    points = snapshot.data.sample.points[snapshot.data.sample.train]
    return np.tanh(points @ first[:, :-1].T + first[:, -1])


def test_two_units_are_the_axes_as_they_are(session: Session) -> None:
    session.step(20)
    snapshot = session.snapshot()
    frame = HiddenSpaceReading(snapshot, 1, (2, 0)).frame(snapshot)
    np.testing.assert_allclose(frame.points.positions, activations(snapshot)[:, [2, 0]], atol=1e-6)
    assert frame.axis_names == ("a₃⁽¹⁾", "a₁⁽¹⁾")
    assert frame.indices.tolist() == snapshot.data.sample.train.tolist()


def test_principal_components_spread_the_points_most(session: Session) -> None:
    session.step(20)
    snapshot = session.snapshot()
    frame = HiddenSpaceReading(snapshot, 1, PRINCIPAL).frame(snapshot)
    h = activations(snapshot)
    variances = np.linalg.svd(h - h.mean(axis=0), compute_uv=False) ** 2 / len(h)
    np.testing.assert_allclose(frame.points.positions.var(axis=0), variances[:2], rtol=1e-4)
    assert frame.image is None


def test_along_the_score_the_decision_is_an_upright_line(session: Session) -> None:
    session.step(200)
    snapshot = session.snapshot()
    frame = HiddenSpaceReading(snapshot, 1, SCORE).frame(snapshot)
    (line,) = frame.decision
    second = snapshot.matrices()[1][0]
    h, w = activations(snapshot), second[:-1]
    # w·h + b = 0 lies at −(w·h̄ + b) / ‖w‖ from the mean, along w.
    assert np.abs(line.points[:, 0]) == pytest.approx(
        abs(w @ h.mean(axis=0) + second[-1]) / np.linalg.norm(w), abs=1e-3
    )
    assert frame.image is not None


def test_a_layer_of_two_units_has_an_exact_picture(make_session: Callable[..., Session]) -> None:
    snapshot = make_session(Document(hidden=(LayerSpec(2),))).snapshot()
    made = HiddenSpaceReading(snapshot, 1, (0, 1))
    assert made.is_exact
    assert made.frame(snapshot).image is not None


def test_the_axes_stay_while_training_changes_little(session: Session) -> None:
    session.step(300)
    made = HiddenSpaceReading(session.snapshot(), 1, SCORE)
    extents = set()
    for _ in range(10):
        session.step()
        extents.add(made.frame(session.snapshot()).extent)
    assert len(extents) == 1
