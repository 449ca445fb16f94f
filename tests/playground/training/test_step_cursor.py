"""The phases of a step: what each computes, and the update of one weight term by term."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from playground.document.changes import with_training
from playground.document.document import Document, Edge
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.spec import LayerSpec, OptimizerSpec, ScheduleSpec, TrainingSpec
from playground.training.run import Run
from playground.training.step_cursor import StepCursor, StepPhase, phases_of
from widgets.frame.phase_strip import phases_of as strip_phases_of

DEEP = Document(
    hidden=(LayerSpec(4, dropout=0.25), LayerSpec(3, "relu")),
    training=TrainingSpec(
        "squared",
        OptimizerSpec("adam"),
        0.05,
        ScheduleSpec("exponential"),
        regularizer="elastic_net",
        penalty=0.01,
        clip_norm=0.3,
    ),
)


def trained(document: Document = DEEP) -> Run:
    run = Run(document)
    run.train(13)
    return run


@pytest.fixture
def cursor() -> StepCursor:
    return StepCursor(trained().snapshot())


@pytest.mark.parametrize("n_layers", [1, 2, 9])
def test_phases_are_called_as_on_the_phase_strip(n_layers: int) -> None:
    mine, theirs = phases_of(n_layers), strip_phases_of(n_layers)
    assert [phase.label for phase in mine] == [phase.label for phase in theirs]
    assert [phase.kind for phase in mine] == [phase.kind for phase in theirs]


def test_each_phase_knows_one_thing_more(cursor: StepCursor) -> None:
    at = [cursor.at(index) for index in range(len(cursor.phases))]
    assert [(one.known_forward, one.is_loss_known, one.known_backward, one.is_update_known) for one in at] == [
        (0, False, None, False),
        (1, False, None, False),
        (2, False, None, False),
        (3, False, None, False),
        (3, True, None, False),
        (3, True, 3, False),
        (3, True, 2, False),
        (3, True, 1, False),
        (3, True, 1, True),
    ]
    assert cursor.phase == StepPhase("batch")
    assert at[-1].index == cursor.last


@pytest.mark.parametrize("index", [-1, 9])
def test_a_phase_that_is_not_there_is_refused(cursor: StepCursor, index: int) -> None:
    with pytest.raises(ValueError, match="phase: expected an index from 0 to 8"):
        cursor.at(index)


def test_the_batch_is_what_the_step_reads(cursor: StepCursor) -> None:
    assert np.array_equal(cursor.snapshot.data.sample.points[cursor.batch], cursor.record.inputs)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_terms_of_an_update_add_up_to_what_the_step_yields(optimizer: str) -> None:
    run, edge = trained(with_training(optimizer=OptimizerSpec(optimizer))(DEEP)), Edge(2, 1, 0)
    update = StepCursor(run.snapshot()).update_of(edge)
    assert update.gradient == pytest.approx(update.data_gradient + update.regularization_gradient, rel=1e-12)
    assert abs(update.clipped) <= abs(update.gradient)
    assert update.plain == -update.rate * update.clipped
    assert update.w + update.delta == update.next_w
    assert [symbol for symbol, _, _ in update.slots] == list(OPTIMIZERS[optimizer].slots)
    if optimizer == "sgd":
        assert update.delta == update.plain
    run.train(1)
    state, at = run.trainer.state(), run.index_of(edge)
    assert state.parameters[at] == update.next_w
    assert [after for _, _, after in update.slots] == [slot[at] for slot in state.slots]


def test_an_update_of_an_edge_that_is_not_there_is_refused(cursor: StepCursor) -> None:
    with pytest.raises(ValueError, match="there is no edge"):
        cursor.update_of(Edge(1, 7, 0))


def test_a_frozen_weight_stays_in_the_announced_update() -> None:
    edge = Edge(1, 0, 0)
    update = StepCursor(trained(replace(DEEP, frozen=(edge,))).snapshot()).update_of(edge)
    assert (update.clipped, update.delta) == (0.0, 0.0)
    assert update.gradient != 0.0
    assert update.next_w == update.w


def test_a_linear_model_has_five_phases() -> None:
    cursor = StepCursor(Run(Document(hidden=())).snapshot())
    assert [phase.label for phase in cursor.phases] == ["Batch", "Forward 1", "Loss", "Backward 1", "Update"]
