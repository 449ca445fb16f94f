"""Lines lie where z = 0, rings on the points that the network gets wrong, contours on levels of the output."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from playground.app.views.output import marks_reading as reading
from playground.app.views.output.reading import fitted_curve
from playground.document.changes import with_feature
from playground.document.document import DataSettings, Document, Node
from playground.document.ready import sum_of_hinges
from playground.session.session import Session
from playground.training.snapshot import Snapshot


@pytest.fixture
def snapshot(session: Session) -> Snapshot:
    session.step(400)
    return session.snapshot()


def output(snapshot: Snapshot, places: np.ndarray) -> np.ndarray:
    first, second = snapshot.matrices()
    a = np.tanh(places @ first[:, :-1].T + first[:, -1])
    return np.asarray(a @ second[0, :-1] + second[0, -1])


def test_a_line_is_where_its_neuron_has_z_0(snapshot: Snapshot) -> None:
    made = reading.neuron_lines(snapshot, Node(1, 2))
    assert len(made) > 1
    for mark in made:
        assert mark.node is not None
        w1, w2, b = snapshot.matrices()[0][mark.node.unit]
        np.testing.assert_allclose(mark.line.points @ [w1, w2] + b, 0.0, atol=1e-9)
        assert mark.line.strong == (mark.node == Node(1, 2))


def test_only_neurons_that_read_x1_and_x2_have_lines(session: Session) -> None:
    assert reading.has_lines(session.snapshot())
    session.change(with_feature("x1_squared", True, ("x1", "x2", "x1_squared")), "Switch a feature")
    assert not reading.has_lines(session.snapshot())


def test_contours_begin_with_the_decision_and_name_their_levels(snapshot: Snapshot) -> None:
    made = reading.contours(snapshot)
    decisions = [mark.line for mark in made if mark.line.label == "decision"]
    assert decisions
    assert made[0].line is decisions[0]
    for line in decisions:
        places = line.points[np.isfinite(line.points).all(axis=1)]
        np.testing.assert_allclose(output(snapshot, places), 0.0, atol=0.01)
    assert {mark.line.label for mark in made if mark.line.dashed} <= {
        f"ŷ = {t}" for t in ("0.5", "−0.5", "0.9", "−0.9")
    }


def test_misclassified_points_are_on_the_wrong_side_of_0(session: Session) -> None:
    session.step(5)
    snapshot = session.snapshot()
    sample = snapshot.data.sample
    wrong = np.flatnonzero((output(snapshot, sample.points) > 0.0) != (sample.labels == 1))
    assert len(wrong)
    assert reading.misclassified(snapshot).tolist() == wrong.tolist()
    assert reading.misclassified_note(snapshot) == ""


def test_values_have_no_misclassified_points(make_session: Callable[..., Session]) -> None:
    snapshot = make_session(Document(data=DataSettings("plane"))).snapshot()
    assert not len(reading.misclassified(snapshot))


def test_hinges_and_the_bias_add_up_to_the_fitted_curve(make_session: Callable[..., Session]) -> None:
    session = make_session(sum_of_hinges())
    session.step(20)
    snapshot = session.snapshot()
    assert reading.has_hinges(snapshot)
    made = reading.hinges(snapshot, Node(1, 3))
    assert [mark.node for mark in made] == [Node(1, k) for k in range(12)]
    assert [mark.line.strong for mark in made] == [k == 3 for k in range(12)]
    curve = fitted_curve(snapshot)
    assert curve is not None
    total = sum(mark.line.points[:, 1] for mark in made) + snapshot.matrices()[-1][0, -1]
    np.testing.assert_allclose(total, curve.points[:, 1], atol=1e-5)
    np.testing.assert_array_equal(made[0].line.points[:, 0], curve.points[:, 0])


def test_hinges_need_one_input_a_hidden_layer_and_a_linear_output(make_session: Callable[..., Session]) -> None:
    assert not reading.has_hinges(make_session().snapshot())
    curve = sum_of_hinges()
    assert not reading.has_hinges(make_session(replace(curve, hidden=())).snapshot())
    assert not reading.has_hinges(make_session(replace(curve, output_activation="tanh")).snapshot())
