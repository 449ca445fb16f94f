"""What the statistics view keeps of a moment: norms by layer, and shares of activations by value."""

from __future__ import annotations

import numpy as np
import pytest

from playground.app.views.statistics import reading
from playground.document.changes import with_layer
from playground.session.session import Session
from playground.training.flow_history import BINS
from playground.training.timeline import Mark


def test_histograms_hold_the_activations_of_the_training_examples(session: Session) -> None:
    session.step(20)
    snapshot = session.snapshot()
    history, maps = reading.history_for(snapshot), reading.activation_maps(snapshot)
    reading.record(history, snapshot, maps)
    first = snapshot.matrices()[0]
    a = np.tanh(snapshot.data.train.inputs @ first[:, :-1].T + first[:, -1])
    counts, _ = np.histogram(a, BINS, (-1.0, 1.0))
    (track,) = reading.activation_tracks(history)
    assert (track.label, track.low, track.high) == ("a⁽¹⁾", -1.0, 1.0)
    np.testing.assert_allclose(track.shares[0], counts / a.size, atol=1.5 / a.size)
    assert track.shares.sum(axis=1) == pytest.approx(1.0, abs=1e-5)


def test_activations_that_are_never_negative_begin_at_0(session: Session) -> None:
    session.change(with_layer(1, activation="relu"), "Take ReLU")
    assert reading.history_for(session.snapshot()).from_zero == (True,)


def test_an_earlier_state_has_the_numbers_that_it_had_when_it_was_current(session: Session) -> None:
    session.step(4)
    then = session.snapshot()
    seen, kept = reading.history_for(then), reading.history_for(then)
    reading.record(seen, then, reading.activation_maps(then))
    session.step(6)
    now = session.snapshot()
    reading.record(kept, now, reading.activation_maps(now), Mark(then.state, then.document))
    for before, after in zip(reading.layer_tracks(seen), reading.layer_tracks(kept), strict=True):
        assert before.iterations.tolist() == after.iterations.tolist() == [4]
        assert before.gradient_norms == pytest.approx(after.gradient_norms)
        assert before.update_ratios == pytest.approx(after.update_ratios)


def test_columns_take_the_nearest_record(session: Session) -> None:
    history = reading.history_for(session.snapshot())
    for iteration in (0, 10):
        history.record(iteration, np.ones(2), np.ones(2), [np.full(8, -0.99 if iteration == 0 else 0.99)])
    (track,) = reading.activation_tracks(history)
    assert track.iterations[[0, -1]].tolist() == [0.0, 10.0]
    assert track.shares[0].argmax() == 0
    assert track.shares[-1].argmax() == BINS - 1
    assert len(track.shares) == reading.COLUMNS
