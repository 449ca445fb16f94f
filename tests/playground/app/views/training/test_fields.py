"""The fields of the training panel: everything that can be set of training is there, once, with the engine's words."""

from __future__ import annotations

import pytest

from playground.app.views.training.fields import training_fields
from playground.document.choices import CHOICES, users
from playground.document.document import Document
from playground.document.settings import SETTINGS, value_of
from widgets.values import ChoiceField, NumberField

FIELDS = {field.key: field for field in training_fields()}
ELSEWHERE = {"batch_size", "seed"}


def test_every_choice_and_number_of_training_has_one_field() -> None:
    assert len(FIELDS) == len(training_fields())
    assert set(FIELDS) == set(CHOICES) | set(SETTINGS) - ELSEWHERE | {"clipping"}


@pytest.mark.parametrize("key", sorted(set(SETTINGS) - ELSEWHERE))
def test_a_number_has_the_limits_of_its_setting_and_stops_within_them(key: str) -> None:
    field, one = FIELDS[key], SETTINGS[key]
    assert isinstance(field, NumberField)
    assert (field.low, field.high, field.open_low, field.integer) == (one.low, one.high, one.open_low, one.integer)
    assert all(one.accepts(int(stop) if one.integer else stop) for stop in field.stops)
    assert one.accepts(one.default)
    assert one.optional or one.default == value_of(Document(), key)


@pytest.mark.parametrize("key", sorted(CHOICES))
def test_a_choice_offers_the_table_and_shows_the_settings_of_each_entry(key: str) -> None:
    field = FIELDS[key]
    assert isinstance(field, ChoiceField)
    assert [choice.key for choice in field.choices] == list(CHOICES[key].entries)
    for choice in field.choices:
        assert choice.fields == CHOICES[key].entries[choice.key].settings


def test_every_setting_that_belongs_to_an_entry_comes_right_under_its_choice() -> None:
    order = list(FIELDS)
    assert order[order.index("optimizer") + 1 : order.index("learning_rate")] == [
        "momentum", "beta1", "beta2", "rho", "epsilon", "weight_decay",
    ]  # fmt: skip
    assert users("epsilon") == ("adagrad", "rmsprop", "adam", "adamw")
