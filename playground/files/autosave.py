"""Autosave: work in progress is written every few seconds, so that a crash costs at most ten.

It has no timer of its own: its owner asks ``due(now, version)`` and calls ``write``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QLockFile

from playground.document.own_data import Table
from playground.files import storage
from playground.files.error_messages import DocumentError
from playground.files.folders import own_folder
from playground.files.format import codec as file_format
from playground.files.format.values import plain_part
from playground.files.saved import Saved

EVERY_S = 8.0
"""Written this often, work is less than 10 s old at any moment, the writing included."""

WORK, LOCK, PICTURE = "work.json", "lock", "picture.png"
TABLE = "table"
"""Own points, which may be a million: written once, not every time."""

DAMAGED = "damaged-"
_UNREADABLE = (ValueError, KeyError, TypeError, OverflowError)
_numbers = count(1)


class Autosave:
    """The recovery folder of one window."""

    def __init__(self, base: Path | None = None) -> None:
        """Make a folder under our data folder, or under `base`.

        Raises
        ------
        DocumentError
            When no folder can be made: the work is then not recoverable, and the window should say so.
        """
        home = own_folder("recovery", base)
        # Owned by this window alone: a lock in it names this process.
        self.folder = own_folder(f"{os.getpid()}-{next(_numbers)}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}", home)
        self._lock = QLockFile(str(self.folder / LOCK))
        self._lock.setStaleLockTime(0)
        if not self._lock.tryLock(0):
            _remove(self.folder, self._lock)
            raise DocumentError(
                "{folder}: no lock can be written (a full disk, or a read-only folder)", folder=self.folder
            )
        self._asked = float("-inf")
        self._version: object = None
        self._table: tuple[Table, str] | None = None

    def due(self, now: float, version: object) -> bool:
        """Return whether to write: something changed (`version` differs) and 8 s have passed since (`now`, in s)."""
        return version != self._version and now - self._asked >= EVERY_S

    def write(
        self, saved: Saved, now: float, version: object, *, origin: Path | None = None, picture: bytes | None = None
    ) -> None:
        """Write `saved`, which came from the file `origin`, and a `picture` of it (PNG); each file whole or not at all.

        Raises
        ------
        DocumentError
            When it cannot be written (full disk, no permission): what was written before is still there. It is due
            again after the same time.
        """
        self._asked = now
        table = self._write_table(saved.document.data.table)
        work = {
            "saved_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "origin": str(origin) if origin else None,
            "table": table,
            "work": file_format.plain(saved, with_points=table is None),
        }
        storage.write(self.folder / WORK, msgspec.json.encode(work))
        self._version = version
        self._drop_old(table)
        if picture:
            storage.write(self.folder / PICTURE, picture)

    def clear(self) -> None:
        """Delete what was written: the work is saved in a file, or a new document began."""
        for file in self.folder.iterdir():
            if file.name != LOCK:
                file.unlink(missing_ok=True)
        self._table = None
        self._version = None

    def close(self) -> None:
        """Remove the folder: the window closed in order."""
        _remove(self.folder, self._lock)

    def _write_table(self, table: Table | None) -> str | None:
        """Write own points unless the current file has them; return the name of their file."""
        if table is None:
            return None
        if self._table is None or self._table[0] is not table:
            name = f"{TABLE}-{next(_numbers)}.json"
            storage.write(self.folder / name, msgspec.json.encode(plain_part(table, "$.data.table")))
            self._table = table, name
        return self._table[1]

    def _drop_old(self, kept: str | None) -> None:
        for file in self.folder.glob(f"{TABLE}-*.json"):
            if file.name != kept:
                file.unlink(missing_ok=True)


class Recoverable:
    """Work recovered from a session that ended unexpectedly; no other window is offered it meanwhile."""

    def __init__(self, folder: Path, lock: QLockFile, work: dict[str, Any]) -> None:
        self._folder, self._lock, self._work = folder, lock, work
        self.saved_at = datetime.fromisoformat(work["saved_at"]).astimezone(UTC)  # when it was written, UTC
        origin = work.get("origin")
        self.origin = Path(origin) if isinstance(origin, str) and "\0" not in origin else None
        self.picture = folder / PICTURE if (folder / PICTURE).is_file() else None

    @property
    def iteration(self) -> int:
        """The iteration that training had reached."""
        run = self._work["work"].get("run")
        iteration = run.get("iteration") if isinstance(run, dict) else None
        return iteration if isinstance(iteration, int) else 0

    def open(self) -> Saved:
        """Return the work.

        Raises
        ------
        DocumentError
            When it is damaged; it stays where it is.
        """
        work, table = dict(self._work["work"]), self._work.get("table")
        if isinstance(table, str):
            points = file_format.read_plain(storage.read(self._folder / Path(table).name))
            # An older program kept the settings of the data beside the work.
            work["data"] = {**(self._work.get("data") or work["data"]), "table": points}
        return file_format.from_plain(work)

    def discard(self) -> None:
        """Delete it: it was recovered, or is not wanted."""
        _remove(self._folder, self._lock)

    def release(self) -> None:
        """Keep it for the next start."""
        self._lock.unlock()


def recoverable(base: Path | None = None) -> list[Recoverable]:
    """Return the work that can be recovered, the newest first, without that of other running windows."""
    found = []
    for folder, lock in _left_behind(base):
        try:
            found.append(_opened(folder, lock))
        except _UNREADABLE:
            lock.unlock()
    return sorted(found, key=lambda entry: entry.saved_at, reverse=True)


def set_damaged_aside(base: Path | None = None) -> list[Path]:
    """Rename the folders whose work cannot be read, so that they are reported once and never deleted; return them."""
    aside = []
    for folder, lock in _left_behind(base):
        try:
            _opened(folder, lock).release()
        except _UNREADABLE:
            lock.unlock()
            aside.append(folder.rename(folder.with_name(DAMAGED + folder.name)))
    return aside


def _left_behind(base: Path | None) -> Iterator[tuple[Path, QLockFile]]:
    """Yield the folders with work of programs that have ended, locked; those without any are removed."""
    for folder in sorted(own_folder("recovery", base).iterdir()):
        if not folder.is_dir() or folder.name.startswith(DAMAGED):
            continue
        lock = QLockFile(str(folder / LOCK))
        lock.setStaleLockTime(0)
        # Where no lock can be written (a full disk), work is offered all the same.
        if not lock.tryLock(0) and lock.error() == QLockFile.LockError.LockFailedError:
            continue
        if (folder / WORK).exists():
            yield folder, lock
        else:
            _remove(folder, lock)


def _opened(folder: Path, lock: QLockFile) -> Recoverable:
    work = file_format.read_plain(storage.read(folder / WORK))
    if not isinstance(work, dict) or not isinstance(work.get("work"), dict):
        raise DocumentError("no work in it")
    return Recoverable(folder, lock, work)


def _remove(folder: Path, lock: QLockFile) -> None:
    """Delete our files, and the folder if nothing else is in it; what cannot be deleted stays."""
    with suppress(OSError):
        for file in folder.iterdir():
            if file.name != LOCK:
                file.unlink(missing_ok=True)
    lock.unlock()
    with suppress(OSError):
        folder.rmdir()
