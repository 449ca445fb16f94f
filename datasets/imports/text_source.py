"""Rows out of a text: delimited, or with the header of ARFF, Orange or LIBSVM."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from datasets.checks import require
from datasets.imports.dialect import SAMPLE_ROWS, Dialect, Row, comment_lines, detect, first_rows, rows, sample_of
from datasets.imports.encoding import TableText
from datasets.imports.source import Source
from datasets.imports.table_format import TableFormat
from datasets.messages import message

# Each comment ends with its line: a row of % signs must not be divided into comments in every possible way.
_IS_ARFF = re.compile(r"\s*(?:%[^\r\n]*[\r\n]\s*)*@relation\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""@attribute\s+('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\S+)\s+(.+)""", re.IGNORECASE)
_ARFF_KINDS = {"real": "number", "numeric": "number", "integer": "number", "relational": "relational"}
_PAIRS = re.compile(r"[^\s:#]+(?:\s+(?:qid:\d+|\d+:\S+))+\s*(?:#.*)?")
_PAIR = re.compile(r"(\d+):(\S+)")
_ORANGE_KINDS = {
    "c": "number", "continuous": "number", "d": "text", "discrete": "text", "s": "text", "string": "text",
    "t": "", "time": "", "": "",
}  # fmt: skip
_ORANGE_ROLES = {"class": "target", "c": "target", "meta": "left_out", "m": "left_out", "i": "left_out",
                 "ignore": "left_out", "": ""}  # fmt: skip
_ORANGE_NAME = re.compile(r"([cmi]?)([CDST]?)#(.+)")
_MOST_NAMES = 10_000


def text_source(found: TableText, wanted: TableFormat) -> Source:
    """Return the rows of a text, and what its header says of the columns."""
    notes = (found.note,) if found.note else ()
    if _IS_ARFF.match(found.text):
        return replace(_arff(found), notes=notes)
    if _is_pairs(found.text):
        return replace(_pairs(found), notes=notes)
    dialect = detect(found.text, wanted)
    source = Source(
        lambda: rows(found.text, dialect),
        len(found.text),
        TableFormat(found.encoding, dialect.delimiter, dialect.quote),
        first=dialect.first,
        comments=tuple(comment_lines(found.text, dialect)),
        notes=notes,
        sample=lambda: rows(sample_of(found.text), dialect),
    )
    return _orange(source, first_rows(found.text, dialect, SAMPLE_ROWS))


# ---- ARFF ----------------------------------------------------------------------------------------


def _arff(found: TableText) -> Source:
    """Return the rows after ``@data``, with the names and kinds of the ``@attribute`` lines."""
    start, line_count = 0, 0
    names: list[str] = []
    kinds: list[str] = []
    for line in found.text.splitlines(keepends=True):
        start, line_count = start + len(line), line_count + 1
        plain = line.strip()
        if plain.lower().startswith("@data"):
            break
        attribute = _ATTRIBUTE.match(plain)
        if attribute:
            name, kind = attribute.groups()
            names.append(name[1:-1] if name[0] in "'\"" else name)
            kinds.append(_ARFF_KINDS.get(kind.split()[0].lower(), "text"))
            require(len(names) <= _MOST_NAMES, "ARFF: more than {most:,} attributes; leave some out", most=_MOST_NAMES)
    require(bool(names), "ARFF: it has no @attribute; choose a table with a row per example")
    require("relational" not in kinds, "ARFF: its rows hold tables (relational attributes); save it as CSV")
    body = found.text[start:]
    sample = [line for line in sample_of(body).splitlines() if line.strip() and not line.startswith("%")]
    require(
        not (sample and sample[0].lstrip().startswith("{")),
        "ARFF: its rows are sparse ({{index value, …}}); save it with all values, or as CSV",
    )
    quote = "'" if sum(line.count("'") for line in sample) >= sum(line.count('"') for line in sample) else '"'
    delimiter = "\t" if sample and "," not in sample[0] and "\t" in sample[0] else ","
    dialect = Dialect(delimiter, quote, "\\", "%")

    def numbered() -> Iterator[Row]:
        return ((number + line_count, cells) for number, cells in rows(body, dialect))

    form = TableFormat(found.encoding, delimiter, quote, ".", "")
    return Source(
        numbered, len(body), form, "ARFF", tuple(names), tuple(kinds), sample=lambda: rows(sample_of(body), dialect)
    )


