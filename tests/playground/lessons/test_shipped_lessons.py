"""The lessons that come with the program: each can be done, is short, and together they cover the whole lecture."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from playground import lessons
from playground.files import lesson_file
from playground.lessons.check import faults_of
from playground.lessons.library import faults_of_needs
from playground.lessons.reading_time import minutes_to_read

FILES = sorted((Path(lessons.__file__).parent / "content").glob("*.md"))


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_lesson_can_be_done(path: Path) -> None:
    lesson = lesson_file.load(path)
    assert faults_of(lesson, partial(lesson_file.open_beside, path)) == []
    assert faults_of_needs(lesson, lesson_file.shipped()) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_lesson_is_short_and_tells_the_teacher_something(path: Path) -> None:
    lesson = lesson_file.load(path)
    assert minutes_to_read(lesson) <= lesson.minutes <= 12
    assert any(step.notes for step in lesson.steps)
    assert {"predict", "recall"} <= {step.kind for step in lesson.steps}


def test_the_shipped_lessons_cover_the_lecture_in_their_order() -> None:
    shipped = lesson_file.shipped()
    assert [lesson.name for lesson in shipped] == [lesson_file.name_of(path) for path in FILES]
    assert len(FILES) == 10
    assert set().union(*(lesson.rows for lesson in shipped)) == set(range(1, 25))
