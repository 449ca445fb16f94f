from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from playground.engine import iteration, record
from playground.engine.record import StepRecorder, record_in_slices
from playground.engine.slices import finish
from playground.engine.spec import LayerSpec, OptimizerSpec
from tests.playground.engine.cases import Case, cases, set_parameters, xor_case


@given(cases(dropout=True))
def test_a_record_is_the_step_bit_for_bit_through_two_epochs(case: Case) -> None:
    trainer = case.trainer()
    while trainer.epoch < 2:
        before, kept = trainer.state(), trainer.record()
        assert trainer.state().same_as(before)
        trainer.step()
        assert kept.before.same_as(before)
        assert kept.after.same_as(trainer.state())


@given(cases(dropout=True))
def test_a_workspace_that_is_kept_records_the_same_bits_and_takes_nothing_back(case: Case) -> None:
    trainer = case.trainer()
    recorder = StepRecorder(case.network, case.training, case.data, case.seed)
    states, kept = [], []
    while trainer.epoch < 1 or len(states) < 3:
        states.append(trainer.state())
        kept.append(recorder.record(states[-1]))
        trainer.step()
    for state, here, after in zip(states, kept, [*states[1:], trainer.state()], strict=True):
        fresh = finish(record_in_slices(case.network, case.training, case.data, case.seed, state))
        assert here.after.same_as(after)
        for name in ("data_gradient", "regularization_gradient", "gradient", "clipped", "delta", "losses", "inputs"):
            np.testing.assert_array_equal(getattr(here, name), getattr(fresh, name))
        for mine, other in zip(here.layers, fresh.layers, strict=True):
            np.testing.assert_array_equal(mine.z, other.z)
            np.testing.assert_array_equal(mine.delta, other.delta)


@given(cases(dropout=True))
def test_the_anatomy_of_an_update_adds_up(case: Case) -> None:
    trainer = case.trainer()
    set_parameters(trainer, case.parameters())
    kept = trainer.record()
    np.testing.assert_allclose(kept.gradient, kept.data_gradient + kept.regularization_gradient, rtol=1e-12, atol=1e-16)
    np.testing.assert_array_equal(kept.next_parameters, kept.before.parameters + kept.delta)
    limit, norm = case.training.clip_value, case.training.clip_norm
    if limit is None and norm is None:
        np.testing.assert_array_equal(kept.clipped, kept.gradient)
    if limit is not None:
        assert np.abs(kept.clipped).max() <= limit
    if norm is not None:
        assert np.linalg.norm(kept.clipped) <= norm
        within = np.linalg.norm(kept.gradient) < 0.99 * norm
        if within and limit is None:
            np.testing.assert_array_equal(kept.clipped, kept.gradient)
    assert kept.data_loss == pytest.approx(kept.losses.mean())
    assert kept.loss == kept.data_loss + kept.regularization_loss


@given(cases())
def test_the_layers_of_a_record_obey_the_chain_rule(case: Case) -> None:
    trainer = case.trainer()
    set_parameters(trainer, case.parameters())
    kept = trainer.record()
    reads = kept.inputs
    matrices = case.network.matrices(kept.before.parameters)
    gradients = case.network.matrices(kept.data_gradient)
    for layer, weights, gradient in zip(kept.layers, matrices, gradients, strict=True):
        np.testing.assert_allclose(layer.z, reads @ weights[:, :-1].T + weights[:, -1], atol=1e-12)
        np.testing.assert_allclose(gradient[:, :-1], layer.delta.T @ reads, atol=1e-12)
        np.testing.assert_allclose(gradient[:, -1], layer.delta.sum(axis=0), atol=1e-12)
        reads = layer.output
    for below, above, weights in zip(kept.layers, kept.layers[1:], matrices[1:], strict=False):
        np.testing.assert_allclose(below.upstream, above.delta @ weights[:, :-1], atol=1e-12)


def test_dropped_units_are_named_and_send_nothing_on() -> None:
    kept = xor_case((LayerSpec(width=8, dropout=0.5), LayerSpec(width=3))).trainer().record()
    dropped = kept.layers[0].dropped
    assert dropped is not None
    assert dropped.any()
    assert not dropped.all()
    assert (kept.layers[0].output[dropped] == 0.0).all()
    np.testing.assert_array_equal(kept.layers[0].output[~dropped], 2.0 * kept.layers[0].a[~dropped])
    assert (kept.layers[0].delta[dropped] == 0.0).all()
    assert kept.layers[1].dropped is None


def test_a_record_of_micro_batches_joins_them_and_equals_the_pulses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(iteration, "micro_batch_size", lambda network: 16)
    case = xor_case((LayerSpec(dropout=0.3),), n=50, batch_size=45, optimizer=OptimizerSpec(name="momentum"))
    trainer = case.trainer()
    kept = trainer.record()
    assert kept.layers[0].z.shape == (45, 4)
    assert kept.layers[0].dropped is not None
    assert kept.layers[0].dropped.shape == (45, 4)
    np.testing.assert_array_equal(kept.inputs, case.data.inputs[kept.indices])
    while not trainer.pulse():
        pass
    assert kept.after.same_as(trainer.state())


def test_a_large_batch_is_recorded_in_slices_and_only_its_first_examples_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(iteration, "micro_batch_size", lambda network: 10)
    monkeypatch.setattr(record, "KEPT_EXAMPLES", 20)
    case = xor_case(n=50, batch_size=50)
    trainer = case.trainer()
    job = record_in_slices(case.network, case.training, case.data, case.seed, trainer.state())
    shares = []
    while True:
        try:
            shares.append(next(job))
        except StopIteration as end:
            kept = end.value
            break
    np.testing.assert_allclose(shares, [0.2, 0.4, 0.6, 0.8, 1.0])
    assert kept.layers[0].z.shape == (20, 4)
    assert kept.losses.shape == (50,)
    trainer.step()
    assert kept.after.same_as(trainer.state())


def test_states_differ_when_a_count_or_a_bit_does() -> None:
    trainer = xor_case(optimizer=OptimizerSpec(name="momentum")).trainer()
    start = trainer.state()
    trainer.load(start)
    assert trainer.state().same_as(start)
    trainer.step()
    assert not trainer.state().same_as(start)
    nudged = start.parameters.copy()
    nudged[0] = np.nextafter(nudged[0], 9.0)
    changed = type(start)(nudged, start.slots)
    assert not changed.same_as(start)
    assert not type(start)(start.parameters).same_as(start)
