"""Autosave: work in progress is written every few seconds, so that a crash costs at most ten.

It has no timer of its own: its owner asks ``due(now, version)`` and calls ``write``.
"""

from __future__ import annotations

import os
import re
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
from playground.files.file_claim import Stamp
from playground.files.file_names import from_text, to_text
from playground.files.folders import own_folder
from playground.files.format import codec as file_format
from playground.files.format.json_text import MAX_BYTES
from playground.files.format.values import plain_part
from playground.files.saved import Saved

EVERY_S = 8.0
"""Written this often, work is less than 10 s old at any moment, the writing included."""

WORK, LOCK, PICTURE = "work.json", "lock", "picture.png"
TABLE = "table"
"""Own points, which may be a million: written once, not every time."""

MAX_PICTURE = 64 * 2**20
DAMAGED = "damaged-"
_OURS = re.compile(r"work\.json|picture\.png|table-\d+\.json|\.unfinished-[0-9a-f]{32}")
"""What we write, lock aside: nothing else is ours to delete."""
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
        self._base = base
        self._asked = float("-inf")
        self._version: object = None
        self._table: tuple[Table, str] | None
        self._lost: list[tuple[Path, QLockFile]] = []
        self._make()

    def _make(self) -> None:
        home = own_folder("recovery", self._base)
        # Owned by this window alone: a lock in it names this process.
        folder = own_folder(f"{os.getpid()}-{next(_numbers)}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}", home)
        lock = QLockFile(str(folder / LOCK))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            _remove(folder, lock)
            raise DocumentError("{folder}: no lock can be written (a full disk, or a read-only folder)", folder=folder)
        self.folder, self._lock, self._table = folder, lock, None

    def _hold(self) -> None:
        """Make another folder if ours, or our lock on it, was deleted while the window is open."""
        if not self._lock.isLocked() or self._lock.getLockInfo()[0] != os.getpid():
            before = self.folder, self._lock
            self._make()
            self._lost.append(before)

    def _drop_lost(self) -> None:
        """Remove what is left of a folder whose lock was deleted, unless another window has taken it over."""
        for folder, lock in self._lost:
            if not (folder / LOCK).exists():
                _remove(folder, lock)
        self._lost = [(folder, lock) for folder, lock in self._lost if lock.isLocked()]

    def due(self, now: float, version: object) -> bool:
        """Return whether to write: something changed (`version` differs) and 8 s have passed since (`now`, in s)."""
        return version != self._version and now - self._asked >= EVERY_S

    def write(
        self,
        saved: Saved,
        now: float,
        version: object,
        *,
        origin: Path | None = None,
        changed_ns: int | None = None,
    ) -> None:
        """Write `saved`, whole or not at all.

        It came from the file `origin`, whose time of change was `changed_ns` when the window last read or wrote it.

        Raises
        ------
        DocumentError
            When it cannot be written (full disk, no permission): what was written before is still there. It is due
            again after the same time.
        """
        self._asked = now
        self._hold()
        table = self._write_table(saved.document.data.table)
        work = {
            "saved_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "origin": to_text(origin) if origin else None,
            "origin_changed_ns": changed_ns,
            "table": table,
            "work": file_format.plain(saved, with_points=table is None),
        }
        storage.write(self.folder / WORK, msgspec.json.encode(work), private=True)
        self._version = version
        self._drop_lost()
        self._drop_old(table)

    def write_picture(self, picture: bytes) -> None:
        """Write a `picture` (PNG) of the work that was written before, whole or not at all.

        Raises
        ------
        DocumentError
            When it cannot be written.
        """
        storage.write(self.folder / PICTURE, picture, private=True)

    def clear(self) -> None:
        """Delete what was written: the work is saved in a file, or a new document began."""
        _empty(self.folder)
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
            storage.write(self.folder / name, msgspec.json.encode(plain_part(table, "$.data.table")), private=True)
            self._table = table, name
        return self._table[1]

    def _drop_old(self, kept: str | None) -> None:
        for file in self.folder.glob(f"{TABLE}-*.json"):
            if file.name != kept:
                with suppress(OSError):
                    file.unlink()


