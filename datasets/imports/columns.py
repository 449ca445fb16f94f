"""The columns of a table, as its first rows describe them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from datasets.checks import printable, unmarked
from datasets.dataset import MAX_CLASSES
from datasets.imports.number_cells import (
    NumberFormat,
    is_money,
    is_negative,
    is_percent,
    read_date,
    read_day_first,
    read_month_first,
    read_time,
)
from datasets.imports.table_format import WORDS
from datasets.messages import message

Kind = Literal["number", "text", "boolean", "empty"]
Form = Literal["", "percent", "money", "negative", "date", "month first", "day first", "time"]

KIND_ROWS = 1_000
DATES = ("date", "month first", "day first")
_SPREAD = 10.0  # classes are numbered closely; 0, 39 and 255 are shades
MOST_WORDS = 100
"""How many different words a column of text may have as an input."""
_READERS: dict[Form, Callable[[str], float]] = {
    "date": read_date,
    "month first": read_month_first,
    "day first": read_day_first,
    "time": read_time,
}
_TRUTH = {"true": 1.0, "false": 0.0}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column.

    Attributes
    ----------
    name : str
    kind : str
    values : tuple of str
        Different cells of the first rows, at most one more than a text input may have.
    form : str
        How its numbers are written, where that is not plain.
    cells, missing : int
        How many of the first rows have a cell here, and how many have none.
    span : float
        The largest of its numbers less the smallest.
    counts : bool
        Whether its numbers count the rows from 0 or 1 on: each is one more than the one before.
    members : tuple of int
        The columns of 0 and 1 that this one stands for; empty for a column of the file.
    """

    name: str
    kind: Kind
    values: tuple[str, ...] = ()
    form: Form = ""
    cells: int = 0
    missing: int = 0
    span: float = 0.0
    counts: bool = False
    members: tuple[int, ...] = ()

    @property
    def could_be_classes(self) -> bool:
        """Whether the first rows hold two to ten different values, whole numbers or words of which some repeat."""
        if not 2 <= len(self.values) <= MAX_CLASSES or self.form:
            return False
        if self.kind == "number":
            whole = all(_is_whole(value) for value in self.values)
            return whole and self.span <= _SPREAD * len(self.values) and (self.cells < 4 or not self.all_differ)
        return not self.all_differ or self.cells < 4

    @property
    def all_differ(self) -> bool:
        """Whether every cell is another one, as far as can be seen."""
        return len(self.values) == self.cells or len(self.values) > MOST_WORDS

    @property
    def could_be_input(self) -> bool:
        """Whether it can be learned from: numbers, true or false, or not too many words."""
        few = self.kind != "text" or len(self.values) <= MOST_WORDS
        return few and self.kind != "empty" and not self.members

    @property
    def way(self) -> str:
        """Say in a word how its cells become numbers, where that is not plain."""
        if self.form or self.kind == "boolean":
            return message("0 and 1") if self.kind == "boolean" else self.form
        return message("one-hot") if self.kind == "text" and self.could_be_input else ""

    def note(self, columns: Sequence[TableColumn]) -> str:
        """Say which of `columns` this one stands for."""
        names = printable(", ".join(columns[i].name for i in self.members), 80)
        return message('"{name}" stands for the one-hot columns {names}.', name=self.name, names=names)

    @property
    def meaning(self) -> str:
        """Say how its cells become numbers, where that is not plain."""
        if self.form:
            return {
                "percent": message("per cent, divided by 100"),
                "money": message("without its currency sign"),
                "negative": message("numbers in brackets or with a minus sign behind are below 0"),
                "date": message("dates, as days from 1970-01-01"),
                "month first": message("dates with the month first, as days from 1970-01-01"),
                "day first": message("dates with the day first, as days from 1970-01-01"),
                "time": message("times, as hours"),
            }[self.form]
        if self.kind == "boolean":
            return message("true is 1, false is 0")
        if self.kind == "text" and self.could_be_input:
            return message("one input for each of {n} words, 1 where it stands (one-hot)", n=len(self.values))
        return ""


