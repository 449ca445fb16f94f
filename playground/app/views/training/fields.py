"""The fields of the training panel, from the engine's tables."""

from __future__ import annotations

from playground.app.views.fields import choice_of, number_field
from playground.document.choices import CHOICES, NamedChoice
from playground.document.settings import SETTINGS
from widgets.values import Choice, ChoiceField, NumberField

CLIPS = ("clip_norm", "clip_value")
_WITH_FORMULA = ("optimizer", "schedule", "regularizer")

SEED = number_field("seed", SETTINGS["seed"])


def training_fields() -> tuple[ChoiceField | NumberField, ...]:
    """Return the fields of the training panel: each choice, then the numbers that belong to its entries."""
    fields: list[ChoiceField | NumberField] = []
    for key, choice in CHOICES.items():
        fields.append(_choice_field(choice))
        owned = {name for entry in choice.entries.values() for name in entry.settings}
        fields += [number_field(name, one) for name, one in SETTINGS.items() if name in owned]
        fields += _after(key)
    return tuple(fields)


def _choice_field(choice: NamedChoice) -> ChoiceField:
    choices = tuple(choice_of(entry) for entry in choice.entries.values())
    return ChoiceField(choice.key, choice.label, choice.meaning, choices, show_formula=choice.key in _WITH_FORMULA)


def _after(key: str) -> list[ChoiceField | NumberField]:
    """Return the fields that follow the choice `key` and belong to no entry of a table."""
    if key == "optimizer":
        return [number_field("learning_rate", SETTINGS["learning_rate"])]
    return [clipping(), *(number_field(name, SETTINGS[name]) for name in CLIPS)] if key == "regularizer" else []


def clipping() -> ChoiceField:
    """Return the box that switches the two kinds of clipping."""
    norm, value = (SETTINGS[key] for key in CLIPS)
    choices = (
        Choice("none", "None", "The gradient is used as it is."),
        Choice("norm", "By norm", f"{norm.meaning} Its direction stays.", norm.formula, CLIPS[:1]),
        Choice("value", "By value", f"{value.meaning} Its direction may turn.", value.formula, CLIPS[1:]),
        Choice("both", "By value, then norm", "Each entry is cut, then the whole is scaled back.", fields=CLIPS),
    )
    text = "Holds back a gradient that is too long."
    return ChoiceField("clipping", "Clipping", text, choices, show_formula=True, switches=True)
