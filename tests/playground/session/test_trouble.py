from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from playground.engine.spec import LayerSpec, TrainingSpec
from playground.session.document import LOSS, Document, Edge, Node, with_data, with_training, with_width
from playground.session.session import Session
from playground.session.training_run import Run
from playground.session.trouble import Trouble


def diverging() -> Document:
    """Return a document that trains for some hundred iterations, then overflows within few."""
    return Document(hidden=(LayerSpec(4, "relu"),), training=TrainingSpec("squared", learning_rate=2.5, batch_size=5))


@pytest.fixture
def troubled(make_session: Callable[..., Session]) -> Session:
    session = make_session(diverging())
    session.step(2000)
    return session


def test_training_stops_at_the_last_finite_state(troubled: Session) -> None:
    trouble = troubled.run.trouble
    assert trouble is not None
    assert 512 < troubled.run.iteration == trouble.iteration < 2000
    assert np.isfinite(troubled.run.trainer.parameters).all()
    assert troubled.snapshot().losses.are_finite
    after = troubled.snapshot().pending.after
    again = Run(troubled.document)
    again.trainer.load(after)
    assert not (again.trainer.is_finite() and again.snapshot().losses.are_finite)


def test_trouble_names_the_node_the_value_and_the_cure(troubled: Session) -> None:
    trouble = troubled.run.trouble
    assert trouble is not None
    assert trouble.node == LOSS or 1 <= trouble.node.layer <= 2
    assert "lower the learning rate (now 2.5)" in trouble.message
    assert f"iteration {trouble.iteration:,}" in trouble.message
    assert "loss of the training data became too large" in trouble.message


@pytest.mark.parametrize("slice_length", [1, 7, 100])
def test_trouble_is_found_at_the_same_iteration_whatever_the_slices(troubled: Session, slice_length: int) -> None:
    run = Run(troubled.document)
    while run.train(slice_length) and not run.trouble:
        pass
    assert run.trouble == troubled.run.trouble
    assert run.trainer.state().same_as(troubled.run.trainer.state())


def test_trouble_between_two_recorded_losses_is_found_at_the_same_iteration(troubled: Session) -> None:
    run = Run(troubled.document)
    run.history.stride = 1024
    while run.train(1):
        pass
    assert run.trouble == troubled.run.trouble
    assert run.history.last == 0


def test_trouble_is_noticed_long_before_the_next_recorded_loss(troubled: Session) -> None:
    run = Run(troubled.document)
    run.history.stride = 1 << 20
    assert run.train(1 << 19) == troubled.run.iteration
    assert run.trouble == troubled.run.trouble


def test_the_last_good_iteration_lies_before_the_loss_exploded(troubled: Session) -> None:
    run = troubled.run
    good = run.last_good_iteration()
    x, y = run.history.column("train")
    assert run.timeline.first <= good < run.iteration
    assert y[x == good][0] <= 10.0 * y.min()
    assert (y[x > good] > 10.0 * y.min()).all()
    run.history.clear()
    assert run.last_good_iteration() == run.timeline.first


def test_curves_end_with_the_last_finite_iteration(troubled: Session) -> None:
    x, y = troubled.run.history.column("train")
    assert x[-1] == troubled.run.iteration
    assert np.isfinite(y).all()


def test_views_hear_of_trouble_and_playing_stops(make_session: Callable) -> None:
    session, heard, notes = make_session(diverging()), [], []
    session.troubled.connect(heard.append)
    session.noted.connect(notes.append)
    session.play()
    while session.is_playing:
        session.advance(10.0, 50)
    assert len(heard) == 1
    assert isinstance(heard[0], Trouble)
    assert not session.is_playing
    session.play()
    assert not session.is_playing
    assert notes == [heard[0].message]


def test_in_trouble_a_step_says_so_again_and_moves_nothing(troubled: Session) -> None:
    heard, before = [], troubled.run.iteration
    troubled.troubled.connect(heard.append)
    troubled.step(3)
    assert troubled.run.iteration == before
    assert heard == [troubled.run.trouble]


