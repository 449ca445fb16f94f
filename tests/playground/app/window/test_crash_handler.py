"""Whatever part of the window raises, the work is written, the log has it and a dialog says so; the window goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from playground.app.files import recovery as recovery_module
from playground.app.window import crash_handler as crash_handler_module
from playground.app.window.crash_handler import LOG, CrashHandler
from playground.app.window.main_window import MainWindow
from playground.files.autosave import PICTURE, WORK, recoverable
from playground.files.folders import own_folder
from widgets.dialogs.crash_dialog import CrashDialog

Fail = Callable[..., object]


@pytest.fixture
def saved(window: MainWindow) -> Iterator[MainWindow]:
    """The window with unsaved work, in an empty recovery folder."""
    for entry in recoverable():
        entry.discard()
    (own_folder("log") / LOG).unlink(missing_ok=True)
    window.parts.recovery.begin()
    window.session.step(7)
    yield window
    window.parts.recovery.end()


@pytest.fixture
def handler(saved: MainWindow) -> Iterator[CrashHandler]:
    made = CrashHandler(saved.session, saved.parts.recovery, saved)
    made.install()
    yield made
    made.remove()


def work_folder(window: MainWindow) -> Path:
    autosave = window.parts.recovery._autosave
    assert autosave is not None
    return autosave.folder


def failing(word: str) -> Fail:
    """Return a function that fails as C code does."""

    def fail(*_values: object, **_options: object) -> object:
        return {}[word]

    return fail


def iteration_written(window: MainWindow) -> int:
    return int(msgspec.json.decode((work_folder(window) / WORK).read_bytes())["work"]["run"]["iteration"])


def assert_told(window: MainWindow, handler: CrashHandler, word: str, qtbot: QtBot) -> None:
    """The work is written, the log and the dialog have `word`; close the dialog and go on."""
    qtbot.waitUntil(lambda: handler.dialog is not None)
    dialog = handler.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert word in dialog.details.toPlainText()
    assert "saved for recovery" in dialog.text.text()
    assert "could not" not in dialog.text.text()
    assert word in (own_folder("log") / LOG).read_text("utf-8")
    assert iteration_written(window) == window.session.run.iteration
    dialog.continue_button.click()
    assert handler.dialog is None


class Painters:
    """Lets the paintEvent of classes raise, by name; Qt looks for the override of an object only once."""

    def __init__(self) -> None:
        self.broken: set[str] = set()
        self.seen: set[str] = set()  # what painted since this was cleared

    def breakable(self, name: str, paint: Fail) -> Fail:
        def paint_unless_broken(widget: QWidget, event: object) -> object:
            self.seen.add(name)
            return {}[f"{name} is broken"] if name in self.broken else paint(widget, event)

        return paint_unless_broken


@pytest.fixture
def painters(monkeypatch: pytest.MonkeyPatch) -> Painters:
    made = Painters()
    for kind in painting_classes(QWidget):
        monkeypatch.setattr(kind, "paintEvent", made.breakable(kind.__name__, vars(kind)["paintEvent"]))
    return made


def painting_classes(above: type) -> Iterator[type]:
    for kind in type.__subclasses__(above):
        if kind.__module__.split(".")[0] in ("widgets", "playground") and "paintEvent" in vars(kind):
            yield kind
        yield from painting_classes(kind)


@pytest.mark.slow
def test_a_painter_that_raises_loses_nothing(
    painters: Painters, saved: MainWindow, handler: CrashHandler, qtbot: QtBot
) -> None:
    def update() -> None:
        for widget in (saved, *saved.findChildren(QWidget)):
            widget.update()

    QApplication.processEvents()
    painters.seen.clear()
    update()
    qtbot.waitUntil(lambda: "GraphCanvas" in painters.seen)
    tried = sorted(painters.seen)
    assert len(tried) > 8, tried
    for name in tried:
        saved.session.step()
        painters.broken.add(name)
        update()
        assert_told(saved, handler, f"{name} is broken", qtbot)
        painters.broken.clear()
    saved.session.step()
    assert saved.grab().toImage().width() >= saved.width()


def test_what_is_half_painted_when_it_raises_does_not_end_the_program(
    saved: MainWindow, handler: CrashHandler, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(QPainter, "drawImage", failing("half painted"))
        broken.setattr(QPainter, "drawPixmap", failing("half painted"))
        saved.session.step()
        for widget in saved.findChildren(QWidget):
            widget.update()
        qtbot.waitUntil(lambda: handler.dialog is not None)
        for _ in range(3):
            QApplication.processEvents()
    assert_told(saved, handler, "half painted", qtbot)


@pytest.mark.slow
def test_a_view_that_cannot_be_shown_loses_nothing(saved: MainWindow, handler: CrashHandler, qtbot: QtBot) -> None:
    views = [view for view in saved.parts.scheduler.views if view.is_visible]
    assert len(views) > 8
    for number, view in enumerate(views):
        word, show = f"view {number} is broken", view.show
        view.show = failing(word)
        view.refresh()
        saved.session.step()
        assert_told(saved, handler, word, qtbot)
        view.show = show
    saved.session.step()
    assert handler.dialog is None


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (recovery_module, "_picture"),
        (recovery_module, "png"),
        ("autosave", "write_picture"),
        ("view", "settings"),
        ("notices", "show"),
        ("notices", "say"),
        ("session", "pause"),
    ],
)
def test_what_the_rescue_uses_may_be_broken_too(
    saved: MainWindow,
    handler: CrashHandler,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    where: object,
    name: str,
) -> None:
    recovery = saved.parts.recovery
    known = {
        "autosave": recovery._autosave,
        "view": saved.parts.files.view,
        "notices": saved.parts.notices,
        "session": saved.session,
    }
    with monkeypatch.context() as broken:
        broken.setattr(known[where] if isinstance(where, str) else where, name, failing("the helper"))
        handler._hook(KeyError, KeyError("the defect"), None)
        assert_told(saved, handler, "the defect", qtbot)


def test_a_broken_window_is_not_asked_for_its_picture(
    saved: MainWindow, handler: CrashHandler, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery_module, "_picture", lambda _window: pytest.fail("the window was painted"))
    handler._hook(KeyError, KeyError("the defect"), None)
    assert_told(saved, handler, "the defect", qtbot)


def test_work_is_written_before_its_picture(saved: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    picture = recovery_module._picture
    monkeypatch.setattr(
        recovery_module, "_picture", lambda window: (seen.append(iteration_written(saved)), picture(window))[1]
    )
    assert saved.parts.recovery.rescue(with_picture=True) == ""
    assert seen == [7]
    assert (work_folder(saved) / PICTURE).exists()


@pytest.mark.parametrize("name", ["__init__", "open", "add_details", "paintEvent", "showEvent"])
def test_a_dialog_that_is_broken_itself_leaves_a_plain_one(
    saved: MainWindow, handler: CrashHandler, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(CrashDialog, name, failing("the dialog"), raising=False)
    handler._hook(KeyError, KeyError("the defect"), None)

    def told() -> str:
        shown = [box for box in QApplication.topLevelWidgets() if isinstance(box, QDialog) and box.isVisible()]
        return " ".join(getattr(box, "detailedText", lambda: "")() for box in shown) + (
            handler.dialog.details.toPlainText() if handler.dialog else ""
        )

    qtbot.waitUntil(lambda: "the defect" in told())
    assert iteration_written(saved) == 7
    log = (own_folder("log") / LOG).read_text("utf-8")
    assert "the defect" in log
    assert "the dialog" in log
    for box in QApplication.topLevelWidgets():
        if isinstance(box, QDialog) and box.isVisible():
            box.reject()
    QApplication.processEvents()


def test_a_log_that_is_broken_prevents_neither_work_nor_dialog(
    saved: MainWindow, handler: CrashHandler, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crash_handler_module, "own_folder", failing("the folder"))
    handler._hook(KeyError, KeyError("the defect"), None)
    qtbot.waitUntil(lambda: handler.dialog is not None)
    assert handler.dialog is not None
    assert "the defect" in handler.dialog.details.toPlainText()
    assert iteration_written(saved) == 7
    handler.dialog.continue_button.click()


def test_an_error_that_cannot_be_described_is_reported(saved: MainWindow, handler: CrashHandler, qtbot: QtBot) -> None:
    class MuteError(Exception):
        def __str__(self) -> str:
            raise ValueError

    handler._hook(MuteError, MuteError(), None)
    qtbot.waitUntil(lambda: handler.dialog is not None)
    assert handler.dialog is not None
    assert "MuteError" in handler.dialog.details.toPlainText()
    handler.dialog.continue_button.click()
