"""Work is offered after a crash; after an unexpected exception the window stays open."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from math import inf
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from playground.app.window import crash_handler as crash_handler_module
from playground.app.window.crash_handler import LOG, CrashHandler, write_log
from playground.app.window.main_window import MainWindow
from playground.files import document_file
from playground.files.autosave import PICTURE, WORK, Autosave, recoverable, set_damaged_aside
from playground.files.folders import own_folder
from playground.files.saved import Saved
from playground.session.saving import to_saved
from playground.session.session import Session
from tests.disasters import full_disk

ROOT = Path(__file__).resolve().parents[4]

# Trains in the real window; says which iteration was kept, and trains on until it is killed.
VICTIM = """
import sys
from PySide6.QtCore import QStandardPaths
QStandardPaths.setTestModeEnabled(True)
from playground.app.window import start
from playground.files import document_file
from playground.files.autosave import Autosave
write, write_picture = Autosave.write, Autosave.write_picture
kept = []
def heard(self, saved, *rest, **more):
    write(self, saved, *rest, **more)
    kept.append(saved.state.iteration)
def told(self, picture):
    write_picture(self, picture)
    print(kept[-1], flush=True)
Autosave.write, Autosave.write_picture = heard, told
start.run_window(lambda parts: parts.session.play())
"""


@pytest.fixture
def kept(window: MainWindow) -> Iterator[MainWindow]:
    """The window with its work kept, in an empty recovery folder."""
    for entry in recoverable():
        entry.discard()
    yield window
    window.parts.recovery.end()
    for entry in recoverable():
        entry.discard()


@pytest.fixture
def left_behind(kept: MainWindow) -> Session:
    """Work of 25 iterations whose program ended without notice."""
    session = Session()
    session.step(25)
    crashed(session)
    return session


def crashed(session: Session, origin: Path | None = None) -> None:
    autosave = Autosave()
    autosave.write(to_saved(session), 0.0, 1, origin=origin)
    autosave._lock.unlock()  # what the end of a process does


def beat(window: MainWindow) -> None:
    window.parts.recovery._on_beat()


def test_an_error_before_anything_was_kept_keeps_the_work(kept: MainWindow) -> None:
    kept.parts.session.step(3)
    assert kept.parts.recovery.rescue() == ""
    kept.parts.recovery.begin()
    assert kept.parts.recovery.offer is None, "our own work is not offered to us"
    kept.parts.recovery._release()
    kept.parts.recovery._autosave._lock.unlock()  # type: ignore[union-attr]
    (entry,) = recoverable()
    assert entry.iteration == 3
    entry.release()


# ---- crash -------------------------------------------------------------------------------------


def test_work_is_offered_back_after_a_kill_in_the_middle_of_training(kept: MainWindow, qtbot: QtBot) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", VICTIM], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as victim:
        assert victim.stdout is not None
        iteration = int(victim.stdout.readline())
        assert victim.poll() is None
        victim.kill()
    kept.parts.recovery.begin()
    offer = kept.parts.recovery.offer
    assert offer is not None
    assert not offer.picture.pixmap().isNull()
    assert offer.text.text().startswith("Untitled, at iteration ")
    assert "saved today at" in offer.text.text()
    offer.recover.click()
    assert kept.session.run.iteration == iteration > 0
    assert kept.focusWidget() is kept.parts.panels.network.canvas
    never_killed = Session()
    never_killed.step(iteration)
    np.testing.assert_array_equal(kept.session.run.trainer.parameters, never_killed.run.trainer.parameters)
    kept.session.step(10)
    never_killed.step(10)
    np.testing.assert_array_equal(kept.session.run.trainer.parameters, never_killed.run.trainer.parameters)
    assert kept.isWindowModified()


def test_a_window_that_changes_its_look_keeps_the_picture_that_it_had(kept: MainWindow, qtbot: QtBot) -> None:
    recovery = kept.parts.recovery
    kept.parts.session.step(7)
    recovery.save_now()
    picture = recovery._autosave.folder / PICTURE  # type: ignore[union-attr]
    before = picture.read_bytes()
    kept.parts.actions["theme"].trigger()
    assert not kept.updatesEnabled()
    kept.parts.session.step(1)
    recovery.save_now()
    assert picture.read_bytes() == before
    qtbot.waitUntil(kept.updatesEnabled)
    kept.parts.session.step(1)
    recovery.save_now()
    assert picture.read_bytes() != before
    kept.parts.actions["theme"].trigger()


def test_work_put_aside_for_a_lesson_is_kept_with_its_own_picture(kept: MainWindow) -> None:
    recovery, lessons = kept.parts.recovery, kept.parts.lessons
    kept.parts.session.step(7)
    recovery.save_now()
    own_picture = (recovery._autosave.folder / PICTURE).read_bytes()  # type: ignore[union-attr]
    lessons.open_first()
    recovery.save_now()
    assert (recovery._autosave.folder / PICTURE).read_bytes() == own_picture  # type: ignore[union-attr]
    recovery._release()
    recovery._autosave._lock.unlock()  # type: ignore[union-attr]
    (entry,) = recoverable()
    assert entry.iteration == 7
    entry.release()
    lessons.leave()


def test_nothing_is_offered_where_nothing_was_left(kept: MainWindow) -> None:
    kept.parts.recovery.begin()
    assert kept.parts.recovery.offer is None


def test_recovered_work_is_kept_again_before_the_old_copy_goes(kept: MainWindow, left_behind: Session) -> None:
    kept.parts.recovery.begin()
    assert kept.parts.recovery.offer is not None
    kept.parts.recovery.offer.recover.click()
    works = list(own_folder("recovery").glob("*/work.json"))
    assert len(works) == 1
    assert works[0].parent == kept.parts.recovery._autosave.folder  # type: ignore[union-attr]


def test_discarded_work_is_gone_and_the_next_is_offered(kept: MainWindow, left_behind: Session) -> None:
    crashed(Session())
    kept.parts.recovery.begin()
    first = kept.parts.recovery.offer
    assert first is not None
    assert not first.more.isHidden()
    first.discard.click()
    second = kept.parts.recovery.offer
    assert second is not None
    assert second is not first
    second.discard.click()
    assert kept.parts.recovery.offer is None
    assert not list(own_folder("recovery").glob("*/work.json"))


def test_later_keeps_the_work_for_the_next_start(kept: MainWindow, left_behind: Session) -> None:
    kept.parts.recovery.begin()
    assert kept.parts.recovery.offer is not None
    kept.parts.recovery.offer.later.click()
    assert kept.session.run.iteration == 0
    assert [entry.iteration for entry in recoverable()] == [25]


def test_recovered_work_knows_its_file(kept: MainWindow, tmp_path: Path) -> None:
    session = Session()
    session.step(5)
    kept.parts.files.adopt(to_saved(session))
    path = tmp_path / "mine.playground"
    kept.parts.files.write(path)
    kept.parts.files.new()
    session.step(20)
    crashed(session, path)
    kept.parts.recovery.begin()
    offer = kept.parts.recovery.offer
    assert offer is not None
    assert offer.text.text().startswith("mine.playground, at iteration 25")
    offer.recover.click()
    assert kept.parts.files.name == "mine.playground"
    assert kept.isWindowModified()
    kept.parts.files.save()
    assert not kept.isWindowModified()


def test_work_that_is_older_than_its_file_says_so_and_both_can_be_had(kept: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.playground")
    files, recovery = kept.parts.files, kept.parts.recovery
    kept.session.step(5)
    files.write(path)
    kept.session.step(20)
    recovery.begin()
    assert recovery.rescue() == ""
    left = recovery._autosave
    assert left is not None
    kept.session.step(20)
    files.write(path)  # and the program ends before the next beat
    left._lock.unlock()
    recovery._autosave = None
    files.new()
    for answer, iteration, name in (("open_file", 45, "caf\\xe9.playground"), ("recover", 25, "Untitled")):
        recovery.begin()
        offer = recovery.offer
        assert offer is not None
        assert offer.text.text().startswith("caf\\xe9.playground, at iteration 25")
        assert "caf\\xe9.playground has been written since then, today at" in offer.newer.text()
        getattr(offer, answer).click()
        assert (kept.session.run.iteration, files.name) == (iteration, name)
        recovery._autosave.close() if answer == "open_file" and recovery._autosave else None
    assert recoverable() == []
    assert document_file.load(path).state.iteration == 45  # type: ignore[union-attr]


@pytest.mark.parametrize("gone", ["everything", "the folder", "the lock", "nothing, but read-only for a while"])
def test_a_folder_of_kept_work_that_disappears_is_made_again(kept: MainWindow, gone: str) -> None:
    recovery = kept.parts.recovery
    recovery.begin()
    kept.session.step(3)
    beat(kept)
    work = recovery._autosave
    assert work is not None
    if gone == "the lock":
        (work.folder / "lock").unlink()
    elif gone.startswith("nothing"):
        with full_disk():
            kept.session.step()
            assert "File too large" in recovery.rescue()
    else:
        shutil.rmtree(work.folder if gone == "the folder" else work.folder.parent)
    kept.session.step(4)
    assert recovery.rescue() == ""
    assert [file.parent for file in own_folder("recovery").glob("*/work.json")] == [work.folder]
    if not gone.startswith("nothing"):
        shutil.rmtree(work.folder)
    kept.parts.files.settle()
    beat(kept)  # nothing to write, and nothing to delete
    recovery.end()
    assert list(own_folder("recovery").iterdir()) == []


def test_work_of_a_file_whose_name_is_no_text_is_kept_and_saved_to_the_same_file(
    kept: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.playground")
    kept.parts.files.write(path)
    kept.session.step(3)
    kept.parts.recovery.begin()
    assert kept.parts.recovery.rescue() == ""
    assert "caf\\xe9.playground" in kept.windowTitle()
    kept.parts.files.save()
    assert os.listdir(tmp_path) == [path.name]
    assert kept.parts.files.recent.paths()[0] == path


def test_work_whose_file_is_gone_is_recovered_without_it(kept: MainWindow, tmp_path: Path) -> None:
    session = Session()
    session.step(25)
    crashed(session, tmp_path / "gone.playground")
    kept.parts.recovery.begin()
    assert kept.parts.recovery.offer is not None
    kept.parts.recovery.offer.recover.click()
    assert kept.session.run.iteration == 25
    assert kept.parts.files.claim.path is None


def test_damaged_work_is_reported_and_stays(kept: MainWindow, left_behind: Session) -> None:
    work = next(own_folder("recovery").glob("*/work.json"))
    work.write_text(work.read_text("utf-8").replace('"tanh"', '"nothing"'), "utf-8")
    kept.parts.recovery.begin()
    assert kept.parts.recovery.offer is not None
    kept.parts.recovery.offer.recover.click()
    assert "nothing" in kept.parts.notices.bar.text.text()
    assert work.exists()


def test_work_that_was_saved_or_closed_is_not_kept(kept: MainWindow, tmp_path: Path) -> None:
    kept.parts.recovery.begin()
    beat(kept)
    folder = kept.parts.recovery._autosave.folder  # type: ignore[union-attr]
    assert not (folder / "work.json").exists()
    kept.session.step(3)
    beat(kept)
    assert (folder / "work.json").exists()
    kept.parts.files.write(tmp_path / "a.playground")
    beat(kept)
    assert not (folder / "work.json").exists()
    assert kept.close()
    assert not folder.exists()


def test_work_that_cannot_be_kept_is_said_and_training_goes_on(
    kept: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.parts.recovery.begin()
    kept.session.step(3)
    beat(kept)
    work = kept.parts.recovery._autosave
    assert work is not None
    before = (work.folder / WORK).read_bytes()
    kept.session.step(3)
    work._asked = -inf
    with full_disk():
        beat(kept)
    told = kept.parts.notices.bar.text.text()
    assert told.startswith(f"{work.folder.parent}: File too large.")
    assert "save often" in told
    assert (work.folder / WORK).read_bytes() == before
    kept.session.step()
    work._asked = -inf
    beat(kept)
    assert kept.parts.notices.bar.isHidden()
    assert "saved for recovery again" in kept.parts.panels.status.message.text()
    assert (work.folder / WORK).read_bytes() != before


def test_where_no_folder_can_be_made_that_is_said_and_work_is_kept_once_there_is_room(
    kept: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "a file"))
    QStandardPaths.setTestModeEnabled(False)
    kept.parts.recovery.begin()
    assert "cannot be created" in kept.parts.notices.bar.text.text()
    assert kept.parts.recovery.offer is None
    kept.session.step(3)
    assert "cannot be created" in kept.parts.recovery.rescue()
    path = tmp_path / "mine.playground"
    kept.parts.files.write(path)
    kept.parts.files.adopt(Saved())
    assert kept.parts.files.load(path)
    assert kept.parts.files.claim.is_ours
    assert kept.session.run.iteration == 3
    (tmp_path / "a file").unlink()
    kept.session.step()
    kept.parts.recovery._tried = -inf
    beat(kept)
    assert [file.name for file in tmp_path.rglob("work.json")] == ["work.json"]
    kept.parts.recovery.end()


def test_damaged_work_is_reported_once_and_set_aside(kept: MainWindow, left_behind: Session) -> None:
    work = next(own_folder("recovery").glob("*/work.json"))
    work.write_text("{", "utf-8")
    kept.parts.recovery.begin()
    assert kept.parts.recovery.offer is None
    aside = next(own_folder("recovery").glob("damaged-*"))
    assert str(aside) in kept.parts.notices.bar.text.text()
    assert (aside / "work.json").read_text("utf-8") == "{"
    assert recoverable() == []
    assert set_damaged_aside() == []
    shutil.rmtree(aside)


# ---- an unexpected exception -------------------------------------------------------------------


@pytest.fixture
def crash_handler(kept: MainWindow) -> Iterator[CrashHandler]:
    """The window with its hooks in; pytest's own are in their place again before they look."""
    (own_folder("log") / LOG).unlink(missing_ok=True)
    made = CrashHandler(kept.session, kept.parts.recovery, kept)
    made.install()
    yield made
    made.remove()


