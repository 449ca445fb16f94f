"""Storage: the one door to files. They are read within limits and written whole or not at all.

Only regular files pass, links to them followed: a pipe or a device would hang, fill the memory or be replaced.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playground.files.error_messages import DocumentError
from playground.files.file_names import shown

if sys.platform != "win32":
    import fcntl

_PIECE = 64 * 1024
_UNFINISHED = ".unfinished-"
_IS_UNFINISHED = re.compile(re.escape(_UNFINISHED) + r"[0-9a-f]{32}")
_WRITTEN_WITHIN_S = 60.0
"""Younger ones are left alone: they may be another program's, before it could hold them."""
# Windows has no name for some, and none of what they are for. Opening must not wait for the other end of a pipe.
_OURS = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_CALMLY = getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISLNK, "a link"),
    (lambda mode: stat.S_ISCHR(mode) or stat.S_ISBLK(mode), "a device"),
)

StrPath = str | os.PathLike[str]
Write = Callable[[bytes], object]


class NotWrittenError(DocumentError):
    """A file could not be written; an existing one is unchanged."""

    def __init__(self, name: str, error: OSError) -> None:
        self.reason = (error.strerror or str(error)).rstrip(
            "."
        ) or "no reason given"  # the reason that the system gives
        super().__init__(
            "{name}: could not be saved ({reason}); nothing on disk has changed: choose another folder or free some "
            "space",
            name=name,
            reason=self.reason,
        )


# ---- reading -----------------------------------------------------------------------------------


def read(path: StrPath, most: int, kind: str) -> bytes:
    """Return the bytes of the regular file at `path`, `most` at most; a `kind` is what is expected there.

    Raises
    ------
    DocumentError
        One line with the name and the cure.
    """
    name = name_of(path)
    try:
        # Asked before opening, which alone may move a device, and of what was opened: it may be another by then.
        _require_file(name, os.stat(path).st_mode)
        number = os.open(path, os.O_RDONLY | _CALMLY)
        try:
            found = os.fstat(number)
            _require_file(name, found.st_mode)
            parts: list[bytes] = []
            room = most + 1
            # What the system tells of the size may be outdated, or 0 for a file that it makes up.
            while found.st_size <= most and room > 0:
                part = os.read(number, min(room, max(_PIECE, found.st_size + 1)))
                if not part:
                    _require_same(name, found, os.fstat(number))
                    return b"".join(parts)
                parts.append(part)
                room -= len(part)
        finally:
            os.close(number)
    except OSError as error:
        template, reason = "{name}: cannot be read: {reason}; choose a file that can be read", error.strerror or error
        raise DocumentError(template, name=name, reason=reason) from None
    except MemoryError:
        raise DocumentError("{name}: needs more memory than there is; choose a smaller file", name=name) from None
    if found.st_size > most:
        template = "{name}: {size:,} bytes; a {kind} has at most {most:,}: choose a smaller one"
    else:
        template = "{name}: it grows while it is read; a {kind} has at most {most:,} bytes: choose another file"
    raise DocumentError(template, name=name, size=found.st_size, most=most, kind=kind)


# ---- writing -----------------------------------------------------------------------------------


def write(path: StrPath, data: bytes, *, private: bool = False) -> None:
    """Write `data` to `path`: whole or not at all; see ``replacing``."""
    with replacing(path, private=private) as put:
        put(data)


@contextmanager
def replacing(path: StrPath, *, private: bool = False) -> Iterator[Write]:
    """Hand out what writes bytes to a new file, which takes the place of the one at `path` when all of it is written.

    Until then, and after any failure, the old one stays. The new one has its permissions; without an old one
    it is `private`, or readable as the user's other files are.

    Raises
    ------
    DocumentError
        One line with the name and the cure.
    """
    name = name_of(path)
    try:
        target, former = _place(path, name)
        unfinished = os.path.join(os.path.dirname(target), f"{_UNFINISHED}{secrets.token_hex(16)}")
        number = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OURS, 0o600)
    except OSError as error:
        raise NotWrittenError(name, error) from None
    try:
        with suppress(OSError):  # without locks, what a killed program left stays
            _hold(number)
        with os.fdopen(number, "wb") as file:
            yield file.write
            file.flush()
            _set_permissions(number, target, former, private=private)
            os.fsync(number)
            _drop_unfinished(os.path.dirname(target), os.fstat(number).st_mtime)
        os.replace(unfinished, target)
        _settle(os.path.dirname(target))
    except OSError as error:
        raise NotWrittenError(name, error) from None
    finally:
        with suppress(OSError):
            os.unlink(unfinished)


