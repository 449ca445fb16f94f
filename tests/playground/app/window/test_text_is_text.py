"""Names that look like markup: every place of the window shows them as they are, and nothing is opened for them."""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QMessageBox,
    QTabBar,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from playground.app.export.pictures import svg
from playground.app.files.file_dialogs import FileDialogs
from playground.app.files.recent_menu import RecentMenu
from playground.app.window.inspector_pages import PAGES
from playground.app.window.main_window import MainWindow
from playground.app.window.view_docks import VIEWS
from playground.document.document import Node
from widgets.values import Choice

IN_OPEN = 0x20
MARK = "<img"
watches_files = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="inotify belongs to Linux")


@contextmanager
def watched(path: Path) -> Iterator[list[str]]:
    """Collect what opens `path`, by whatever code, and every connection that Python makes."""
    libc, found = ctypes.CDLL(None, use_errno=True), []
    watch = libc.inotify_init1(os.O_NONBLOCK)
    assert libc.inotify_add_watch(watch, os.fsencode(path), IN_OPEN) >= 0
    yield found
    try:
        found.append(f"{path} was opened: {os.read(watch, 4096)!r}")
    except BlockingIOError:
        pass
    finally:
        os.close(watch)


@pytest.fixture
def bait(tmp_path: Path) -> Path:
    """A picture that a rich text would show."""
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    path = tmp_path / "bait.png"
    assert image.save(str(path))
    return path


def names_for(bait: Path) -> list[str]:
    return [
        f"<img src='{bait}'>",
        f"<b>R&D</b> &amp; <img src=file://{bait}>",
        f"<a href='//host/share/x.png'>link</a><img src=\"{bait}\">",
    ]


def document_of(names: list[str], folder: Path, *, file_name: str = "<img src=x> R&D [*]") -> Path:
    table = {
        "points": [[0, 0], [1, 1], [0, 1], [1, 0], [0.2, 0.1], [0.8, 0.9]],
        "targets": [0, 1, 2, 2, 0, 1],
        "n_classes": 3,
        "feature_names": names[:2],
        "class_names": names,
        "target_name": names[2],
        "source": names[0],
    }
    path = folder / f"{file_name.replace('/', '')}.playground"
    text = json.dumps({"format": "backprop-playground", "version": 2, "data": {"name": "own", "table": table}})
    path.write_text(text, encoding="utf-8")
    return path


def shown_markup(window: QWidget) -> list[str]:
    """Return every text of the window that Qt would take for markup and obey."""
    found = [
        f"{type(label).__name__}: {label.text()}"
        for label in window.findChildren(QLabel)
        if label.textFormat() != Qt.TextFormat.PlainText and MARK in label.text()
    ]
    parts = [window, *window.findChildren(QWidget)]
    found += [f"what's this: {part.whatsThis()}" for part in parts if MARK in part.whatsThis()]
    return found


def swallowed(window: QWidget) -> list[str]:
    """Return every text in which a single & of a name would be taken for the mark of a key."""
    texts = [part.text() for kind in (QAbstractButton, QAction) for part in window.findChildren(kind)]
    texts += [bar.tabText(i) for bar in window.findChildren(QTabBar) for i in range(bar.count())]
    return [text for text in texts if "R&D" in text.replace("R&&D", "")]


def show_tooltips(window: QWidget) -> int:
    """Show each tooltip that holds a foreign name; return how many did."""
    count = 0
    for part in [window, *window.findChildren(QWidget)]:
        if MARK not in part.toolTip():
            continue
        QToolTip.showText(QPoint(200 + count % 7, 200), part.toolTip(), part)
        QApplication.processEvents()
        tips = [tip for tip in QApplication.allWidgets() if tip.metaObject().className() == "QTipLabel"]
        assert tips
        assert {tip.textFormat() for tip in tips if isinstance(tip, QLabel)} == {Qt.TextFormat.PlainText}
        count += 1
    QToolTip.hideText()
    return count


def walk(window: MainWindow) -> None:
    """Open every view, select every kind of node, hover, train, and draw it all."""
    session, parts = window.session, window.parts
    for spec in VIEWS:
        parts.views.open(spec.key)
        QApplication.processEvents()
    for node in (Node(0, 0), Node(1, 0), Node(session.document.depth + 1, 0)):
        session.select(node=node)
        session.step(2)
        for page in PAGES:
            parts.panels.inspector.show_page(page.key)
            parts.pages.widget(page.key)
            QApplication.processEvents()
    parts.circuits.open()
    parts.deferred.finish()
    QApplication.processEvents()
    window.grab()


