from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from playground.document.changes import with_data, with_training, with_width
from playground.document.document import LOSS, Document, Edge, Node
from playground.engine.spec import LayerSpec, TrainingSpec
from playground.session.session import Session
from playground.training.divergence import Divergence
from playground.training.run import Run


def diverging() -> Document:
    """Return a document that trains for some hundred iterations, then overflows within few."""
    return Document(hidden=(LayerSpec(4, "relu"),), training=TrainingSpec("squared", learning_rate=2.5, batch_size=5))


@pytest.fixture
def diverged(make_session: Callable[..., Session]) -> Session:
    session = make_session(diverging())
    session.step(2000)
    return session


def test_training_stops_at_the_last_finite_state(diverged: Session) -> None:
    divergence = diverged.run.divergence
    assert divergence is not None
    assert 512 < diverged.run.iteration == divergence.iteration < 2000
    assert np.isfinite(diverged.run.trainer.parameters).all()
    assert diverged.snapshot().losses.are_finite
    after = diverged.snapshot().pending.after
    again = Run(diverged.document)
    again.trainer.load(after)
    assert not (again.trainer.is_finite() and again.snapshot().losses.are_finite)


def test_trouble_names_the_node_the_value_and_the_cure(diverged: Session) -> None:
    divergence = diverged.run.divergence
    assert divergence is not None
    assert divergence.node == LOSS or 1 <= divergence.node.layer <= 2
    assert "lower the learning rate (now 2.5)" in divergence.message
    assert f"iteration {divergence.iteration:,}" in divergence.message
    assert "the mean data loss of the training set became too large" in divergence.message


@pytest.mark.parametrize("slice_length", [1, 7, 100])
def test_trouble_is_found_at_the_same_iteration_whatever_the_slices(diverged: Session, slice_length: int) -> None:
    run = Run(diverged.document)
    while run.train(slice_length) and not run.divergence:
        pass
    assert run.divergence == diverged.run.divergence
    assert run.trainer.state().same_as(diverged.run.trainer.state())


def test_trouble_between_two_recorded_losses_is_found_at_the_same_iteration(diverged: Session) -> None:
    run = Run(diverged.document)
    run.history.stride = 1024
    while run.train(1):
        pass
    assert run.divergence == diverged.run.divergence
    assert run.history.last == 0


def test_trouble_is_noticed_long_before_the_next_recorded_loss(diverged: Session) -> None:
    run = Run(diverged.document)
    run.history.stride = 1 << 20
    assert run.train(1 << 19) == diverged.run.iteration
    assert run.divergence == diverged.run.divergence


def test_the_last_good_iteration_lies_before_the_loss_exploded(diverged: Session) -> None:
    run = diverged.run
    good = run.last_good_iteration()
    x, y = run.history.column("train")
    assert run.timeline.first <= good < run.iteration
    assert y[x == good][0] <= 10.0 * y.min()
    assert (y[x > good] > 10.0 * y.min()).all()
    run.history.clear()
    assert run.last_good_iteration() == run.timeline.first


def test_curves_end_with_the_last_finite_iteration(diverged: Session) -> None:
    x, y = diverged.run.history.column("train")
    assert x[-1] == diverged.run.iteration
    assert np.isfinite(y).all()


def test_views_hear_of_trouble_and_playing_stops(make_session: Callable) -> None:
    session, heard, notes = make_session(diverging()), [], []
    session.diverged.connect(heard.append)
    session.noted.connect(notes.append)
    session.play()
    while session.is_playing:
        session.advance(10.0, 50)
    assert len(heard) == 1
    assert isinstance(heard[0], Divergence)
    assert not session.is_playing
    session.play()
    assert not session.is_playing
    assert notes == [heard[0].message]


def test_in_trouble_a_step_says_so_again_and_moves_nothing(diverged: Session) -> None:
    heard, before = [], diverged.run.iteration
    diverged.diverged.connect(heard.append)
    diverged.step(3)
    assert diverged.run.iteration == before
    assert heard == [diverged.run.divergence]


