"""A first guess at what to learn from a table, and why each column is used as it is: the answer never leaks in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from datasets.checks import printable, require
from datasets.imports.columns import DATES, TableColumn, flagged
from datasets.messages import message

_MOST_SUGGESTED_WORDS = 20
_SURE = (
    r"(?:.*[_ .-])?(?:targets?|labels?|outcome|survived|diagnosis)",
    r"(?:.*[_ .-])?(?:class(?:es)?|classe|klasse|species|digit|category|cluster)",
)
_LIKELY = re.compile(
    r"y|values?|outputs?|result|response|.*price|median_house_value|quality|income|churn", re.IGNORECASE
)
_NUMBERING = re.compile(
    r"(?:.*[_ .-])?(?:id|ids|index|idx|row|rows|row ?names?|rownames|no|nr|key|uuid|guid)"
    r"|unnamed: ?\d+|#|(?-i:.*[a-z](?:Id|ID))|passengerid",
    re.IGNORECASE,
)
_OUTPUT = re.compile(r"output_\d+")
_PREDICTED = re.compile(
    r"(?:.*[_ .-])?(?:pred|predicted|predictions?|y_hat|yhat|ŷ|probability|proba)(?:[_ .-].*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Columns to learn from, the column to learn, and a reason for every column that is left out."""

    features: tuple[int, ...]
    target: int
    is_classes: bool
    reasons: dict[int, str]


def suggest(
    columns: Sequence[TableColumn],
    table: Sequence[Sequence[str]],
    roles: Sequence[str] = (),
    *,
    has_header: bool = True,
    row_names: bool = False,
) -> Suggestion:
    """Return a first guess for `columns`, of which `table` holds the first rows; `roles` are what the file says."""
    usable = [i for i, column in enumerate(columns) if column.kind != "empty"]
    require(bool(usable), "table: every column is empty; choose another file")
    reasons = {i: message("empty") for i, column in enumerate(columns) if column.kind == "empty"}
    reasons |= {i: message("left out by the header of the file") for i, role in enumerate(roles) if role == "left_out"}
    if row_names:
        reasons[0] = message("names of the rows")
    real = [i for i in usable if not columns[i].members]
    exported = [i for i in real if _OUTPUT.fullmatch(columns[i].name)]
    for i in real:
        if i not in reasons:
            reason = _numbering(columns, i, has_header)
            if i in exported:
                reason = message("output of a network, not known for new examples")
            elif exported and columns[i].name == "set" and set(columns[i].values) <= {"train", "test"}:
                reason = message("which set a point was in")
            elif _PREDICTED.fullmatch(columns[i].name):
                reason = message("a prediction, not known for new examples")
            if reason:
                reasons[i] = reason
    told = [i for i, role in enumerate(roles) if role == "target"]
    free = [i for i in usable if i not in reasons] or real
    if exported and exported[0] - 1 in free:
        told = [exported[0] - 1]
    target = told[0] if told else _target(columns, free, has_header)
    reasons.pop(target, None)
    members = columns[target].members
    reasons |= {i: message("part of the target") for i in members}
    reasons |= _telling(columns, table, target, [i for i in free if i != target and i not in members])
    for i in free:
        if i != target and i not in reasons and columns[i].members:
            reasons[i] = message("offered as a target: its columns are inputs now")
    is_classes = columns[target].kind != "number" or columns[target].could_be_classes
    features = [i for i in free if i != target and i not in reasons and columns[i].could_be_input]
    features = _sensible(columns, features, reasons)
    for i in free:
        if i != target and i not in features and i not in reasons:
            reasons[i] = message("text with more than {n} different words", n=_MOST_SUGGESTED_WORDS)
    return Suggestion(tuple(features), target, is_classes, reasons)


def _numbering(columns: Sequence[TableColumn], i: int, has_header: bool) -> str:
    """Return why column `i` only numbers or names the rows; empty when it does not."""
    column = columns[i]
    name = column.name.strip()
    unnamed = name == f"column {i + 1}"
    if column.counts and i == 0 and len(columns) > 1 and (unnamed and (has_header or len(columns) > 3)):
        return message("row numbers")
    if not column.all_differ or column.cells < 2 or column.kind == "boolean" or unnamed:
        return ""
    if name == "X" and column.counts and i == 0 and len(columns) > 2:  # as R calls a column without a name
        return message("row numbers")
    if column.counts and i == 0 and name.casefold().endswith("id"):
        return message("row numbers")
    if _NUMBERING.fullmatch(name) and (column.kind == "text" or (column.form == "" and _are_whole(column))):
        return message("row numbers") if column.counts else message("an identifier: another one in each row")
    return ""


def _are_whole(column: TableColumn) -> bool:
    return all(re.fullmatch(r"[+-]?\d+(?:\.0*)?", value) for value in column.values[:50])


