"""Progress outlives a crash, a newer version of a lesson, and a file that cannot be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from playground.files.lesson_progress import DAMAGED, FILE, LessonProgress
from playground.lessons.lesson import Lesson
from playground.lessons.reader import read_lesson

TEXT = """+++
title = "Sample"
+++

# First

One.

# Second

Two.

# Third

Three.
"""


@pytest.fixture
def lesson() -> Lesson:
    return read_lesson(TEXT, "sample")


def test_it_is_on_disk_after_each_step(tmp_path: Path, lesson: Lesson) -> None:
    progress = LessonProgress(base=tmp_path)
    progress.reach(lesson, 1)
    progress.settle(lesson, 0, "2")

    again = LessonProgress(base=tmp_path)
    assert again.step_of(lesson) == 1
    assert again.done_of(lesson) == {0}
    assert again.answers_of(lesson) == {0: "2"}
    assert again.open_lesson == "sample"


def test_a_newer_version_of_a_lesson_finds_its_steps_by_their_headings(tmp_path: Path, lesson: Lesson) -> None:
    progress = LessonProgress(base=tmp_path)
    progress.reach(lesson, 2)
    progress.settle(lesson, 1)
    newer = read_lesson(TEXT.replace("# Second", "# Before\n\nNew.\n\n# Second"), "sample")
    shorter = replace(lesson, steps=lesson.steps[:1])

    assert progress.step_of(newer) == 3
    assert progress.done_of(newer) == {2}
    assert progress.step_of(shorter) == 0
    assert progress.done_of(shorter) == set()


def test_a_finished_lesson_begins_at_its_first_step_again(tmp_path: Path, lesson: Lesson) -> None:
    progress = LessonProgress(base=tmp_path)
    progress.reach(lesson, 2)
    progress.settle(lesson, 2)
    progress.finish(lesson)
    progress.close()

    again = LessonProgress(base=tmp_path)
    assert again.is_finished(lesson)
    assert again.step_of(lesson) == 0
    assert again.open_lesson == ""


def test_forgetting_leaves_nothing(tmp_path: Path, lesson: Lesson) -> None:
    progress = LessonProgress(base=tmp_path)
    progress.finish(lesson)
    progress.forget()
    assert not LessonProgress(base=tmp_path).is_finished(lesson)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"lessons": 3}', b"\xff\xfe", b"[" * 100_000], ids=range(6))
def test_a_file_that_cannot_be_read_is_set_aside_and_said(tmp_path: Path, lesson: Lesson, data: bytes) -> None:
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / FILE).write_bytes(data)
    said: list[str] = []
    progress = LessonProgress(said.append, tmp_path)

    assert progress.step_of(lesson) == 0
    assert len(said) == 1
    assert DAMAGED in said[0]
    assert (folder / DAMAGED).read_bytes() == data
    progress.reach(lesson, 1)
    assert LessonProgress(base=tmp_path).step_of(lesson) == 1


def test_where_nothing_can_be_written_progress_holds_until_the_end(tmp_path: Path, lesson: Lesson) -> None:
    (tmp_path / "lessons").write_text("a file where the folder should be")
    said: list[str] = []
    progress = LessonProgress(said.append, tmp_path)
    progress.reach(lesson, 2)
    progress.reach(lesson, 1)

    assert progress.step_of(lesson) == 1
    assert len(said) == 1
