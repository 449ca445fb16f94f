"""The output view's picture, points and cursor text are what the network computes over the plane."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from playground.analysis.plane import grid
from playground.app.views.names import node_label
from playground.app.views.output import marks_reading, reading
from playground.document.data_choice import with_dataset
from playground.document.document import DataSettings, Document, Node
from playground.document.ready import one_one_one
from playground.engine.spec import TrainingSpec
from playground.session.session import Session
from playground.training.snapshot import Snapshot
from widgets.style import numbers


@pytest.fixture
def snapshot(session: Session) -> Snapshot:
    session.step(50)
    return session.snapshot()


def computed(snapshot: Snapshot, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the hidden activations and the output of the first document's network at `places`."""
    first, second = snapshot.matrices()
    a = np.tanh(places @ first[:, :-1].T + first[:, -1])
    return a, a @ second[0, :-1] + second[0, -1]


def test_the_picture_is_the_output_over_the_plane(snapshot: Snapshot) -> None:
    made = reading.image(snapshot, None)
    _, output = computed(snapshot, grid(*snapshot.extent(), reading.SIZE))
    expected = np.clip(output, -1.0, 1.0) * 127.0 + 128.0
    np.testing.assert_allclose(made.pixels.ravel(), expected, atol=1.0)
    assert (made.kind, made.low_label, made.high_label) == ("value", "class 0", "class 1")


def test_a_hovered_neuron_fills_the_picture_with_its_activation(snapshot: Snapshot) -> None:
    made = reading.image(snapshot, Node(1, 1))
    a, _ = computed(snapshot, grid(*snapshot.extent(), reading.SIZE))
    np.testing.assert_allclose(made.pixels.ravel(), a[:, 1] * 127.0 + 128.0, atol=1.0)
    assert made.title == "a₂⁽¹⁾ activation"
    assert (made.low_label, made.high_label) == ("−1", "1")


@pytest.mark.parametrize(("loss", "title"), [("softmax", "p₂ − p₁"), ("hinge", "s₂ − s₁")])
def test_two_classes_are_titled_with_the_symbols_of_their_outputs(
    make_session: Callable[..., Session], loss: str, title: str
) -> None:
    """They count from 1, as on the network: s₂ is the score of class 1."""
    shown = make_session(Document(training=TrainingSpec(loss=loss))).snapshot()
    assert reading.image(shown, None).title == title
    assert node_label(shown, Node(2, 1)) == "s₂"
    assert marks_reading._symbol(shown) == title


def test_where_all_targets_are_one_number_the_scale_reaches_one_to_either_side(
    make_session: Callable[..., Session],
) -> None:
    made = reading.image(make_session(one_one_one()).snapshot(), None)
    assert (made.low_label, made.high_label) == ("4", "6")


def test_the_cursor_reads_the_network_or_the_hovered_neuron(snapshot: Snapshot) -> None:
    a, output = computed(snapshot, np.array([[0.5, -1.0]]))
    assert reading.cursor_text(snapshot, (0.5, -1.0), None) == f"ŷ = {numbers.four(output[0])}"
    assert reading.cursor_text(snapshot, (0.5, -1.0), Node(1, 1)) == f"a₂⁽¹⁾ = {numbers.four(a[0, 1])}"


def test_points_that_are_not_trained_on_are_test_points(snapshot: Snapshot) -> None:
    made, sample = reading.points(snapshot), snapshot.data.sample
    assert np.flatnonzero(made.is_test).tolist() == sorted(sample.test.tolist())
    np.testing.assert_array_equal(made.positions, sample.points)
    assert made.levels is None


def test_three_classes_show_the_winner_and_how_sure(make_session: Callable[..., Session]) -> None:
    document = Document(data=DataSettings("three_arms"), training=TrainingSpec(loss="softmax"))
    snapshot = make_session(document).snapshot()
    made = reading.image(snapshot, None)
    first, second = snapshot.matrices()
    a = np.tanh(grid(*snapshot.extent(), reading.SIZE) @ first[:, :-1].T + first[:, -1])
    scores = a @ second[:, :-1].T + second[:, -1]
    assert made.kind == "classes"
    assert (made.pixels.ravel() // 256 == scores.argmax(axis=1)).mean() > 0.999
    assert made.class_labels == snapshot.data.sample.class_names


def test_data_of_one_column_have_a_fitted_curve(make_session: Callable[..., Session]) -> None:
    snapshot = make_session(with_dataset("curve")(Document())).snapshot()
    curve = reading.fitted_curve(snapshot)
    assert curve is not None
    _, output = computed(snapshot, curve.points[:, :1])
    np.testing.assert_allclose(curve.points[:, 1], output, atol=1e-5)
    assert reading.fitted_curve(make_session().snapshot()) is None