def require_place(path: StrPath) -> None:
    """Refuse a place that ``write`` would refuse, before long work; nothing changes there.

    Raises
    ------
    DocumentError
        One line with the name and the cure.
    """
    with suppress(_EnoughError), replacing(path):
        raise _EnoughError


def append(path: StrPath, data: bytes) -> None:
    """Add `data` to the end of our own regular file at `path`, which is private.

    Raises
    ------
    OSError
        When it cannot be written.
    """
    number = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _OURS | _CALMLY, 0o600)
    with os.fdopen(number, "ab") as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file")
        file.write(data)


class _EnoughError(Exception):
    """The place can be written; that was all to be known."""


def _place(path: StrPath, name: str) -> tuple[str, os.stat_result | None]:
    """Return the file that writing to `path` replaces, links followed, and what it is now."""
    target = os.path.abspath(path)
    if os.path.islink(target):
        try:
            target = os.path.realpath(target, strict=True)
        except FileNotFoundError:
            template = "{name}: this is a link to a file that is not there; choose another name, or remove the link"
            raise DocumentError(template, name=name) from None
    try:
        former = os.lstat(target)
    except FileNotFoundError:
        return target, None
    _require_file(name, former.st_mode)
    if not os.access(target, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return target, former


def _hold(number: int) -> None:
    """Hold a file that is being written, until it is closed or the program ends; Windows holds it by itself.

    Raises
    ------
    OSError
        When another program holds it, or the folder is shared and knows no locks.
    """
    if sys.platform != "win32":
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _drop_unfinished(folder: str, now: float) -> None:
    """Delete what programs that were killed while they wrote have left in `folder`, where it is `now`."""
    with suppress(OSError), os.scandir(folder) as entries:
        left = [entry.path for entry in entries if _IS_UNFINISHED.fullmatch(entry.name)]
        for path in left:
            with suppress(OSError):
                number = os.open(path, os.O_RDONLY | _OURS | _CALMLY)
                try:
                    found = os.fstat(number)
                    if stat.S_ISREG(found.st_mode) and now - found.st_mtime > _WRITTEN_WITHIN_S:
                        _hold(number)
                        os.unlink(path)
                finally:
                    os.close(number)


def _set_permissions(number: int, target: str, former: os.stat_result | None, *, private: bool) -> None:
    """Give the new file the owner and the permissions of the `former` one, access lists included."""
    if sys.platform == "win32":
        return
    if former is None:
        mask = os.umask(0o077)
        os.umask(mask)
        os.fchmod(number, 0o600 if private else 0o666 & ~mask)
        return
    with suppress(OSError):  # a file of another owner whom we may not name stays ours
        os.fchown(number, former.st_uid, former.st_gid)
    os.fchmod(number, stat.S_IMODE(former.st_mode) & 0o777)
    if sys.platform == "linux":
        for attribute in os.listxattr(target):
            with suppress(OSError):  # some are the system's own
                os.setxattr(number, attribute, os.getxattr(target, attribute))


def _settle(folder: str) -> None:
    """Let the new name survive a power cut; where a folder cannot be told so, the system does it when it likes."""
    if sys.platform != "win32":
        with suppress(OSError):
            number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(number)
            finally:
                os.close(number)


# ---- names and kinds ---------------------------------------------------------------------------


def _require_same(name: str, before: os.stat_result, after: os.stat_result) -> None:
    """Refuse what may be half of one content and half of another."""
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise DocumentError("{name}: it was changed while it was read; open it again", name=name)


def _require_file(name: str, mode: int) -> None:
    if not stat.S_ISREG(mode):
        what = next((words for is_kind, words in _KINDS if is_kind(mode)), "something else")
        raise DocumentError("{name}: this is {what}, not a file; choose the name of a file", name=name, what=what)


def name_of(path: StrPath) -> str:
    """Return the name at the end of `path`, for messages.

    Raises
    ------
    DocumentError
        When no file can have such a name.
    """
    text = os.fspath(path)
    try:
        is_name = bool(text) and b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        is_name = False
    if not is_name:
        raise DocumentError("the file name is empty or has a null character; choose another")
    return shown(Path(text).name or text)
