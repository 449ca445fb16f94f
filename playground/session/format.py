"""``*.playground``: a document, its run, curves and view as versioned JSON that a person can read.

``docs/format.md`` tells it in words and ``docs/playground.schema.json`` for machines. The names in a
file are those of our dataclasses, so a new field of the document is saved without a change here;
a new format version is due when an older program could not read it or would drop it.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np

import playground
from playground.engine.state import RunState
from playground.session import json_text, number_arrays
from playground.session.curve import COLUMNS, Curve
from playground.session.document import Document
from playground.session.format_checks import check_curves, check_document, check_state, n_columns_of
from playground.session.history import CAPACITY
from playground.session.migrations import VERSION, Plain, upgraded
from playground.session.refusals import DocumentError, convert, got
from playground.session.saved import Saved, ViewState
from playground.session.selection import Selection

NAME = "backprop-playground"
NETWORK = ("features", "hidden", "output_activation", "keep_weights", "start_weights", "frozen", "pruned")
OTHERS = ("format", "version", "program", "network", "run", "curves", "view")
_BY_WORD = {
    "loss": "training.loss",
    "optimizer": "training.optimizer.name",
    "schedule": "training.schedule.name",
    "regularizer": "training.regularizer",
    "initializer": "training.initializer",
}
MAX_SETTINGS = 65_536
MAX_DEPTH = 16


def encode(saved: Saved) -> bytes:
    """Return the file of `saved`: JSON in UTF-8, the same bytes for the same content.

    Raises
    ------
    DocumentError
        When a number is not finite, or a view remembers something that is no plain value.
    """
    data = json_text.write(plain(saved)) + b"\n"
    if len(data) > json_text.MAX_BYTES:
        raise DocumentError(
            f"{len(data):,} bytes are more than a file may have ({json_text.MAX_BYTES:,}): use less data"
        )
    return data


def decode(data: bytes) -> Saved:
    """Return what a file holds; older formats are brought up to the present one.

    Raises
    ------
    DocumentError
        One line with the place, such as ``$.network.hidden[2].width``; nothing has changed then.
    """
    return from_plain(read_plain(data))


def read_plain(data: bytes) -> object:
    """Return the plain values of JSON `data`, within the limits of a file."""
    return json_text.read(data)


# ---- writing -----------------------------------------------------------------------------------


def plain(saved: Saved) -> Plain:
    """Return `saved` as dicts, lists, texts and numbers, in the layout of a file."""
    document = plain_part(saved.document, "$")
    made: Plain = {"format": NAME, "version": VERSION, "program": playground.__version__}
    made |= {name: part for name, part in document.items() if name not in NETWORK}
    made["network"] = {name: document[name] for name in NETWORK if name in document}
    if saved.state is not None:
        made["run"] = _plain_state(saved.state)
    if saved.curves is not None and len(saved.curves.table):
        made["curves"] = _plain_curves(saved.curves)
    selection = dataclasses.replace(saved.view.selection, hovered=None)
    made["view"] = {
        "selection": plain_part(selection, "$.view.selection"),
        "settings": _plain_settings(saved.view.settings),
    }
    return made


def plain_part(value: object, place: str) -> Plain:
    """Return one part of a document (a dataclass) as plain values; `place` is where it stands in the file."""
    made: Plain = msgspec.to_builtins(value, enc_hook=lambda array: _plain_array(array, place))
    _require_finite(made, place)
    return made


def _plain_array(value: object, place: str) -> object:
    if isinstance(value, np.ndarray):
        return number_arrays.written(value, place)
    if isinstance(value, np.generic):
        return value.item()
    raise NotImplementedError(f"{place}: no file form for {type(value).__name__}")


def _plain_state(state: RunState) -> Plain:
    counts = {name: int(getattr(state, name)) for name in ("iteration", "epoch", "position", "updates")}
    return {
        **counts,
        "parameters": number_arrays.written(state.parameters, "$.run.parameters"),
        "slots": [number_arrays.written(slot, f"$.run.slots[{i}]") for i, slot in enumerate(state.slots)],
    }


def _plain_curves(curves: Curve) -> Plain:
    """Return the curves by name; a number that there is not (no test points, no accuracy) is null."""
    columns = curves.table[:, 1:].T.tolist()
    return {
        "stride": curves.stride,
        "iterations": curves.table[:, 0].astype(np.int64).tolist(),
        "columns": {
            name: [value if math.isfinite(value) else None for value in column]
            for name, column in zip(COLUMNS, columns, strict=True)
        },
    }


def _plain_settings(settings: Mapping[str, object]) -> Plain:
    place = "$.view.settings"
    try:
        made: Plain = msgspec.to_builtins(dict(settings))
    except (TypeError, RecursionError) as error:
        raise DocumentError(f"{place}: expected plain values ({error})") from None
    _require_finite(made, place)
    _require_small(made)
    return made


def _require_finite(value: object, place: str) -> None:
    """Refuse NaN and infinity, which JSON would turn into null."""
    if isinstance(value, float) and not math.isfinite(value):
        raise DocumentError(f"{place}: expected a finite number, got {value}")
    if isinstance(value, dict):
        for name, part in value.items():
            _require_finite(part, f"{place}.{name}")
    elif isinstance(value, list | tuple) and len(value) <= number_arrays.MAX_PLAIN:
        for index, part in enumerate(value):
            _require_finite(part, f"{place}[{index}]")


def _require_small(settings: Plain) -> None:
    size = len(msgspec.json.encode(settings))
    if size > MAX_SETTINGS:
        raise DocumentError(f"$.view.settings: expected at most {MAX_SETTINGS:,} bytes, got {size:,}")
    level: list[Any] = [settings]
    for _ in range(MAX_DEPTH):
        level = [part for group in level for part in (group.values() if isinstance(group, dict) else group)]
        level = [part for part in level if isinstance(part, dict | list | tuple)]
        if not level:
            return
    raise DocumentError(f"$.view.settings: expected at most {MAX_DEPTH} levels")


# ---- reading -----------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class _View:
    selection: Selection = dataclasses.field(default_factory=Selection)
    settings: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class _Curves:
    stride: int
    iterations: list[int]
    columns: dict[str, list[float | None]]


def from_plain(raw: object) -> Saved:
    """Return what `raw`, the plain values of a file of any version, holds."""
    values = upgraded(raw, _version(raw)) if isinstance(raw, dict) else {}
    if not isinstance(raw, dict):
        raise DocumentError(f"$: expected an object with named values, got {got(raw)}")
    document = _document(values)
    check_document(document)
    state = None
    if values.get("run") is not None:
        state = convert(values["run"], RunState, "$.run", number_arrays.read)
        check_state(state, document)
    curves = _curves(values.get("curves"))
    view = convert(values.get("view", {}), _View, "$.view")
    _require_small(view.settings)
    return Saved(document, state, curves, ViewState(view.selection, view.settings).sound(n_columns_of(document)))


def _version(raw: Plain) -> int:
    if raw.get("format") != NAME:
        raise DocumentError(
            f'$.format: expected "{NAME}", got {got(raw.get("format"))}: this is no playground document'
        )
    version = raw.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 0:
        raise DocumentError(f"$.version: expected an integer from 0 to {VERSION}, got {got(version)}")
    if version > VERSION:
        raise DocumentError(
            f"$.version: format {got(version)} is newer than this program, which reads up to {VERSION}; "
            "open it with a newer Backprop Playground"
        )
    return version


def _document(values: Plain) -> Document:
    """Return the document, whose network stands in a group of its own in the file."""
    network = values.get("network", {})
    if not isinstance(network, dict):
        raise DocumentError(f"$.network: expected an object with named values, got {got(network)}")
    own = [field.name for field in dataclasses.fields(Document) if field.name not in NETWORK]
    for group, known, place in ((values, (*own, *OTHERS), "$"), (network, NETWORK, "$.network")):
        for name in group:
            if name not in known:
                raise DocumentError(f"{place}: unknown name {got(name)}; expected one of {', '.join(known)}")
    parts = {name: values[name] for name in own if name in values} | network
    try:
        return convert(parts, Document, "$", number_arrays.read)
    except DocumentError as error:
        raise DocumentError(_placed(str(error))) from None


def _placed(message: str) -> str:
    """Return a refusal of the document with its place in the file, where the network has a group of its own."""
    layer = re.match(r"\$(?:\.|: )hidden layer (\d+): ", message)
    if layer:
        return f"$.network.hidden[{int(layer[1]) - 1}].{message[layer.end() :]}"
    for name, place in _BY_WORD.items():
        if message.startswith(f"$.{name}: "):
            return f"$.{place}{message[len(name) + 2 :]}"
    return "$.network" + message[1:] if message.startswith(tuple(f"$.{name}" for name in NETWORK)) else message


def _curves(raw: object) -> Curve | None:
    if raw is None:
        return None
    read = convert(raw, _Curves, "$.curves")
    n = len(read.iterations)
    check_curves(read.stride, read.iterations)
    table = np.full((n, 1 + len(COLUMNS)), math.nan)
    table[:, 0] = read.iterations
    for name, column in read.columns.items():
        place = f"$.curves.columns.{name}"
        if name not in COLUMNS:
            known = ", ".join(COLUMNS)
            raise DocumentError(f"$.curves.columns: unknown name {got(name)}; expected one of {known}")
        if len(column) != n:
            raise DocumentError(f"{place}: expected {n:,} values, one per iteration, got {len(column):,}")
        table[:, 1 + COLUMNS.index(name)] = [math.nan if value is None else value for value in column]
    stride = read.stride
    while len(table) > CAPACITY:  # written by a program that kept more
        stride *= 2
        table = table[table[:, 0] % stride == 0]
    return Curve(stride, table)
