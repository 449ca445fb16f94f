from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QLockFile

from playground.document.document import DataSettings, Document
from playground.document.own_data import Table
from playground.files import autosave, storage
from playground.files.autosave import EVERY_S, LOCK, WORK, Autosave, recoverable
from playground.files.error_messages import DocumentError
from playground.files.file_claim import FileClaim
from playground.files.recent import MOST, RecentFiles
from playground.files.saved import Saved
from playground.training.run import Run

KILLED = """
import os, signal, sys
from pathlib import Path
from playground.files.autosave import Autosave
from playground.document.document import Document
from playground.files.saved import Saved
from playground.training.run import Run
run = Run(Document())
run.train(123)
work = Autosave(Path(sys.argv[1]))
origin = Path("/somewhere/xor.playground")
work.write(Saved(run.document, run.trainer.state(), run.history.copy()), 0.0, 1, origin=origin)
run.train(7)
os.kill(os.getpid(), signal.SIGKILL)
"""


def content(steps: int = 5) -> Saved:
    run = Run(Document())
    run.train(steps)
    return Saved(run.document, run.trainer.state(), run.history.copy())


def died(work: Autosave) -> None:
    """Leave `work` as a killed process does: its files there, its lock void."""
    work._lock.unlock()


# ---- recovery ----------------------------------------------------------------------------------


def test_work_of_a_killed_process_is_offered_and_goes_on_exactly(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], env=environment, check=False)
    assert ended.returncode == -signal.SIGKILL
    (found,) = recoverable(tmp_path)
    assert found.iteration == 123
    assert found.origin == Path("/somewhere/xor.playground")
    assert abs(datetime.now(UTC) - found.saved_at) < timedelta(minutes=10)
    back = found.open()
    run, twin = Run(Document()), Run(Document())
    run.resume(back.document, back.state, back.curves)
    run.train(77)
    twin.train(200)
    assert run.trainer.state().same_as(twin.trainer.state())
    found.discard()
    assert recoverable(tmp_path) == []


def test_work_of_a_running_window_is_not_offered(tmp_path: Path) -> None:
    work = Autosave(tmp_path)
    work.write(content(), 0.0, 1)
    assert recoverable(tmp_path) == []
    work.close()


def test_work_is_offered_to_one_window_only(tmp_path: Path) -> None:
    work = Autosave(tmp_path)
    work.write(content(), 0.0, 1)
    died(work)
    (first,) = recoverable(tmp_path)
    assert recoverable(tmp_path) == []
    first.release()
    assert len(recoverable(tmp_path)) == 1


def test_the_newest_work_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class DeferredLoading(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime(2100, 1, 1, tzinfo=UTC)

    old = Autosave(tmp_path)
    old.write(content(3), 0.0, 1)
    monkeypatch.setattr(autosave, "datetime", DeferredLoading)
    new = Autosave(tmp_path)
    new.write(content(4), 0.0, 1)
    monkeypatch.undo()
    died(old)
    died(new)
    assert [found.iteration for found in recoverable(tmp_path)] == [4, 3]


def test_a_picture_is_kept_beside_the_work(tmp_path: Path) -> None:
    picture = b"a picture"
    work = Autosave(tmp_path)
    work.write(content(), 0.0, 1)
    work.write_picture(picture)
    died(work)
    (found,) = recoverable(tmp_path)
    assert found.pixels() == picture


def test_an_orderly_end_leaves_nothing(tmp_path: Path) -> None:
    work = Autosave(tmp_path)
    work.write(content(), 0.0, 1)
    work.close()
    assert list((tmp_path / "recovery").iterdir()) == []


def test_a_start_without_any_change_leaves_nothing_to_recover(tmp_path: Path) -> None:
    died(Autosave(tmp_path))
    assert recoverable(tmp_path) == []


def test_work_that_was_saved_elsewhere_is_not_offered(tmp_path: Path) -> None:
    work = Autosave(tmp_path)
    work.write(content(), 0.0, 1)
    work.clear()
    died(work)
    assert recoverable(tmp_path) == []


def test_work_is_due_every_eight_seconds_when_something_changed(tmp_path: Path) -> None:
    work = Autosave(tmp_path)
    assert work.due(0.0, 1)
    work.write(content(), 0.0, 1)
    assert not work.due(EVERY_S - 0.1, 2)
    assert work.due(EVERY_S, 2)
    assert not work.due(EVERY_S, 1)
    assert EVERY_S < 10
    work.close()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\xfe", b'{"work": 3}', b'{"work": {}, "saved_at": "x"}'])
def test_damaged_work_is_not_offered(tmp_path: Path, damage: bytes) -> None:
    work = Autosave(tmp_path)
    work.write(content(), 0.0, 1)
    (work.folder / WORK).write_bytes(damage)
    died(work)
    assert recoverable(tmp_path) == []


def test_a_failed_write_keeps_what_was_written_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = Autosave(tmp_path)
    work.write(content(3), 0.0, 1)

    def full(path: Path, data: bytes, *, private: bool) -> None:
        raise DocumentError("work.json: could not be saved (No space left on device)")

    monkeypatch.setattr(storage, "write", full)
    with pytest.raises(DocumentError, match="No space left"):
        work.write(content(9), 20.0, 2)
    monkeypatch.undo()
    assert not work.due(21.0, 2)
    assert work.due(20.0 + EVERY_S, 2)
    died(work)
    (found,) = recoverable(tmp_path)
    assert found.open().state.iteration == 3  # type: ignore[union-attr]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "recovery").write_text("a file in the way")
    with pytest.raises(DocumentError, match="the folder cannot be created"):
        Autosave(tmp_path)


def test_a_folder_without_room_for_a_lock_is_told_and_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QLockFile, "tryLock", lambda lock, wait: False)
    with pytest.raises(DocumentError, match=r"no lock can be written \(a full disk, or a read-only folder\)"):
        Autosave(tmp_path)
    assert not list((tmp_path / "recovery").iterdir())


