"""Arrays of NumPy, NPZ and NPY: by name, no pickles, sizes read from the headers before anything is allocated."""

from __future__ import annotations

import io
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from datasets.checks import printable, require
from datasets.dataset import Floats
from datasets.imports.columns import (
    KIND_ROWS,
    TableColumn,
    describe,
    is_missing,
    reader,
    unique_names,
)
from datasets.imports.encoding import MAX_BYTES
from datasets.imports.imported import LISTED, BadCellsError, Reading, assembled, with_skipped
from datasets.imports.number_cells import POINT
from datasets.imports.preview import MAX_COLUMNS, MAX_ROWS, ImportChoice, preview_of
from datasets.imports.table_format import MISSING
from datasets.messages import message

MAX_ARRAYS = 100
MAX_UNPACKED = 256 * 2**20
MAX_HEADER = 2**16
_ARRAY = b"\x93NUMPY"
_ONLY = "x"
_NAME_ARRAYS = ("feature_names", "class_names", "target_names")


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """Where a column stands: the array, and which of its columns."""

    array: NDArray[Any]
    index: int

    def values(self) -> NDArray[Any]:
        """Return the column, shape (n,)."""
        return np.asarray(self.array[:, self.index])

    def texts(self) -> list[str]:
        """Return the column as text."""
        return [_text(value) for value in self.values().tolist()]

    def numbers(self, column: TableColumn) -> Floats:
        """Return the column as numbers; NaN for other text."""
        values = self.values()
        if values.dtype.kind == "M":
            seconds = values.astype("datetime64[s]")
            return np.where(np.isnat(seconds), math.nan, seconds.astype(np.int64) / 86_400.0)
        if values.dtype.kind not in "SU":
            return np.asarray(values, dtype=np.float64)
        read = reader(column, POINT)
        return np.array([_or_nan(read, text) for text in self.texts()])


def is_array(data: bytes) -> bool:
    """Return whether `data` begins as a single array does."""
    return data.startswith(_ARRAY)


