"""Two runs side by side: the same start and batches, one changed setting, in lock-step."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.document.changes import with_data, with_depth, with_layer, with_training, with_width
from playground.document.differences import CHANGES, DIFFERENCES, PRESETS, Difference, with_document
from playground.document.document import Document, Edge
from playground.engine.spec import LayerSpec
from playground.files.saved import Saved
from playground.session import comparison
from playground.session.saving import open_saved
from playground.session.session import Session
from playground.training import comparison_run as companion_module
from playground.training.comparison_run import ComparisonRun

SAME = Difference("same", "nothing", lambda document: document)


@pytest.fixture
def session(qapp: QApplication) -> Session:
    return Session(Document())


def begun(session: Session, difference: Difference) -> ComparisonRun:
    assert comparison.start(session, difference)
    assert session.comparison_run is not None
    return session.comparison_run


def together(session: Session) -> bool:
    """Tell whether a comparison run that differs in nothing is the same as the run, to the bit."""
    assert session.comparison_run is not None
    return session.comparison_run.run.trainer.state().same_as(session.run.trainer.state())


def test_a_run_compared_with_itself_stays_itself_to_the_bit_wherever_it_goes(session: Session) -> None:
    session.step(30)
    begun(session, SAME)
    assert session.run.iteration == 0
    session.step(40)
    assert together(session)
    session.step_back(15)
    assert together(session)
    session.go_to(37)
    assert together(session)
    session.step_epoch()
    assert together(session)
    session.reset()
    session.step(3)
    assert together(session)


def test_both_curves_go_on_from_the_past_in_the_same_way(session: Session) -> None:
    other = begun(session, SAME).run
    session.step(40)
    session.go_to(10)
    assert other.history.last == session.run.history.last == 40
    session.step(5)
    assert other.history.last == session.run.history.last == 15
    for name in ("train", "test_accuracy"):
        assert np.array_equal(other.history.column(name), session.run.history.column(name))
    session.reset()
    assert len(other.history) == len(session.run.history) == 1


def test_playing_trains_both_as_many_iterations(session: Session) -> None:
    other = begun(session, DIFFERENCES["rate_down"]).run
    for _ in range(5):
        session.advance(0.01)
        assert other.iteration == session.run.iteration > 0
    assert not np.array_equal(other.trainer.parameters, session.run.trainer.parameters)


def test_a_much_larger_second_run_holds_the_first_back(session: Session) -> None:
    large = Document(hidden=(LayerSpec(64), LayerSpec(64)), training=with_training(batch_size=200)(Document()).training)
    comparison_run = begun(session, with_document(large, "large"))
    for _ in range(20):
        session.advance(0.001)
        assert 0 <= session.run.iteration - comparison_run.run.iteration == comparison_run.behind
    session.step(0)
    assert comparison_run.run.iteration == session.run.iteration


def test_only_the_named_setting_differs(session: Session) -> None:
    other = begun(session, DIFFERENCES["rate_up"]).run
    ours = session.document
    assert other.document.training.learning_rate == 3 * ours.training.learning_rate
    assert with_training(learning_rate=ours.training.learning_rate)(other.document) == ours


def test_an_edit_reaches_both_and_the_difference_stays(session: Session) -> None:
    comparison_run = begun(session, DIFFERENCES["sigmoid"])
    session.step(10)
    session.change(with_width(1, 6), "width")
    assert comparison_run.run.document.hidden == (LayerSpec(6, "sigmoid"),)
    session.step(5)
    assert comparison_run.run.iteration == session.run.iteration == 15


def test_a_width_dragged_away_and_back_loses_no_weight_in_either(session: Session) -> None:
    begun(session, SAME)
    session.step(20)
    session.begin_gesture()
    for width in (3, 1, 2, 4):
        session.change(with_width(1, width), "width")
    session.end_gesture()
    assert together(session)
    session.change(with_width(1, 2), "width")
    session.undo_stack.undo()
    assert together(session)
    session.step(5)
    assert together(session)


def test_other_data_and_another_seed_reach_both(session: Session) -> None:
    begun(session, SAME)
    session.step(12)
    session.change(with_data(name="circle"), "data")
    session.step(3)
    assert together(session)
    session.change(lambda document: Document(seed=document.seed + 1), "seed")
    assert session.run.iteration == 0
    assert together(session)
    session.undo_stack.undo()
    assert session.comparison_run is not None
    assert session.comparison_run.run.iteration == session.run.iteration == 15


def test_a_weight_of_the_start_is_set_in_both(session: Session) -> None:
    begun(session, SAME)
    session.set_weight(Edge(1, 0, 0), 0.75)
    assert together(session)
    session.step(4)
    assert together(session)


def test_an_undo_that_comes_back_to_a_late_iteration_is_caught_up_with_between_events(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(companion_module, "AT_ONCE", 10)
    comparison_run = begun(session, SAME)
    session.step(900)
    session.change(lambda document: Document(seed=document.seed + 1), "seed")
    with qtbot.waitSignal(session.lockstep.caught_up):
        session.undo_stack.undo()
        assert comparison_run.run.iteration < session.run.iteration == 900
    assert together(session)


def test_a_second_run_that_goes_wrong_is_named_and_the_first_goes_on(session: Session) -> None:
    said: list[str] = []
    session.noted.connect(said.append)
    comparison_run = begun(session, Difference("wild", "wild", with_training(learning_rate=1e5)))
    session.step(60)
    divergence = comparison_run.run.divergence
    assert divergence is not None
    assert session.run.iteration == 60
    assert session.run.divergence is None
    assert comparison_run.run.iteration == divergence.iteration < 60
    assert len(said) == 1
    assert "Run B (η = 1e+05) stopped at iteration" in said[0]
    session.step(5)
    session.advance(0.002)
    assert len(said) == 1
    session.go_to(divergence.iteration - 1)
    assert comparison_run.run.iteration == session.run.iteration
    assert comparison_run.run.divergence is None


def test_a_first_run_that_goes_wrong_stops_both_at_its_last_finite_iteration(session: Session) -> None:
    session.change(with_training(learning_rate=1e5), "rate")
    comparison_run = begun(session, Difference("tame", "tame", with_training(learning_rate=0.1)))
    session.play()
    while session.is_playing:
        session.advance(0.01)
    assert session.run.divergence is not None
    assert comparison_run.run.iteration == session.run.iteration


def test_a_second_run_that_cannot_follow_ends_the_comparison_with_a_word(session: Session) -> None:
    said: list[str] = []
    session.noted.connect(said.append)
    begun(session, Difference("tanh_out", "", lambda d: Document(d.data, hidden=d.hidden, features=("x1", "x2"))))
    session.change(with_data(name="curve"), "data")
    assert session.comparison_run is None
    assert any("The comparison ended" in line for line in said)


def test_opening_another_document_ends_the_comparison(session: Session) -> None:
    begun(session, SAME)
    session.step(3)
    open_saved(session, Saved(Document(hidden=(LayerSpec(2),))))
    assert session.comparison_run is None


@pytest.mark.parametrize("difference", PRESETS, ids=lambda difference: difference.key)
def test_every_preset_trains_both_runs_apart(session: Session, difference: Difference) -> None:
    other = begun(session, difference).run
    assert other.document != session.document
    session.step(200)
    assert other.iteration == 200
    assert session.run.divergence is None
    assert other.snapshot().losses.train != session.snapshot().losses.train


def test_the_preset_of_lambda_over_fits_without_it_and_not_with_it_within_2000_iterations(session: Session) -> None:
    cured = begun(session, DIFFERENCES["penalty"]).run
    session.step(400)
    early = session.snapshot().losses
    session.step(1600)
    late, with_penalty = session.snapshot().losses, cured.snapshot().losses
    assert late.train < 0.5 * early.train
    assert late.test > 1.3 * early.test
    assert late.test > 3.0 * late.train
    assert with_penalty.test < 0.8 * late.test


def test_more_neurons_learn_what_three_cannot(session: Session) -> None:
    wide = begun(session, DIFFERENCES["width"]).run
    session.step(4000)
    assert wide.snapshot().losses.train < 0.8 * session.snapshot().losses.train


NAMES = {
    "hidden_layer": ("one hidden layer", "no hidden layer"),
    "deep_sigmoid": ("ReLU", "Sigmoid"),
    "width": ("width 3", "width 20"),
    "penalty": ("λ = 0", "L2, λ = 0.003"),
    "zero_start": ("Xavier", "Zeros"),
    "adam": ("SGD", "Adam"),
    "rate_up": ("η = 0.1", "η = 0.3"),
    "full_batch": ("batch 16", "full batch"),
    "linear": ("tanh", "Linear"),
}


@pytest.mark.parametrize("key", NAMES)
def test_the_runs_are_named_by_what_differs(session: Session, key: str) -> None:
    comparison_run = begun(session, DIFFERENCES[key])
    assert comparison_run.names(session.document) == NAMES[key]


def test_the_names_follow_an_edit_of_the_setting_that_differs(session: Session) -> None:
    comparison_run = begun(session, DIFFERENCES["sigmoid"])
    session.change(with_layer(1, activation="elu"), "activation")
    assert comparison_run.names(session.document) == ("ELU", "Sigmoid")
    session.change(with_depth(2), "depth")
    session.change(with_layer(2, activation="relu"), "activation")
    assert comparison_run.names(session.document) == ("ELU-ReLU", "Sigmoid")
    session.change(lambda d: with_layer(2, activation="sigmoid")(with_layer(1, activation="sigmoid")(d)), "both")
    assert comparison_run.names(session.document) == ("as set", "the same: nothing differs now")


def test_a_saved_document_is_named_by_its_file(session: Session) -> None:
    comparison_run = begun(session, with_document(Document(hidden=(LayerSpec(7, "relu"),)), "wide"))
    assert comparison_run.names(session.document) == ("this document", "wide")


def test_every_change_makes_another_document() -> None:
    for difference in CHANGES:
        assert difference.change(Document()) != Document(), difference.key


def test_one_hidden_layer_solves_xor_and_none_does_not(session: Session) -> None:
    other = begun(session, DIFFERENCES["hidden_layer"]).run
    session.step(2500)
    with_layer, without = session.snapshot().losses, other.snapshot().losses
    assert with_layer.test_accuracy is not None
    assert without.test_accuracy is not None
    assert with_layer.test_accuracy >= 0.95
    assert without.test_accuracy < 0.8


def test_ending_lets_the_first_go_on_alone(session: Session) -> None:
    other = begun(session, SAME).run
    comparison.stop(session)
    session.step(5)
    assert session.comparison_run is None
    assert other.iteration == 0
