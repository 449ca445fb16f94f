"""What the dialog asks for becomes the session's stop conditions; the action is checked while there are any."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import MagicMock

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from playground.app.views.stop import presenter
from playground.document.data_choice import with_dataset
from playground.session.session import Session
from widgets.dialogs.stop_dialog import StopDialog
from widgets.values import StopForm


@pytest.fixture
def dialog(session: Session, stand_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    made = stand_in(StopDialog)
    made.switches, made.action = {"iteration": MagicMock()}, QAction()
    made.action.setCheckable(True)
    monkeypatch.setattr(presenter, "StopDialog", lambda _parent: made)
    made.presenter = presenter.StopPresenter(session, stand_in(QWidget), made.action)
    made.presenter.open()
    return made


def test_conditions_reach_the_session_and_come_back(session: Session, dialog: Any) -> None:
    form = StopForm(iteration=137.0, loss=0.25, accuracy=None, patience=20.0, part="test")
    dialog.form_changed.emit(form)
    conditions = session.stop_conditions
    assert (conditions.iteration, conditions.loss, conditions.patience, conditions.part) == (137, 0.25, 20, "test")
    dialog.set_form.assert_called_with(StopForm(137, 0.25, None, 20, "test"))
    assert dialog.action.isChecked()
    dialog.form_changed.emit(StopForm())
    assert not session.stop_conditions.any
    assert not dialog.action.isChecked()


def test_a_condition_that_cannot_be_is_explained_and_not_taken(session: Session, dialog: Any, notes: list[str]) -> None:
    dialog.form_changed.emit(StopForm(accuracy=1.4))
    assert not session.stop_conditions.any
    assert "accuracy" in notes[-1]


def test_values_to_learn_have_no_accuracy(session: Session, dialog: Any) -> None:
    dialog.set_has_accuracy.assert_called_with(True)
    session.change(with_dataset("plane"), "Take the plane")
    dialog.set_has_accuracy.assert_called_with(False)
