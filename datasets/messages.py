"""Sentences for the user: whole English templates with named places, which a translation may replace.

``message("{name}: expected a number, got {value}", name="noise", value="x")``
"""

from __future__ import annotations

from collections.abc import Mapping

_translated: dict[str, str] = {}


def use(templates: Mapping[str, str]) -> None:
    """Say all messages by `templates` from now on: translated ones by the English one; missing ones stay English."""
    _translated.clear()
    _translated.update(templates)


def message(template: str, /, **places: object) -> str:
    """Return `template`, translated, with its named `places` filled."""
    return _translated.get(template, template).format(**places)
