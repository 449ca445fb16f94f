"""How a table is written: what was guessed, or what the user chose instead."""

from __future__ import annotations

from dataclasses import dataclass

from datasets.messages import message

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "spaces", ":": "colon", "~": "tilde"}
ENCODINGS = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp1250", "cp1251", "iso-8859-15", "mac-roman", "cp850",
    "shift-jis", "gb18030", "big5", "euc-kr",
)  # fmt: skip
QUOTES = ('"', "'", "")
MISSING = ("", "na", "n/a", "#n/a", "nan", "null", "?", "none", "-")
WORDS = ("none", "-")
"""Missing among numbers; beside other words they are words themselves: "None" is a class of injuries."""


@dataclass(frozen=True, slots=True)
class TableFormat:
    """How a table is written; None stands for a guess, and where a file has no such thing.

    Attributes
    ----------
    encoding, delimiter, quote, decimal, thousands : str
        A delimiter of a space stands for any run of white space; an empty quote or thousands sign for none.
    header_line : int
        The row with the names of the columns, counted from 1; 0 when there is none.
    row_names : bool
        Whether the first column names the rows.
    missing : tuple of str
        What stands for a missing cell, in lower case.
    sheet : str
        The sheet of a workbook that is read.
    sheets : tuple of str
        The names of its sheets that hold something.
    """

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    header_line: int | None = None
    row_names: bool | None = None
    missing: tuple[str, ...] | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return the format in words: ``utf-8, semicolon, decimal comma, header in line 1``."""
        parts = [self.encoding] if self.encoding else []
        if self.delimiter:
            parts.append(DELIMITERS.get(self.delimiter, repr(self.delimiter)))
        if self.decimal == ",":
            parts.append(message("decimal comma"))
        if self.header_line is not None:
            header = "header in line {line:,}" if self.header_line else "no header"
            parts.append(message(header, line=self.header_line))
        return ", ".join(parts)


GUESSED = TableFormat()
"""Nothing is known: all is guessed."""