class ArrayTable:
    """One array, or an NPZ archive whose arrays of equal length are the columns of a table.

    An array of shape (n, …) gives one column per entry of a row, one of shape (n,) a single one.
    ``feature_names`` and ``class_names`` (or ``target_names``), if there, name them.

    Attributes
    ----------
    preview : Preview

    Raises
    ------
    ValueError
        When it is no array, is too large, or has no arrays of equal length.
    """

    def __init__(self, data: bytes, notes: tuple[str, ...] = ()) -> None:
        require(
            len(data) <= MAX_BYTES,
            "file: {size:.0f} MiB are more than {most} MiB",
            size=len(data) / 2**20,
            most=MAX_BYTES // 2**20,
        )
        arrays, left_out = _read_one(data) if is_array(data) else _read(data)
        names = {key: [str(name) for name in arrays.pop(key).ravel()] for key in _NAME_ARRAYS if key in arrays}
        self._class_names = tuple(names.get("class_names") or names.get("target_names") or ())
        sizes = {printable(name): "×".join(map(str, array.shape)) for name, array in arrays.items()}
        arrays, turned = _turned(arrays)
        self._columns, titles, odd = _columns(arrays, names.get("feature_names", []))
        heads = [[_text(value) for value in column.values()[:KIND_ROWS].tolist()] for column in self._columns]
        shown = [list(row) for row in zip(*heads, strict=True)]
        titles = list(unique_names(titles))
        columns = describe(titles, shown, POINT, MISSING)
        form = "NPY" if is_array(data) else "NPZ"
        form += ", " + ", ".join(f"{name} {size}" for name, size in sizes.items())
        self.preview = preview_of(columns, shown, form, notes=(*notes, *left_out, *turned, *odd))

    def read(self, choice: ImportChoice) -> Reading:
        """Take the columns of `choice`; see :meth:`CellTable.read`."""
        self.preview.check(choice)
        return self._reading(choice)

    def count_rows(self) -> int:
        """Return the number of rows."""
        return len(self._columns[0].array)

    def _reading(self, choice: ImportChoice) -> Reading:
        columns = self.preview.columns
        target = columns[choice.target]
        regression = (choice.target,) if choice.task == "regression" else ()
        wanted = [i for i in (*choice.features, *regression) if columns[i].kind != "text"]
        text = [i for i in choice.features if columns[i].kind == "text"]
        members = target.members if choice.task == "classes" else ()
        numbers = np.empty((len(self._columns[0].array), len(wanted) + len(members)))
        words: dict[int, list[str]] = {}
        steps = len(wanted) + len(members) + len(text) + 1
        for place, i in enumerate([*wanted, *members]):
            yield place / steps
            numbers[:, place] = self._columns[i].numbers(columns[i])
        for place, i in enumerate(text, len(wanted) + len(members)):
            yield place / steps
            words[i] = [word.strip() for word in self._columns[i].texts()]
        yield (steps - 1) / steps
        cells = self._labels(choice, numbers[:, len(wanted) :])
        if choice.task == "classes":
            words[choice.target] = cells
        good, bad = self._good(numbers[:, : len(wanted)], wanted, words)
        n_bad = int((~good).sum())
        if bad and not choice.skip_bad:
            raise BadCellsError(bad, n_bad)
        require(len(good) - n_bad >= 2, "arrays: only {n} good rows; at least two are needed", n=len(good) - n_bad)
        kept = np.flatnonzero(good).tolist()
        found = {i: numbers[good, place] for place, i in enumerate(wanted)}
        said = {i: [cells[row] for row in kept] for i, cells in words.items()}
        made = assembled(self.preview, choice, found, said, said.get(choice.target, ()))
        if made.dataset.class_names == tuple(str(i) for i in range(len(self._class_names))):
            made = replace(made, dataset=replace(made.dataset, class_names=self._class_names))
        return with_skipped(made, bad, n_bad)

    def _labels(self, choice: ImportChoice, flags: Floats) -> list[str]:
        """Return the target of every row as text; empty where one-hot columns do not hold exactly one 1."""
        members = self.preview.columns[choice.target].members
        if choice.task == "regression":
            return []
        if not members:
            return [text.strip() for text in self._columns[choice.target].texts()]
        is_one_hot = ((flags == 0.0) | (flags == 1.0)).all(axis=1) & (flags.sum(axis=1) == 1.0)
        words = self.preview.columns[choice.target].values
        places = flags.argmax(axis=1).tolist()
        return [words[k] if good else "" for k, good in zip(places, is_one_hot.tolist(), strict=True)]

    def _good(
        self, numbers: Floats, wanted: list[int], words: dict[int, list[str]]
    ) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
        """Return which rows have every cell, shape (n,), and a line for each of the first bad cells."""
        finite = np.isfinite(numbers)
        good = np.asarray(finite.all(axis=1))
        faults = [self._fault(row, wanted[k]) for row, k in np.argwhere(~finite)[:LISTED].tolist()]
        for i, cells in words.items():
            kind = self.preview.columns[i].kind
            there = np.array([not is_missing(cell, kind, MISSING) for cell in cells], dtype=bool)
            if not there.all():
                template = 'row {row:,}, column "{name}": nothing is there'
                faults += [message(template, row=row + 1, name=self.preview.columns[i].name)
                           for row in np.flatnonzero(~there)[:LISTED].tolist()]  # fmt: skip
            good = good & there
        return good, tuple(faults[:LISTED])

    def _fault(self, row: int, column: int) -> str:
        got = printable(_text(self._columns[column].values()[row]))
        template = 'row {row:,}, column "{name}": expected a finite number, got "{got}"'
        return message(template, row=row + 1, name=self.preview.columns[column].name, got=got)


def _or_nan(read: Callable[[str], float], text: str) -> float:
    try:
        return read(text)
    except ValueError:
        return math.nan


def _read_one(data: bytes) -> tuple[dict[str, NDArray[Any]], list[str]]:
    """Return the one array of an NPY file, its fields where it has some."""
    head = io.BytesIO(data[:MAX_HEADER])
    shape, dtype = _guarded("array", _shape, head)
    require(not dtype.hasobject, "array: it holds Python objects, never read; save plain numbers")
    require(
        math.prod(shape) * dtype.itemsize <= MAX_UNPACKED,
        "array: it needs {total:,} bytes; at most {most:,}",
        total=math.prod(shape) * dtype.itemsize,
        most=MAX_UNPACKED,
    )
    array = _guarded("array", lambda: np.load(io.BytesIO(data), allow_pickle=False))
    fields = {name: array[name] for name in array.dtype.names} if array.dtype.names else {_ONLY: array}
    kept = {name: one for name, one in fields.items() if one.dtype.kind in _KINDS and _is_text(one)}
    letters = [one for one in fields.values() if one.dtype.kind in _KINDS]
    require(not letters or bool(kept), "array: its text has characters that are none; save it again, or as CSV")
    require(bool(kept), "array: expected numbers or text, got {kind}", kind=printable(array.dtype))
    return kept, [_left_out(name, "neither numbers nor text") for name in fields if name not in kept]


