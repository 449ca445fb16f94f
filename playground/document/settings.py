"""Every number and name that can be set of a document but its data and layers, by key: where it stands."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import Any

from playground.document.changes import Change
from playground.document.choices import CHOICES
from playground.document.document import Document
from playground.engine.setting import Setting, settings_of
from playground.engine.spec import OptimizerSpec, ScheduleSpec, TrainingSpec

_OWNERS: tuple[tuple[str, type], ...] = (
    ("training.optimizer.", OptimizerSpec),
    ("training.schedule.", ScheduleSpec),
    ("training.", TrainingSpec),
    ("", Document),
)

SETTINGS: dict[str, Setting] = {key: one for _, owner in _OWNERS for key, one in settings_of(owner).items()}

PATHS: dict[str, str] = {
    **{key: prefix + key for prefix, owner in _OWNERS for key in settings_of(owner)},
    **{key: choice.path for key, choice in CHOICES.items()},
    "keep_weights": "keep_weights",
}


def value_of(document: Document, key: str) -> Any:
    """Return what `document` has under `key`."""
    return attrgetter(PATHS[key])(document)


def with_value(key: str, value: object) -> Change:
    """Return the change that sets what stands under `key`."""
    return lambda document: _replaced(document, PATHS[key].split("."), value)


def _replaced(owner: Any, path: list[str], value: object) -> Any:
    """Return the dataclass `owner` with `value` at `path`."""
    name, *rest = path
    return replace(owner, **{name: _replaced(getattr(owner, name), rest, value) if rest else value})