def reader(column: TableColumn, numbers: NumberFormat) -> Callable[[str], float]:
    """Return what reads the cells of `column` as numbers; it raises ``ValueError`` for others."""
    if column.kind == "boolean":
        return read_truth
    return _READERS.get(column.form, numbers.read)


def read_truth(cell: str) -> float:
    """Return 1 for true and 0 for false."""
    value = _TRUTH.get(cell.strip().casefold())
    if value is None:
        raise ValueError(message("expected true or false, got {cell!r}", cell=cell))
    return value


def is_missing(cell: str, kind: Kind, missing: Sequence[str], chosen: bool = False) -> bool:
    """Return whether a stripped `cell` says that nothing is known; beside other words some of these are words."""
    plain = cell.casefold()
    return plain in missing and (chosen or kind != "text" or plain not in WORDS)


def describe(
    names: Sequence[str],
    table: Sequence[Sequence[str]],
    numbers: NumberFormat,
    missing: Sequence[str],
    kinds: Sequence[str] = (),
    chosen: bool = False,
) -> tuple[TableColumn, ...]:
    """Return the columns of the first rows of a `table`, all cells as text; `kinds` are those that the file says."""
    head = table[:KIND_ROWS]
    made = []
    for i, name in enumerate(names):
        cells = [row[i].strip() if i < len(row) else "" for row in head]
        made.append(_described(name, cells, numbers, missing, kinds[i] if i < len(kinds) else "", chosen))
    return tuple(made)


def _described(
    name: str, cells: list[str], numbers: NumberFormat, missing: Sequence[str], said: str, chosen: bool
) -> TableColumn:
    there = [cell for cell in cells if not is_missing(cell, "number", missing)]
    if not there:
        there = [cell for cell in cells if not is_missing(cell, "text", missing, chosen)]
    if not there:
        return TableColumn(name, "empty", missing=len(cells))
    kind, form = _kind(there, numbers, said)
    if kind == "text":
        there = [cell for cell in cells if not is_missing(cell, "text", missing, chosen)]
        kept = there
    else:
        # One bad cell among many numbers is a mistake to be named, not a column of text.
        read = reader(TableColumn(name, kind, form=form), numbers)
        kept = [cell for cell in there if _reads(read, cell)]
    values = tuple(dict.fromkeys(kept))[: MOST_WORDS + 1]
    plain = [numbers.read(cell) for cell in kept] if kind == "number" and not form else []
    counts, span = len(plain) > 2 and _counts(plain), max(plain, default=0.0) - min(plain, default=0.0)
    return TableColumn(name, kind, values, form, len(kept), len(cells) - len(there), span, counts)