_KINDS = "biufSUM"


def _left_out(name: str, why: str) -> str:
    return message("The array {name} was left out: {why}.", name=printable(name), why=message(why))


def _read(data: bytes) -> tuple[dict[str, NDArray[Any]], list[str]]:
    """Return the arrays of an archive that can be columns, and a sentence for each of the others."""
    notes: list[str] = []
    with _guarded("archive", _opened, data) as archive:
        require(
            len(archive.files) <= MAX_ARRAYS,
            "archive: {n} arrays are more than {most}",
            n=len(archive.files),
            most=MAX_ARRAYS,
        )
        total, kept = 0, []
        for name in archive.files:
            shape, dtype = _guarded(f"array {printable(name)}", _header, archive, name)
            if dtype.hasobject:
                notes.append(_left_out(name, "it holds Python objects, never read; save plain numbers"))
            elif dtype.kind not in _KINDS:
                notes.append(_left_out(name, "neither numbers nor text"))
            else:
                kept.append(name)
                total += math.prod(shape) * dtype.itemsize
        require(
            total <= MAX_UNPACKED,
            "archive: its arrays need {total:,} bytes; at most {most:,}",
            total=total,
            most=MAX_UNPACKED,
        )
        arrays = {name: _guarded(f"array {printable(name)}", _array, archive, name) for name in kept}
    for name in [name for name, array in arrays.items() if not _is_text(array)]:
        del arrays[name]
        notes.append(_left_out(name, "its text is not Unicode"))
    require(bool(arrays), "archive: no array in it can be read; {why}", why=" ".join(notes) or "it is empty")
    return arrays, notes


def _turned(arrays: dict[str, NDArray[Any]]) -> tuple[dict[str, NDArray[Any]], list[str]]:
    """Return arrays with a row per example, turned where their columns are the examples: X (d, n) and y (1, n)."""
    rows = Counter(len(array) for array in arrays.values() if array.ndim)
    flat = Counter(len(array) for array in arrays.values() if array.ndim == 1)
    lasts = Counter(array.shape[1] for array in arrays.values() if array.ndim == 2)
    if not lasts or not rows:
        return arrays, []
    n = max(lasts, key=lambda size: (lasts[size] + flat[size], size))
    if n <= 1 or lasts[n] + flat[n] <= max(rows.values()) or lasts[n] + flat[n] < 2:
        return arrays, []
    made = {name: array.T if array.ndim == 2 and array.shape[1] == n else array for name, array in arrays.items()}
    names = printable(", ".join(name for name in arrays if made[name] is not arrays[name]), 80)
    return made, [message("Each column of {names} was read as one of {n:,} examples.", names=names, n=n)]


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
        return _shape(io.BytesIO(file.read(MAX_HEADER)))


def _shape(head: io.BytesIO) -> tuple[tuple[int, ...], np.dtype[Any]]:
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


def _columns(arrays: dict[str, NDArray[Any]], feature_names: list[str]) -> tuple[list[_Column], list[str], list[str]]:
    """Return every column of the arrays that share the commonest length, their names, and notes about the others."""
    lengths = [len(array) for array in arrays.values() if array.ndim]
    require(bool(lengths), "archive: it has no array with a row per example; save X of shape (n, d) and y of (n,)")
    n_rows = max(set(lengths), key=lambda n: (lengths.count(n), n))
    require(2 <= n_rows <= MAX_ROWS, "arrays: {n:,} rows; expected 2 to {most:,}", n=n_rows, most=MAX_ROWS)
    columns: list[_Column] = []
    titles: list[str] = []
    notes: list[str] = []
    for name, array in arrays.items():
        if not array.ndim or len(array) != n_rows:
            notes.append(_left_out(name, "it has another number of rows"))
            continue
        flat = array.reshape(n_rows, -1)
        width = flat.shape[1]
        many = "array {name}: more than {most:,} columns; leave some out"
        require(len(columns) + width <= MAX_COLUMNS, many, name=printable(name), most=MAX_COLUMNS)
        columns += [_Column(flat, i) for i in range(width)]
        titles += [name] if width == 1 else _titles(name, width, feature_names)
    require(len(columns) >= 2, "archive: only one column was found; save X of shape (n, d) and y of shape (n,)")
    return columns, titles, notes


def _titles(name: str, width: int, feature_names: list[str]) -> list[str]:
    return feature_names if len(feature_names) == width else [f"{name}{i + 1}" for i in range(width)]


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return repr(float(value)) if isinstance(value, (float, np.floating)) else str(value)
