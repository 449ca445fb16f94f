"""File → Export in the real window: files on disk, a message about them, and refusals that write nothing."""

from __future__ import annotations

import ast
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QProgressDialog

from playground.app.export import animation
from playground.app.export.export_menu import ExportMenu
from playground.app.export.exports import EXPORTS
from playground.app.notices import GIVES_AWAY
from playground.app.window.main_window import MainWindow
from playground.app.window.start import make_application
from playground.document.document import LOSS, Edge, Node
from playground.document.quantity import Quantity
from playground.session.session import Session
from widgets.dialogs.number_prompt import NumberPrompt
from widgets.network_graph.canvas import GraphCanvas
from widgets.style import style


@pytest.fixture
def menu(window: MainWindow) -> ExportMenu:
    found = window.findChild(ExportMenu)
    assert found is not None
    found.menu.aboutToShow.emit()
    return found


def test_the_file_menu_has_every_export_with_a_tip(window: MainWindow, menu: ExportMenu) -> None:
    file_menu = window.findChild(QMenu, "menu_file")
    assert menu.menu in [action.menu() for action in file_menu.actions()]
    names = {action.objectName() for action in menu.menu.actions() if not action.isSeparator()}
    assert names == {f"export_{key}" for key in (*EXPORTS, "gif")}
    assert all(action.toolTip() for action in menu.menu.actions() if not action.isSeparator())


@pytest.mark.parametrize("key", EXPORTS)
def test_every_export_writes_its_file_and_says_so(
    key: str, window: MainWindow, menu: ExportMenu, tmp_path: Path
) -> None:
    said: list[str] = []
    window.parts.notices.said.connect(said.append)
    window.session.run.train(5)
    window.session.select(node=Node(1, 1))
    path = tmp_path / f"made{EXPORTS[key].suffix}"
    menu.write(key, path)
    assert path.stat().st_size > 100
    assert said[-1] == f"Saved {path.name} in {tmp_path}."
    if path.suffix == ".py":
        ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("key", EXPORTS)
def test_a_file_is_said_to_give_hidden_numbers_away_while_there_are_some(
    key: str, window: MainWindow, menu: ExportMenu, tmp_path: Path
) -> None:
    said: list[str] = []
    window.parts.notices.said.connect(said.append)
    window.session.select(node=Node(1, 1))
    window.session.prediction.ask([Quantity("value", "h1.2")])
    path = tmp_path / f"made{EXPORTS[key].suffix}"
    menu.write(key, path)
    assert said[-1] == f"Saved {path.name} in {tmp_path}. {GIVES_AWAY}"
    window.session.prediction.end()
    menu.write(key, path)
    assert said[-1] == f"Saved {path.name} in {tmp_path}."


def test_a_worksheet_of_no_neuron_is_refused_in_a_notice(window: MainWindow, menu: ExportMenu, tmp_path: Path) -> None:
    window.session.select(node=LOSS)
    menu.write("worksheet", tmp_path / "w.md")
    assert "select a neuron" in window.parts.notices.bar.text.text()
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_refused_in_a_notice(
    window: MainWindow, menu: ExportMenu, tmp_path: Path
) -> None:
    menu.write("numpy", tmp_path / "missing" / "net.py")
    assert "could not be saved" in window.parts.notices.bar.text.text()


def test_the_menu_asks_for_a_place(window: MainWindow, menu: ExportMenu) -> None:
    next(action for action in menu.menu.actions() if action.objectName() == "export_numpy").trigger()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.defaultSuffix() == "py"
    dialog.reject()


def test_an_animation_is_made_beside_the_run_and_leaves_it_alone(
    window: MainWindow, menu: ExportMenu, tmp_path: Path
) -> None:
    window.session.run.train(20)
    before = window.session.run.trainer.state()
    menu.write("gif", tmp_path / "a.gif")
    assert menu.job is not None
    menu.job.finish()
    assert QImageReader(str(tmp_path / "a.gif")).imageCount() > 5
    assert window.session.run.trainer.state().same_as(before)
    assert menu.job is None


def test_an_animation_is_of_the_iterations_that_were_asked_for(
    window: MainWindow, menu: ExportMenu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[int] = []
    monkeypatch.setattr(animation, "_words", lambda session: shown.append(session.run.iteration) or "")
    window.session.step(60)
    window.session.set_weight(Edge(1, 0, 1), 2.0)
    window.session.step(20)
    menu.ask("gif")
    prompt = window.findChild(NumberPrompt)
    assert prompt is not None
    assert [edit.value for edit in prompt.edits.values()] == [0, 80, 40]
    prompt.edits["first"].set_value(50)
    prompt.edits["last"].set_value(90)
    prompt.edits["frames"].set_value(5)
    prompt.buttons.accepted.emit()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "a.gif"))
    dialog.reject()
    job = menu.job
    assert job is not None
    job.finish()
    assert shown == [50, 52, 60, 72, 90]
    assert QImageReader(str(tmp_path / "a.gif")).imageCount() == 5


def test_each_picture_of_an_animation_shows_its_iteration(
    window: MainWindow, menu: ExportMenu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[float, float]] = []
    picture = animation._picture

    def watched(stage: animation.Stage, session: Session) -> QImage:
        losses = session.snapshot().losses
        assert isinstance(stage.network, GraphCanvas)
        assert stage.network.scene.frame is not None
        drawn.append((stage.network.scene.frame.loss, losses.train + losses.regularization))
        return picture(stage, session)

    monkeypatch.setattr(animation, "_picture", watched)
    monkeypatch.setattr(animation, "_words", lambda _session: "")
    window.session.step(60)
    menu.write("gif", tmp_path / "a.gif", (0, 90, 4))
    assert menu.job is not None
    menu.job.finish()
    assert len({shown for shown, _ in drawn}) == 4
    assert all(shown == due for shown, due in drawn)
    reader = QImageReader(str(tmp_path / "a.gif"))
    frames = [reader.read() for _ in drawn]
    assert all(before != after for before, after in pairwise(frames))


def test_an_animation_goes_on_through_lecture_mode(window: MainWindow, menu: ExportMenu, tmp_path: Path) -> None:
    menu.write("gif", tmp_path / "a.gif", (0, 40, 3))
    job = menu.job
    assert job is not None
    while job.progress < 0.4:
        job.run_slice(0.0)
    before = style.current()
    style.apply(make_application(), replace(before, scale=1.5))
    job.finish()
    style.apply(make_application(), before)
    assert QImageReader(str(tmp_path / "a.gif")).imageCount() == 3


def test_a_window_that_closes_gives_its_animation_up(window: MainWindow, menu: ExportMenu, tmp_path: Path) -> None:
    menu.write("gif", tmp_path / "a.gif")
    job = menu.job
    assert job is not None
    job.run_slice(0.001)
    assert window.close()
    assert job.is_over
    assert not list(tmp_path.iterdir())


def test_a_cancelled_animation_writes_nothing_and_closes_its_window(
    window: MainWindow, menu: ExportMenu, tmp_path: Path
) -> None:
    menu.write("gif", tmp_path / "a.gif")
    job = menu.job
    assert job is not None
    job.run_slice(0.001)
    bar = window.findChild(QProgressDialog)
    assert bar is not None
    bar.canceled.emit()
    assert job.is_over
    assert menu.job is None
    assert not list(tmp_path.iterdir())
    assert [top for top in QApplication.topLevelWidgets() if isinstance(top, MainWindow) and top.isVisible()] == [
        window
    ]
