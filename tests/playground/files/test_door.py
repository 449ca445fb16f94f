"""The one door to files: only regular files pass, whole or not at all; a name keeps its bytes."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from playground.files import storage
from playground.files.error_messages import DocumentError
from playground.files.file_names import from_text, shown, to_text
from playground.files.recent import RecentFiles
from playground.files.settings import private_store

MOST = 10_000
STRANGE = os.fsdecode(b"caf\xe9.playground")


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = os.getcwd()
        os.chdir(path.parent)  # the address of a socket is short
        made.bind(path.name)
        os.chdir(here)


NODES: dict[str, tuple[Callable[[Path], object], str]] = {
    "pipe": (os.mkfifo, "this is a pipe, not a file"),
    "socket": (_socket, "this is a socket, not a file"),
    "folder": (Path.mkdir, "this is a folder, not a file"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "this is a device, not a file"),
    "loop": (lambda path: path.symlink_to(path.name), "Too many levels of symbolic links"),
    "pipe behind links": (lambda path: _behind_links(path), "this is a pipe, not a file"),
}


def _behind_links(path: Path) -> None:
    os.mkfifo(path.with_name("end"))
    path.with_name("middle").symlink_to("end")
    path.symlink_to("middle")


@pytest.fixture(params=NODES)
def node(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    make, words = NODES[request.param]
    path = tmp_path / "node"
    make(path)
    return path, words


def test_what_is_no_file_is_neither_read_nor_written(node: tuple[Path, str]) -> None:
    path, words = node
    before = os.lstat(path)
    for use in (
        lambda: storage.read(path, MOST, "table"),
        lambda: storage.write(path, b"new"),
        lambda: storage.require_place(path),
    ):
        with pytest.raises(DocumentError, match=rf"^node: .*{words}.*(choose|free)"):
            use()
    with pytest.raises(OSError, match=r"."):
        storage.append(path, b"more")
    assert os.lstat(path) == before
    assert not [name for name in os.listdir(path.parent) if name.startswith(".unfinished")]


def test_a_link_to_nothing_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nothing")
    with pytest.raises(DocumentError, match=r"^link: this is a link to a file that is not there; choose another name"):
        storage.write(tmp_path / "link", b"new")
    assert os.listdir(tmp_path) == ["link"]


def test_a_link_to_a_file_writes_the_file_and_stays(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    file = tmp_path / "folder" / "file"
    file.write_bytes(b"old")
    (tmp_path / "link").symlink_to("folder/file")
    storage.write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert file.read_bytes() == storage.read(tmp_path / "link", MOST, "table") == b"new"
    assert os.listdir(tmp_path / "folder") == ["file"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o604, 0o755])
def test_the_permissions_of_an_existing_file_stay(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(mode)
    storage.write(path, b"new", private=True)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_new_file_is_as_readable_as_the_users_others_or_private(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        storage.write(tmp_path / "shared", b"")
        storage.write(tmp_path / "private", b"", private=True)
    finally:
        os.umask(mask)
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("shared", "private")]
    assert modes == [0o640, 0o600]


def test_while_a_file_is_written_it_is_private_beside_the_old_one_and_a_failure_takes_it_away(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    writing = storage.replacing(path)
    writing.__enter__()(b"half")
    (unfinished,) = set(os.listdir(tmp_path)) - {"file"}
    assert stat.S_IMODE((tmp_path / unfinished).stat().st_mode) == 0o600
    assert path.read_bytes() == b"old"
    assert not writing.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert os.listdir(tmp_path) == ["file"]
    assert path.read_bytes() == b"old"


def test_a_file_that_grows_while_it_is_read_ends_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"x")
    monkeypatch.setattr(os, "read", lambda _number, size: b"x" * size)
    with pytest.raises(DocumentError, match=r"^log: it grows while it is read; a table has at most 10 000 bytes"):
        storage.read(path, MOST, "table")


def test_a_file_is_read_up_to_its_limit_and_no_further(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for size in (0, 1, MOST):
        path.write_bytes(b"x" * size)
        assert len(storage.read(path, MOST, "table")) == size
    path.write_bytes(b"x" * (MOST + 1))
    with pytest.raises(DocumentError, match=r"^file: 10 001 bytes; a table has at most 10 000: choose a smaller one"):
        storage.read(path, MOST, "table")


def test_a_place_that_can_be_written_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    before = (tmp_path / "old").stat()
    storage.require_place(tmp_path / "old")
    storage.require_place(tmp_path / "new")
    assert os.listdir(tmp_path) == ["old"]
    assert (tmp_path / "old").stat().st_mtime_ns == before.st_mtime_ns


# ---- names -------------------------------------------------------------------------------------


def test_a_name_is_shown_with_its_bytes_and_kept_as_it_is() -> None:
    path = Path("/a b/ü") / STRANGE
    assert shown(path) == "/a b/ü/caf\\xe9.playground"
    for one in (path, Path("/a b/ü%20.playground")):
        to_text(one).encode()
        assert from_text(to_text(one)) == one


def test_recent_files_keep_the_bytes_of_a_name(qapp: object, tmp_path: Path) -> None:
    RecentFiles().add(tmp_path / STRANGE)
    assert RecentFiles().paths() == (tmp_path / STRANGE,)
    RecentFiles().forget(tmp_path / STRANGE)
    assert RecentFiles().paths() == ()


def test_messages_name_the_bytes_that_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"^caf\\xe9\.playground: cannot be read"):
        storage.read(tmp_path / STRANGE, MOST, "document")


def test_settings_are_private_also_when_an_earlier_program_left_them_open(qapp: object) -> None:
    file = Path(private_store().fileName())
    file.chmod(0o644)
    RecentFiles().add("/anything")
    private_store().sync()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.unlink()
    RecentFiles().add("/anything else")
    private_store().sync()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


KILLED = """
import os, signal, sys
from playground.files import storage
name, path = sys.argv[1:]
former = getattr(os, name)
def killed(*given):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(os, name, killed)
storage.write(path, b"new" * 1000)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nothing kills so there")
@pytest.mark.parametrize(("moment", "kept"), [("open", "old"), ("fchmod", "old"), ("fsync", "old"), ("replace", "old"),
                                              ("unlink", "new")])  # fmt: skip
