"""A lesson as a file: Markdown in UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from playground import lessons
from playground.files import document_file, storage
from playground.files.error_messages import DocumentError
from playground.files.file_names import LESSON_SUFFIX
from playground.lessons.lesson import Lesson
from playground.lessons.library import in_order
from playground.lessons.reader import read_lesson
from playground.lessons.rehearsal import Opened

SUFFIX = LESSON_SUFFIX
MOST_BYTES = 1_000_000
_CONTENT = Path(lessons.__file__).with_name("content")


def load(path: storage.StrPath) -> Lesson:
    """Return the lesson in the file at `path`.

    Raises
    ------
    DocumentError
        If the file cannot be read, in one line that names it.
    LessonError
        If it is no lesson, with every fault and its line.
    """
    data = storage.read(path, MOST_BYTES, "lesson")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        template = "{name}: line {line}: this is not UTF-8 text; save the lesson as UTF-8 in the editor"
        raise DocumentError(template, name=storage.name_of(path), line=line) from None
    return read_lesson(text, name_of(path))


def is_name(name: str) -> bool:
    """Return whether a file of this `name` is taken for a lesson."""
    return name.lower().endswith(SUFFIX)


def name_of(path: storage.StrPath) -> str:
    """Return what other lessons call the one at `path`: without its number, where its name begins with one."""
    return re.sub(r"^\d+-", "", Path(path).stem)


def each_shipped() -> Iterator[Lesson]:
    """Yield the lessons that come with the program; each is read when it is asked for."""
    return map(load, sorted(_CONTENT.glob(f"[0-9]*{SUFFIX}")))


def shipped() -> tuple[Lesson, ...]:
    """Return the lessons that come with the program, in the order in which they are taken."""
    return in_order(each_shipped())


def open_beside(path: storage.StrPath, name: str) -> Opened:
    """Return the document called `name` that lies beside the lesson at `path`, and where its training was.

    Raises
    ------
    DocumentError
        One line that names the file and the place in it.
    """
    saved = document_file.load(Path(path).parent / name)
    return Opened(saved.document, saved.state)
