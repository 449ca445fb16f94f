"""Exports and pictures over a plain widget: no main window is needed for any of them."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from playground.app.export.animation import Stage
from playground.app.export.export_menu import ExportMenu
from playground.app.export.picture_menu import PictureMenu
from playground.app.notices import Notices
from playground.session.session import Session
from widgets.frame.panel import Panel


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def notices(parent: QWidget) -> Notices:
    made = Notices(parent)
    made.bar.setParent(parent)
    return made


def make_stage(session: Session, size: tuple[int, int]) -> Generator[None, None, Stage]:
    yield
    window = QWidget()
    network, output = QLabel("network", window), QLabel("output", window)
    network.resize(60, 40)
    output.resize(40, 40)
    return Stage(window, network, output)


def test_a_script_is_written_and_reported(notices: Notices, parent: QWidget, tmp_path: Path) -> None:
    said: list[str] = []
    notices.said.connect(said.append)
    menu = ExportMenu(Session(), notices, make_stage, parent)
    menu.write("numpy", tmp_path / "net.py")
    assert (tmp_path / "net.py").stat().st_size > 100
    assert said[0].startswith("Saved net.py")


def test_an_animation_shows_the_two_widgets_of_its_stage(notices: Notices, parent: QWidget, tmp_path: Path) -> None:
    session = Session()
    menu = ExportMenu(session, notices, make_stage, parent)
    menu.write("gif", tmp_path / "a.gif", (0, 30, 4))
    assert menu.job is not None
    menu.job.finish()
    assert QImageReader(str(tmp_path / "a.gif")).imageCount() == 4
    assert session.run.iteration == 0


def test_a_picture_that_cannot_be_written_is_refused_in_a_notice(
    notices: Notices, parent: QWidget, tmp_path: Path
) -> None:
    center = Panel("Network")
    center.setParent(parent)
    center.resize(50, 50)
    pictures = PictureMenu(center, (), notices, parent)
    assert set(pictures.views()) == {"Network"}
    pictures.write(center, tmp_path / "none" / "a.png")
    assert "a.png: could not be saved" in notices.bar.text.text()
    pictures.write(center, tmp_path / "a.png", 2)
    assert QImageReader(str(tmp_path / "a.png")).size() == center.size() * 2
