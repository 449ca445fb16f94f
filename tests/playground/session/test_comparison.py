"""Two runs side by side: the same start and batches, one changed setting, in lock-step."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from playground.engine.spec import LayerSpec
from playground.session.comparison import CHANGES, PRESETS, Comparison, Difference
from playground.session.document import Document, with_training, with_width
from playground.session.session import Session

BY_KEY = {difference.key: difference for difference in (*PRESETS, *CHANGES)}
SAME = Difference("same", "nothing", "A", "B", lambda document: document)


@pytest.fixture
def session(qapp: QApplication) -> Session:
    return Session(Document())


def test_a_run_compared_with_itself_stays_itself_to_the_bit(session: Session) -> None:
    comparison = Comparison(session)
    session.step(30)
    assert comparison.start(SAME)
    assert comparison.other is not None
    assert session.run.iteration == 0
    session.step(40)
    assert comparison.other.memory().state.same_as(session.run.memory().state)
    session.step_back(15)
    assert comparison.other.memory().state.same_as(session.run.memory().state)
    session.reset()
    session.step(3)
    assert comparison.other.memory().state.same_as(session.run.memory().state)


def test_playing_trains_both_as_many_iterations(session: Session) -> None:
    comparison = Comparison(session)
    comparison.start(BY_KEY["rate_down"])
    assert comparison.other is not None
    session.advance(0.01)
    session.advance(0.01)
    assert session.run.iteration > 0
    assert comparison.other.iteration == session.run.iteration
    assert not np.array_equal(comparison.other.trainer.parameters, session.run.trainer.parameters)


def test_only_the_named_setting_differs(session: Session) -> None:
    comparison = Comparison(session)
    comparison.start(BY_KEY["rate_up"])
    assert comparison.other is not None
    ours, other = session.document, comparison.other.document
    assert other.training.learning_rate == 3 * ours.training.learning_rate
    assert with_training(learning_rate=ours.training.learning_rate)(other) == ours


def test_an_edit_reaches_both_and_the_difference_stays(session: Session) -> None:
    comparison = Comparison(session)
    comparison.start(BY_KEY["sigmoid"])
    session.step(10)
    session.change(with_width(1, 6), "width")
    assert comparison.other is not None
    assert comparison.other.document.hidden == (LayerSpec(6, "sigmoid"),)
    session.step(5)
    assert comparison.other.iteration == session.run.iteration == 15


@pytest.mark.parametrize("difference", PRESETS, ids=lambda difference: difference.key)
def test_every_preset_trains_both_runs_apart(session: Session, difference: Difference) -> None:
    comparison = Comparison(session)
    assert comparison.start(difference)
    assert comparison.other is not None
    assert comparison.other.document != session.document
    session.step(200)
    assert comparison.other.iteration == 200
    assert session.run.trouble is None
    assert comparison.other.snapshot().losses.train != session.snapshot().losses.train


def test_one_hidden_layer_solves_xor_and_none_does_not(session: Session) -> None:
    comparison = Comparison(session)
    comparison.start(BY_KEY["hidden_layer"])
    session.step(2500)
    assert comparison.other is not None
    with_layer, without = session.snapshot().losses, comparison.other.snapshot().losses
    assert with_layer.test_accuracy is not None
    assert without.test_accuracy is not None
    assert with_layer.test_accuracy >= 0.95
    assert without.test_accuracy < 0.8


def test_ending_lets_the_first_go_on_alone(session: Session) -> None:
    comparison = Comparison(session)
    comparison.start(SAME)
    other = comparison.other
    comparison.stop()
    session.step(5)
    assert not comparison.is_active
    assert session.companion is None
    assert other is not None
    assert other.iteration == 0
