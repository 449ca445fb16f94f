"""Templates are drawn for images alone; a click selects the unit of an image."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from playground.app.views.scheduling import Scheduler
from playground.app.views.templates import reading
from playground.app.views.templates.presenter import TemplatesPresenter
from playground.document.data_choice import with_dataset
from playground.document.document import Node
from playground.session.session import Session
from widgets.matrices.templates_view import TemplatesView


@pytest.fixture
def view(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    made = stand_in(TemplatesView)
    made.templates = SimpleNamespace(labels=())
    made.set_templates.side_effect = lambda templates: setattr(made, "templates", templates)
    made.presenter = TemplatesPresenter(session, scheduler, made)
    return made


def test_data_that_are_no_images_say_where_to_find_some(session: Session, view: Any) -> None:
    view.set_nothing.assert_called_with(reading.NO_PIXELS)
    session.change(with_dataset("digits"), "Take the digits")
    assert view.templates.images.shape == (4, 8, 8)


def test_a_click_selects_the_unit_and_draws_no_weights(session: Session, view: Any) -> None:
    session.change(with_dataset("digits"), "Take the digits")
    drawn = view.set_templates.call_count
    view.template_clicked.emit(2)
    assert session.selection.node == Node(1, 2)
    view.set_selected.assert_called_with(2)
    assert view.set_templates.call_count == drawn


def test_a_node_of_another_layer_marks_no_image(session: Session, view: Any) -> None:
    session.change(with_dataset("digits"), "Take the digits")
    session.select(node=Node(2, 0))
    view.set_selected.assert_called_with(None)
