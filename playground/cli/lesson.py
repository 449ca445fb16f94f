"""``backprop-playground lesson``: prove lesson files and begin one, without a window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from playground.cli.parser import (
    BAD_INPUT,
    COMMANDS,
    DONE,
    FAILED,
    CommandError,
    Parser,
    add_option,
    complain,
    output_path,
    printable,
    refusing,
    shortened,
)
from playground.document.view import View
from playground.engine.messages import plural
from playground.files import document_file, lesson_file, storage
from playground.files.error_messages import DocumentError
from playground.lessons.check import faults_of
from playground.lessons.faults import Fault, LessonError
from playground.lessons.lesson import Lesson
from playground.lessons.library import faults_of_needs
from playground.lessons.reading_time import WORDS_A_MINUTE, minutes_to_read
from playground.lessons.writing import lesson_from

DESCRIPTION = """\
check: prove lessons without a window. Every scene is put up, every number is computed in two ways, every goal
is reached by its solution, and the lessons that one needs are found, among those that come with the program
and those given. Each mistake is printed on its own line, as FILE:LINE: what to do.
write: begin a lesson with the scene of a document, as Learn > Write a lesson from this window does."""

EXAMPLES = """\
examples:
  backprop-playground lesson check xor.md
  backprop-playground lesson check lessons/*.md
  backprop-playground lesson write xor.playground --save xor.md

"""
PROGRAM = "backprop-playground lesson"
_VERBS = ("check", "write")


def add_parser(subparsers: argparse._SubParsersAction[Parser]) -> None:
    """Add the command `lesson` to `subparsers`."""
    parser = subparsers.add_parser("lesson", help=COMMANDS["lesson"], description=DESCRIPTION)
    parser.epilog = EXAMPLES + (parser.epilog or "")
    parser.add_argument("verb", metavar="check|write", choices=_VERBS, help="what to do")
    parser.add_argument("files", metavar="FILE", nargs="+", help="lesson files; to write, a .playground document")
    add_option(parser, "--save", str, None, "FILE.md", "write the lesson there instead of printing it")


def run(options: argparse.Namespace) -> int:
    """Do what `options` ask for; return the exit code."""
    paths = [Path(name).expanduser() for name in options.files]
    if options.verb == "write":
        return _write(paths, options.save)
    if options.save is not None:
        raise CommandError("--save: only write makes a file; leave it out")
    return _check(paths)


def _write(paths: list[Path], target: str | None) -> int:
    if len(paths) != 1:
        raise CommandError("FILE: expected one document to write a lesson from, got {count}", count=len(paths))
    place = None if target is None else _lesson_path(target)
    with refusing():
        saved = document_file.load(paths[0])
    view = View(saved.view.selection, display=saved.view.display)
    written = lesson_from(saved.document, view, paths[0].name)
    if place is None:
        sys.stdout.write(written.text)
        return DONE
    with refusing("--save: ", FAILED):
        storage.write(place, written.text.encode())
    if written.needs_document and place.parent.resolve() != paths[0].parent.resolve():
        sys.stderr.write(f"{PROGRAM}: put {printable(paths[0].name)} beside the lesson: its scene is that document\n")
    return DONE


def _lesson_path(text: str) -> Path:
    if not text.lower().endswith(lesson_file.SUFFIX):
        raise CommandError("--save: expected a name that ends in .md, got {found}", found=shortened(text))
    return output_path("--save", text)


def _check(paths: list[Path]) -> int:
    faults: dict[Path, list[str]] = {path: [] for path in paths}
    lessons: dict[Path, Lesson] = {}
    unreadable: set[Path] = set()
    for path in faults:
        try:
            lessons[path] = lesson_file.load(path)
        except LessonError as error:
            faults[path] += _lines(path, error.faults)
        except DocumentError as error:
            unreadable.add(path)
            complain(PROGRAM, str(error))
    known = [*lessons.values(), *lesson_file.shipped()]
    for path, lesson in lessons.items():
        open_document = partial(lesson_file.open_beside, path)
        faults[path] += _lines(path, sorted((*faults_of_needs(lesson, known), *faults_of(lesson, open_document))))
    for path in faults:
        sys.stdout.write("".join(f"{line}\n" for line in faults[path]))
        if path in lessons and not faults[path]:
            sys.stdout.write(f"{printable(str(path))}: {summary(lessons[path])}\n")
    return BAD_INPUT if unreadable else FAILED if any(faults.values()) else DONE


def summary(lesson: Lesson) -> str:
    """Return what a lesson holds, in one line."""
    steps = plural(len(lesson.steps), "{count} step", "{count} steps")
    minutes = f"{minutes_to_read(lesson):.1f} minutes of reading at {WORDS_A_MINUTE} words a minute"
    return f"“{lesson.title}”, {steps}, {minutes}, {lesson.minutes} announced"


def _lines(path: Path, faults: Iterable[Fault]) -> list[str]:
    return [f"{printable(str(path))}:{fault.line}: {fault.text}" for fault in faults]
