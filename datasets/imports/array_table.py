"""NPZ archives: arrays by name, no pickles, sizes read from the headers before anything is allocated."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from datasets.checks import printable, require
from datasets.dataset import Floats
from datasets.imports import labels
from datasets.imports.dialect import is_number, read_number
from datasets.imports.encoding import MAX_BYTES
from datasets.imports.preview import KIND_ROWS, MAX_COLUMNS, MAX_ROWS, ImportChoice, preview_of
from datasets.imports.text_table import LISTED, BadCellsError, Reading, imported
from datasets.messages import message

MAX_ARRAYS = 100
MAX_UNPACKED = 256 * 2**20
MAX_HEADER = 2**16
_SIGNATURE = b"PK"
_NAME_ARRAYS = ("feature_names", "class_names", "target_names")


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """Where a column stands: the array, and which of its columns."""

    array: NDArray[Any]
    index: int

    def values(self) -> NDArray[Any]:
        """Return the column, shape (n,)."""
        return np.asarray(self.array[:, self.index])

    def numbers(self) -> Floats:
        """Return the column as numbers; NaN for other text."""
        values = self.values()
        if values.dtype.kind not in "SU":
            return np.asarray(values, dtype=np.float64)
        return np.array([read_number(text) if is_number(text) else math.nan for text in map(_text, values.tolist())])


def is_archive(data: bytes) -> bool:
    """Return whether `data` begins as a zip archive does."""
    return data.startswith(_SIGNATURE)


class ArrayTable:
    """An NPZ archive whose arrays of equal length are the columns of a table.

    An array of shape (n, …) gives one column per entry of a row, one of shape (n,) a single one.
    ``feature_names`` and ``class_names`` (or ``target_names``), if there, name them.

    Attributes
    ----------
    preview : Preview

    Raises
    ------
    ValueError
        When it is not an NPZ, holds objects, is too large, or has no arrays of equal length.
    """

    def __init__(self, data: bytes) -> None:
        require(
            len(data) <= MAX_BYTES,
            "file: {size:.0f} MiB are more than {most} MiB",
            size=len(data) / 2**20,
            most=MAX_BYTES // 2**20,
        )
        arrays = _read(data)
        names = {key: [str(name) for name in arrays.pop(key).ravel()] for key in _NAME_ARRAYS if key in arrays}
        self._class_names = tuple(names.get("class_names") or names.get("target_names") or ())
        self._columns, titles = _columns(arrays, names.get("feature_names", []))
        heads = [column.values()[:KIND_ROWS].tolist() for column in self._columns]
        shown = [[_text(value) for value in row] for row in zip(*heads, strict=True)]
        sizes = {printable(name): "×".join(map(str, array.shape)) for name, array in arrays.items()}
        form = "NPZ, " + ", ".join(f"{name} {size}" for name, size in sizes.items())
        self.preview = preview_of(titles, shown, form)

    def read(self, choice: ImportChoice) -> Reading:
        """Take the columns of `choice`; see :meth:`TextTable.read`."""
        self.preview.check(choice)
        return self._reading(choice)

    def _reading(self, choice: ImportChoice) -> Reading:
        wanted = (*choice.features, choice.target) if choice.task == "regression" else choice.features
        numbers = np.empty((len(self._columns[0].array), len(wanted)))
        for place, i in enumerate(wanted):
            yield place / (len(wanted) + 1)
            numbers[:, place] = self._columns[i].numbers()
        good, bad = self._good(numbers, wanted)
        n_bad = int((~good).sum())
        if bad and not choice.skip_bad:
            raise BadCellsError(bad, n_bad)
        require(len(good) - n_bad >= 2, "arrays: only {n} good rows; at least two are needed", n=len(good) - n_bad)
        yield len(wanted) / (len(wanted) + 1)
        name = self.preview.columns[choice.target].name
        features = tuple(self.preview.columns[i].name for i in choice.features)
        points = numbers[good, : len(choice.features)]
        targets: NDArray[Any] = numbers[good, -1]
        class_names: tuple[str, ...] = ()
        if choice.task == "classes":
            cells = [_text(value) for value in self._columns[choice.target].values()[good].tolist()]
            targets, class_names = labels.classes(cells, f'column "{name}"')
            class_names = self._named(class_names)
        made = imported(points, targets, class_names, features, name, choice.standardize)
        return replace(made, skipped=bad, n_skipped=n_bad)

    def _good(self, numbers: Floats, wanted: tuple[int, ...]) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
        """Return which rows are finite, shape (n,), and a line for each of the first bad cells."""
        finite = np.isfinite(numbers)
        places = np.argwhere(~finite)[:LISTED].tolist()
        return np.asarray(finite.all(axis=1)), tuple(self._fault(row, wanted[k]) for row, k in places)

    def _fault(self, row: int, column: int) -> str:
        got = printable(_text(self._columns[column].values()[row]))
        template = 'row {row:,}, column "{name}": expected a finite number, got "{got}"'
        return message(template, row=row + 1, name=self.preview.columns[column].name, got=got)

    def _named(self, numbers: tuple[str, ...]) -> tuple[str, ...]:
        """Return the archive's own class names where they are numbered from 0."""
        if numbers == tuple(str(i) for i in range(len(self._class_names))):
            return self._class_names
        return numbers


