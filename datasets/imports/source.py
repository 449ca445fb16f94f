"""Where the rows of a table come from: a text, a workbook or records, all as cells of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from datasets.imports.dialect import Row
from datasets.imports.table_format import GUESSED, TableFormat


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """The rows of one file and what is known of them.

    Attributes
    ----------
    rows : callable
        Return an iterator over all rows, from the first on.
    sample : callable or None
        Return an iterator over the first rows alone, where that is quicker.
    size : int
        About how many characters all cells have together, one more each.
    format : TableFormat
        Encoding, delimiter and quote, where there are any.
    label : str
        The kind of file; empty for a text with delimiters.
    names : tuple of str or None
        The names of the columns where the file says them; None where a header line may.
    kinds : tuple of str
        What the file says of each column: ``number``, ``text``, ``boolean``; empty where it says nothing.
    roles : tuple of str
        ``target`` or ``left_out``, or nothing, for each column; empty where the file says nothing.
    header_line : int
        The row with those names; 0 when there is none.
    first : int
        The first row that may hold data.
    comments : tuple of Row
        Comments, the last of which may hold the names of the columns.
    notes : tuple of str
        What the user should know.
    """

    rows: Callable[[], Iterator[Row]]
    size: int
    format: TableFormat = GUESSED
    label: str = ""
    names: tuple[str, ...] | None = None
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    header_line: int = 0
    first: int = 1
    comments: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    sample: Callable[[], Iterator[Row]] | None = None
