"""The names of files: bytes to the system, text to people; neither is ever changed on the way to the other.

Python carries a byte of a name that is no UTF-8 as a lone surrogate. Qt drops it silently and JSON refuses it: a name
that is kept goes through ``to_text`` and ``from_text``, a name that is shown through ``shown``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

_LONE = re.compile("[\ud800-\udfff]")
ADDRESS = "file:"

LESSON_SUFFIX = ".md"
"""Of lesson files, which are Markdown."""


def shown(name: str | os.PathLike[str]) -> str:
    r"""Return `name` as people can read it: ``caf\xe9`` for a byte that is no UTF-8."""
    return _LONE.sub(lambda found: _escaped(ord(found[0])), os.fspath(name))


def to_text(path: str | os.PathLike[str]) -> str:
    """Return `path`, made absolute, as text that any file can hold; ``from_text`` gives it back byte for byte."""
    absolute = Path(os.path.abspath(path))
    return absolute.as_uri() if _LONE.search(str(absolute)) else str(absolute)


def from_text(text: str) -> Path:
    """Return the path that ``to_text`` made `text` of, or the local file at an address ``file:…``."""
    if not text.startswith(ADDRESS):
        return Path(text)
    return Path(os.fsdecode(unquote_to_bytes(urlsplit(text).path)))


def _escaped(code: int) -> str:
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"
