"""Sentences made below the window: whole English templates with named places, which a translation may replace.

``message("{name}: expected {values}", name="width", values="1 to 256")``

A translation is a `Language`: its templates by the English one, its plural forms by the English pair, and which
form a count takes. ``use(language)`` installs it for all messages from then on; ``use(ENGLISH)`` takes it away.
A template must keep every named place; the name of a field and its colon stay in front, where files and the
command line look for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import Formatter


@dataclass(frozen=True, slots=True)
class Language:
    """How messages are said."""

    # Translated template by English template; one that is missing stays English.
    templates: Mapping[str, str] = field(default_factory=dict)
    # Translated forms by the English (one, other).
    plurals: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    form: Callable[[int], int] = lambda count: 0 if count == 1 else 1  # which of the forms a count takes


ENGLISH = Language()
_spoken = [ENGLISH]


def use(language: Language) -> None:
    """Say all messages in `language` from now on."""
    _spoken[0] = language


class _Sentences(Formatter):
    """Fill places; ``{count:,}`` groups digits as the window does."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Return `value` by `format_spec`, its thousands apart."""
        shown = str(format(value, format_spec))
        return shown.replace(",", " ") if format_spec.startswith(",") else shown


_SENTENCES = _Sentences()


def grouped(n: int) -> str:
    """Return the integer `n` in groups of three: ``1 284``."""
    return _SENTENCES.format_field(n, ",")


def message(template: str, /, **places: object) -> str:
    """Return `template`, translated, with its named `places` filled; a text without places is taken as it is."""
    said = _spoken[0].templates.get(template, template)
    return _SENTENCES.vformat(said, (), places) if places else said


def plural(count: int, one: str, other: str, /, **places: object) -> str:
    """Return the form for `count` of a sentence, translated; ``{count}`` is one of its places."""
    language = _spoken[0]
    forms = language.plurals.get((one, other))
    if forms is None:
        forms, language = (one, other), ENGLISH
    return _SENTENCES.vformat(forms[language.form(count)], (), {"count": count, **places})