def _read(data: bytes) -> dict[str, NDArray[Any]]:
    with _guarded("archive", _opened, data) as archive:
        require(
            len(archive.files) <= MAX_ARRAYS,
            "archive: {n} arrays are more than {most}",
            n=len(archive.files),
            most=MAX_ARRAYS,
        )
        total = 0
        for name in archive.files:
            place = f"array {printable(name)}"
            shape, dtype = _guarded(place, _header, archive, name)
            require(
                not dtype.hasobject, "{place}: it holds Python objects, never read; save plain numbers", place=place
            )
            require(
                dtype.kind in "biufSU",
                "{place}: expected numbers or text, got {kind}",
                place=place,
                kind=printable(dtype),
            )
            total += math.prod(shape) * dtype.itemsize
        require(
            total <= MAX_UNPACKED,
            "archive: its arrays need {total:,} bytes; at most {most:,}",
            total=total,
            most=MAX_UNPACKED,
        )
        arrays = {name: _guarded(f"array {printable(name)}", _array, archive, name) for name in archive.files}
        for name, array in arrays.items():
            require(
                _is_text(array),
                "array {name}: its text is not Unicode; save it again with numpy.savez",
                name=printable(name),
            )
        return arrays


def _guarded(place: str, call: Callable[..., Any], *arguments: Any) -> Any:
    """Return ``call(*arguments)``; whatever NumPy, zipfile, zlib or struct raise becomes one line."""
    try:
        return call(*arguments)
    except Exception as error:
        raise ValueError(
            message(
                "{place}: it cannot be read ({error}); save it again with numpy.savez",
                place=place,
                error=type(error).__name__,
            )
        ) from error


def _opened(data: bytes) -> Any:
    return np.load(io.BytesIO(data), allow_pickle=False)


def _array(archive: Any, name: str) -> NDArray[Any]:
    return np.asarray(archive[name])


def _header(archive: Any, name: str) -> tuple[tuple[int, ...], np.dtype[Any]]:
    """Return shape and type of array `name` from its header; nothing of the array is read.

    A header may claim to be gigabytes long, which pack into a few kilobytes: only its beginning is unpacked.
    """
    member = f"{name}.npy" if f"{name}.npy" in archive.zip.namelist() else name
    with archive.zip.open(member) as file:
        head = io.BytesIO(file.read(MAX_HEADER))
    version = npy.read_magic(head)
    read_header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, _order, dtype = read_header(head)
    return shape, dtype


def _is_text(array: NDArray[Any]) -> bool:
    """Return whether every character of an array of text is valid; NumPy decodes them only on access."""
    if array.dtype.kind != "U" or not array.nbytes:
        return True
    codes = np.ascontiguousarray(array, array.dtype.newbyteorder("=")).view(np.uint32)
    return not bool(np.any((codes > 0x10FFFF) | ((codes >= 0xD800) & (codes <= 0xDFFF))))


def _columns(arrays: dict[str, NDArray[Any]], feature_names: list[str]) -> tuple[list[_Column], list[str]]:
    """Return every column of the arrays that share the commonest length, and their names."""
    lengths = [len(array) for array in arrays.values() if array.ndim]
    require(bool(lengths), "archive: it has no array with a row per example; save X of shape (n, d) and y of (n,)")
    n_rows = max(set(lengths), key=lambda n: (lengths.count(n), n))
    require(2 <= n_rows <= MAX_ROWS, "arrays: {n:,} rows; expected 2 to {most:,}", n=n_rows, most=MAX_ROWS)
    columns: list[_Column] = []
    titles: list[str] = []
    for name, array in arrays.items():
        if not array.ndim or len(array) != n_rows:
            continue
        flat = array.reshape(n_rows, -1)
        width = flat.shape[1]
        many = "array {name}: more than {most:,} columns; leave some out"
        require(len(columns) + width <= MAX_COLUMNS, many, name=printable(name), most=MAX_COLUMNS)
        columns += [_Column(flat, i) for i in range(width)]
        titles += [name] if array.ndim == 1 else _titles(name, width, feature_names)
    require(len(columns) >= 2, "archive: only one column was found; save X of shape (n, d) and y of shape (n,)")
    return columns, titles


def _titles(name: str, width: int, feature_names: list[str]) -> list[str]:
    return feature_names if len(feature_names) == width else [f"{name}{i + 1}" for i in range(width)]


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return repr(float(value)) if isinstance(value, (float, np.floating)) else str(value)