def fail_in_a_slot(window: MainWindow, word: str = "a defect") -> None:
    def slot() -> None:
        raise ZeroDivisionError(word)

    window.session.noted.connect(slot)
    window.session.note("go")
    window.session.noted.disconnect(slot)


def test_an_unexpected_exception_shows_one_dialog_keeps_the_work_and_goes_on(
    kept: MainWindow, crash_handler: CrashHandler, qtbot: QtBot
) -> None:
    kept.parts.recovery.begin()
    kept.session.step(7)
    kept.session.play()
    for word in ("a defect", "a defect", "another"):
        fail_in_a_slot(kept, word)
    qtbot.waitUntil(
        lambda: crash_handler.dialog is not None and "another" in crash_handler.dialog.details.toPlainText()
    )
    assert crash_handler.dialog is not None
    details = crash_handler.dialog.details.toPlainText()
    assert details.count("ZeroDivisionError: a defect") == 1
    assert "Backprop Playground" in details
    assert not kept.session.is_playing
    assert next(own_folder("recovery").glob("*/work.json")).exists()
    assert "saved for recovery" in crash_handler.dialog.text.text()
    crash_handler.dialog.copy.click()
    assert QGuiApplication.clipboard().text() == details
    crash_handler.dialog.continue_button.click()
    assert crash_handler.dialog is None
    before = kept.session.run.iteration
    kept.session.step()
    assert kept.session.run.iteration == before + 1


def test_an_unexpected_exception_is_written_to_a_log(
    kept: MainWindow, crash_handler: CrashHandler, qtbot: QtBot
) -> None:
    fail_in_a_slot(kept)
    text = (own_folder("log") / LOG).read_text("utf-8")
    assert "Traceback" in text
    assert "ZeroDivisionError: a defect" in text
    qtbot.waitUntil(lambda: crash_handler.dialog is not None)
    assert crash_handler.dialog is not None
    crash_handler.dialog.continue_button.click()


def test_the_log_does_not_grow_for_ever(own_folders: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash_handler_module, "MAX_LOG", 1000)
    for _ in range(50):
        write_log("x" * 200)
    sizes = [file.stat().st_size for file in own_folder("log").iterdir()]
    assert len(sizes) == 2
    assert max(sizes) < 2000


def test_a_log_that_cannot_be_written_stops_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(crash_handler_module, "own_folder", lambda _name: tmp_path / "not there")
    assert write_log("anything") is None
