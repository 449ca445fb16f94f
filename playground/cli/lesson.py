"""``backprop-playground lesson``: prove lesson files, without a window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from playground.cli.parser import COMMANDS, DONE, FAILED, Parser, printable, refusing
from playground.engine.messages import plural
from playground.files import lesson_file
from playground.lessons.faults import Fault, LessonError
from playground.lessons.lesson import Lesson
from playground.lessons.library import faults_of_needs
from playground.lessons.reading_time import WORDS_A_MINUTE, minutes_to_read

DESCRIPTION = """\
Prove lessons: every block is read, and lessons that need each other are found. What is wrong is told
line by line, as FILE:LINE: what to do."""

EXAMPLES = """\
examples:
  backprop-playground lesson check xor.md
  backprop-playground lesson check lessons/*.md

"""
_VERBS = ("check",)


def add_parser(subparsers: argparse._SubParsersAction[Parser]) -> None:
    """Add the command `lesson` to `subparsers`."""
    parser = subparsers.add_parser("lesson", help=COMMANDS["lesson"], description=DESCRIPTION)
    parser.epilog = EXAMPLES + (parser.epilog or "")
    parser.add_argument("verb", metavar="check", choices=_VERBS, help="prove lessons")
    parser.add_argument("files", metavar="FILE.md", nargs="+", help="lesson files")


def run(options: argparse.Namespace) -> int:
    """Do what `options` ask for; return the exit code."""
    paths = [Path(name).expanduser() for name in options.files]
    faults: dict[Path, list[str]] = {path: [] for path in paths}
    lessons: dict[Path, Lesson] = {}
    for path in paths:
        with refusing():
            try:
                lessons[path] = lesson_file.load(path)
            except LessonError as error:
                faults[path] += _lines(path, error.faults)
    known = [*lessons.values(), *lesson_file.shipped()]
    for path, lesson in lessons.items():
        faults[path] += _lines(path, faults_of_needs(lesson, known))
    for path in paths:
        sys.stdout.write("".join(f"{line}\n" for line in faults[path]))
        if not faults[path]:
            sys.stdout.write(f"{printable(str(path))}: {summary(lessons[path])}\n")
    return FAILED if any(faults.values()) else DONE


def summary(lesson: Lesson) -> str:
    """Return what a lesson holds, in one line."""
    steps = plural(len(lesson.steps), "{count} step", "{count} steps")
    minutes = f"{minutes_to_read(lesson):.1f} minutes of reading at {WORDS_A_MINUTE} words a minute"
    return f"“{lesson.title}”, {steps}, {minutes}, {lesson.minutes} announced"


def _lines(path: Path, faults: Iterable[Fault]) -> list[str]:
    return [f"{printable(str(path))}:{fault.line}: {fault.text}" for fault in faults]
