"""Storage: files are written atomically and read within limits; the file on disk is always whole, old or new."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from PySide6.QtCore import QIODevice, QSaveFile

from playground.files.error_messages import DocumentError
from playground.files.format import codec as file_format
from playground.files.format.json_text import MAX_BYTES
from playground.files.saved import Saved

SUFFIX = ".playground"
FILTER = "Backprop Playground (*.playground)"


class NotWrittenError(DocumentError):
    """A file could not be written; an existing one is unchanged."""

    def __init__(self, name: str, reason: str) -> None:
        self.reason = reason.rstrip(".") or "no reason given"  # the reason that the system gives
        super().__init__(
            f"{name}: could not be saved ({self.reason}); "
            "nothing on disk has changed: choose another folder or free some space"
        )


def save(path: str | os.PathLike[str], saved: Saved) -> None:
    """Write `saved` to `path`: whole or not at all.

    Raises
    ------
    DocumentError
        One line; an existing file at `path` is unchanged.
    """
    write(path, file_format.encode(saved))


def load(path: str | os.PathLike[str]) -> Saved:
    """Return what the file at `path` holds.

    Raises
    ------
    DocumentError
        One line that names the file and the place in it.
    """
    data = read(path)
    try:
        return file_format.decode(data)
    except DocumentError as error:
        raise DocumentError("{name}: {error}", name=Path(path).name, error=error) from None


def write(path: str | os.PathLike[str], data: bytes) -> None:
    """Write `data` to `path` through a temporary file beside it, which then takes its place."""
    name = _name(path)
    if Path(path).is_dir():
        raise DocumentError("{name}: this is a folder; choose a file name", name=name)
    file = QSaveFile(os.fspath(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise NotWrittenError(name, file.errorString())
    written = file.write(data)
    if written != len(data):
        reason = file.errorString()
        file.cancelWriting()
        raise NotWrittenError(name, reason)
    if not file.commit():
        raise NotWrittenError(name, file.errorString())


def read(path: str | os.PathLike[str], most: int = MAX_BYTES) -> bytes:
    """Return the bytes of the regular file at `path`, `most` at most."""
    name = _name(path)
    try:
        # Asked before opening: opening a pipe would wait for its other end.
        mode = os.stat(path).st_mode
        if not stat.S_ISREG(mode):
            what = "a folder" if stat.S_ISDIR(mode) else "a device or pipe"
            raise DocumentError("{name}: this is {what}, not a file", name=name, what=what)
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(most + 1) if size <= most else b""
    except OSError as error:
        raise DocumentError("{name}: cannot be read: {reason}", name=name, reason=error.strerror or error) from None
    except ValueError as error:  # a null character in the path
        raise (
            error
            if isinstance(error, DocumentError)
            else DocumentError("{name}: no file name ({error})", name=name, error=error)
        ) from None
    if size > most or len(data) > most:
        raise DocumentError("{name}: {size:,} bytes; a document has at most {most:,}", name=name, size=size, most=most)
    return data


def _name(path: str | os.PathLike[str]) -> str:
    text = os.fspath(path)
    if "\0" in text or not text:
        raise DocumentError("the file name is empty or has a null character; choose another")
    return Path(text).name or text
