"""The parameters of an address: each is read, and what became of it is noted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from playground.files.error_messages import one_line
from playground.files.links.address import KNOWN, Parameter

READ, APPROXIMATED, IGNORED = "read", "approximated", "ignored"
_DOTS = ("…", "...")


@dataclass(frozen=True, slots=True)
class Note:
    """What became of one parameter of the address: `kind` is read, approximated or ignored."""

    parameter: str
    value: str
    kind: str
    text: str

    def __str__(self) -> str:
        """Return the note as a line to read."""
        return f"{self.parameter} = {self.value}: {self.kind}" + (f"; {self.text}" if self.text else "")


class Parameters:
    """Takes the parameters of an address one by one, and notes what became of each.

    Attributes
    ----------
    pairs : dict
        The value of each parameter; of one that is given twice, the last.
    notes : list of Note
        What became of each, so far.
    """

    def __init__(self, parameters: Sequence[Parameter]) -> None:
        self.pairs: dict[str, str] = {}
        self.notes: list[Note] = []
        self._unread: set[str] = set()
        for one in parameters:
            self._take(one)

    def choice(self, name: str, allowed: tuple[str, ...], default: str, text: str) -> str:
        """Return which of `allowed` the parameter `name` is, or its `default` after a note that says why."""
        found = self.pairs.get(name) or default
        value = next((one for one in allowed if one.lower() == found.lower()), None)
        if value is None:
            self.ignore(name, f"expected one of {', '.join(allowed)}", default)
            return default
        self.said(name, READ, text)
        return value

    def number(self, name: str, default: float, low: float, high: float, *, whole: bool = False) -> float:
        """Return the number of `name`, or its default after a note that says why."""
        text = self.pairs.get(name)
        if not text:
            return default
        try:
            value = float(text) if len(text) <= 40 and "_" not in text else math.nan
        except ValueError:
            value = math.nan
        if math.isfinite(value) and low <= value <= high and not (whole and value != int(value)):
            return value
        kind = "a whole number" if whole else "a number"
        above = "above 0" if low == 5e-324 else f"from {low:g}"
        limits = f"{kind} {above} to {high:g}" if math.isfinite(low) else kind
        self.ignore(name, f"expected {limits}", f"{default:g}")
        return default

    def flag(self, name: str, off: str, on: str) -> bool:
        """Return whether the switch `name` of the output view is on, and note what it does."""
        is_on = self.switch(name, default=False)
        self.said(name, READ, f"the output view {on if is_on else off}")
        return is_on

    def switch(self, name: str, *, default: bool) -> bool:
        """Return whether the switch `name` is on."""
        value = self.pairs.get(name)
        return default if not value else value.lower() != "false"

    def ignore(self, name: str, expected: str, default: str) -> None:
        """Note that the value of `name` cannot be read."""
        self._unread.add(name)
        text = f"{self.dots(name)}{expected}; the page's default {default} holds"
        self.note(name, self.pairs[name], IGNORED, text)

    def dots(self, name: str) -> str:
        """Return the words that say where dots stand for a part of the value; empty without any."""
        return "dots stand for what is missing here; " if any(dots in self.pairs[name] for dots in _DOTS) else ""

    def said(self, name: str, kind: str, text: str) -> None:
        """Note what became of `name`, unless it is not given or could not be read."""
        if name not in self.pairs or name in self._unread:
            return
        if not self.pairs[name] and name != "networkShape":
            text = "it is empty: the page's default holds"
        self.note(name, self.pairs[name], kind, text)

    def note(self, name: str, value: str, kind: str, text: str) -> None:
        """Note what became of one parameter."""
        self.notes.append(Note(one_line(name)[:60], one_line(value)[:60], kind, text))

    def _take(self, one: Parameter) -> None:
        if one.value is None:
            text = "there is no value; the address was cut off here" if one.name in KNOWN else "there is no value"
            self.note(one.name, "", IGNORED, text)
            return
        if one.rest:
            self.note(
                one.name, one.value + one.rest, APPROXIMATED, f"read as {one.value}: the rest is not of the address"
            )
        if one.name in self.pairs:
            self.note(one.name, self.pairs[one.name], IGNORED, "it stands there again: the last one counts, as there")
        self.pairs[one.name] = one.value
