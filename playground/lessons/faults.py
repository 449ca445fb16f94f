"""Faults: what is wrong with a lesson file, each with its line and the cure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches

from playground.engine.messages import message, plural

MOST_FAULTS = 20
_LONGEST = 300
_QUOTED = 40


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong."""

    line: int
    text: str  # what is wrong, and what to do

    def __str__(self) -> str:
        return message("line {line}: {text}", line=self.line, text=self.text)


class LessonError(ValueError):
    """A lesson that cannot be taken; ``str`` is one line about the first fault."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        found = sorted(faults)
        self.faults = tuple(found[:MOST_FAULTS])
        if rest := found[MOST_FAULTS:]:
            text = plural(len(rest), "one more place is wrong", "{count:,} more places are wrong; mend these first")
            self.faults += (Fault(rest[0].line, text),)
        super().__init__(str(self.faults[0]))


class Faults:
    """Collects what is wrong, so that one look shows all of it."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, line: int, template: str, /, **places: object) -> None:
        """Note a fault of `line`."""
        text = "".join(sign if sign.isprintable() else " " for sign in message(template, **places))
        self.found.append(Fault(line, text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"))

    @contextmanager
    def at(self, line: int, place: str = "") -> Iterator[None]:
        """Note what is refused inside, a ``ValueError``, as a fault of `line`; it begins with `place`."""
        try:
            yield
        except ValueError as error:
            self.add(line, "{place}{error}", place=place, error=error)

    def stop(self) -> None:
        """Raise ``LessonError`` if anything is wrong."""
        if self.found:
            raise LessonError(self.found)


def quoted(text: str) -> str:
    """Return `text` in quotation marks, and no more than its beginning."""
    return repr(text) if len(text) <= _QUOTED else repr(text[:_QUOTED]) + "…"


def shown(value: object) -> str:
    """Return a `value` of TOML as it can stand in a message, and no more than its beginning."""
    try:
        return str(value)[:_QUOTED]
    except ValueError:  # a whole number of thousands of digits
        return message("a number too long to write")


def unknown(name: str, known: Iterable[str], what: str) -> str:
    """Return the sentence about a `name` that is not among those `known`: the nearest one, or all of them."""
    names = list(known)
    near = get_close_matches(name[:_QUOTED], names, n=1, cutoff=0.6)
    if near:
        return message(
            "there is no {what} {name}; did you mean {near}?", what=what, name=quoted(name), near=quoted(near[0])
        )
    if not names:
        return message("there is no {what} {name}, and no other", what=what, name=quoted(name))
    return message(
        "there is no {what} {name}; it is one of {names}", what=what, name=quoted(name), names=", ".join(names)
    )
