"""The branches and the second run of a comparison, in a file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from playground.document.differences import DIFFERENCES, SAVED, with_document
from playground.document.document import Document
from playground.files.error_messages import DocumentError, convert, got, one_line
from playground.files.format.checks import Needs, check_document, needs_of
from playground.files.format.documents import as_kept, moved, plain_document, read_document
from playground.files.format.runs import (
    MAX_KEPT_BYTES,
    MAX_POINTS,
    Budget,
    plain_curve,
    plain_memory,
    read_curve,
    read_earlier,
    read_memory,
)
from playground.files.format.values import Plain
from playground.files.saved import SavedComparison
from playground.training.branch import MOST_BRANCHES, Branch
from playground.training.curve import Curve

MAX_READ = 64
MAX_NAME = 200


def plain_branches(branches: tuple[Branch, ...], document: Document, budget: Budget) -> list[Plain]:
    """Return every branch, with its earlier states while they fit into `budget`, the newest first."""
    made = [_plain_branch(one, document, f"$.branches[{i}]", budget) for i, one in reversed(list(enumerate(branches)))]
    return made[::-1]


def read_branches(raw: object, document: Document, needs: Needs, budget: Budget) -> tuple[Branch, ...]:
    """Return the branches of a run of `document`."""
    read = convert(raw, tuple[_Branch, ...], "$.branches")
    if len(read) > MAX_READ:
        raise DocumentError("$.branches: expected at most {max_read}, got {count}", max_read=MAX_READ, count=len(read))
    first = max(0, len(read) - MOST_BRANCHES)
    made = [
        _read_branch(read[i], f"$.branches[{i}]", document, needs, budget) for i in reversed(range(first, len(read)))
    ]
    return tuple(made[::-1])


def plain_comparison(saved: SavedComparison, budget: Budget) -> Plain | None:
    """Return what differs and the second run; None when its data are more than `budget` has."""
    if not budget.pay_data(saved.memory.document):
        return None
    memory = plain_memory(saved.memory, "$.comparison", budget)
    made: Plain = {"difference": saved.difference.key}
    if saved.difference.key == SAVED:
        made["name"] = one_line(saved.difference.label)[:MAX_NAME]
        made["document"] = plain_document(saved.memory.document, "$.comparison.document")
    return made | memory


def read_comparison(raw: object, document: Document, budget: Budget) -> SavedComparison:
    """Return the second run beside one of `document`."""
    place = "$.comparison"
    read = convert(raw, _Comparison, place)
    if read.difference == SAVED:
        if len(read.name) > MAX_NAME or not read.name.isprintable():
            raise DocumentError(
                "{place}.name: expected at most {max_name} printable characters, got {found}",
                place=place,
                max_name=MAX_NAME,
                found=got(read.name),
            )
        if read.document is None:
            raise DocumentError("{place}.document: missing; add the saved document that is compared with", place=place)
        difference = with_document(_read_second(read.document, f"{place}.document", budget), read.name)
    elif read.difference in DIFFERENCES:
        difference = DIFFERENCES[read.difference]
    else:
        known = ", ".join((*DIFFERENCES, SAVED))
        raise DocumentError(
            "{place}.difference: expected one of {known}, got {found}",
            place=place,
            known=known,
            found=got(read.difference),
        )
    try:
        second = difference.change(document)
        check_document(second)
    except ValueError as error:
        raise DocumentError("{place}.difference: {error}", place=place, error=error) from None
    memory = read_memory(_group(read), place, second, needs_of(second), budget)
    return SavedComparison(difference, memory)


@dataclass(frozen=True, slots=True)
class _Branch:
    iteration: int
    is_apart: bool = False
    curves: dict[str, Any] = field(default_factory=dict)
    document: dict[str, Any] | None = None
    run: dict[str, Any] | None = None
    past: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class _Comparison:
    difference: str
    name: str = ""
    document: dict[str, Any] | None = None
    run: dict[str, Any] | None = None
    past: dict[str, Any] | None = None
    curves: dict[str, Any] | None = None


def _plain_branch(branch: Branch, document: Document, place: str, budget: Budget) -> Plain:
    made: Plain = {"iteration": branch.iteration, "is_apart": branch.has_split}
    end = branch.end
    then = as_kept(end.document, document) if end else None
    if end is None or then is None or not budget.pay_data(then) or not budget.pay_state(end.state):
        return made | {"curves": plain_curve(Curve(1, branch.table))}
    if then != document:
        made["document"] = plain_document(then, f"{place}.document", with_points=False)
    return made | plain_memory(replace(end, document=then), place, budget)


def _read_branch(read: _Branch, place: str, document: Document, needs: Needs, budget: Budget) -> Branch:
    curve = read_curve(read.curves, f"{place}.curves")
    found = np.flatnonzero(curve.table[:, 0] == read.iteration)
    if not len(found) or found[0] == len(curve.table) - 1:
        there = f"{place}.iteration"
        raise DocumentError(
            "{there}: expected an iteration of its curves before the last, got {found}",
            there=there,
            found=got(read.iteration),
        )
    table = curve.table[found[0] :]
    if read.run is None:
        return Branch(table, read.is_apart)
    if read.document is not None:
        document, needs = read_earlier(read.document, f"{place}.document", document, budget)
    end = read_memory(_group(read), place, document, needs, budget)
    if not budget.pay_state(end.state):
        raise DocumentError(
            "{place}.run: kept states need more than {max_kept_bytes} MiB in all",
            place=place,
            max_kept_bytes=MAX_KEPT_BYTES // 2**20,
        )
    return Branch(table, read.is_apart, end)


def _read_second(values: Plain, place: str, budget: Budget) -> Document:
    try:
        # Points are counted before any are made.
        return read_document(values, before_checks=lambda document: _pay(document, budget))
    except DocumentError as error:
        raise moved(error, place) from None


def _pay(document: Document, budget: Budget) -> None:
    if not budget.pay_data(document):
        raise DocumentError(
            "$.data.points: expected at most {max_points:,} for the second run and earlier settings together",
            max_points=MAX_POINTS,
        )


def _group(read: _Branch | _Comparison) -> Plain:
    return {name: getattr(read, name) for name in ("run", "past", "curves")}