def _target(columns: Sequence[TableColumn], free: Sequence[int], has_header: bool) -> int:
    """Return the column that is most likely to be learned."""
    real = [i for i in free if not columns[i].members]
    plain = [i for i in real if columns[i].form in ("", "percent", "money")
             and (columns[i].kind == "number" or columns[i].could_be_classes)] or real  # fmt: skip
    last = plain[-1]
    classes = [i for i in plain if columns[i].could_be_classes]
    words = [i for i in classes if columns[i].kind in ("text", "boolean")]
    groups = [i for i in free if columns[i].members and columns[i].members[-1] == last]
    names = [columns[i].name.strip() for i in plain]
    for pattern in _SURE if has_header else ():
        sure = [i for i, name in zip(plain, names, strict=True) if re.fullmatch(pattern, name, re.IGNORECASE)]
        if sure:
            return sure[-1]
    likely = [i for i, name in zip(plain, names, strict=True) if has_header and _LIKELY.fullmatch(name)]
    is_plane = {"x", "y"} <= {name.casefold() for name in names}
    if is_plane:  # there y is a coordinate, unless nothing else is left to learn
        likely = [i for i in likely if columns[i].name.casefold() != "y" or (i == last and not words)]
    if groups:
        return groups[-1]
    if likely and (not words or likely[-1] == last):
        return likely[-1]
    if last in words or (len(words) > 1 and last in classes):
        return last
    if words and words[0] == plain[0] and (not has_header or (len(words) == 1 and last not in classes)):
        return words[0]
    if words and is_plane:
        return words[-1]
    if not has_header and plain[0] in classes and last not in classes:
        return plain[0]
    return last


def _telling(
    columns: Sequence[TableColumn], table: Sequence[Sequence[str]], target: int, others: Sequence[int]
) -> dict[int, str]:
    """Return the columns that say the same as a target of classes: one value for each class, and one class for each."""
    column = columns[target]
    if not column.could_be_classes and not column.members:
        return {}
    found = {}
    pairs = {}
    for i in others:
        if columns[i].members:
            pairs[i] = [(flagged(columns[i], row), _class_of(columns[target], row, target)) for row in table]
        elif len(columns[i].values) == len(column.values):
            pairs[i] = [(row[i].strip(), _class_of(column, row, target)) for row in table
                        if i < len(row) and row[i].strip()]  # fmt: skip
    for i, seen in pairs.items():
        known = {(value, label) for value, label in seen if value and label}
        same = len(known) == len({value for value, _ in known}) == len({label for _, label in known}) >= 2
        if not same or len(seen) <= len(known):
            continue
        other_kind = (columns[i].kind == "number") != (column.kind == "number")
        if len(known) > 2 or columns[i].members or (other_kind and len(seen) >= 20) or _related(columns[i], column):
            reason = message('says the same as "{name}"', name=column.name)
            found[i] = reason
            found |= dict.fromkeys(columns[i].members, reason)
    return found


def _class_of(column: TableColumn, row: Sequence[str], place: int) -> str:
    if column.members:
        return flagged(column, row)
    return row[place].strip() if place < len(row) else ""


def _related(one: TableColumn, other: TableColumn) -> bool:
    first, second = one.name.casefold(), other.name.casefold()
    return min(len(first), len(second)) > 2 and (first.startswith(second) or second.startswith(first))


def _sensible(columns: Sequence[TableColumn], features: list[int], reasons: dict[int, str]) -> list[int]:
    """Return the `features` without those that teach little, unless nothing is left; say why."""
    kept, weak = [], {}
    for i in features:
        column = columns[i]
        if column.missing > column.cells:
            weak[i] = message("more than half of its cells are missing")
        elif column.form in DATES:
            weak[i] = message("dates; tick it to learn from the days since 1970-01-01")
        elif column.kind == "text" and (len(column.values) > _MOST_SUGGESTED_WORDS or column.all_differ):
            weak[i] = message("text with {n} different words", n=len(column.values))
        elif column.kind == "text" and len(column.values) < 2:
            weak[i] = message("the same word in every row")
        else:
            kept.append(i)
    if not kept:
        kept = [i for i in weak if columns[i].kind != "text"]
    reasons |= {i: reason for i, reason in weak.items() if i not in kept}
    return kept


def no_input(columns: Sequence[TableColumn], found: Suggestion) -> tuple[str, ...]:
    """Return why no column is an input, with the cure; nothing when one is."""
    if found.features:
        return ()
    why = [f"{columns[i].name} ({reason})" for i, reason in sorted(found.reasons.items()) if not columns[i].members]
    template = "No column is an input yet: {why}. Tick one, or choose another target."
    return (message(template, why=printable(", ".join(why), 200) or columns[found.target].name),)
