"""What lessons can name is what the window has: every view, and the fields of the training panel."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtWidgets import QApplication

from playground.app.files.hidden_controls import CONTROLS
from playground.app.views.training.fields import training_fields
from playground.app.window.inspector_pages import PAGES
from playground.app.window.main_window import MainWindow
from playground.app.window.view_docks import VIEWS
from playground.document.choices import CHOICES
from playground.lessons.actions import read_action
from playground.lessons.places import PLACES, read_hidden_place, read_place

ALWAYS = {"transport", "setup", "network", "inspector", "gradients", "output", "curves", "flow", "phases"}
OTHERS = tuple(spec for spec in VIEWS if spec.key != "lesson")  # a lesson does not name its own panel


def test_every_view_of_the_window_has_a_name_in_lessons() -> None:
    views = {key for key, place in PLACES.items() if place.is_view}
    assert views == ALWAYS | {spec.key for spec in OTHERS} | {spec.key for spec in PAGES}


def test_a_view_is_called_what_the_window_calls_it() -> None:
    titles = {key: place.title for key, place in PLACES.items()}
    assert all(titles[spec.key] == spec.title for spec in OTHERS)
    assert all(spec.title in titles[spec.key] for spec in PAGES)


def test_every_setting_of_training_and_every_control_that_can_be_hidden_has_a_name() -> None:
    assert {field.key for field in training_fields()} - {"clipping"} <= set(PLACES)
    assert all(read_place(key).key == key for key in CONTROLS)


def test_every_place_is_found_in_the_window(window: MainWindow) -> None:
    targets = window.parts.lessons.player._stage.targets
    owned = {setting for choice in CHOICES.values() for entry in choice.entries.values() for setting in entry.settings}
    clips = {"clip_norm", "clip_value"}
    missing = {key for key in PLACES if targets.of_place(key) is None}
    assert missing <= owned | clips, "only what belongs to a choice that is not made may be missing"


def test_what_a_lesson_may_hide_is_hidden_and_shown_again(window: MainWindow) -> None:
    stage = window.parts.lessons.player._stage
    hidden = []
    for key in PLACES:
        with suppress(ValueError):
            hidden.append(read_hidden_place(key).key)
    for key in hidden:
        parts = (stage.docks[key],) if key in stage.docks else stage.targets.controls(key)
        was_seen = [part for part in parts if part.isVisible()]
        stage.hide((key,))
        QApplication.processEvents()
        assert key in stage.controls.keys or not any(part.isVisible() for part in parts), key
        for _ in stage.carry_out((read_action(f"show {key}"),)):
            pass
        QApplication.processEvents()
        assert key not in stage.controls.keys, key
        assert all(part.isVisible() for part in was_seen), key


def test_what_a_lesson_may_not_hide_stays_in_sight(window: MainWindow) -> None:
    stage = window.parts.lessons.player._stage
    for key in PLACES:
        try:
            read_hidden_place(key)
        except ValueError:
            assert key not in stage.docks, key
            assert not stage.controls.knows(key), key
