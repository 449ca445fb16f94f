"""The training panel shows every setting and turns its gestures into edits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from playground.app.views.scheduling import Scheduler
from playground.app.views.training.presenter import TrainingPresenter
from playground.document.changes import with_training
from playground.engine.spec import ScheduleSpec
from playground.session.session import Session
from widgets.setup.training_panel import TrainingPanel


@pytest.fixture
def panel(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    made = stand_in(TrainingPanel)
    made.form = None
    made.set_form = lambda form: setattr(made, "form", form)
    made.presenter = TrainingPresenter(session, scheduler, made)
    return made


def test_an_edit_shows_in_the_form(session: Session, panel: Any) -> None:
    session.change(with_training(learning_rate=0.25), "Change the learning rate")
    assert panel.form.values["learning_rate"] == 0.25


def test_a_drag_of_a_field_is_one_undo(session: Session, panel: Any) -> None:
    first = session.document
    panel.field_pressed.emit("learning_rate")
    for rate in (0.1, 0.2, 0.3):
        panel.field_changed.emit("learning_rate", rate)
    panel.field_released.emit("learning_rate")
    assert session.document.training.learning_rate == 0.3
    session.undo_stack.undo()
    assert session.document == first


def test_only_a_schedule_writes_the_rate_with_every_step(session: Session, panel: Any) -> None:
    session.step()
    panel.set_rate_now.assert_not_called()
    session.change(with_training(schedule=ScheduleSpec("exponential")), "Change the schedule")
    session.step()
    panel.set_rate_now.assert_called()


def test_the_rate_stays_once_the_schedule_has_ended(session: Session, panel: Any) -> None:
    session.change(with_training(schedule=ScheduleSpec("cosine", interval=3, floor=0.0)), "Change the schedule")
    session.step(2)
    assert panel.set_rate_now.call_args.kwargs == {"has_ended": False}
    session.step()
    assert (panel.set_rate_now.call_args.args, panel.set_rate_now.call_args.kwargs) == ((0.0,), {"has_ended": True})


def test_a_hidden_panel_shows_the_settings_when_it_is_visible_again(session: Session, panel: Any) -> None:
    panel.isVisible.return_value = False
    before = panel.form
    session.change(with_training(learning_rate=0.25), "Change the learning rate")
    assert panel.form is before
    panel.isVisible.return_value = True
    session.request_refresh()
    assert panel.form.values["learning_rate"] == 0.25
