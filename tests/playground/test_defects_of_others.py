"""Defects that users of comparable programs report, tried one by one: none of them may occur here."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from playground.app.views.network import reading as network_reading
from playground.circuits.graph import Builder
from playground.circuits.parser.expression import parse
from playground.circuits.passes import evaluate
from playground.document import catalogue
from playground.document.changes import with_data, with_training, with_width
from playground.document.document import Document, Edge
from playground.engine import activations, optimizers
from playground.engine.losses import LOSSES
from playground.engine.spec import LayerSpec, OptimizerSpec
from playground.session.session import Session
from playground.training.history import CAPACITY


@pytest.fixture
def session(qapp: QApplication) -> Session:
    return Session(Document())


def test_the_output_neuron_is_drawn_and_its_bias_can_be_seen_and_set(session: Session) -> None:
    snapshot = session.snapshot()
    assert network_reading.diagram(snapshot).columns[-1].kind == "output"
    session.set_weight(Edge(2, -1, 0), 0.625)
    frame = network_reading.frame(session.snapshot(), session.selection.example, "weight", "activation")
    assert frame.edges[-1][0, -1] == 0.625


def test_a_step_is_one_mini_batch_and_not_an_epoch(session: Session) -> None:
    session.step()
    state = session.run.memory().state
    assert (state.iteration, state.epoch, state.position) == (1, 0, 16)


def test_a_partial_batch_ends_its_epoch_and_a_batch_beyond_the_data_still_updates(session: Session) -> None:
    seen = []
    for _ in range(13):
        seen.append(session.snapshot().pending.indices)
        session.step()
    assert [len(batch) for batch in seen] == [16] * 12 + [8]
    assert np.array_equal(np.sort(np.concatenate(seen)), np.arange(200))
    assert session.run.memory().state.position == 0
    session.change(with_training(batch_size=100_000), "batch")
    before = session.run.memory().state.parameters
    session.step()
    assert not np.array_equal(session.run.memory().state.parameters, before)


def test_every_epoch_is_shuffled_anew(session: Session) -> None:
    first = session.snapshot().pending.indices
    session.step_epoch()
    assert not np.array_equal(session.snapshot().pending.indices, first)


def test_a_hand_edit_leaves_no_stale_point_on_the_curves(session: Session) -> None:
    session.step(20)
    points = len(session.run.history)
    session.set_weight(Edge(1, 0, 0), 3.0)
    assert len(session.run.history) == points
    _, losses = session.run.history.column("train")
    assert losses[-1] == session.snapshot().losses.train


def test_the_displayed_loss_contains_the_regularization(session: Session) -> None:
    session.change(with_training(regularizer="l2", penalty=0.5), "λ")
    losses = session.snapshot().losses
    assert losses.regularization > 0.1
    shown = network_reading.frame(session.snapshot(), session.selection.example, "weight", "activation").loss
    assert shown == losses.train + losses.regularization


def test_l1_lets_a_weight_leave_zero_again_and_a_hand_edit_revives_it(session: Session) -> None:
    session.change(with_training(regularizer="l1", penalty=0.001), "L1")
    session.set_weight(Edge(1, 0, 0), 0.0)
    session.step()
    assert session.run.trainer.parameters[session.run.index_of(Edge(1, 0, 0))] != 0.0
    session.set_weight(Edge(1, 0, 0), 0.5)
    assert session.run.trainer.parameters[session.run.index_of(Edge(1, 0, 0))] == 0.5


def test_no_setting_wipes_the_weights(session: Session) -> None:
    session.step(50)
    for change in (
        with_training(learning_rate=0.03),
        with_training(regularizer="l2", penalty=0.01),
        with_training(batch_size=7),
        with_width(1, 6),
        with_width(1, 4),
        lambda d: replace(d, hidden=(replace(d.hidden[0], activation="relu"),)),
        with_data(noise=0.3),
    ):
        before = session.run.trainer.parameters.copy()
        session.change(change, "setting")
        after = session.run.trainer.parameters
        assert np.array_equal(after[: 4 * 3], before[: 4 * 3])
        assert session.run.iteration == 50


@pytest.mark.parametrize("name", [n for n, g in catalogue.GENERATORS.items() if not g.is_regression and n != "digits"])
def test_noise_moves_points_and_changes_no_label(name: str) -> None:
    crash_handler, noisy = (catalogue.make(name, points=300, noise=noise, seed=3) for noise in (0.0, 0.4))
    assert np.array_equal(crash_handler.targets, noisy.targets)
    assert not np.array_equal(crash_handler.points, noisy.points)


def test_the_shown_inputs_are_the_coordinates_themselves(session: Session) -> None:
    data = session.run.data
    assert np.array_equal(data.train.inputs, data.sample.points[data.sample.train])


def test_the_start_takes_the_number_of_inputs_into_account(qapp: QApplication) -> None:
    narrow = Session(Document(hidden=(LayerSpec(4),)))
    wide = Session(Document(hidden=(LayerSpec(256),)))
    spread = [float(np.abs(s.snapshot().matrices()[1][:, :-1]).max()) for s in (narrow, wide)]
    assert spread[1] < spread[0] / 3


def test_the_history_of_a_long_run_is_bounded(session: Session) -> None:
    session.run.train(5000)
    assert len(session.run.history) <= CAPACITY


def test_adam_corrects_its_bias_by_dividing(qapp: QApplication) -> None:
    w, g = np.zeros(1), np.array([0.3])
    spec = OptimizerSpec("adam")
    optimizers.bind(w, g, optimizers.OPTIMIZERS["adam"].fresh_slots(1), spec)(0.1, 1)
    assert w[0] == pytest.approx(-0.1, rel=1e-6)


def test_leaky_relu_leaks_in_its_derivative_too() -> None:
    layer = LayerSpec(1, "leaky_relu", slope=0.1)
    assert activations.value("leaky_relu", [-2.0], layer)[0] == -0.2
    assert activations.local("leaky_relu", [-2.0], layer)[0] == 0.1


def test_x_times_x_has_two_wires_and_a_second_backward_pass_doubles_nothing() -> None:
    circuit = parse("x * x")
    assert circuit.n_wires == 2
    for _ in range(2):
        evaluation = evaluate(circuit, {"x": 3.0})
        assert evaluation.gradients[circuit.inputs["x"]] == 6.0


def test_a_chain_of_thousands_of_gates_overflows_no_stack() -> None:
    builder = Builder()
    node = builder.input("x")
    for _ in range(4000):
        node = builder.gate("tanh", node)
    circuit = builder.circuit(node)
    assert np.isfinite(evaluate(circuit, {"x": 0.5}).values[circuit.output])


def test_large_numbers_stay_numbers() -> None:
    assert activations.value("tanh", [400.0])[0] == 1.0
    scores = np.array([[1e4], [-1e4]])
    targets = LOSSES["softmax"].encode([1], 2)
    assert LOSSES["softmax"].per_example(scores, targets)[0] == pytest.approx(2e4)


def test_the_editor_of_a_weight_starts_from_every_digit(session: Session) -> None:
    session.step(3)
    frame = network_reading.frame(session.snapshot(), session.selection.example, "weight", "activation")
    index = session.run.index_of(Edge(1, 0, 0))
    assert frame.edges[0][0, 0] == session.run.trainer.parameters[index]


def test_an_accuracy_is_of_the_present_weights_also_after_an_edit(session: Session) -> None:
    session.step(3000)
    assert session.snapshot().losses.test_accuracy == 1.0
    for unit in range(4):
        session.set_weight(Edge(2, unit, 0), 0.0)
    accuracy = session.snapshot().losses.test_accuracy
    assert accuracy is not None
    assert accuracy < 0.8
