"""From the bytes of a file to text, with its encoding; what no byte-order mark says is guessed by chardet."""

from __future__ import annotations

from dataclasses import dataclass

from datasets.checks import printable, require
from datasets.messages import message

MAX_BYTES = 64 * 2**20
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAMPLE = 65_536
_FALLBACK = "cp1252"
_GUESSED = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp932", "gb18030", "big5", "cp949")
_LIKE_FALLBACK = ("windows-1250", "windows-1254")
_SURE = 0.05


@dataclass(frozen=True, slots=True)
class TableText:
    """The text of a file, its encoding, and a note where that was a guess."""

    text: str
    encoding: str
    note: str = ""


def decode(data: bytes, encoding: str | None = None) -> TableText:
    """Read `data` in `encoding`, or as its byte-order mark says, or as UTF-8, or as guessed, with a note.

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
    note = ""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    chosen = encoding or marked or _wide(data) or "utf-8"
    try:
        text = data.decode(chosen)
    except (UnicodeDecodeError, LookupError) as error:
        require(
            encoding is None and marked is None,
            "file: byte {byte:,} is not {encoding}; choose another encoding, or save the file as UTF-8",
            byte=getattr(error, "start", 0),
            encoding=printable(chosen.upper()),
        )
        start = getattr(error, "start", 0)
        text, chosen = _guessed(data, start)
        template = "Byte {byte:,} is not UTF-8, so the file was read as {encoding}; look at its accented letters."
        note = message(template, byte=start, encoding=chosen)
    require("\0" not in text, "file: it holds binary data, not a table; choose a table such as CSV, XLSX or NPZ")
    return TableText(text.removeprefix("\ufeff"), chosen, note)


def _wide(data: bytes) -> str | None:
    """Return UTF-16 without a byte-order mark: every second byte of Latin text is zero."""
    head = data[:_SAMPLE]
    for encoding, zeros, others in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if len(head) >= 8 and zeros.count(0) > 0.7 * len(zeros) and others.count(0) == 0:
            return encoding
    return None


def _guessed(data: bytes, start: int) -> tuple[str, str]:
    """Return text and encoding of `data`, guessed from around its first byte that is not UTF-8."""
    import chardet  # loaded only for a file that needs it

    sample = data[max(0, start - _SAMPLE // 4) : start + _SAMPLE]
    found = chardet.detect(sample, include_encodings=_GUESSED, no_match_encoding=_FALLBACK)
    guess = found["encoding"] or _FALLBACK
    if guess.lower() in _LIKE_FALLBACK and found["confidence"] < _SURE:
        guess = _FALLBACK  # a few accented letters do not tell Polish from French
    encoding = guess.lower().replace("windows-", "cp")
    try:
        return data.decode(encoding), encoding
    except (UnicodeDecodeError, LookupError):
        return data.decode("latin-1"), "latin-1"