def _kind(cells: list[str], numbers: NumberFormat, said: str) -> tuple[Kind, Form]:
    if said == "text":
        return "text", ""
    if 2 * sum(cell.casefold() in _TRUTH for cell in cells) >= len(cells):
        return "boolean", ""
    numeric = [cell for cell in cells if numbers.is_number(cell)]
    if 2 * len(numeric) >= len(cells) or said == "number":
        most = max(1, len(numeric) // 2)
        percent, money = sum(map(is_percent, numeric)), sum(map(is_money, numeric))
        if percent >= most:
            return "number", "percent"
        behind = "negative" if any(map(is_negative, numeric)) else ""
        return "number", "money" if money >= most and not behind else behind  # type: ignore[return-value]
    times = Counter(cells)  # words come again and again
    fits = {form: sum(n for cell, n in times.items() if _reads(read, cell)) for form, read in _READERS.items()}
    best = max(fits, key=lambda form: fits[form])
    # 3/4/2026 can be April and March: only a day above 12 tells.
    if 2 * fits[best] < len(cells) or fits["month first"] == fits["day first"] == fits[best]:
        return "text", ""
    return "number", best


def _reads(read: Callable[[str], float], cell: str) -> bool:
    try:
        read(cell)
    except ValueError:
        return False
    return True


def _is_whole(cell: str) -> bool:
    """Return whether a number is written without a fraction: ``3``, ``-1``, ``2.0``, ``1.0e+00``."""
    whole, _, fraction = cell.lstrip("+-−").replace(",", ".").partition(".")
    return (whole or "0").isdigit() and not fraction.partition("e")[0].strip("0") and fraction[-1:] in ("", "0")


def _counts(numbers: list[float]) -> bool:
    return numbers[0] in (0.0, 1.0) and all(after - before == 1.0 for before, after in pairwise(numbers))


def one_hot_columns(columns: Sequence[TableColumn], table: Sequence[Sequence[str]]) -> tuple[TableColumn, ...]:
    """Return one column of words for each run of columns of which every row has exactly one 1 beside zeros."""
    flags = [column.kind == "number" and not column.form and set(column.values) <= {"0", "1", "0.0", "1.0"}
             and not column.missing and len(column.values) == 2 for column in columns]  # fmt: skip
    made = []
    start = 0
    while start < len(columns):
        if not flags[start]:
            start += 1
            continue
        end = start
        while end < len(columns) and flags[end]:
            end += 1
        run = _one_hot_run(columns, table, start, end)
        if run:
            made.append(_together(columns, run))
        start = end
    return tuple(made)


def _one_hot_run(columns: Sequence[TableColumn], table: Sequence[Sequence[str]], start: int, end: int) -> range | None:
    """Return the longest run within start … end whose rows sum to 1 and hold a 1 in each column."""
    rows = [[cell.strip().startswith("1") for cell in row[start:end]] for row in table if len(row) >= len(columns)]
    for width in range(min(end - start, MAX_CLASSES), 1, -1):
        for first in range(end - start - width, -1, -1):
            part = [row[first : first + width] for row in rows]
            if width == 2 and not _prefix([columns[start + first].name, columns[start + first + 1].name]):
                continue  # of two columns one is often 1 − the other by chance
            if len(part) > width and all(sum(row) == 1 for row in part):
                return range(start + first, start + first + width)
    return None


def _together(columns: Sequence[TableColumn], run: range) -> TableColumn:
    names = [columns[i].name for i in run]
    prefix = _prefix(names)
    values = tuple(name[len(prefix) :] or name for name in names)
    name = prefix.rstrip("_ .=-") or "class"
    return TableColumn(name, "text", values, cells=columns[run[0]].cells, members=tuple(run))


def _prefix(names: Sequence[str]) -> str:
    """Return what all `names` begin with, up to a sign between words or before a number."""
    first, last = min(names), max(names)
    same = 0
    while same < min(len(first), len(last)) and first[same] == last[same]:
        same += 1
    prefix = first[:same]
    if all(name[same:].isdigit() for name in names):
        return prefix
    cut = max(prefix.rfind(sign) for sign in "_ .=-") + 1
    return prefix[:cut]


def unique_names(names: Sequence[str], taken: Sequence[str] = ()) -> tuple[str, ...]:
    """Return `names` with empty ones numbered and repeated ones distinguished: ``x, x (2), column 3``."""
    made: dict[str, None] = dict.fromkeys(taken)
    # The number to try next: without it, a thousand equal names need a thousand searches each.
    following: dict[str, int] = {}
    for i, name in enumerate(names):
        base = printable(unmarked(name.strip()), 60) or f"column {i + 1}"
        unique, k = base, following.get(base, 2)
        while unique in made:
            unique, k = f"{base} ({k})", k + 1
        following[base] = k
        made[unique] = None
    return tuple(made)[len(taken) :]


def named(column: TableColumn, taken: Sequence[str]) -> TableColumn:
    """Return `column` with a name that is not `taken`."""
    return replace(column, name=unique_names([column.name], taken)[0])


def flagged(column: TableColumn, row: Sequence[str]) -> str:
    """Return the word of the one member of `column` that is 1 in `row`; empty when it is not one."""
    found = [
        word
        for i, word in zip(column.members, column.values, strict=True)
        if i < len(row) and row[i].strip() in ("1", "1.0")
    ]
    others = all(row[i].strip() in ("0", "0.0", "1", "1.0") for i in column.members if i < len(row))
    return found[0] if len(found) == 1 and others else ""