@watches_files
def test_hostile_names_are_shown_and_open_nothing(window: MainWindow, bait: Path, tmp_path: Path) -> None:
    path = document_of(names_for(bait), tmp_path)
    with watched(bait) as opened:
        assert window.parts.files.load(path)
        walk(window)
        assert not shown_markup(window)
        assert not swallowed(window)
        assert show_tooltips(window) > 3
        assert "R&D [*]" in window.windowTitle().replace("[*][*]", "[*]")
        drawn = svg(window).decode()
        assert MARK not in drawn
        assert "&lt;img" in drawn
    assert not opened


@watches_files
def test_a_hostile_table_is_imported_as_text(window: MainWindow, bait: Path, tmp_path: Path, qtbot: QtBot) -> None:
    first, second, third = (name.replace('"', "'") for name in names_for(bait))
    path = tmp_path / "R&D <img src=bait.png> [*].csv"
    rows = "\n".join(f"{k},{k % 3},{(first, second, third)[k % 3]}" for k in range(12))
    path.write_text(f'"{first}","{second}","{third}"\n{rows}\n', encoding="utf-8")
    with watched(bait) as opened:
        window.parts.own_points.imports.open(path)
        qtbot.waitUntil(lambda: window.parts.own_points.imports.dialog is not None)
        dialog = window.parts.own_points.imports.dialog
        assert dialog is not None
        QApplication.processEvents()
        assert not shown_markup(dialog)
        dialog.take.click()
        qtbot.waitUntil(lambda: window.session.document.data.name == "own")
        qtbot.waitUntil(lambda: not isValid(dialog))
        assert not shown_markup(window)
        assert not swallowed(window)
        assert "R&D" in window.parts.panels.status.document.text()
        show_tooltips(window)
    assert not opened


@watches_files
def test_what_is_refused_is_quoted_as_text(window: MainWindow, bait: Path, tmp_path: Path) -> None:
    hostile = names_for(bait)[0]
    broken = tmp_path / "<img src=bait.png> R&D.playground"
    broken.write_text(json.dumps({"format": hostile, hostile: 1}), encoding="utf-8")
    with watched(bait) as opened:
        for text in (f"playground:{hostile}", f"https://playground.tensorflow.org/#activation={hostile}", hostile):
            window.parts.sharing.open_text(text)
            QApplication.processEvents()
            assert not shown_markup(window)
            show_tooltips(window)
        for path in (broken, tmp_path / "<img src=bait.png>.playground"):
            assert not window.parts.files.load(path)
            QApplication.processEvents()
            assert not shown_markup(window)
        window.parts.notices.show(hostile, hostile, {Choice("a", hostile, hostile): lambda: None})
        QApplication.processEvents()
        assert not shown_markup(window)
    assert not opened


@watches_files
def test_the_questions_of_the_window_quote_names_as_text(window: MainWindow, bait: Path, qtbot: QtBot) -> None:
    hostile = names_for(bait)[0]
    answers: list[str] = []
    with watched(bait) as opened:
        dialogs = FileDialogs(window)
        dialogs.ask_to_keep(hostile, hostile, answers.append)
        dialogs.ask_to_revert(hostile, hostile, answers.append)
        dialogs.ask_for_link(hostile, answers.append)
        plain_of_qt = QMessageBox(QMessageBox.Icon.Warning, hostile, hostile, parent=window)
        plain_of_qt.show()
        QApplication.processEvents()
        boxes = window.findChildren(QDialog)
        assert len(boxes) >= 4
        for box in boxes:
            assert not shown_markup(box)
            box.close()
    assert not opened
    assert set(answers) <= {"cancel"}


def test_recent_files_keep_their_ampersands(window: MainWindow, bait: Path, tmp_path: Path) -> None:
    assert window.parts.files.load(document_of(names_for(bait), tmp_path, file_name="R&D <img src=x>"))
    (menu,) = window.findChildren(RecentMenu)
    menu.aboutToShow.emit()
    assert "R&&D <img src=x>" in menu.actions()[0].text()
    assert not swallowed(menu)