class Recoverable:
    """Work recovered from a session that ended unexpectedly; no other window is offered it meanwhile."""

    def __init__(self, folder: Path, lock: QLockFile, work: dict[str, Any]) -> None:
        self._folder, self._lock, self._work = folder, lock, work
        self.saved_at = datetime.fromisoformat(work["saved_at"]).astimezone(UTC)  # when it was written, UTC
        origin, changed_ns = work.get("origin"), work.get("origin_changed_ns")
        self.origin = from_text(origin) if isinstance(origin, str) and "\0" not in origin else None
        self._changed_ns = changed_ns if isinstance(changed_ns, int) else None

    def is_outdated(self) -> bool:
        """Return whether the file that this work came from has been written since."""
        stamp = Stamp.of(self.origin) if self.origin else None
        if stamp is None:
            return False
        if self._changed_ns is None:  # an older program kept no more than whole seconds
            return stamp.changed_ns > (self.saved_at.timestamp() + 1.0) * 1e9
        return stamp.changed_ns != self._changed_ns

    def pixels(self) -> bytes:
        """Return the picture, as a PNG file; nothing when there is none."""
        try:
            return storage.read(self._folder / PICTURE, MAX_PICTURE, "picture")
        except DocumentError:
            return b""

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
            points = file_format.read_plain(storage.read(self._folder / Path(table).name, MAX_BYTES, "table"))
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


def is_work_left(base: Path | None = None) -> bool:
    """Return whether a program that has ended left work, without keeping it from anybody."""
    for _, lock in _left_behind(base):
        lock.unlock()
        return True
    return False


def set_damaged_aside(base: Path | None = None) -> list[Path]:
    """Rename the folders whose work cannot be read, so that they are reported once and never deleted; return them."""
    aside = []
    for folder, lock in _left_behind(base):
        try:
            _opened(folder, lock).release()
        except _UNREADABLE:
            lock.unlock()
            with suppress(OSError):  # what is sound is offered all the same
                aside.append(folder.rename(folder.with_name(DAMAGED + folder.name)))
    return aside


def _left_behind(base: Path | None) -> Iterator[tuple[Path, QLockFile]]:
    """Yield the folders with work of programs that have ended, locked; those without any are removed."""
    for folder in sorted(own_folder("recovery", base).iterdir()):
        # A link leads out of our folder, and a pipe for a lock would wait for its other end.
        if folder.is_symlink() or not folder.is_dir() or folder.name.startswith(DAMAGED) or _is_foreign(folder / LOCK):
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


def _is_foreign(lock: Path) -> bool:
    """Return whether something else than a file is where the lock belongs."""
    return os.path.lexists(lock) and (lock.is_symlink() or not lock.is_file())


def _opened(folder: Path, lock: QLockFile) -> Recoverable:
    work = file_format.read_plain(storage.read(folder / WORK, MAX_BYTES, "document"))
    if not isinstance(work, dict) or not isinstance(work.get("work"), dict):
        raise DocumentError("no work in it")
    return Recoverable(folder, lock, work)


def _remove(folder: Path, lock: QLockFile) -> None:
    """Delete our files, and the folder if nothing else is in it; what cannot be deleted stays."""
    _empty(folder)
    _unlock(folder, lock)


def _empty(folder: Path) -> None:
    with suppress(OSError):
        for file in folder.iterdir():
            if _OURS.fullmatch(file.name):
                file.unlink(missing_ok=True)


def _unlock(folder: Path, lock: QLockFile) -> None:
    """Unlock; if the lock file was deleted, Qt would complain that there is none to delete."""
    if lock.isLocked() and not (folder / LOCK).exists():
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            storage.append(folder / LOCK, b"")
    lock.unlock()
    with suppress(OSError):
        folder.rmdir()
