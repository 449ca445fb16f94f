"""Pictures of the views: sharp, whole, in the right format, and a clear word where they cannot be written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from playground.app.export import pictures
from playground.app.export.picture_menu import SCALES
from playground.app.window.main_window import MainWindow
from playground.document.document import Node
from playground.document.quantity import Quantity
from playground.training.hidden import Hidden
from playground.training.redaction import hidden_values, redacted
from tests.disasters import full_disk


@pytest.fixture
def notes(window: MainWindow) -> list[str]:
    said: list[str] = []
    window.parts.notices.said.connect(said.append)
    return said


def test_every_view_in_sight_can_be_saved(window: MainWindow) -> None:
    assert set(window.parts.pictures.views()) == {
        "Network",
        "Data and training",
        "Inspector",
        "Output",
        "Loss",
        "Gradient flow",
    }
    window.parts.docks["flow"].hide()
    assert "Gradient flow" not in window.parts.pictures.views()


@pytest.mark.parametrize("scale", SCALES)
def test_a_png_has_scale_times_the_views_size(window: MainWindow, tmp_path: Path, scale: int) -> None:
    output = window.parts.pictures.views()["Output"]
    pictures.save(output, tmp_path / "output.png", scale)
    image = QImage(str(tmp_path / "output.png"))
    assert image.size() == output.size() * scale
    colours = {QColor(image.pixel(x, image.height() // 3)).name() for x in range(0, image.width(), 7)}
    assert len(colours) > 5


def test_every_view_renders_as_an_svg_of_its_size(window: MainWindow, tmp_path: Path) -> None:
    window.session.step(20)
    for name, widget in window.parts.pictures.views().items():
        path = tmp_path / f"{name}.svg"
        pictures.save(widget, path, 1)
        renderer = QSvgRenderer(str(path))
        assert renderer.isValid(), name
        assert renderer.viewBox().size() == widget.size()
    assert "<text" in (tmp_path / "Network.svg").read_text()


def test_a_copy_is_on_the_clipboard_at_twice_the_size(window: MainWindow) -> None:
    pictures.copy(window.parts.panels.center)
    assert QGuiApplication.clipboard().image().size() == window.parts.panels.center.size() * 2


def test_the_status_line_says_where_it_is(window: MainWindow, notes: list[str], tmp_path: Path) -> None:
    window.parts.pictures.write(window.parts.panels.center, tmp_path / "a.svg")
    window.parts.pictures.write(window.parts.panels.center, tmp_path / "a.png", 2)
    assert notes == [f"Saved a.svg in {tmp_path}.", f"Saved a.png in {tmp_path}."]
    assert QImage(str(tmp_path / "a.png")).size() == QSize(window.parts.panels.center.size()) * 2


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_place_that_cannot_be_written_is_named_with_the_cure_and_what_was_there_stays(
    window: MainWindow, notes: list[str], tmp_path: Path, kind: str
) -> None:
    window.parts.pictures.write(window.parts.panels.center, tmp_path / "none" / f"a.{kind}")
    assert f"a.{kind}: could not be saved" in window.parts.notices.bar.text.text()
    assert "choose another folder" in window.parts.notices.bar.text.text()
    there = tmp_path / f"b.{kind}"
    there.write_text("before", "utf-8")
    with full_disk():
        window.parts.pictures.write(window.parts.panels.center, there)
    assert f"b.{kind}: could not be saved" in window.parts.notices.bar.text.text()
    assert there.read_text("utf-8") == "before"
    assert notes == []


def test_the_file_menu_lists_the_visible_views_each_time(window: MainWindow) -> None:
    made = next(menu for menu in window.findChildren(QMenu) if menu.title() == "Save &picture of")
    made.aboutToShow.emit()
    assert [action.text() for action in made.actions()][:2] == ["Network", "Data and training"]
    window.parts.docks["setup"].hide()
    made.aboutToShow.emit()
    assert "Data and training" not in [action.text() for action in made.actions()]


def test_the_file_menu_leaves_nothing_of_its_last_list_behind(window: MainWindow, qtbot: QtBot) -> None:
    made = next(menu for menu in window.findChildren(QMenu) if menu.title() == "Save &picture of")
    for _ in range(5):
        made.aboutToShow.emit()

    qtbot.waitUntil(lambda: len(made.findChildren(QMenu)) == len(window.parts.pictures.views()))


def test_a_right_click_on_a_heading_opens_the_same(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: opened.append(menu))
    heading = window.parts.docks["output"].heading
    heading.customContextMenuRequested.emit(heading.rect().center())
    texts = [action.text() for action in opened[0].actions() if action.text()]
    assert texts[0] == "Picture of Output"
    assert texts[-1] == "Copy to the clipboard"
    assert sum(text.startswith("PNG") for text in texts) == 4


def test_a_picture_hides_what_the_screen_hides(window: MainWindow, tmp_path: Path) -> None:
    session = window.session
    session.step(20)
    session.select(node=Node(1, 1))

    def given_away() -> list[str]:
        snapshot, hidden = session.snapshot(), Hidden(session.snapshot(), asked, session.selection.example)
        values = list(hidden_values(snapshot, hidden, session.selection.example))
        QApplication.processEvents()
        found = []
        for name, widget in window.parts.pictures.views().items():
            pictures.save(widget, tmp_path / "view.svg", 1)
            texts = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", (tmp_path / "view.svg").read_text()))
            found += [name] if redacted(texts, values) != texts else []
        return found

    asked = [Quantity("downstream", "h1.2")]
    assert "Inspector" in given_away()
    session.prediction.ask(asked)
    assert given_away() == []
