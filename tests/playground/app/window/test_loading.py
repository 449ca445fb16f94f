"""The window shows how far it is while its parts are loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from playground.app.window.main_window import LOADING_BAR, MainWindow
from playground.app.window.start import LOADED
from playground.files.settings import Settings
from widgets.style import style

ROOT = Path(__file__).resolve().parents[4]


def test_the_empty_window_draws_how_much_is_loaded(qtbot: QtBot) -> None:
    window = MainWindow(Settings())
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    qtbot.addWidget(window)
    window.resize(900, 480)
    wide = {}
    for share in (0.0, 0.25, 1.0):
        window.show_loaded(share)
        picture, row = window.grab().toImage(), window.rect().center().y()
        accent = QColor(style.current().accent)
        wide[share] = sum(picture.pixelColor(x, row) == accent for x in range(picture.width()))
    assert wide == {0.0: 0, 0.25: LOADING_BAR[0] / 4, 1.0: LOADING_BAR[0]}


def test_what_is_loaded_step_by_step_is_there() -> None:
    assert all(find_spec(module) for module in LOADED)
    assert LOADED[-1] == "playground.app.window.construction"


_STYLED = """
import os
from collections import Counter
from PySide6.QtCore import QEvent
from playground.app.window.start import load_window, make_application
from widgets.style.themed import Themed

styled, take = Counter(), Themed.changeEvent

def counted(part, event):
    styled[part] += event.type() == QEvent.Type.StyleChange
    take(part, event)

Themed.changeEvent = counted
application = make_application("light")
panels = load_window().parts.panels
print(*(styled[part] for part in (panels.transport, panels.training, panels.transport.share)), flush=True)
os._exit(0)
"""


def test_what_the_first_window_is_made_of_is_styled_once() -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _STYLED], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["1"] * 3