def test_on_a_full_disk_work_is_offered_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = Autosave(tmp_path)
    work.write(content(3), 0.0, 1)
    died(work)
    monkeypatch.setattr(QLockFile, "tryLock", lambda lock, wait: False)
    monkeypatch.setattr(QLockFile, "error", lambda lock: QLockFile.LockError.UnknownError)
    assert [found.iteration for found in recoverable(tmp_path)] == [3]
    monkeypatch.setattr(QLockFile, "error", lambda lock: QLockFile.LockError.LockFailedError)
    assert recoverable(tmp_path) == []


# ---- one file, two windows ---------------------------------------------------------------------


def test_a_second_window_may_read_but_not_overwrite(tmp_path: Path) -> None:
    path = tmp_path / "a.playground"
    first, second = FileClaim(tmp_path), FileClaim(tmp_path)
    first.save(path, content(1))
    before = path.read_bytes()
    assert second.load(path).document == Document()
    assert first.is_ours
    assert not second.is_ours
    with pytest.raises(DocumentError, match=rf"^a\.playground is open in another window \(process {os.getpid()}\)"):
        second.save(path, content(2))
    assert path.read_bytes() == before
    first.release()
    second.save(path, content(2))
    assert second.is_ours
    second.release()


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.playground"
    claim = FileClaim(tmp_path)
    claim.save(path, content(1))
    claim.save(path, content(2))
    path.write_text("from elsewhere")
    with pytest.raises(DocumentError, match="was changed by another program"):
        claim.save(path, content(3))
    assert path.read_text() == "from elsewhere"
    claim.save(tmp_path / "b.playground", content(3))
    assert claim.path == tmp_path / "b.playground"
    claim.release()


def test_a_file_that_is_gone_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.playground"
    claim = FileClaim(tmp_path)
    claim.save(path, content(1))
    path.unlink()
    claim.save(path, content(1))
    assert path.exists()
    claim.release()


def test_another_name_of_the_same_file_is_the_same_file(tmp_path: Path) -> None:
    path, other = tmp_path / "a.playground", tmp_path / "b.playground"
    first, second = FileClaim(tmp_path), FileClaim(tmp_path)
    first.save(path, content(1))
    other.symlink_to(path)
    with pytest.raises(DocumentError, match="open in another window"):
        second.save(other, content(2))
    first.release()


def test_a_failed_open_keeps_the_present_file(tmp_path: Path) -> None:
    path = tmp_path / "a.playground"
    claim = FileClaim(tmp_path)
    claim.save(path, content(1))
    (tmp_path / "bad.playground").write_text("{")
    with pytest.raises(DocumentError, match=r"bad\.playground"):
        claim.load(tmp_path / "bad.playground")
    assert claim.path == path
    assert claim.is_ours
    claim.release()


