from __future__ import annotations

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from playground.analysis.evaluate import evaluate
from playground.engine import epoch_buffer, iteration
from playground.engine.batches import order
from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.spec import LayerSpec, NetworkSpec, OptimizerSpec, ScheduleSpec, TrainingSpec
from playground.engine.state import RunState
from playground.engine.trainer import Trainer, TrainingData
from tests.playground.engine.cases import Case, cases, set_parameters, xor_case


@given(cases(dropout=True))
def test_the_same_seed_gives_the_same_bits(case: Case) -> None:
    one, two = case.trainer(), case.trainer()
    one.advance(7)
    for _ in range(7):
        two.step()
    assert one.state().same_as(two.state())


@given(cases(dropout=True))
def test_going_on_from_a_state_gives_the_same_bits(case: Case) -> None:
    through = case.trainer()
    through.advance(3)
    resumed = Trainer(case.network, case.training, case.data, case.seed, through.state())
    through.advance(5)
    resumed.advance(5)
    assert resumed.state().same_as(through.state())


@given(cases(dropout=True))
def test_pulses_add_up_to_the_same_iterations(case: Case) -> None:
    stepped, pulsed = case.trainer(), case.trainer()
    stepped.advance(4)
    while pulsed.iteration < 4:
        pulsed.pulse()
    assert pulsed.state().same_as(stepped.state())


