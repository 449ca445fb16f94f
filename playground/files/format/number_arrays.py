"""Arrays of numbers in a file: plain, readable lists, packed when there are many.

A packed array is ``{"shape": [n, d], "float64": "…"}``: the little-endian bytes in base64. Both
forms keep every bit of a number.
"""

from __future__ import annotations

import binascii
from math import prod
from typing import Any, get_args

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.engine.messages import message
from playground.files.error_messages import DocumentError, got

MAX_PLAIN = 4096
MAX_AXES = 2

_PACKED = {"float64": "<f8", "int64": "<i8"}


def written(array: NDArray[Any], place: str, most_plain: int = MAX_PLAIN) -> object:
    """Return `array` (float64, int64 or bool) as plain values for a file; more than `most_plain` numbers are packed.

    Raises
    ------
    DocumentError
        When a number is not finite: no file holds NaN.
    """
    if array.dtype.kind == "f":
        _require_finite(np.asarray(array, np.float64), place)
    if array.dtype.kind == "b":
        array = array.astype(np.int64)
    if array.size <= most_plain:
        return array.tolist()
    name = "float64" if array.dtype.kind == "f" else "int64"
    data = np.ascontiguousarray(array, dtype=_PACKED[name])
    return {"shape": list(array.shape), name: binascii.b2a_base64(data.data, newline=False).decode()}


def read(kind: object, raw: object) -> NDArray[Any]:
    """Return the array that a file has as `raw`, of the type of the annotation `kind`; read-only.

    Raises
    ------
    ValueError
        With the index at which it went wrong in front, as ``[3]: …``.
    """
    dtype = _dtype_of(kind)
    array = _unpacked(raw) if isinstance(raw, dict) else _listed(raw)
    if np.dtype(dtype).kind == "f":
        array = array.astype(np.float64)
        _require_finite(array, "")
    else:
        array = _whole(array).astype(dtype)
    array.flags.writeable = False
    return array


def _dtype_of(kind: object) -> np.dtype[Any]:
    for part in get_args(kind):
        inner = get_args(part)
        if inner and isinstance(inner[0], type) and issubclass(inner[0], np.generic):
            return np.dtype(inner[0])
    return np.dtype(np.float64)


def _unpacked(raw: dict[str, Any]) -> NDArray[Any]:
    names = [name for name in _PACKED if name in raw]
    shape = raw.get("shape")
    if len(names) != 1 or not set(raw) <= {"shape", *_PACKED}:
        raise ValueError('expected a list of numbers, or an object with "shape" and "float64" or "int64"')
    if not isinstance(shape, list) or not 1 <= len(shape) <= MAX_AXES or not all(_is_size(size) for size in shape):
        raise ValueError(message("shape: expected one or two sizes, got {found}", found=got(shape)))
    text, count = raw[names[0]], prod(shape)
    if not isinstance(text, str) or len(text) != 4 * -(-8 * count // 3):
        raise ValueError(
            message("{names}: expected {count:,} packed numbers, as shape says", names=names[0], count=count)
        )
    try:
        data = binascii.a2b_base64(text, strict_mode=True)
    except (binascii.Error, ValueError):
        raise ValueError(message("{names}: this is not base64", names=names[0])) from None
    if len(data) != 8 * count:
        raise ValueError(
            message("{names}: expected {count:,} packed numbers, as shape says", names=names[0], count=count)
        )
    return np.frombuffer(data, dtype=_PACKED[names[0]]).reshape(shape)


def _is_size(size: object) -> bool:
    return isinstance(size, int) and not isinstance(size, bool) and 0 <= size <= 2**31


def _listed(raw: object) -> NDArray[np.float64]:
    rows = bool(isinstance(raw, list) and raw and isinstance(raw[0], list))
    try:
        numbers: Any = msgspec.convert(raw, list[list[float]] if rows else list[float])
    except msgspec.ValidationError as error:
        raise ValueError(_at(error)) from None
    if rows:
        width = len(numbers[0])
        for index, row in enumerate(numbers):
            if len(row) != width:
                raise ValueError(
                    message(
                        "[{index}]: expected {width} numbers as in the first row, got {count}",
                        index=index,
                        width=width,
                        count=len(row),
                    )
                )
    return np.array(numbers, dtype=np.float64)


_FOUND = {"str": "a text", "bool": "true or false", "array": "a list", "object": "an object"}


def _at(error: msgspec.ValidationError) -> str:
    text, _, path = str(error).partition(" - at `$")
    found = "one that is too large" if "range" in text else _FOUND.get(word := text.split("got ")[-1].strip("`"), word)
    return f"{path.rstrip('`')}: expected a number, got {found}" if path else f"expected a list of numbers, got {found}"


def _whole(array: NDArray[Any]) -> NDArray[Any]:
    if array.dtype.kind != "f":
        return array
    wrong = np.argwhere((array != np.floor(array)) | (np.abs(array) > 2**53))
    if len(wrong):
        index = tuple(int(i) for i in wrong[0])
        raise ValueError(
            message("{index}: expected a whole number, got {array:g}", index=_index(index), array=array[index])
        )
    return array


def _require_finite(array: NDArray[np.float64], place: str) -> None:
    if np.isfinite(array).all():
        return
    index = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
    if place:
        raise DocumentError(
            "{place}{index}: expected a finite number, got {number}; go back to a finite iteration",
            place=place, index=_index(index), number=array[index],
        )  # fmt: skip
    raise ValueError(
        message("{index}: expected a finite number, got {number}", index=_index(index), number=array[index])
    )


def _index(index: tuple[int, ...]) -> str:
    return "".join(f"[{i}]" for i in index)