def test_where_no_lock_can_be_written_files_open_and_save_and_a_change_from_elsewhere_is_still_found(
    tmp_path: Path,
) -> None:
    (tmp_path / "a file").touch()
    path = tmp_path / "a.playground"
    first, second = FileClaim(tmp_path / "a file"), FileClaim(tmp_path / "a file")
    first.save(path, content(1))
    assert second.load(path).document == Document()
    assert first.is_ours
    first.save(path, content(2))
    with pytest.raises(DocumentError, match="was changed by another program"):
        second.save(path, content(3))
    first.release()
    assert not first.is_ours


def test_a_failed_save_claims_nothing(tmp_path: Path) -> None:
    claim = FileClaim(tmp_path)
    with pytest.raises(DocumentError, match="could not be saved"):
        claim.save(tmp_path / "gone" / "a.playground", content(1))
    assert claim.path is None
    assert [file for file in (tmp_path / "locks").iterdir() if QLockFile(str(file)).getLockInfo()[0]] == []


# ---- large data, recent files ------------------------------------------------------------------


def test_the_lock_of_a_window_is_its_only_file_at_the_start(tmp_path: Path) -> None:
    work = Autosave(tmp_path)
    assert [file.name for file in work.folder.iterdir()] == [LOCK]
    work.close()


def test_own_points_are_written_once_and_come_back(tmp_path: Path) -> None:
    table = Table(np.random.default_rng(1).standard_normal((5000, 2)), np.arange(5000.0) % 2)
    document = Document(data=DataSettings("own", train_fraction=0.7, seed=5, table=table))
    run = Run(document)
    work = Autosave(tmp_path)
    sizes = []
    for number in range(3):
        run.train(2)
        work.write(Saved(document, run.trainer.state()), 10.0 * number, number)
        (file,) = work.folder.glob("table-*.json")
        sizes.append((file.name, file.stat().st_mtime_ns))
        assert (work.folder / WORK).stat().st_size < 10_000
    assert len(set(sizes)) == 1
    other = replace(document, data=replace(document.data, table=Table(-table.points, table.targets)))
    work.write(Saved(other), 40.0, 9)
    assert len(list(work.folder.glob("table-*.json"))) == 1
    died(work)
    (found,) = recoverable(tmp_path)
    assert found.open().document == other
    found.discard()


def test_points_that_are_not_shown_are_recovered_too(tmp_path: Path) -> None:
    table = Table(np.eye(2), np.array([0.0, 1.0]))
    document = Document(data=DataSettings("moons", 60, 0.2, 0.6, 3, table=table))
    work = Autosave(tmp_path)
    work.write(Saved(document), 0.0, 1)
    died(work)
    (found,) = recoverable(tmp_path)
    assert found.open().document == document


def test_recent_files_are_newest_first_and_few(tmp_path: Path) -> None:
    recent = RecentFiles()
    for number in range(MOST + 3):
        recent.add(tmp_path / f"{number}.playground")
    recent.add(tmp_path / "5.playground")
    assert len(recent.paths()) == MOST
    assert recent.paths()[0] == tmp_path / "5.playground"
    assert RecentFiles().paths() == recent.paths()
    recent.forget(tmp_path / "5.playground")
    assert tmp_path / "5.playground" not in recent.paths()
    recent.clear()
    assert recent.paths() == ()


def test_one_recent_file_is_still_a_list(tmp_path: Path) -> None:
    RecentFiles().add(tmp_path / "a.playground")
    assert RecentFiles().paths() == (tmp_path / "a.playground",)


def test_a_write_with_another_document_is_that_document(tmp_path: Path) -> None:
    work = Autosave(tmp_path)
    work.write(content(), 0.0, 1)
    work.write(replace(content(), document=replace(Document(), seed=9), state=None), 9.0, 2)
    died(work)
    (found,) = recoverable(tmp_path)
    assert found.open().document.seed == 9


def test_what_is_not_ours_in_the_recovery_folder_is_never_deleted(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").touch()
    (tmp_path / "recovery" / "foreign").mkdir(parents=True)
    (tmp_path / "recovery" / "foreign" / "notes.txt").touch()
    (tmp_path / "recovery" / "link").symlink_to(mine, target_is_directory=True)

    assert recoverable(tmp_path) == []
    assert [file.name for file in mine.iterdir()] == ["thesis.txt"]
    assert (tmp_path / "recovery" / "foreign" / "notes.txt").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are of Unix")
def test_a_pipe_in_the_place_of_a_lock_is_not_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "recovery" / "1-1-20260101T000000000000"
    folder.mkdir(parents=True)
    os.mkfifo(folder / LOCK)

    assert recoverable(tmp_path) == []
