"""Sentences for the user: whole English templates with named places, which a translation may replace.

``message("{name}: expected a number, got {value}", name="noise", value="x")``
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter


class _Sentences(Formatter):
    """Fill places; ``{count:,}`` is ``1 284``."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Return `value` by `format_spec`, its thousands apart."""
        shown = str(format(value, format_spec))
        return shown.replace(",", " ") if format_spec.startswith(",") else shown


_SENTENCES = _Sentences()
_translated: dict[str, str] = {}


def use(templates: Mapping[str, str]) -> None:
    """Say all messages by `templates` from now on: translated ones by the English one; missing ones stay English."""
    _translated.clear()
    _translated.update(templates)


def message(template: str, /, **places: object) -> str:
    """Return `template`, translated, with its named `places` filled."""
    said = _translated.get(template, template)
    # The plain way where no number is grouped: it is thirty times as fast, and a table may have thousands of faults.
    return _SENTENCES.vformat(said, (), places) if ":," in said else said.format_map(places)
