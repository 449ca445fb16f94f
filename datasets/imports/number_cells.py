"""Numbers, dates and times in the cells of a table: which signs they are written with, and what they are worth."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from datasets.messages import message

SPACES = " \u00a0\u2009\u202f"
_MARKS = {",": ",", ".": r"\.", " ": f"[{SPACES}]", "'": "['’]"}
_MONEY_SIGN = r"(?:[$€£¥]|USD|EUR|GBP|CHF)"
_BLANKS = r"\s{0,9}"  # a long row of blanks would be tried from each of them to each other
_MONEY = re.compile(rf"([+-]?){_BLANKS}{_MONEY_SIGN}{_BLANKS}(?=[\d.,])|(?<=[\d.,]){_BLANKS}{_MONEY_SIGN}$")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?|\d{4}/\d{1,2}/\d{1,2}")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_TIME = re.compile(r"(-?)(\d{1,7}):([0-5]\d)(?::([0-5]\d(?:\.\d+)?))?")
_LONGEST = 1_000
"""Letters of a number; patterns that look for one in a cell as long as a novel take their time."""
_EPOCH = datetime(1970, 1, 1)
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """The decimal sign, ``"."`` or ``","``, and the sign between thousands: ``","``, ``"."``, ``" "``, ``"'"`` or none.

    A number may have a currency sign, a ``%`` sign (÷ 100), a true minus sign, Fortran's D in its exponent,
    and stand in brackets or before a minus sign where it is below 0.
    """

    decimal: str = "."
    thousands: str = ""

    def read(self, cell: str) -> float:
        """Return the finite number in `cell`.

        Raises
        ------
        ValueError
            When it is not a number.
        """
        # The plain way first: it is ten times as fast.
        if self.decimal == "." or ("." not in cell and "_" not in cell):
            try:
                value = float(cell if self.decimal == "." else cell.replace(",", "."))
            except ValueError:
                pass
            else:
                if "_" not in cell and math.isfinite(value):
                    return value
        plain = bare(cell)
        found = _pattern(self.decimal, self.thousands).fullmatch(plain)
        if found is None:
            raise ValueError(message("expected a finite number, got {cell!r}", cell=cell))
        whole, fraction, exponent = found.groups()
        if self.thousands:
            whole = re.sub(_MARKS[self.thousands], "", whole)
        value = float(f"{whole}.{fraction or 0}e{exponent or 0}")
        if not math.isfinite(value):
            raise ValueError(message("expected a finite number, got {cell!r}", cell=cell))
        return value / 100.0 if is_percent(cell) else value

    def is_number(self, cell: str) -> bool:
        """Return whether `cell` is a finite number."""
        try:
            self.read(cell)
        except ValueError:
            return False
        return True


POINT = NumberFormat()
_FORMATS = (
    POINT,
    NumberFormat(".", ","),
    NumberFormat(",", ""),
    NumberFormat(",", "."),
    NumberFormat(".", " "),
    NumberFormat(",", " "),
    NumberFormat(".", "'"),
    NumberFormat(",", "'"),
)


def bare(cell: str) -> str:
    """Return `cell` without the white space, currency and per cent signs around a number, a minus sign in front."""
    if len(cell) > _LONGEST:
        return cell
    plain = _unsigned(cell).replace("−", "-")
    plain = _MONEY.sub(r"\1", plain.removesuffix("%").rstrip(), count=1)
    return f"-{plain}" if is_negative(cell) else plain


def is_negative(cell: str) -> bool:
    """Return whether a number is written as accountants or SAP write one below 0: ``(1,204.50)``, ``1204.50-``."""
    plain = cell.strip().replace("−", "-")
    is_bracketed = plain[:1] == "(" and plain[-1:] == ")" and plain.count("(") == plain.count(")") == 1
    is_signed_behind = plain[-1:] == "-" and plain.count("-") == 1
    return (is_bracketed or is_signed_behind) and any(map(str.isdigit, plain))


def _unsigned(cell: str) -> str:
    """Return `cell` without white space, and without the brackets or the minus sign behind that say it is below 0."""
    plain = cell.strip()
    return plain.strip("()+-− ") if is_negative(cell) else plain


def is_percent(cell: str) -> bool:
    """Return whether a number is written with a per cent sign."""
    return _unsigned(cell).endswith("%")


def is_money(cell: str) -> bool:
    """Return whether a number is written with a currency sign."""
    return len(cell) <= _LONGEST and _MONEY.search(_unsigned(cell)) is not None


def guess_format(
    cells: Iterable[str], delimiter: str, decimal: str | None = None, thousands: str | None = None
) -> tuple[NumberFormat, str]:
    """Return the signs that explain most of `cells`, and a number that could be read in two ways (else nothing).

    All columns decide together: ``0,5`` beside ``1.204`` says that the comma is the decimal sign and the point groups.
    `decimal` and `thousands` hold what is known already.
    """
    marked = [plain for cell in cells if re.search(rf"\d[,.'’{SPACES}]|[,.]\d", plain := bare(cell))]
    fitting = [
        one
        for one in _FORMATS
        if (decimal is None or one.decimal == decimal) and (thousands is None or one.thousands == thousands)
    ] or [NumberFormat(decimal or ".", thousands or "")]
    # Where a semicolon separates cells, the comma is more often a decimal sign than a grouping one.
    if delimiter == ";":
        fitting.sort(key=lambda one: one != POINT and one.decimal == ".")
    counts = {one: sum(_pattern(one.decimal, one.thousands).fullmatch(cell) is not None for cell in marked)
              for one in fitting}  # fmt: skip
    best = max(fitting, key=lambda one: counts[one])  # the first of equals
    return best, _ambiguous(best, marked, delimiter) if decimal is None and thousands is None else ""


def _ambiguous(chosen: NumberFormat, cells: list[str], delimiter: str) -> str:
    """Return a cell that groups of thousands and a decimal sign explain alike, when no other cell decides."""
    for sign in ",.":
        written = [cell for cell in cells if sign in cell]
        grouped = re.compile(rf"[+-]?[1-9]\d{{0,2}}{re.escape(sign)}\d{{3}}")
        if written and all(map(grouped.fullmatch, written)) and (sign == "," or delimiter == ";"):
            other = "," if sign == "." else "."
            if not any(other in cell for cell in cells) and sign in (chosen.decimal, chosen.thousands):
                return written[0]
    return ""


def read_date(cell: str) -> float:
    """Return the days from 1970-01-01 to a date: ``2026-11-26``, ``2026/11/26`` or ``26.11.2026``, time included.

    Raises
    ------
    ValueError
        When it is not such a date.
    """
    plain = cell.strip()
    german = _DAY_FIRST.fullmatch(plain)
    if german:
        day, month, year = map(int, german.groups())
        return (datetime(year, month, day) - _EPOCH).total_seconds() / _DAY
    if not _DATE.fullmatch(plain):
        raise ValueError(message("expected a date such as 2026-11-26, got {cell!r}", cell=cell))
    date, _, time = plain.replace("/", "-").replace("T", " ").partition(" ")
    year, month, day = (int(part) for part in date.split("-"))
    moment = datetime.fromisoformat(f"{year:04}-{month:02}-{day:02}{'T' + time if time else ''}")
    return (moment.replace(tzinfo=None) - (moment.utcoffset() or _EPOCH - _EPOCH) - _EPOCH).total_seconds() / _DAY


def read_month_first(cell: str) -> float:
    """Return the days from 1970-01-01 to a date such as ``11/26/2026``.

    Raises
    ------
    ValueError
        When it is not such a date.
    """
    return _read_slashes(cell, month_first=True)


def read_day_first(cell: str) -> float:
    """Return the days from 1970-01-01 to a date such as ``26/11/2026``.

    Raises
    ------
    ValueError
        When it is not such a date.
    """
    return _read_slashes(cell, month_first=False)


def _read_slashes(cell: str, *, month_first: bool) -> float:
    found = _SLASHES.fullmatch(cell.strip())
    if found is None:
        raise ValueError(message("expected a date such as 2026-11-26, got {cell!r}", cell=cell))
    first, second, year = map(int, found.groups())
    month, day = (first, second) if month_first else (second, first)
    return float((datetime(year, month, day) - _EPOCH).days)


def read_time(cell: str) -> float:
    """Return the hours in a time such as ``12:30`` or ``12:30:15``.

    Raises
    ------
    ValueError
        When it is not such a time.
    """
    found = _TIME.fullmatch(cell.strip())
    if found is None:
        raise ValueError(message("expected a time such as 12:30, got {cell!r}", cell=cell))
    sign, hours, minutes, seconds = found.groups()
    value = int(hours) + int(minutes) / 60.0 + float(seconds or 0.0) / 3600.0
    return -value if sign else value


@lru_cache(maxsize=len(_FORMATS) + 8)
def _pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    whole = r"\d+"
    if thousands and thousands != decimal:
        whole = rf"[1-9]\d{{0,2}}(?:{_MARKS[thousands]}\d{{3}})+|\d+"
    sign = re.escape(decimal)
    # Without digits before the sign, the lookahead asks for some after it.
    return re.compile(rf"([+-]?(?:{whole}|(?={sign}\d)))(?:{sign}(\d*))?(?:[eEdD]([+-]?\d+))?")
