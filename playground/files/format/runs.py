"""Runs in a file: where training is, its curves, and the states from which its past is computed again."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from playground.document.document import Document
from playground.engine.state import RunState
from playground.files.error_messages import DocumentError, convert, got, one_line
from playground.files.format import number_arrays
from playground.files.format.checks import MAX_COUNT, MAX_MOMENTS, Needs, check_document, check_state, needs_of
from playground.files.format.documents import as_kept, moved, plain_document, read_settings
from playground.files.format.values import Plain
from playground.training.curve import COLUMNS, MOST_EDITS, Curve, DatedEdit
from playground.training.history import CAPACITY
from playground.training.run_memory import RunMemory
from playground.training.timeline import Mark

MAX_STATES = 128
MAX_KEPT_BYTES = 4 * 2**20
MAX_POINTS = 100_000
MAX_TEXT = 200
_PACK_FROM = 64


class Budget:
    """What a file may spend on runs other than the current moment of the first, for writing and for reading.

    It counts the bytes of parameters and optimizer memory, and the points of data that have to be made to read
    earlier settings; each setting counts once.
    """

    def __init__(self, document: Document) -> None:
        """Begin whole; the data of `document` are there anyway."""
        self.bytes, self.points = MAX_KEPT_BYTES, MAX_POINTS
        self._made = {document.data}

    def pay_state(self, state: RunState) -> bool:
        """Take what `state` needs, if that much is left; return whether it is."""
        if state.nbytes > self.bytes:
            return False
        self.bytes -= state.nbytes
        return True

    def pay_data(self, document: Document) -> bool:
        """Take what the data of `document` need, if that much is left; return whether it is."""
        if document.data in self._made:
            return True
        points = document.table.n_points if document.table is not None else document.data.points
        if points > self.points:
            return False
        self.points -= points
        self._made.add(document.data)
        return True


# ---- writing -----------------------------------------------------------------------------------


def plain_state(state: RunState, place: str, most_plain: int = number_arrays.MAX_PLAIN) -> Plain:
    """Return counts, parameters and slots; more than `most_plain` numbers are packed."""
    counts = {name: int(getattr(state, name)) for name in ("iteration", "epoch", "position", "updates")}
    return {
        **counts,
        "parameters": number_arrays.written(state.parameters, f"{place}.parameters", most_plain),
        "slots": [number_arrays.written(slot, f"{place}.slots[{i}]", most_plain) for i, slot in enumerate(state.slots)],
    }


def plain_curve(curve: Curve) -> Plain:
    """Return a curve by column; a number that there is not (no test points, no accuracy) is null."""
    columns = curve.table[:, 1:].T.tolist()
    return {
        "stride": curve.stride,
        "iterations": curve.table[:, 0].astype(np.int64).tolist(),
        "columns": {
            name: [value if math.isfinite(value) else None for value in column]
            for name, column in zip(COLUMNS, columns, strict=True)
        },
        "edits": [{"iteration": edit.iteration, "text": one_line(edit.text)[:MAX_TEXT]} for edit in curve.edits],
    }


def plain_past(marks: Sequence[Mark], document: Document, iteration: int, place: str, budget: Budget) -> Plain | None:
    """Return the last of `marks` that fit: without own points other than those of `document`, within `budget`.

    They belong to a run of `document` that stands at `iteration`.
    """
    documents: list[Document] = []
    kept: list[Plain] = []
    for mark in reversed(within_reach(marks[-MAX_STATES:], iteration, needs_of(document))):
        then = as_kept(mark.document, document)
        if then is None or not budget.pay_data(then) or not budget.pay_state(mark.state):
            break
        made = plain_state(mark.state, place, _PACK_FROM) | {"edited": mark.edited}
        if then != document:
            if then not in documents:
                documents.append(then)
            made["document"] = documents.index(then)
        kept.append(made)
    if not kept:
        return None
    settings = [plain_document(one, f"{place}.documents[{i}]", with_points=False) for i, one in enumerate(documents)]
    return {"documents": settings, "states": kept[::-1]}


def plain_memory(memory: RunMemory, place: str, budget: Budget) -> Plain:
    """Return run, past and curves of `memory`, the past as far as it fits into `budget`."""
    made: Plain = {"run": plain_state(memory.state, f"{place}.run", _PACK_FROM)}
    past = plain_past(memory.marks, memory.document, memory.state.iteration, f"{place}.past", budget)
    if past is not None:
        made["past"] = past
    if memory.curve is not None:
        made["curves"] = plain_curve(memory.curve)
    return made


# ---- reading -----------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class _Edit:
    iteration: int
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class _Curve:
    stride: int
    iterations: list[int]
    columns: dict[str, list[float | None]]
    edits: tuple[_Edit, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class _Past:
    documents: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    states: list[dict[str, Any]] = dataclasses.field(default_factory=list)


def read_state(raw: object, place: str, needs: Needs) -> RunState:
    """Return the state at `place`, which must be one of a run with `needs`."""
    state = convert(raw, RunState, place, number_arrays.read)
    check_state(state, needs, place)
    return state


def read_curve(raw: object, place: str) -> Curve:
    """Return the curve at `place`."""
    read = convert(raw, _Curve, place)
    n = len(read.iterations)
    _check_moments(read, place)
    table = np.full((n, 1 + len(COLUMNS)), math.nan)
    table[:, 0] = read.iterations
    for name, column in read.columns.items():
        if name not in COLUMNS:
            known = ", ".join(COLUMNS)
            raise DocumentError(
                "{place}.columns: unknown name {found}; expected one of {known}",
                place=place,
                found=got(name),
                known=known,
            )
        if len(column) != n:
            there = f"{place}.columns.{name}"
            raise DocumentError(
                "{there}: expected {n:,} values, one per iteration, got {count:,}", there=there, n=n, count=len(column)
            )
        table[:, 1 + COLUMNS.index(name)] = [math.nan if value is None else value for value in column]
    stride = read.stride
    while len(table) > CAPACITY:  # written by a program that kept more
        stride *= 2
        table = table[table[:, 0] % stride == 0]
    return Curve(stride, table, tuple(DatedEdit(edit.iteration, edit.text) for edit in read.edits[-MOST_EDITS:]))


def read_past(
    raw: object, place: str, owner: Document, iteration: int, needs: Needs, budget: Budget
) -> tuple[Mark, ...]:
    """Return the kept states at `place` of a run of `owner` at `iteration`, oldest first; all have its shape."""
    read = convert(raw, _Past, place)
    for name, most in (("documents", read.documents), ("states", read.states)):
        if len(most) > MAX_STATES:
            raise DocumentError(
                "{place}.{name}: expected at most {max_states}, got {count:,}",
                place=place,
                name=name,
                max_states=MAX_STATES,
                count=len(most),
            )
    known = [(owner, needs)]
    for index, values in enumerate(read.documents):
        there = f"{place}.documents[{index}]"
        known.append(read_earlier(values, there, owner, budget))
        if known[-1][1].shape != needs.shape:
            raise DocumentError(
                "{there}.network: expected the layers and features of the run that it belongs to", there=there
            )
    marks = [_read_mark(values, f"{place}.states[{i}]", known, budget) for i, values in enumerate(read.states)]
    for index, (before, after) in enumerate(pairwise(marks), 1):
        if after.iteration <= before.iteration:
            there = f"{place}.states[{index}].iteration"
            raise DocumentError(
                "{there}: expected more than {iteration:,}, got {after_iteration:,}",
                there=there,
                iteration=before.iteration,
                after_iteration=after.iteration,
            )
    if marks and marks[0].iteration > iteration:
        first, there = marks[0].iteration, f"{place}.states[0].iteration"
        raise DocumentError(
            "{there}: expected at most {iteration:,}, where the run is, got {first:,}",
            there=there,
            iteration=iteration,
            first=first,
        )
    return within_reach(marks, iteration, needs)


def read_earlier(values: object, place: str, owner: Document, budget: Budget) -> tuple[Document, Needs]:
    """Return earlier settings at `place`, whose own points are those of `owner`, and what a run of them needs."""
    document = read_settings(values, place, owner.data.table)
    if not budget.pay_data(document):
        raise DocumentError(
            "{place}.data.points: earlier settings need more than {max_points:,} points in all",
            place=place,
            max_points=MAX_POINTS,
        )
    try:
        check_document(document)
    except DocumentError as error:
        raise moved(error, place) from None
    return document, needs_of(document)


def read_memory(values: Plain, place: str, document: Document, needs: Needs, budget: Budget) -> RunMemory:
    """Return run, past and curves of `document` out of the object at `place`."""
    state = read_state(values.get("run"), f"{place}.run", needs)
    marks: tuple[Mark, ...] = ()
    if values.get("past") is not None:
        marks = read_past(values["past"], f"{place}.past", document, state.iteration, needs, budget)
    curve = read_curve(values["curves"], f"{place}.curves") if values.get("curves") is not None else None
    return RunMemory(document, state, marks, curve)


def within_reach(marks: Sequence[Mark], iteration: int, needs: Needs) -> tuple[Mark, ...]:
    """Return the last of `marks` of a run at `iteration`: none before a way that is too long to be computed again.

    None are left when what is left does not reach back to `iteration`.
    """
    kept: list[Mark] = []
    after = iteration
    for mark in reversed(marks):
        if after - mark.iteration > needs.longest_way:
            break
        kept.append(mark)
        after = mark.iteration
    return tuple(kept[::-1]) if kept and kept[-1].iteration <= iteration else ()


def _read_mark(values: Plain, place: str, known: Sequence[tuple[Document, Needs]], budget: Budget) -> Mark:
    index, edited = values.get("document"), values.get("edited", False)
    if index is not None and (isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < len(known) - 1):
        raise DocumentError(
            "{place}.document: expected the number of one of past.documents, got {found}", place=place, found=got(index)
        )
    if not isinstance(edited, bool):
        raise DocumentError("{place}.edited: expected true or false, got {found}", place=place, found=got(edited))
    document, needs = known[0 if index is None else index + 1]
    rest = {name: part for name, part in values.items() if name not in ("document", "edited")}
    state = read_state(rest, place, needs)
    if not budget.pay_state(state):
        raise DocumentError(
            "{place}: kept states need more than {max_kept_bytes} MiB in all",
            place=place,
            max_kept_bytes=MAX_KEPT_BYTES // 2**20,
        )
    return Mark(state, document, edited)


def _check_moments(read: _Curve, place: str) -> None:
    """Refuse curves that no run records."""
    stride, iterations = read.stride, read.iterations
    if not 1 <= stride <= MAX_COUNT or stride & (stride - 1):
        raise DocumentError("{place}.stride: expected a power of two, got {stride}", place=place, stride=stride)
    if len(iterations) > MAX_MOMENTS:
        raise DocumentError(
            "{place}.iterations: expected at most {max_moments:,}, got {count:,}",
            place=place,
            max_moments=MAX_MOMENTS,
            count=len(iterations),
        )
    last = -1
    for index, iteration in enumerate(iterations):
        if not last < iteration <= MAX_COUNT:
            raise DocumentError(
                "{place}.iterations[{index}]: expected an integer from {least:,} to {most:,}, got {iteration:,}",
                place=place,
                index=index,
                least=last + 1,
                most=MAX_COUNT,
                iteration=iteration,
            )
        last = iteration
    for index, edit in enumerate(read.edits):
        there = f"{place}.edits[{index}]"
        if not 0 <= edit.iteration <= MAX_COUNT:
            raise DocumentError(
                "{there}.iteration: expected an integer from 0 to {max_count:,}, got {iteration}",
                there=there,
                max_count=MAX_COUNT,
                iteration=edit.iteration,
            )
        if len(edit.text) > MAX_TEXT or not edit.text.isprintable():
            raise DocumentError(
                "{there}.text: expected at most {max_text} printable characters, got {found}",
                there=there,
                max_text=MAX_TEXT,
                found=got(edit.text),
            )
