"""A signal ends the real window silently; unsaved work is offered at the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

PROGRAM = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background of a script it is ignored
if sys.argv[3] != "SIGHUP":
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the tests may run where it is ignored, too
from PySide6.QtCore import QTimer
from playground.app.window.start import run_window
def first(parts):
    parts.session.step(int(sys.argv[1]))
    if sys.argv[2] == "dialog":
        parts.actions["shortcuts"].trigger()
    QTimer.singleShot(0, lambda: print("ready", flush=True))
run_window(first)
"""
NAMES = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")


def ended(home: Path, name: str, steps: int, state: str = "", ignored: str = "") -> subprocess.Popen[str]:
    """Return the program, whose window was open after `steps` iterations, when `name` has ended it."""
    folders = {f"XDG_{one}_HOME": str(home / one) for one in ("CONFIG", "DATA", "CACHE")}
    command = [sys.executable, "-c", PROGRAM, str(steps), state, ignored]
    number = getattr(signal, name)
    program = subprocess.Popen(
        ["nohup", *command] if ignored else command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | folders | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    with program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        if ignored:
            program.send_signal(getattr(signal, ignored))
        program.send_signal(number)
        try:
            _, errors = program.communicate(timeout=60)
        finally:
            program.kill()
    assert program.returncode == -number
    said = [line for line in errors.splitlines() if "propagateSizeHints" not in line]  # of the offscreen platform
    assert said == [] or ignored
    assert "Traceback" not in errors
    return program


def iterations(home: Path) -> list[int]:
    works = (home / "DATA").rglob("work.json")
    return [msgspec.json.decode(work.read_bytes())["work"]["run"]["iteration"] for work in works]


@pytest.mark.parametrize("name", NAMES)
def test_unsaved_work_is_kept_whole_and_nothing_is_said(tmp_path: Path, name: str) -> None:
    ended(tmp_path, name, 7)
    assert iterations(tmp_path) == [7]


def test_an_open_dialog_stops_neither_the_end_nor_the_keeping(tmp_path: Path) -> None:
    ended(tmp_path, "SIGTERM", 7, "dialog")
    assert iterations(tmp_path) == [7]


def test_without_unsaved_work_nothing_is_left(tmp_path: Path) -> None:
    ended(tmp_path, "SIGTERM", 0)
    assert iterations(tmp_path) == []


def test_a_program_that_outlives_its_terminal_ignores_that_it_closes(tmp_path: Path) -> None:
    ended(tmp_path, "SIGTERM", 7, ignored="SIGHUP")
    assert iterations(tmp_path) == [7]
