"""The document as a file, over a plain widget: no main window is needed for any of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.app.files.document_files import Files
from playground.app.files.document_status import DocumentStatus
from playground.app.files.file_dialogs import DISCARD
from playground.app.files.hidden_controls import HiddenControls
from playground.app.files.own_points import OwnPoints
from playground.app.files.recovery import Recovery
from playground.app.files.sharing import Sharing
from playground.app.notices import GIVES_AWAY, Notices
from playground.document.quantity import Quantity
from playground.files import document_file
from playground.files.autosave import recoverable
from playground.session.session import Session
from widgets.frame.status_line import StatusLine


class Views:
    """Stands in for the views of a window."""

    def __init__(self) -> None:
        self.shown: list[Mapping[str, object]] = []

    def settings(self) -> dict[str, object]:
        return {"discretize": True}

    def show(self, settings: Mapping[str, object]) -> None:
        self.shown.append(settings)


class Room:
    """A session with its files over a plain widget."""

    def __init__(self, parent: QWidget) -> None:
        self.parent = parent
        self.session, self.notices, self.views = Session(), Notices(parent), Views()
        self.notices.bar.setParent(parent)
        self.said: list[str] = []
        self.notices.said.connect(self.said.append)
        self.files = Files(self.session, self.notices, self.views, parent)  # type: ignore[arg-type]


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    parent = QWidget()
    qtbot.addWidget(parent)
    return Room(parent)


def test_a_document_is_saved_and_opened_with_the_settings_of_its_views(room: Room, tmp_path: Path) -> None:
    room.session.step(7)
    room.files.write(tmp_path / "a.playground")
    room.files.adopt(document_file.load(tmp_path / "a.playground"))
    room.files.load(tmp_path / "a.playground")
    assert room.session.run.iteration == 7
    assert room.files.name == "a.playground"
    assert room.views.shown[-1] == {"discretize": True}


def test_a_file_that_is_gone_is_refused_in_a_notice_and_changes_nothing(room: Room, tmp_path: Path) -> None:
    document = room.session.document
    assert not room.files.load(tmp_path / "gone.playground")
    assert "gone.playground" in room.notices.bar.text.text()
    assert room.session.document is document


def test_another_document_is_announced_before_and_after(room: Room, tmp_path: Path) -> None:
    room.files.write(tmp_path / "a.playground")
    heard: list[str] = []
    room.files.about_to_open.connect(lambda: heard.append("about to open"))
    room.files.opened.connect(lambda: heard.append("opened"))
    room.files.load(tmp_path / "a.playground")
    assert heard == ["about to open", "opened"]


def test_a_table_is_passed_on_and_never_opened_as_a_document(room: Room, tmp_path: Path) -> None:
    chosen: list[Path] = []
    room.files.table_chosen.connect(chosen.append)
    room.files.open_path(tmp_path / "points.csv")
    assert chosen == [tmp_path / "points.csv"]


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        (0, "all edits"),
        (1, "1 iteration of training and all edits"),
        (1200, "1 200 iterations of training and all edits"),
    ],
)
def test_the_question_says_what_is_lost_with_the_window_and_what_undo_brings_back(
    room: Room, tmp_path: Path, steps: int, text: str
) -> None:
    asked: list[str] = []

    def ask(_name: str, otherwise: str, done: Callable[[str], object]) -> None:
        asked.append(otherwise.replace("\u202f", " "))
        done(DISCARD)

    room.files.dialogs.ask_to_keep = room.files.dialogs.ask_to_revert = ask  # type: ignore[method-assign]
    room.files.write(tmp_path / "a.playground")
    room.session.change(lambda document: document.__class__(seed=5), "New weights")
    room.session.step(steps)
    edited, state = room.session.document, room.session.run.trainer.state()
    for replace in (room.files.revert, room.files.new):
        replace()
        assert room.session.run.iteration == 0
        room.session.undo_stack.undo()
        assert room.session.document == edited
        assert room.session.run.trainer.state().same_as(state)
    assert room.files.may_close()
    back = f"Ctrl+Z brings {text} back while this window is open."
    assert asked == [back, f"Without saving, {back}", f"Otherwise {text} will be lost."]


def test_title_status_line_and_revert_follow_the_document(room: Room, tmp_path: Path, qtbot: QtBot) -> None:
    window, status, revert = QWidget(), StatusLine(), QAction()
    qtbot.addWidget(window)
    qtbot.addWidget(status)
    presenter = DocumentStatus(room.session, room.files, window, status, revert)
    assert window.windowTitle() == "Untitled[*] — Backprop Playground"
    room.files.write(tmp_path / "a.playground")
    assert window.windowTitle() == "a.playground[*] — Backprop Playground"
    assert not window.isWindowModified()
    assert not revert.isEnabled()
    room.session.step()
    assert window.isWindowModified()
    assert revert.isEnabled()
    assert presenter is not None


def test_a_link_of_the_document_opens_it_again(room: Room, qapp: object) -> None:
    from PySide6.QtGui import QGuiApplication

    sharing = Sharing(room.session, room.files, room.notices, HiddenControls((), QAction()), room.parent)
    room.session.step(4)
    sharing.copy_link()
    assert room.said[-1].startswith("Link copied: ")
    assert GIVES_AWAY not in room.said[-1]
    room.session.prediction.ask([Quantity("value", "h1.2")])
    sharing.copy_link()
    assert room.said[-1].endswith(f"characters. {GIVES_AWAY}")
    room.session.prediction.end()
    room.files.settle()
    room.session.reset()
    room.files.settle()
    sharing.open_text(QGuiApplication.clipboard().text())
    assert room.session.run.iteration == 4
    sharing.open_text("playground:nonsense")
    assert not room.notices.bar.isHidden()


def test_exported_points_can_be_imported(room: Room, tmp_path: Path) -> None:
    points = OwnPoints(room.session, room.files, room.notices, room.parent)
    points.export(tmp_path / "points.csv")
    assert points.writing is not None
    points.writing.finish()
    assert room.said == [f"Saved points.csv in {tmp_path}."]
    points.open_table(tmp_path / "points.csv")
    assert points.imports.job is not None
    points.imports.job.finish()
    assert points.imports.dialog is not None
    points.imports.close()
    points.open_table(tmp_path / "gone.csv")
    assert "gone.csv" in room.notices.bar.text.text()


def test_unsaved_work_is_written_for_recovery_with_a_picture_and_removed_in_the_end(room: Room) -> None:
    for entry in recoverable():
        entry.discard()
    recovery = Recovery(room.session, room.files, room.notices, room.parent)
    recovery.begin()
    room.session.step(3)
    assert recovery.rescue(with_picture=True) == ""
    folder = recovery._autosave.folder  # type: ignore[union-attr]
    assert (folder / "picture.png").read_bytes().startswith(b"\x89PNG")
    recovery.end()
    assert not folder.exists()


def test_undo_comes_back_to_the_document_before_with_its_file_and_its_training(room: Room, tmp_path: Path) -> None:
    first, second = tmp_path / "a.playground", tmp_path / "b.playground"
    room.session.step(3)
    room.files.write(second)
    room.session.step(4)
    room.files.write(first)
    room.session.step(5)
    state = room.session.run.trainer.state()
    assert room.files.load(second)
    assert (room.session.run.iteration, room.files.claim.path, room.files.is_modified) == (3, second, False)
    room.session.undo_stack.undo()
    assert room.session.run.trainer.state().same_as(state)
    assert (room.files.claim.path, room.files.claim.is_ours, room.files.is_modified) == (first, True, True)
    room.files.save()
    assert document_file.load(first).state.iteration == 12
    room.session.undo_stack.redo()
    assert (room.session.run.iteration, room.files.claim.path, room.files.is_modified) == (3, second, False)


def test_undo_of_new_brings_the_work_back(room: Room) -> None:
    room.session.step(5)
    room.files.adopt(document_file.Saved(), "New document")
    assert (room.session.run.iteration, room.files.is_modified) == (0, False)
    room.session.undo_stack.undo()
    assert (room.session.run.iteration, room.files.is_modified) == (5, True)
