from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from playground.app.notices import Notices
from playground.app.views.data.fresh_start import FreshStart
from playground.document.changes import with_training
from playground.document.data_choice import with_dataset, with_new_sample, with_table
from playground.document.own_data import Table
from playground.engine.losses import LOSSES
from playground.session.session import Session


@pytest.fixture
def notices(session: Session, qtbot: QtBot) -> Notices:
    made = Notices()
    qtbot.addWidget(made.bar)
    made.fresh_start = FreshStart(session, made)
    return made


def line_of(n: int) -> Table:
    x = np.arange(float(n))
    return Table(x[:, None], (x > n / 2).astype(float), source="line100.csv")


def test_weights_trained_on_another_scale_start_afresh(session: Session, notices: Notices) -> None:
    session.change(with_table(line_of(100)), "Import")
    session.step(50)
    session.change(with_dataset("xor"), "XOR")
    assert session.run.iteration == 0
    assert len(session.run.history) == 1
    assert "the data have other inputs" in notices.bar.text.text()


def test_keep_weights_takes_them_after_all_and_undo_starts_afresh_again(session: Session, notices: Notices) -> None:
    session.step(50)
    trained = session.run.trainer.state()
    session.change(with_dataset("spiral"), "Spiral")
    session.step(3)
    fresh = session.run.trainer.state()
    notices.bar.buttons["keep"].click()
    assert notices.bar.isHidden()
    assert session.document.data.name == "spiral"
    assert np.array_equal(session.run.trainer.parameters, trained.parameters)
    session.undo_stack.undo()
    assert session.run.trainer.state().same_as(fresh)


@pytest.mark.parametrize("change", [with_dataset("circle"), with_new_sample()], ids=["circle", "new sample"])
def test_weights_go_on_where_inputs_and_scale_are_the_same(session: Session, notices: Notices, change: object) -> None:
    session.step(50)
    session.change(change, "Data")
    assert session.run.iteration == 50
    assert notices.bar.isHidden()


def test_what_was_never_trained_is_not_mentioned(session: Session, notices: Notices) -> None:
    session.change(with_dataset("spiral"), "Spiral")
    assert notices.bar.isHidden()


def test_undo_takes_the_notice_away(session: Session, notices: Notices) -> None:
    session.step(50)
    session.change(with_dataset("spiral"), "Spiral")
    session.undo_stack.undo()
    assert session.run.iteration == 50
    assert notices.bar.isHidden()


def test_many_classes_offer_softmax(session: Session, notices: Notices) -> None:
    session.change(with_dataset("three_arms"), "Three arms")
    notices.bar.buttons["softmax"].click()
    assert session.document.training.loss == "softmax"
    assert notices.bar.isHidden()
    session.change(with_dataset("rings"), "Rings")
    assert notices.bar.isHidden()


@pytest.mark.parametrize("loss", ["softmax", "hinge"])
def test_a_loss_for_many_classes_needs_no_offer(loss: str, session: Session, notices: Notices) -> None:
    session.change(with_dataset("three_arms"), "Three arms")
    session.change(with_training(loss=loss), "Change the loss")
    assert notices.bar.isHidden()


def test_the_notice_of_many_classes_names_the_loss_that_is_used_now(session: Session, notices: Notices) -> None:
    session.change(with_dataset("three_arms"), "Three arms")
    session.change(with_training(loss="logistic"), "Change the loss")
    assert notices.bar.text.text().endswith(f"the loss is {LOSSES['logistic'].label}.")
    notices.bar.buttons["softmax"].click()
    assert session.document.training.loss == "softmax"


def test_what_else_is_new_stays_when_the_loss_changes(session: Session, notices: Notices) -> None:
    session.step(50)
    session.change(with_dataset("three_arms"), "Three arms")
    session.change(with_training(loss="softmax"), "Change the loss")
    assert "started afresh" in notices.bar.text.text()
    assert "softmax" not in notices.bar.text.text()
    assert set(notices.bar.buttons) == {"keep", "dismiss"}


def test_unscaled_inputs_are_named_with_the_button_that_scales_them(session: Session, notices: Notices) -> None:
    session.change(with_table(line_of(100)), "Import")
    assert "x₁ runs from 0 to 99" in notices.bar.text.text()
    assert "over all rows, test rows included" in notices.bar.buttons["standardize"].toolTip()
    notices.bar.buttons["standardize"].click()
    assert session.document.table.standardization is not None
    assert notices.bar.isHidden()
    session.undo_stack.undo()
    assert session.document.table.standardization is None


def test_own_points_near_one_need_no_standardizing(session: Session, notices: Notices) -> None:
    session.change(with_table(line_of(3)), "Import")
    assert notices.bar.isHidden()
