"""Places: the views and controls of the window that a lesson can name, as data that both know."""

from __future__ import annotations

from dataclasses import dataclass

from playground.document.choices import CHOICES
from playground.document.settings import SETTINGS
from playground.document.words import word_of
from playground.engine.features import FEATURES
from playground.engine.messages import message
from playground.lessons.faults import unknown

_VIEWS = {
    "transport": "the bar with Play and Step",
    "setup": "Data and training",
    "network": "Network",
    "inspector": "Inspector",
    "gradients": "the tab Gradients",
    "circuit": "the tab Circuit",
    "tensors": "the tab Tensors",
    "jacobian": "the tab Jacobian",
    "check": "the tab Gradient check",
    "output": "Output",
    "curves": "Loss",
    "flow": "Gradient flow",
    "phases": "the strip of phases",
    "hidden_space": "Hidden space",
    "loss_slice": "Loss slice",
    "statistics": "Statistics",
    "confusion": "Confusion matrix",
    "templates": "Templates",
    "paint": "Paint",
    "compare": "Compare two runs",
}
_CONTROLS = {
    "dataset": "the gallery of data",
    "noise": "Noise",
    "points": "Points",
    "train_share": "Train share",
    "batch_size": "Batch size",
    "new_sample": "New sample",
    "play": "Play",
    "step": "Step",
    "back": "Step back",
    "epoch": "Epoch",
    "reset": "Reset",
    "slow_motion": "Slow motion",
    "speed": "the speed",
    "depth": "the slider Hidden layers",
    "width": "the width of a hidden layer",
    "activation": "the activation of a hidden layer",
    "edges": "what edges show",
    "neurons": "what neurons show",
    "values": "the switch values",
    "seed": "Seed",
    "new_weights": "New weights",
    "show_test": "Test data",
    "discretize": "Discretize",
}
_HIDDEN_FIELDS = ("learning_rate", "regularizer", "penalty")
"""The fields of training that can be hidden one by one."""
_FIELDS = {key: choice.label for key, choice in CHOICES.items()} | {
    key: one.label for key, one in SETTINGS.items() if key not in _CONTROLS
}
_SYNONYMS = {
    "data": "dataset",
    "test_data": "show_test",
    "gradient_flow": "flow",
    "gradient_check": "check",
    "loss_curves": "curves",
    "confusion_matrix": "confusion",
    "data_and_training": "setup",
    "training": "setup",
    **{word_of(key): key for key in _FIELDS if word_of(key) != key},
}


@dataclass(frozen=True, slots=True)
class Place:
    """One thing of the window."""

    key: str  # of the dock, the tab, the action or the field
    title: str  # what the window calls it
    is_view: bool


PLACES: dict[str, Place] = {
    **{key: Place(key, title, True) for key, title in _VIEWS.items()},
    **{key: Place(key, title, False) for key, title in (_CONTROLS | _FIELDS).items()},
    **{name: Place(name, f"the input {name}", False) for name in FEATURES},
}
"""Every place by its key."""


_TABS = ("gradients", "circuit", "tensors", "jacobian", "check")
_AROUND = {
    "transport": "one of its buttons, such as play",
    **dict.fromkeys(_TABS, "inspector"),
    **dict.fromkeys(("points", *(key for key in _FIELDS if key not in _HIDDEN_FIELDS)), "setup"),
}
"""What cannot be hidden alone, and what can be in its place."""


def read_place(name: str) -> Place:
    """Return the place that a lesson calls `name`.

    Raises
    ------
    ValueError
        A sentence with the names there are.
    """
    known = {**PLACES, **{word: PLACES[key] for word, key in _SYNONYMS.items()}}
    if name not in known:
        raise ValueError(unknown(name, known, "view or control"))
    return known[name]


def read_hidden_place(name: str) -> Place:
    """Return the place that a lesson calls `name` and keeps out of sight; ValueError where that cannot be done."""
    place = read_place(name)
    if place.key in _AROUND:
        template = "the {kind} {name} cannot be hidden alone; leave it out, or hide {around}"
        kind = message("view") if place.is_view else message("control")
        raise ValueError(message(template, kind=kind, name=name, around=_AROUND[place.key]))
    return place


def read_locked_place(name: str) -> Place:
    """Return the place that a lesson calls `name` and locks; ValueError where that cannot be done."""
    place = read_place(name)
    if place.key in _TABS:
        raise ValueError(message("{name} is a tab, which cannot be locked alone; lock inspector", name=name))
    return place