def test_going_back_leaves_trouble_and_the_same_steps_lead_to_it_again(troubled: Session) -> None:
    trouble, last = troubled.run.trouble, troubled.run.trainer.state()
    troubled.step_back(2)
    assert troubled.run.trouble is None
    assert troubled.run.iteration == last.iteration - 2
    troubled.step(20)
    assert troubled.run.trouble == trouble
    assert troubled.run.trainer.state().same_as(last)


def test_after_going_back_a_lower_rate_trains_on(troubled: Session) -> None:
    troubled.go_to(0)
    troubled.change(with_training(learning_rate=0.01), "Lower the rate")
    troubled.step(200)
    assert troubled.run.trouble is None
    assert troubled.run.iteration == 200


def test_lowering_the_rate_where_it_stopped_lets_training_try_again(troubled: Session) -> None:
    troubled.change(with_training(learning_rate=1e-6, clip_norm=1.0), "Lower the rate")
    assert troubled.run.trouble is None
    first = troubled.run.iteration
    troubled.step(3)
    assert troubled.run.iteration == first + 3


def test_reset_leaves_trouble(troubled: Session) -> None:
    troubled.reset()
    assert troubled.run.trouble is None
    assert troubled.run.iteration == 0


def test_an_edit_that_overflows_the_loss_is_not_undone_by_looking_for_trouble(session: Session) -> None:
    session.step(5)
    session.change(with_training(), "nothing")
    session.set_weight(Edge(2, -1, 0), 1e200)
    edited = session.run.trainer.state()
    assert session.run.history.last == 4
    session.step(5)
    assert session.run.trouble is not None
    assert session.run.trouble.node == LOSS
    assert session.run.trainer.state().same_as(edited)
    session.undo_stack.undo()
    assert session.run.trouble is None
    session.step(5)
    assert session.run.iteration == 10


def test_an_overflowing_unit_is_named(session: Session) -> None:
    session.change(lambda d: with_width(1, 3)(d), "three")
    session.change(lambda d: Document(hidden=(LayerSpec(3, "linear"),)), "linear")
    session.set_weights({Edge(1, 0, 1): 1.5e308, Edge(1, 1, 1): 1.5e308, Edge(1, -1, 1): 1.5e308}, "huge")
    session.step()
    trouble = session.run.trouble
    assert trouble is not None
    assert trouble.node == Node(1, 1)
    assert "unit 1 in hidden 1" in trouble.message


def test_an_overflow_on_the_way_back_is_named(session: Session) -> None:
    session.change(lambda d: Document(hidden=(LayerSpec(2, "linear"), LayerSpec(2, "linear"))), "linear")
    session.set_weights({Edge(3, 0, 0): 1e200, Edge(3, 1, 0): 0.0, Edge(2, 0, 0): 1e200}, "huge")
    session.set_weights({Edge(1, s, u): 0.0 for s in (0, 1, -1) for u in (0, 1)}, "no input")
    session.set_weights({Edge(2, 1, 0): 0.0, Edge(2, -1, 0): 0.0}, "nothing forward")
    session.step()
    trouble = session.run.trouble
    assert trouble is not None
    assert trouble.iteration == 0
    assert trouble.node.layer in (1, 2)
    assert "∂L/∂z of unit" in trouble.message


def test_an_overflow_in_the_update_is_named(session: Session) -> None:
    session.change(lambda d: Document(hidden=(), training=TrainingSpec("squared", learning_rate=1e6)), "linear")
    session.set_weights({Edge(1, 0, 0): 1e150, Edge(1, 1, 0): 0.0}, "large")
    session.change(with_training(regularizer="l2", penalty=1e6), "l2")
    session.step(100)
    assert session.run.trouble is not None


def test_new_data_leave_trouble(troubled: Session) -> None:
    troubled.change(with_data(name="moons"), "moons")
    assert troubled.run.trouble is None