def test_going_back_leaves_trouble_and_the_same_steps_lead_to_it_again(diverged: Session) -> None:
    divergence, last = diverged.run.divergence, diverged.run.trainer.state()
    diverged.step_back(2)
    assert diverged.run.divergence is None
    assert diverged.run.iteration == last.iteration - 2
    diverged.step(20)
    assert diverged.run.divergence == divergence
    assert diverged.run.trainer.state().same_as(last)


def test_after_going_back_a_lower_rate_trains_on(diverged: Session) -> None:
    diverged.go_to(0)
    diverged.change(with_training(learning_rate=0.01), "Lower the rate")
    diverged.step(200)
    assert diverged.run.divergence is None
    assert diverged.run.iteration == 200


def test_lowering_the_rate_where_it_stopped_lets_training_try_again(diverged: Session) -> None:
    diverged.change(with_training(learning_rate=1e-6, clip_norm=1.0), "Lower the rate")
    assert diverged.run.divergence is None
    first = diverged.run.iteration
    diverged.step(3)
    assert diverged.run.iteration == first + 3


def test_reset_leaves_trouble(diverged: Session) -> None:
    diverged.reset()
    assert diverged.run.divergence is None
    assert diverged.run.iteration == 0


def test_an_edit_that_overflows_the_loss_is_not_undone_by_looking_for_trouble(session: Session) -> None:
    session.step(5)
    session.change(with_training(), "nothing")
    session.set_weight(Edge(2, -1, 0), 1e200)
    edited = session.run.trainer.state()
    assert session.run.history.last == 4
    session.step(5)
    assert session.run.divergence is not None
    assert session.run.divergence.node == LOSS
    assert session.run.trainer.state().same_as(edited)
    session.undo_stack.undo()
    assert session.run.divergence is None
    session.step(5)
    assert session.run.iteration == 10


def test_an_overflowing_unit_is_named(session: Session) -> None:
    session.change(lambda d: with_width(1, 3)(d), "three")
    session.change(lambda d: Document(hidden=(LayerSpec(3, "linear"),)), "linear")
    session.edits.set_weights({Edge(1, 0, 1): 1.5e308, Edge(1, 1, 1): 1.5e308, Edge(1, -1, 1): 1.5e308}, "huge")
    session.step()
    divergence = session.run.divergence
    assert divergence is not None
    assert divergence.node == Node(1, 1)
    assert "z of neuron 2 of hidden layer 1" in divergence.message


def test_an_overflow_on_the_way_back_is_named(session: Session) -> None:
    session.change(lambda d: Document(hidden=(LayerSpec(2, "linear"), LayerSpec(2, "linear"))), "linear")
    session.edits.set_weights({Edge(3, 0, 0): 1e200, Edge(3, 1, 0): 0.0, Edge(2, 0, 0): 1e200}, "huge")
    session.edits.set_weights({Edge(1, s, u): 0.0 for s in (0, 1, -1) for u in (0, 1)}, "no input")
    session.edits.set_weights({Edge(2, 1, 0): 0.0, Edge(2, -1, 0): 0.0}, "nothing forward")
    session.step()
    divergence = session.run.divergence
    assert divergence is not None
    assert divergence.iteration == 0
    assert divergence.node.layer in (1, 2)
    assert "∂L_B/∂z of neuron" in divergence.message


def test_an_overflow_in_the_update_is_named(session: Session) -> None:
    session.change(lambda d: Document(hidden=(), training=TrainingSpec("squared", learning_rate=1e6)), "linear")
    session.edits.set_weights({Edge(1, 0, 0): 1e150, Edge(1, 1, 0): 0.0}, "large")
    session.change(with_training(regularizer="l2", penalty=1e6), "l2")
    session.step(100)
    assert session.run.divergence is not None


def test_new_data_leave_trouble(diverged: Session) -> None:
    diverged.change(with_data(name="moons"), "moons")
    assert diverged.run.divergence is None
