"""Every lesson that comes with the program can be done, in time, after those that it needs."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from playground import lessons
from playground.files import lesson_file
from playground.lessons.check import faults_of
from playground.lessons.library import faults_of_needs
from playground.lessons.reading_time import minutes_to_read

MOST_MINUTES = 12
FILES = sorted((Path(lessons.__file__).parent / "content").glob("*.md"))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_lesson_can_be_done(file: Path) -> None:
    lesson = lesson_file.load(file)
    assert faults_of(lesson, partial(lesson_file.open_beside, file)) == []
    assert faults_of_needs(lesson, lesson_file.shipped()) == []


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_lesson_leaves_time_to_do_what_it_asks(file: Path) -> None:
    lesson = lesson_file.load(file)
    assert lesson.minutes <= MOST_MINUTES
    assert minutes_to_read(lesson) <= 0.75 * lesson.minutes


def test_every_lesson_comes_after_those_that_it_needs() -> None:
    names = [lesson.name for lesson in lesson_file.shipped()]
    assert len(names) == len(FILES)
    for lesson in lesson_file.shipped():
        assert all(names.index(needed) < names.index(lesson.name) for needed in lesson.needs)
