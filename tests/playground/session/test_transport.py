"""Moving a run through its iterations gives the same bits, whatever the way and the slices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.document.changes import with_data, with_layer, with_training, with_width
from playground.document.document import DataSettings, Document, Edge
from playground.engine.batches import batch_indices
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.schedules import SCHEDULES
from playground.engine.spec import LayerSpec, OptimizerSpec, ScheduleSpec, TrainingSpec
from playground.session.session import Session
from playground.training.curve import COLUMNS
from playground.training.replay import go_to
from playground.training.run import Run
from playground.training.stop_conditions import StopConditions


def document_of(optimizer: str = "sgd", schedule: str = "constant", dropout: float = 0.0, **values: object) -> Document:
    training = TrainingSpec(
        "squared", OptimizerSpec(optimizer), 0.02, ScheduleSpec(schedule, interval=20, floor=0.1), **values
    )
    return Document(hidden=(LayerSpec(5, dropout=dropout), LayerSpec(3)), training=training)


DOCUMENTS = {
    **{name: document_of(name) for name in OPTIMIZERS},
    **{name: document_of("adam", name) for name in SCHEDULES},
    "dropout": document_of("momentum", dropout=0.4),
    "partial": replace(document_of("adam", batch_size=9), data=DataSettings(points=50)),
    "more than all": document_of("rmsprop", batch_size=5000),
    "regularized": document_of("sgd", regularizer="elastic_net", clip_norm=0.5),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_step_back_then_step_gives_the_same_bits(make_session: Callable, name: str) -> None:
    session = make_session(DOCUMENTS[name])
    session.step(41)
    before, after = [], []
    for _ in range(6):
        before.append(session.run.trainer.state())
        session.step_back()
    assert session.run.iteration == 35
    for _ in range(6):
        session.step()
        after.append(session.run.trainer.state())
    assert all(a.same_as(b) for a, b in zip(after, before[::-1], strict=True))


def test_the_first_step_back_after_a_long_stretch_goes_back(session: Session) -> None:
    session.step(700)
    session.step_back()
    assert session.run.iteration == 699


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_earlier_iteration_is_replayed_exactly(make_session: Callable, name: str) -> None:
    run, states = Run(DOCUMENTS[name]), []
    for _ in range(60):
        states.append(run.trainer.state())
        run.train(1)
    for iteration in (59, 0, 31, 32, 7, 58, 1):
        go_to(run, iteration)
        assert run.trainer.state().same_as(states[iteration])


def test_a_thinned_timeline_leads_back_to_every_iteration_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.training.timeline.CAPACITY", 40)
    run, states = Run(document_of("adam", dropout=0.2)), []
    for _ in range(400):
        states.append(run.trainer.state())
        run.train(1)
    assert len(run.timeline) <= 41
    for iteration in (3, 399, 117, 250, 0, 388):
        go_to(run, iteration)
        assert run.trainer.state().same_as(states[iteration])


EDITS = (
    with_training(learning_rate=0.3),
    with_layer(1, activation="sigmoid"),
    with_training(optimizer=OptimizerSpec("adam")),
    with_data(points=150),
    with_layer(1, dropout=0.5),
    lambda d: replace(d, output_activation="tanh"),
)


def test_going_back_over_edits_replays_each_under_its_own_settings(make_session: Callable[..., Session]) -> None:
    watched, session, states = make_session(), make_session(), {}
    for change in EDITS:
        for _ in range(7):
            watched.step()
            states[watched.run.iteration] = watched.run.trainer.parameters.copy()
        session.step(7)
        for each in (watched, session):
            each.change(change, "edit")
    for each in (watched, session):
        each.set_weight(Edge(1, 0, 0), 0.25)
    states[42] = watched.run.trainer.parameters.copy()
    watched.step()
    states[43] = watched.run.trainer.parameters.copy()
    session.step()
    for iteration in sorted(states, key=lambda i: (i * 17) % 41):
        session.go_to(iteration)
        assert np.array_equal(session.run.trainer.parameters, states[iteration]), iteration


def test_after_going_back_over_an_edit_training_goes_on_under_the_present_settings(session: Session) -> None:
    session.step(16)
    session.change(with_training(batch_size=200, optimizer=OptimizerSpec("adam")), "all")
    session.change(with_data(points=30), "fewer")
    session.go_to(5)
    assert session.document.data.points == 30
    session.step(4)
    assert session.run.iteration == 9


def test_later_iterations_are_kept_until_training_goes_another_way(session: Session) -> None:
    session.step(50)
    last, curve = session.run.trainer.state(), session.run.history.column("train")
    session.go_to(10)
    session.go_to(50)
    assert session.run.trainer.state().same_as(last)
    for mine, theirs in zip(session.run.history.column("train"), curve, strict=True):
        assert np.array_equal(mine, theirs)
    session.go_to(10)
    session.step()
    assert session.run.timeline.last <= 11
    assert session.run.history.column("train")[0][-1] == 11


def test_going_beyond_what_was_trained_trains_on(session: Session, make_session: Callable) -> None:
    session.step(20)
    session.go_to(5)
    session.go_to(33)
    other = make_session()
    other.step(33)
    assert session.run.trainer.state().same_as(other.run.trainer.state())


def test_stepping_back_beyond_the_start_stops_there_with_a_message(session: Session, notes: list[str]) -> None:
    session.step(2)
    session.step_back(5)
    assert session.run.iteration == 0
    assert "This is the start" in notes[-1]


def test_before_a_change_of_structure_only_undo_leads_back(session: Session, notes: list[str]) -> None:
    session.step(12)
    session.change(with_width(1, 5), "wider")
    session.step(3)
    session.step_back(4)
    assert session.run.iteration == 12
    assert "Undo brings back" in notes[-1]


def test_step_back_after_a_change_of_structure_gives_the_same_bits(session: Session) -> None:
    session.step(12)
    session.change(with_width(1, 5), "wider")
    session.step(9)
    before = session.run.trainer.state()
    session.step_back(4)
    session.step(4)
    assert session.run.trainer.state().same_as(before)


def test_reset_gives_the_same_start_bit_for_bit(session: Session) -> None:
    start = session.run.trainer.state()
    session.step(100)
    trained = session.run.trainer.state()
    session.reset()
    assert session.run.trainer.state().same_as(start)
    assert list(session.run.history.column("train")[0]) == [0.0]
    session.step(100)
    assert session.run.trainer.state().same_as(trained)


def test_new_weights_are_those_of_the_next_seed(session: Session, make_session: Callable) -> None:
    session.change(lambda d: replace(d, seed=d.seed + 1), "New weights")
    other = make_session(replace(Document(), seed=2))
    assert session.run.trainer.state().same_as(other.run.trainer.state())
    session.step(20)
    other.step(20)
    assert session.run.trainer.state().same_as(other.run.trainer.state())


@settings(max_examples=20)
@given(st.lists(st.integers(1, 90), min_size=1, max_size=12))
def test_the_slices_of_training_leave_no_trace(slices: list[int]) -> None:
    document = document_of("adam", "exponential", dropout=0.2)
    whole, cut = Run(document), Run(document)
    whole.train(sum(slices))
    for steps in slices:
        cut.train(steps)
    assert cut.trainer.state().same_as(whole.trainer.state())
    for name in COLUMNS:
        for mine, theirs in zip(cut.history.column(name), whole.history.column(name), strict=True):
            assert np.array_equal(mine, theirs, equal_nan=True)


def test_a_thousand_steps_in_one_are_a_thousand_single_ones() -> None:
    whole, single = Run(Document()), Run(Document())
    whole.train(1000)
    for _ in range(1000):
        single.train(1)
    assert single.trainer.state().same_as(whole.trainer.state())
    assert np.array_equal(single.history.copy().table, whole.history.copy().table, equal_nan=True)


def test_a_large_iteration_is_cut_into_slices_with_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.engine.iteration._FEWEST", 32)
    monkeypatch.setattr("playground.engine.iteration._MICRO_NANOSECONDS", 1)
    document = replace(document_of("adam", batch_size=150, dropout=0.2), data=DataSettings(points=400))
    whole, cut = Run(document), Run(document)
    assert whole.trainer.pulses == 5
    whole.train(7)
    calls = 0
    while cut.iteration < 7:
        cut.train_until(lambda: True, 7 - cut.iteration)
        calls += 1
    assert calls == 4 * 5 + 3 * 2
    assert cut.trainer.state().same_as(whole.trainer.state())


def test_a_batch_larger_than_the_data_is_all_of_them(session: Session) -> None:
    session.change(with_training(batch_size=5000), "all")
    assert session.run.steps_to_epoch_end() == 1
    assert len(session.snapshot().batch) == 200
    session.step(3)
    assert session.run.trainer.epoch == 3


def test_each_epoch_visits_every_example_once_and_ends_with_a_smaller_batch(session: Session) -> None:
    session.change(with_training(batch_size=64), "64")
    orders = []
    for _ in range(2):
        seen = []
        sizes = []
        for _ in range(4):
            batch = session.snapshot().batch
            sizes.append(len(batch))
            seen.extend(int(i) for i in batch)
            session.step()
        assert sizes == [64, 64, 64, 8]
        assert sorted(seen) == sorted(int(i) for i in session.run.data.sample.train)
        orders.append(seen)
    assert orders[0] != orders[1]
    assert session.run.trainer.epoch == 2


def test_a_smaller_last_batch_is_averaged_by_its_own_size(session: Session) -> None:
    session.change(with_training(batch_size=64, optimizer=OptimizerSpec("sgd")), "64")
    session.step(3)
    record, trainer = session.snapshot().pending, session.run.trainer
    assert len(record.indices) == 8
    assert np.array_equal(record.indices, batch_indices(trainer.seed, 0, 192, 200, 64))
    per_example = record.layers[-1].a[:, 0] - record.targets[:, 0]
    bias_gradient = session.snapshot().matrices(record.gradient)[-1][0, -1]
    assert bias_gradient == pytest.approx(per_example.sum() / 8)


def test_an_epoch_step_ends_with_the_epoch(session: Session) -> None:
    session.step(5)
    session.step_epoch()
    assert (session.run.iteration, session.run.trainer.epoch, session.run.trainer.position) == (13, 1, 0)


def test_no_steps_are_no_steps(session: Session) -> None:
    assert session.run.train(0) == 0
    assert session.run.train(-3) == 0
    assert session.run.iteration == 0


def test_progress_is_counted_anew_after_an_edit() -> None:
    session = Session(document_of())
    session.stop_conditions = StopConditions(patience=200, least=10.0)  # more than ever happens: never progress
    session.play()
    session.advance(9.0, 150)
    session.change(with_data(noise=0.4), "Change the noise")
    session.advance(9.0, 150)
    assert (session.is_playing, session.run.iteration) == (True, 300)
    session.advance(9.0, 150)
    assert (session.is_playing, session.run.iteration) == (False, 350)