def test_a_program_killed_while_it_saves_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, moment: str, kept: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old" * 1000)
    done = subprocess.run([sys.executable, "-c", KILLED, moment, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == kept.encode() * 1000


def test_what_a_killed_program_left_is_deleted_at_the_next_save_but_nothing_that_is_in_use(tmp_path: Path) -> None:
    dead, young, foreign = (f".unfinished-{letter * 32}" for letter in "abz")
    for name in (dead, young, foreign):
        (tmp_path / name).touch()
    writing = storage.replacing(tmp_path / "other")
    writing.__enter__()(b"half")
    (busy,) = set(os.listdir(tmp_path)) - {dead, young, foreign}
    for name in (dead, foreign, busy):
        os.utime(tmp_path / name, (1e9, 1e9))
    storage.write(tmp_path / "file", b"new")
    if sys.platform != "win32":
        assert set(os.listdir(tmp_path)) == {young, foreign, busy, "file"}
    writing.__exit__(None, None, None)
    assert (tmp_path / "other").read_bytes() == b"half"


@pytest.mark.parametrize("size", [0, 3, 70_000], ids=["to nothing", "shorter", "other text"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 70_000)
    read = os.read

    def reading(number: int, most: int) -> bytes:
        part = read(number, min(most, 40_000))
        path.write_bytes(b"y" * size)
        os.utime(path, (1e9, 1e9))
        return part

    monkeypatch.setattr(os, "read", reading)
    with pytest.raises(DocumentError, match=r"^file: it was changed while it was read; open it again"):
        storage.read(path, 100_000, "table")
