"""What lessons can name is what the window has: every view, and the fields of the training panel."""

from __future__ import annotations

from playground.app.files.hidden_controls import CONTROLS
from playground.app.views.training.fields import training_fields
from playground.app.window.inspector_pages import PAGES
from playground.app.window.view_docks import VIEWS
from playground.lessons.places import PLACES, read_place

ALWAYS = {"transport", "setup", "network", "inspector", "gradients", "output", "curves", "flow", "phases"}


def test_every_view_of_the_window_has_a_name_in_lessons() -> None:
    views = {key for key, place in PLACES.items() if place.is_view}
    assert views == ALWAYS | {spec.key for spec in VIEWS} | {spec.key for spec in PAGES}


def test_a_view_is_called_what_the_window_calls_it() -> None:
    titles = {key: place.title for key, place in PLACES.items()}
    assert all(titles[spec.key] == spec.title for spec in VIEWS)
    assert all(spec.title in titles[spec.key] for spec in PAGES)


def test_every_setting_of_training_and_every_control_that_can_be_hidden_has_a_name() -> None:
    assert {field.key for field in training_fields()} - {"clipping"} <= set(PLACES)
    assert all(read_place(key).key == key for key in CONTROLS)
