"""FileClaim: the file of a window; two windows, or another program, never overwrite each other silently."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QLockFile

from playground.files import document_file
from playground.files.error_messages import DocumentError
from playground.files.folders import own_folder
from playground.files.saved import Saved


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file on disk was when we last read or wrote it."""

    size: int
    changed_ns: int
    identity: int

    @classmethod
    def of(cls, path: Path) -> Stamp | None:
        """Return the stamp of `path`; None when there is no file."""
        try:
            found = os.stat(path)
        except OSError:
            return None
        return cls(found.st_size, found.st_mtime_ns, found.st_ino)


class FileClaim:
    """Which file this window has open, and whether it may write it.

    A lock file with the process number stands in our own data folder, so it works in read-only folders, and
    the lock of a process that died is void. The stamp detects changes by other programs.
    """

    def __init__(self, base: Path | None = None) -> None:
        """Keep locks in our data folder, or under `base`."""
        self._base = base
        self.path: Path | None = None
        self._stamp: Stamp | None = None
        self._lock: QLockFile | None = None
        self._is_elsewhere = False

    @property
    def stamp(self) -> Stamp | None:
        """What the file was when this window last read or wrote it; None when it has none."""
        return self._stamp

    @property
    def is_ours(self) -> bool:
        """Whether this window has a file that no other has; it may be read by any number of them."""
        return self.path is not None and not self._is_elsewhere

    def load(self, path: str | os.PathLike[str]) -> Saved:
        """Open `path` and claim it; on failure the current claim stays."""
        stamp = Stamp.of(Path(path))
        saved = document_file.load(path)
        self._take(Path(path), stamp)
        return saved

    def save(self, path: str | os.PathLike[str], saved: Saved) -> None:
        """Write to `path` and claim it.

        Raises
        ------
        DocumentError
            When another window has the file, or another program changed it since this window read or wrote it,
            or it cannot be written. Nothing has changed then.
        """
        target = Path(path)
        lock, is_elsewhere = self._locked(target)
        if is_elsewhere:
            holder = self._holder(target)
            raise DocumentError(
                "{name} is open in another window{holder}: save it under another name", name=target.name, holder=holder
            )
        if self._is_own(target) and self._stamp is not None and Stamp.of(target) not in (None, self._stamp):
            self._let_go(lock)
            raise DocumentError(
                "{name} was changed by another program since it was opened here: save it under another "
                "name, or open it again",
                name=target.name,
            )
        try:
            document_file.save(target, saved)
        except DocumentError:
            self._let_go(lock)
            raise
        self._settle(target, Stamp.of(target), lock)

    def claim_again(self, path: Path | None, stamp: Stamp | None) -> None:
        """Claim `path`, which was left as `stamp` says; what changed it since is found when it is saved."""
        if path is None:
            self.release()
        else:
            self._take(path, stamp)

    def release(self) -> None:
        """Release the file: the window closes or begins a new document."""
        self._settle(None, None, None)

    # ---- inside --------------------------------------------------------------------------------

    def _take(self, path: Path, stamp: Stamp | None) -> None:
        lock, is_elsewhere = self._locked(path)
        self._settle(path, stamp, lock, is_elsewhere)

    def _settle(
        self, path: Path | None, stamp: Stamp | None, lock: QLockFile | None, is_elsewhere: bool = False
    ) -> None:
        if self._lock is not None and self._lock is not lock:
            self._lock.unlock()
        self.path, self._stamp, self._lock, self._is_elsewhere = path, stamp, lock, is_elsewhere

    def _let_go(self, lock: QLockFile | None) -> None:
        """Unlock what was locked for nothing."""
        if lock is not None and lock is not self._lock:
            lock.unlock()

    def _is_own(self, path: Path) -> bool:
        return self.path is not None and os.path.realpath(path) == os.path.realpath(self.path)

    def _lock_file(self, path: Path) -> QLockFile:
        name = sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:32]
        lock = QLockFile(str(own_folder("locks", self._base) / f"{name}.lock"))
        lock.setStaleLockTime(0)  # only a dead process makes it void, never its age
        return lock

    def _locked(self, path: Path) -> tuple[QLockFile | None, bool]:
        """Return the lock of `path`, and whether another window has it.

        Where no lock can be written (our own folder is full or read-only) there is neither: the user must still
        be able to save elsewhere, and the stamp still detects what another window wrote.
        """
        if self._lock is not None and self._is_own(path):
            return self._lock, False
        try:
            lock = self._lock_file(path)
        except DocumentError:
            return None, False
        if lock.tryLock(0):
            return lock, False
        return None, lock.error() == QLockFile.LockError.LockFailedError

    def _holder(self, path: Path) -> str:
        info: tuple[int, str, str] = self._lock_file(path).getLockInfo()
        return f" (process {info[0]})" if info[0] else ""
