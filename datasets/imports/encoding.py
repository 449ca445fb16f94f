"""From the bytes of a file to text, with its encoding."""

from __future__ import annotations

from dataclasses import dataclass

from datasets.checks import require
from datasets.messages import message

MAX_BYTES = 64 * 2**20
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class TableText:
    """The text of a file, its encoding, and a note where that was a guess."""

    text: str
    encoding: str
    note: str = ""


def decode(data: bytes) -> TableText:
    """Read `data` as UTF-8 or, where a byte-order mark says so, UTF-16; anything else as Latin-1, with a note.

    Raises
    ------
    ValueError
        When the file is empty, larger than 64 MiB, or not a text.
    """
    require(len(data) > 0, "file: it is empty; choose a table with a row per example")
    require(
        len(data) <= MAX_BYTES,
        "file: {size:.0f} MiB are more than {most} MiB; leave out rows or columns",
        size=len(data) / 2**20,
        most=MAX_BYTES // 2**20,
    )
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    note = ""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        require(
            encoding == "utf-8",
            "file: byte {byte:,} is not {encoding} as its first bytes say; save it as UTF-8",
            byte=error.start,
            encoding=encoding.upper(),
        )
        text, encoding = data.decode("latin-1"), "latin-1"
        template = "Byte {byte:,} is not UTF-8, so the file was read as Latin-1; look at its accented letters."
        note = message(template, byte=error.start)
    require("\0" not in text, "file: it holds binary data, not a table; choose a CSV, TSV or NPZ file")
    return TableText(text, encoding, note)
