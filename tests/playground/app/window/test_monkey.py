"""Short runs of the monkey: random but valid gestures over the real window. ``run.py soak`` is the long one."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QLabel
from shiboken6 import delete

from playground.app.files.file_dialogs import FileDialogs
from playground.app.window.main_window import MainWindow
from tests.soak import guard, soak
from tests.soak.answers import Answers
from tests.soak.guard import Guard, running_timers
from tests.soak.monkey import Monkey, MonkeyError

GESTURES = 120


def raising() -> None:
    raise RuntimeError("in a slot")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3])
def test_random_gestures_find_no_fault_and_undo_restores_the_first_document(
    window: MainWindow, seed: int, tmp_path: Path
) -> None:
    with Guard() as ears:
        monkey = Monkey(window, ears, seed, tmp_path)
        monkey.run(GESTURES)
        monkey.rest()

    assert ears.faults == []
    assert monkey.done == GESTURES
    assert not window.session.is_playing


@pytest.mark.slow
def test_a_short_soak_with_its_tour_finds_no_fault_and_leaves_nothing_behind() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", str(Path(soak.__file__)), "150", "1"],
        env={**os.environ, soak.CONDITION: "plain"}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    assert "PASSED: 150 gestures from seed 1" in done.stdout


def test_the_monkey_has_an_answer_to_every_question() -> None:
    questions = [name for name in vars(FileDialogs) if not name.startswith("_")]

    assert [name for name in questions if name not in vars(Answers)] == []
    for name in questions:
        asked, answered = getattr(FileDialogs, name), getattr(Answers, name)
        assert inspect.signature(answered) == inspect.signature(asked), name


def test_the_monkey_reports_an_exception_in_the_event_loop(window: MainWindow, tmp_path: Path) -> None:
    with Guard() as ears:
        monkey = Monkey(window, ears, 1, tmp_path)
        monkey.lately.append("the gesture before")
        QTimer.singleShot(0, window, raising)

        with pytest.raises(MonkeyError, match=r"(?s)Seed 1, gesture 0:.*RuntimeError: in a slot.*the gesture before"):
            monkey.settle()


def test_the_monkey_reports_a_qt_warning(window: MainWindow, tmp_path: Path) -> None:
    with Guard() as ears:
        monkey = Monkey(window, ears, 1, tmp_path)
        qWarning("QPainter::begin: Paint device returned engine == 0")

        with pytest.raises(MonkeyError, match="Qt says: QPainter::begin"):
            monkey.settle()


def test_the_monkey_reports_an_undo_that_does_not_return_to_the_start(window: MainWindow, tmp_path: Path) -> None:
    with Guard() as ears:
        monkey = Monkey(window, ears, 1, tmp_path)
        window.parts.commands.new_weights()
        monkey._first = replace(monkey._first, seed=77)

        with pytest.raises(MonkeyError, match="Undo to the start gave"):
            monkey.undo_to_the_start()


def test_the_guard_counts_timers_that_run(window: MainWindow) -> None:
    before = running_timers()["MainWindow"]
    timer = QTimer(window)
    timer.start(1000)

    assert running_timers()["MainWindow"] == before + 1
    timer.stop()
    assert running_timers()["MainWindow"] == before


def test_the_scales_report_timers_and_widgets_left_behind(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "PATIENCE_S", 0.0)
    scales = guard.Scales(window)
    assert scales.weigh(warming_up=True) == []
    timer = QTimer(window)
    timer.start(1000)
    labels = []
    for _ in range(guard.STRIKES - 1):
        labels += [QLabel(window) for _ in range(300 + len(labels))]
        assert scales.weigh(warming_up=False) == ["1 × a running timer of MainWindow"]
    labels += [QLabel(window) for _ in range(300 + len(labels))]

    timers, widgets = scales.weigh(warming_up=False)

    assert timers == "1 × a running timer of MainWindow"
    assert re.fullmatch(r"\d+ × QLabel, after \d+, and it goes on growing", widgets)
    timer.stop()
    for label in labels:
        delete(label)
    assert scales.weigh(warming_up=False) == []


def test_the_scales_leave_alone_what_is_kept_once_for_something_large(window: MainWindow) -> None:
    scales = guard.Scales(window)
    assert scales.weigh(warming_up=True) == []
    labels = [QLabel(window) for _ in range(300)]
    assert [scales.weigh(warming_up=False) for _ in range(2 * guard.STRIKES)] == [[]] * (2 * guard.STRIKES)
    for label in labels:
        delete(label)