@given(cases())
@settings(max_examples=40)
def test_micro_batches_of_a_full_batch_equal_one_pass(case: Case) -> None:
    training = replace(case.training, batch_size=case.data.n_samples, optimizer=OptimizerSpec(name="sgd"))
    whole = Trainer(case.network, training, case.data, case.seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(iteration, "micro_batch_size", lambda network: 3)
        cut = Trainer(case.network, training, case.data, case.seed)
    assert cut.pulses == -(-case.data.n_samples // 3)
    parameters = case.parameters()
    for trainer in (whole, cut):
        set_parameters(trainer, parameters)
        trainer.step()
    np.testing.assert_allclose(cut.parameters, whole.parameters, rtol=1e-12, atol=1e-12)


def test_a_pulse_is_one_micro_batch_and_says_when_the_iteration_is_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(iteration, "micro_batch_size", lambda network: 20)
    case = xor_case(n=50, batch_size=50)
    trainer, stepped = case.trainer(), case.trainer()
    before = trainer.state()
    assert [trainer.pulse(), trainer.pulse()] == [False, False]
    assert trainer.state().same_as(before)
    trainer.advance(2)  # completes the begun one first
    stepped.advance(2)
    assert trainer.state().same_as(stepped.state())
    assert trainer.epoch == 2


def test_a_micro_batch_stays_between_32_and_16384_examples() -> None:
    tiny, huge = NetworkSpec(2, (), 1), NetworkSpec(2, (LayerSpec(width=256),) * 16, 1)
    assert iteration.micro_batch_size(Network(tiny)) == 16_384
    assert iteration.micro_batch_size(Network(huge)) == 32


def test_without_an_epoch_buffer_the_numbers_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    case = xor_case(batch_size=8)
    buffered = case.trainer()
    monkeypatch.setattr(epoch_buffer, "_MOST_ENTRIES", 10)
    gathered = case.trainer()
    buffered.advance(30)
    gathered.advance(30)
    assert gathered.state().same_as(buffered.state())


def test_an_epoch_is_every_example_once_and_the_last_batch_averages_by_its_own_size() -> None:
    case = xor_case(n=10, batch_size=4, loss="squared")
    trainer = case.trainer()
    for position, size in ((0, 4), (4, 4), (8, 2)):
        record = trainer.record()
        assert record.indices.tolist() == order(case.seed, 0, 10)[position : position + size].tolist()
        one_by_one = [
            Trainer(case.network, case.training, TrainingData(case.data.inputs[[i]], case.data.targets[:, [i]]), 0)
            for i in record.indices
        ]
        for single in one_by_one:
            set_parameters(single, trainer.parameters)
        mean = np.mean([single.record().data_gradient for single in one_by_one], axis=0)
        np.testing.assert_allclose(record.data_gradient, mean, atol=1e-14)
        trainer.step()
    assert (trainer.epoch, trainer.position, trainer.iteration) == (1, 0, 3)


def test_a_batch_larger_than_the_data_is_all_of_it() -> None:
    trainer = xor_case(n=10, batch_size=1000).trainer()
    assert len(trainer.record().indices) == 10
    trainer.advance(3)
    assert (trainer.epoch, trainer.position) == (3, 0)


@pytest.mark.parametrize("name", ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"])
def test_the_hot_path_allocates_no_array(name: str) -> None:
    trainer = xor_case(
        (LayerSpec(width=32),) * 2, n=640, batch_size=64, optimizer=OptimizerSpec(name=name), regularizer="l2"
    ).trainer()
    trainer.advance(10)
    trainer.advance(1)
    tracemalloc.start()
    trainer.advance(9)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 64 * 32 / 2  # half of one activation matrix


def test_what_is_not_asked_for_is_not_in_the_calls() -> None:
    plain = iteration.Iteration(*_parts(xor_case()))
    assert plain.finish_ops == ()
    assert plain.apply is plain.update.step
    assert not plain.has_dropout
    full = iteration.Iteration(*_parts(xor_case(regularizer="l2", clip_norm=1.0, clip_value=1.0)))
    assert len(full.finish_ops) == 4


def _parts(case: Case) -> tuple[object, ...]:
    n = case.network.n_parameters
    return case.network, case.training, case.data, case.seed, np.zeros(n), (), None


# ---- changing settings -------------------------------------------------------------------------


def test_adam_counts_its_own_updates_from_one_after_a_change() -> None:
    case = xor_case()
    trainer = case.trainer()
    trainer.advance(10)
    adam = replace(case.training, optimizer=OptimizerSpec(name="adam"), learning_rate=0.01)
    slots = OPTIMIZERS["adam"].fresh_slots(case.network.n_parameters)
    changed = replace(trainer.state(), slots=slots, updates=0)
    record = Trainer(case.network, adam, case.data, case.seed, changed).record()
    moved = record.delta[np.abs(record.clipped) > 1e-6]
    np.testing.assert_allclose(np.abs(moved), 0.01, rtol=0.02)  # the first Adam step is η long


def test_another_batch_size_in_mid_epoch_still_visits_every_example_once() -> None:
    case = xor_case(n=23, batch_size=5)
    trainer = case.trainer()
    seen = list(trainer.record().indices)
    trainer.step()
    smaller = replace(case.training, batch_size=4)
    trainer = Trainer(case.network, smaller, case.data, case.seed, trainer.state())
    while trainer.epoch == 0:
        seen += list(trainer.record().indices)
        trainer.step()
    assert sorted(seen) == list(range(23))


def test_the_schedule_sets_the_rate_of_each_iteration() -> None:
    schedule = ScheduleSpec(name="step_decay", interval=2, gamma=0.1)
    trainer = xor_case(n=8, batch_size=4, learning_rate=1.0, schedule=schedule).trainer()
    rates = []
    for _ in range(5):
        record = trainer.record()
        np.testing.assert_array_equal(record.delta, -record.rate * record.clipped)
        rates.append(record.rate)
        trainer.step()
    np.testing.assert_allclose(rates, [1.0, 1.0, 0.1, 0.1, 0.01])


@pytest.mark.parametrize("name", ["sgd", "momentum", "adamw"])
def test_frozen_parameters_never_move_and_the_others_do(name: str) -> None:
    case = xor_case(optimizer=OptimizerSpec(name=name), regularizer="l2")
    trainer = case.trainer()
    trainer.advance(3)
    frozen = np.zeros(case.network.n_parameters, dtype=bool)
    frozen[::2] = True
    before = trainer.state().parameters
    trainer.set_frozen(frozen)
    assert (trainer.record().delta[frozen] == 0.0).all()
    trainer.advance(20)
    assert trainer.parameters[frozen].tobytes() == before[frozen].tobytes()
    assert (trainer.parameters[~frozen] != before[~frozen]).all()
    trainer.set_frozen(None)
    trainer.step()
    assert (trainer.parameters[frozen] != before[frozen]).any()


def test_a_hand_set_parameter_is_where_training_goes_on_and_drops_a_half_done_iteration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(iteration, "micro_batch_size", lambda network: 16)
    case = xor_case(n=50, batch_size=50)
    one, two = case.trainer(), case.trainer()
    by_hand = case.parameters()
    one.pulse()
    for trainer in (one, two):
        set_parameters(trainer, by_hand)
        trainer.advance(2)
    assert one.state().same_as(two.state())


# ---- trouble -----------------------------------------------------------------------------------


def test_a_diverging_run_is_not_finite_and_warns_nobody() -> None:
    trainer = xor_case((LayerSpec(activation="relu"),), loss="squared", learning_rate=1e6).trainer()
    assert trainer.is_finite()
    trainer.advance(200)
    assert not trainer.is_finite()


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_one_bad_parameter_is_noticed(value: float) -> None:
    trainer = xor_case().trainer()
    parameters = trainer.state().parameters
    parameters[4] = value
    set_parameters(trainer, parameters)
    assert not trainer.is_finite()
    parameters[4] = 1e308
    set_parameters(trainer, parameters)
    assert trainer.is_finite()


def test_what_does_not_belong_together_is_refused_with_the_cure() -> None:
    case = xor_case()
    trainer, n = case.trainer(), case.network.n_parameters
    magic = replace(case.training, optimizer=OptimizerSpec(name="magic"))
    for call, message in (
        (lambda: Trainer(case.network, case.training, case.data, -1), "seed: expected 0 or more"),
        (lambda: trainer.load(RunState(np.zeros(3))), f"expected {n} parameters"),
        (lambda: trainer.load(RunState(np.zeros(n), (np.zeros(n),))), "sgd keeps 0 values per parameter, got 1"),
        (lambda: trainer.load(RunState(np.zeros(n), position=50)), "position 50 is outside the 50"),
        (lambda: trainer.set_frozen(np.zeros(2, dtype=bool)), "frozen: expected one flag"),
        (lambda: Trainer(case.network, magic, case.data, 0), "optimizer: expected"),
        (lambda: TrainingData(np.zeros((3, 2)), np.zeros((1, 4))), "of the same n"),
        (lambda: Trainer(case.network, case.training, TrainingData(np.zeros((3, 1)), np.zeros((2, 3))), 0), "2 inputs"),
        (
            lambda: Trainer(case.network, case.training, TrainingData(np.zeros((3, 2)), np.zeros((1, 3))), 0),
            "2 outputs",
        ),
        (
            lambda: Trainer(case.network, case.training, TrainingData(np.zeros((0, 2)), np.zeros((2, 0))), 0),
            "no training example",
        ),
    ):
        with pytest.raises(ValueError, match=message):
            call()


# ---- it learns ---------------------------------------------------------------------------------


@pytest.mark.parametrize("loss", ["softmax", "squared", "logistic", "hinge"])
def test_xor_is_solved_from_at_least_19_of_20_seeds(loss: str) -> None:
    solved = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        points = rng.uniform(0.1, 1.0, (200, 2)) * rng.choice([-1.0, 1.0], (200, 2))
        targets = LOSSES[loss].encode((points[:, 0] * points[:, 1] > 0.0).astype(int), 2)
        data = TrainingData(points, targets)
        network = Network(NetworkSpec(2, (LayerSpec(width=4, activation="tanh"),), len(targets)))
        training = TrainingSpec(loss=loss, learning_rate=0.1, batch_size=16)
        trainer = Trainer(network, training, data, seed)
        trainer.advance(6000)
        solved += evaluate(network, training, data, trainer.parameters).accuracy >= 0.95
    assert solved >= 19


def test_xor_is_not_solved_without_a_hidden_layer() -> None:
    case = xor_case((), n=200)
    trainer = case.trainer()
    trainer.advance(2000)
    assert evaluate(case.network, case.training, case.data, trainer.parameters).accuracy < 0.75


def test_units_that_start_equal_stay_equal() -> None:
    case = xor_case((LayerSpec(width=3),), initializer="constant")
    trainer = case.trainer()
    trainer.advance(50)
    hidden = case.network.matrices(trainer.parameters)[0]
    np.testing.assert_allclose(hidden[1:], hidden[:-1], rtol=1e-12)
