"""The named quantities of an exercise, and how they stand in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.circuits.numerals import factor, numeral
from playground.engine.messages import message

Value = float | str | Sequence[float] | NDArray[np.float64]


class MissingFactError(AttributeError):
    """A law asks for a quantity that the exercise does not have, so that it does not apply."""


class Facts:
    """Quantities by name: ``facts.upstream`` is a number, ``facts.terms`` a tuple of them, ``facts.name`` a text."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = {
            name: value if isinstance(value, str) else tuple(map(clean, value)) if _is_many(value) else clean(value)  # type: ignore[arg-type]
            for name, value in values.items()
        }

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name not in self._values:
            raise MissingFactError(name)
        return self._values[name]

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def sentence(self, template: str, **more: object) -> str:
        """Return `template` with its places filled: ``{x}`` is plain, ``{x:p}`` stands in a product or sum."""
        return message(template, **{name: _shown(value) for name, value in self._values.items()}, **more)


class _Number(float):
    """A number in a sentence."""

    def __format__(self, spec: str) -> str:
        return factor(self) if spec == "p" else numeral(self)


class _Numbers(tuple[float, ...]):
    """Several numbers in a sentence: ``2, 3 and 4``; with ``:p`` a sum, with ``:c`` as a function takes them."""

    def __format__(self, spec: str) -> str:
        shown = [factor(value) if spec == "p" else numeral(value) for value in self]
        if len(shown) > 6:
            shown = [*shown[:5], "…", shown[-1]]
        if spec or len(shown) == 1:
            return (" + " if spec == "p" else ", ").join(shown)
        return message("{others} and {last}", others=", ".join(shown[:-1]), last=shown[-1])


def _shown(value: object) -> object:
    if isinstance(value, str):
        return value
    return _Number(value) if isinstance(value, float) else _Numbers(value)  # type: ignore[arg-type]


def clean(value: float) -> float:
    """Return `value` without the last bits, which hold the rounding of sums: 0.3 for 0.1 + 0.2."""
    return float(f"{float(value):.12g}") + 0.0


def _is_many(value: Value) -> bool:
    return np.ndim(value) > 0
