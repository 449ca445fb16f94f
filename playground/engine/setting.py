"""Setting: a number that can be set, with its default, its limits and its words; each stated once.

A field of a spec is made with `setting`. Checks, the file schema, the command line and the panels read what
it says from `settings_of`.
"""

from __future__ import annotations

import dataclasses
import math
from functools import cache
from typing import Any

from playground.engine.messages import message


@dataclasses.dataclass(frozen=True, slots=True)
class Setting:
    """One number of a spec.

    Attributes
    ----------
    low, high : float
        The limits; with `open_low`, `low` itself is outside.
    label, meaning, formula : str
        What panels call it, what it does in one sentence, and its law as text.
    open_low, integer, optional : bool
        Above `low` only; whole numbers only; None switches it off, and is what it starts as.
    """

    name: str  # what messages call it: the name of its field, unless it has a name of its own
    default: float  # without a choice; of an optional setting, its value when it is switched on
    low: float
    high: float
    label: str = ""
    meaning: str = ""
    formula: str = ""
    open_low: bool = False
    integer: bool = False
    optional: bool = False

    @property
    def expected(self) -> str:
        """Return the values that it takes, in words."""
        if self.integer:
            return message("an integer from {low} to {high}", low=self.low, high=self.high)
        if self.open_low:
            return message("a number above {low:g} and at most {high:g}", low=self.low, high=self.high)
        return message("a number from {low:g} to {high:g}", low=self.low, high=self.high)

    def accepts(self, value: object) -> bool:
        """Return whether `value` is a number of the right kind within the limits."""
        if value is None:
            return self.optional
        if isinstance(value, bool) or not isinstance(value, int if self.integer else (int, float)):
            return False
        above = self.low < value if self.open_low else self.low <= value
        return above and value <= self.high and value < math.inf

    def require(self, value: object) -> None:
        """Raise ``ValueError``, which names the setting and what it takes, unless it accepts `value`."""
        if not self.accepts(value):
            raise ValueError(
                message(
                    "{name}: expected {expected}, got {value!r}", name=self.name, expected=self.expected, value=value
                )
            )


def setting(default: float | None, low: float, high: float, label: str = "", meaning: str = "", formula: str = "",
            *, name: str = "", start: float = 1.0, open_low: bool = False, integer: bool = False) -> Any:  # fmt: skip
    """Return a dataclass field that carries a `Setting`; without a `default` it is optional and begins at `start`."""
    optional = default is None
    made = Setting(
        name, start if default is None else default, low, high, label, meaning, formula, open_low, integer, optional
    )
    return dataclasses.field(default=default, metadata={Setting: made})


@cache
def settings_of(spec: Any) -> dict[str, Setting]:
    """Return the settings of the dataclass `spec`, by field."""
    found = {field.name: field.metadata[Setting] for field in dataclasses.fields(spec) if Setting in field.metadata}
    return {key: one if one.name else dataclasses.replace(one, name=key) for key, one in found.items()}


def check_settings(spec: Any) -> None:
    """Raise ``ValueError`` unless every setting of the dataclass instance `spec` is within its limits."""
    for key, one in settings_of(spec.__class__).items():
        one.require(getattr(spec, key))
