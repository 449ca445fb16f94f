"""The data panel shows every setting and turns its gestures into edits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import MagicMock

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from playground.app.views.data import reading
from playground.app.views.data.presenter import DataPresenter
from playground.app.views.scheduling import Scheduler
from playground.document.changes import with_data, with_training
from playground.document.data_choice import with_dataset
from playground.session.session import Session
from widgets.setup.dataset_gallery import DatasetGallery


@pytest.fixture
def panel(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    made = stand_in(DatasetGallery)
    made.form, made.extras, made.function = MagicMock(dataset=""), {}, MagicMock()
    made.set_form = lambda form: setattr(made, "form", form)
    made.presenter = DataPresenter(session, scheduler, made)
    assert isinstance(made, QObject)
    return made


def test_an_edit_shows_in_the_form(session: Session, panel: Any) -> None:
    session.change(with_data(noise=0.25), "Change the noise")
    assert panel.form.noise == 0.25


def test_a_picked_data_set_is_an_edit(session: Session, panel: Any) -> None:
    panel.dataset_picked.emit("moons")
    assert session.document.data.name == "moons"
    assert panel.form.dataset == "moons"


@pytest.mark.parametrize("name", reading.MORE)
def test_every_kind_of_data_can_be_picked_and_trained(session: Session, panel: Any, name: str) -> None:
    panel.more_toggled.emit(True)
    assert [item.key for item in panel.set_more.call_args.args[0]] == list(reading.MORE)
    panel.dataset_picked.emit(name)
    assert panel.form.dataset == name
    session.step(3)
    assert session.run.divergence is None
    session.undo_stack.undo()
    assert panel.form.dataset == "xor"


def test_data_of_the_second_part_open_it_when_its_pictures_are_made(session: Session, panel: Any, qtbot: QtBot) -> None:
    session.change(with_dataset("rings"), "Take other data")
    assert panel.form.dataset == "rings"
    assert not panel.show_more.called  # no event lasts as long as all pictures take
    qtbot.waitUntil(lambda: panel.show_more.called)
    assert [item.key for item in panel.set_more.call_args.args[0]] == list(reading.MORE)


def test_the_second_part_that_the_user_opens_meanwhile_is_filled_at_once(session: Session, panel: Any) -> None:
    session.change(with_dataset("rings"), "Take other data")
    panel.more_toggled.emit(True)
    assert [item.key for item in panel.set_more.call_args.args[0]] == list(reading.MORE)
    session.change(with_dataset("k_blobs"), "Take other data")
    panel.more_toggled.emit(True)
    assert panel.set_more.call_count == 1


def test_data_to_regress_change_the_loss_and_say_so(session: Session, panel: Any) -> None:
    session.change(with_training(loss="logistic"), "Change the loss")
    notes: list[str] = []
    session.noted.connect(notes.append)
    panel.dataset_picked.emit("curve")
    assert session.document.training.loss == "squared"
    assert any("regression" in note for note in notes)


def test_a_step_leaves_the_form_alone(session: Session, panel: Any) -> None:
    before = panel.form
    session.step()
    assert panel.form is before
