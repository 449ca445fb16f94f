"""Parts of a file: dataclasses as plain values, without numbers that JSON does not have."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import numpy as np

from playground.files.error_messages import DocumentError
from playground.files.format import number_arrays

Plain = dict[str, Any]


def plain_part(value: object, place: str) -> Plain:
    """Return one part of a document (a dataclass) as plain values; `place` is where it stands in the file."""
    made: Plain = msgspec.to_builtins(value, enc_hook=lambda array: _plain_array(array, place))
    require_finite(made, place)
    return made


def require_finite(value: object, place: str) -> None:
    """Refuse NaN and infinity, which JSON would turn into null."""
    if isinstance(value, float) and not math.isfinite(value):
        raise DocumentError("{place}: expected a finite number, got {value}", place=place, value=value)
    if isinstance(value, dict):
        for name, part in value.items():
            require_finite(part, f"{place}.{name}")
    elif isinstance(value, list | tuple) and len(value) <= number_arrays.MAX_PLAIN:
        for index, part in enumerate(value):
            require_finite(part, f"{place}[{index}]")


def _plain_array(value: object, place: str) -> object:
    if isinstance(value, np.ndarray):
        return number_arrays.written(value, place)
    if isinstance(value, np.generic):
        return value.item()
    raise NotImplementedError(f"{place}: no file form for {type(value).__name__}")
