"""A ``*.playground`` file: everything of a window in one file, written whole or not at all."""

from __future__ import annotations

from playground.files import storage
from playground.files.error_messages import DocumentError
from playground.files.format import codec as file_format
from playground.files.format.json_text import MAX_BYTES
from playground.files.saved import Saved

SUFFIX = ".playground"
FILTER = "Backprop Playground (*.playground)"


def save(path: storage.StrPath, saved: Saved) -> None:
    """Write `saved` to `path`: whole or not at all.

    Raises
    ------
    DocumentError
        One line; an existing file at `path` is unchanged.
    """
    storage.write(path, file_format.encode(saved))


def load(path: storage.StrPath) -> Saved:
    """Return what the file at `path` holds.

    Raises
    ------
    DocumentError
        One line that names the file and the place in it.
    """
    data = storage.read(path, MAX_BYTES, "document")
    try:
        return file_format.decode(data)
    except DocumentError as error:
        raise DocumentError("{name}: {error}", name=storage.name_of(path), error=error) from None
