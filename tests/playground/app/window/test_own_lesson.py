"""A teacher's own lesson file: opened, dropped, read again at its step when it is saved, with its faults."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from playground.app.window.main_window import MainWindow
from widgets.lessons.lesson_panel import LessonPanel

TEXT = """+++
title = "Mine"
+++

# First

One.

# Second

Two.

```predict
ask = "Which?"
choices = ["a", "b"]
right = 0
```
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def panel_of(window: MainWindow) -> LessonPanel:
    (panel,) = window.parts.docks["lesson"].content.findChildren(LessonPanel)
    return panel


def test_saving_reads_it_again_at_its_step(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    window.parts.lessons.open_file(file)
    panel = panel_of(window)
    panel.next.click()
    assert panel.heading.text() == "Second"

    with qtbot.waitSignal(window.parts.lessons.own_file.read):
        file.write_text(TEXT.replace("Two.", "Twice two."), encoding="utf-8")

    assert panel.heading.text() == "Second"
    assert panel.lead.markdown == "Twice two."


def test_a_new_file_in_its_place_counts_as_saved(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    window.parts.lessons.open_file(file)
    other = file.with_suffix(".tmp")
    other.write_text(TEXT.replace("One.", "Another."), encoding="utf-8")
    with qtbot.waitSignal(window.parts.lessons.own_file.read):
        other.replace(file)

    assert panel_of(window).lead.markdown == "Another."


def test_a_fault_names_its_line_and_the_last_good_version_stays(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    window.parts.lessons.open_file(file)
    panel = panel_of(window)
    with qtbot.waitSignal(window.parts.lessons.own_file.fault_changed):
        file.write_text(TEXT.replace("right = 0", "right = 7"), encoding="utf-8")

    assert panel.fault.isVisible()
    assert panel.fault.text().startswith("mine.md, line 16: right")
    assert panel.heading.text() == "First"
    assert panel.lead.markdown == "One."
    with qtbot.waitSignal(window.parts.lessons.own_file.fault_changed):
        file.write_text(TEXT.replace("right = 0", "right = 7\nrong = 1"), encoding="utf-8")
    assert panel.fault.text().endswith(" more is below. The last version that could be read stays open.")
    with qtbot.waitSignal(window.parts.lessons.own_file.fault_changed):
        file.write_text(TEXT, encoding="utf-8")
    assert not panel.fault.isVisible()


def test_a_broken_file_is_said_in_the_list_and_opens_once_it_is_mended(
    window: MainWindow, file: Path, qtbot: QtBot
) -> None:
    document = window.session.document
    file.write_text("no lesson", encoding="utf-8")
    window.parts.lessons.open_file(file)
    panel = panel_of(window)

    assert panel.fault.isVisible()
    assert "line 1" in panel.fault.text()
    assert panel.list.isVisible()
    assert window.session.document == document
    with qtbot.waitSignal(window.parts.lessons.own_file.read):
        file.write_text(TEXT, encoding="utf-8")
    assert panel.heading.text() == "First"


def test_leaving_ends_the_watch(window: MainWindow, file: Path) -> None:
    window.parts.lessons.open_file(file)
    panel_of(window).leave.click()
    assert window.parts.lessons.own_file.path is None
    assert not panel_of(window).isVisible()