# ---- LIBSVM --------------------------------------------------------------------------------------


def _is_pairs(text: str) -> bool:
    lines = [line.strip() for line in sample_of(text).splitlines()[:SAMPLE_ROWS]]
    lines = [line for line in lines if line and not line.startswith("#")]
    return len(lines) > 1 and sum(_PAIRS.fullmatch(line) is not None for line in lines) > 0.9 * len(lines)


def _pairs(found: TableText) -> Source:
    """Return ``label index:value …`` as full rows: x₁, x₂, … and the label; what is not written is 0."""
    width = max((int(index) for index in re.findall(r"\s(\d+):", found.text)), default=1)
    require(width <= _MOST_NAMES, "LIBSVM: index {n:,} is more than {most:,}; leave columns out", n=width,
            most=_MOST_NAMES)  # fmt: skip
    zero = int(re.search(r"\s0:", found.text) is not None)

    def full() -> Iterator[Row]:
        for number, line in enumerate(found.text.splitlines(), 1):
            plain = line.partition("#")[0].strip()
            if not plain:
                yield number, []
                continue
            cells = ["0"] * (width + zero) + [plain.split()[0].removeprefix("+")]
            for index, value in _PAIR.findall(plain):
                cells[int(index) - 1 + zero] = value
            yield number, cells

    names = (*(f"x{i + 1 - zero}" for i in range(width + zero)), "label")
    form = TableFormat(found.encoding, " ", "", ".", "")
    return Source(full, max(len(found.text), 2 * len(names)), form, "LIBSVM", names)


# ---- Orange --------------------------------------------------------------------------------------


def _orange(source: Source, lines: list[Row]) -> Source:
    """Return `source` with what the header of an Orange table says: three rows, or signs before the names."""
    source, head = replace(source, header_line=lines[0][0] if lines else 0), [row for _, row in lines]
    if len(head) > 3 and len(head[0]) == len(head[1]):
        kinds = [cell.strip().lower() for cell in head[1]]
        flags = [cell.strip().lower() for cell in [*head[2], *[""] * len(head[0])][: len(head[0])]]
        kinds = ["d" if len(kind.split()) > 1 else kind for kind in kinds]  # the values of a discrete column
        known = all(kind in _ORANGE_KINDS for kind in kinds) and any(kinds)
        if known and all(flag in _ORANGE_ROLES for flag in flags):
            return _described(source, head[0], [_ORANGE_KINDS[k] for k in kinds], [_ORANGE_ROLES[f] for f in flags], 3)
    signs = [_ORANGE_NAME.fullmatch(cell) for cell in (head[0] if head else [])]
    if any(sign is not None and (sign[1] or sign[2]) for sign in signs):
        names = [sign[3] if sign else cell for sign, cell in zip(signs, head[0], strict=True)]
        kinds = [_ORANGE_KINDS[sign[2].lower()] if sign else "" for sign in signs]
        flags = [_ORANGE_ROLES[sign[1]] if sign else "" for sign in signs]
        return _described(source, names, kinds, flags, 1)
    return replace(source, header_line=0)


def _described(source: Source, names: list[str], kinds: list[str], roles: list[str], skip: int) -> Source:
    def body(all_rows: Callable[[], Iterator[Row]]) -> Iterator[Row]:
        left = skip
        for number, cells in all_rows():
            if left and any(map(str.strip, cells)):
                left -= 1
                continue
            yield number, [] if left else cells

    note = message("The header of Orange says what the columns are.")
    return replace(
        source, rows=lambda: body(source.rows), sample=None, label="Orange", names=tuple(names), kinds=tuple(kinds),
        roles=tuple(roles), notes=(*source.notes, note),
    )  # fmt: skip
