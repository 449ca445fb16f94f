"""The real window on the offscreen screen, active, closed after each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from playground.app.window.construction import new_window
from playground.app.window.main_window import MainWindow
from playground.app.window.start import make_application
from playground.files.folders import own_folder
from playground.files.lesson_progress import FILE
from playground.files.settings import Settings
from playground.session.session import Session


@pytest.fixture(autouse=True)
def no_progress() -> None:
    """Begin each test as a learner who has taken no lesson."""
    (own_folder("lessons") / FILE).unlink(missing_ok=True)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    make_application("light")
    shown = new_window(Session(), Settings())
    qtbot.addWidget(shown)
    shown.show()
    shown.parts.deferred.need("curves")
    shown.parts.layout.arrange_at(1600, 1000)
    shown.activateWindow()
    shown.parts.panels.network.canvas.setFocus()
    qtbot.waitUntil(shown.isActiveWindow)
    yield shown
    shown.session.pause()


@pytest.fixture
def second_window(qtbot: QtBot) -> Iterator[MainWindow]:
    make_application("light")
    shown = new_window(Session(), Settings())
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    shown.session.pause()
