"""The real window on the offscreen screen, active, closed after each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from playground.app.window.main_window import MainWindow
from playground.app.window.start import make_application
from playground.files.settings import Settings
from playground.session.session import Session


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    make_application("light")
    shown = MainWindow(Session(), Settings())
    qtbot.addWidget(shown)
    shown.show()
    shown.load_curves()
    shown.first_layout(1600, 1000)
    shown.activateWindow()
    shown.panels.network.canvas.setFocus()
    qtbot.waitUntil(shown.isActiveWindow)
    yield shown
    shown.session.pause()


@pytest.fixture
def second_window(qtbot: QtBot) -> Iterator[MainWindow]:
    make_application("light")
    shown = MainWindow(Session(), Settings())
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    shown.session.pause()
