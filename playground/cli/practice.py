"""``backprop-playground practice``: a generated task with its last steps blank, and the reply to answers."""

from __future__ import annotations

import argparse
import sys

from playground.cli.parser import COMMANDS, DONE, FAILED, CommandError, Parser, add_option, refusing, whole_number
from playground.lessons.drills.ladder import KINDS, named_task, next_task
from playground.lessons.drills.task import LEVELS, Task
from playground.lessons.misconceptions.reply import reply_to

DESCRIPTION = """\
Print a generated task: what is known, the steps that are worked out, and those that are blank. With
--answer for each blank, in order, print the reply: a wrong number is compared with what the classic
mistakes would give. The name of a task, such as gates-2-7, makes the same one again."""


def add_parser(subparsers: argparse._SubParsersAction[Parser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("practice", help=COMMANDS["practice"], description=DESCRIPTION)
    kinds = ", ".join(KINDS)
    parser.add_argument("task", metavar="KIND", help=f"one of {kinds}; or the name of a task, such as gates-2-7")
    task = parser.add_argument_group("task")
    add_option(task, "--level", whole_number, 1, "N", f"1 to {LEVELS}: larger numbers, and more steps are blank")
    add_option(task, "--seed", whole_number, 1, "S", "which of the tasks of this kind and level")
    answers = parser.add_argument_group("answers")
    answers.add_argument(
        "--answer", action="append", default=[], metavar="X", help="what stands in the next blank; repeat it"
    )
    answers.add_argument("--solution", action="store_true", help="print the steps that are blank, too")


def run(options: argparse.Namespace) -> int:
    """Do what `options` say; return the exit code: 1 when an answer is not right.

    Raises
    ------
    CommandError
        For a task that does not exist, or more answers than blanks.
    """
    with refusing():
        task = named_task(options.task) if "-" in options.task else next_task(options.task, options.level, options.seed)
    if len(options.answer) > len(task.asked):
        raise CommandError(
            "--answer: expected at most {count} for the blanks of {task}, got {found}",
            task=task.name,
            count=len(task.asked),
            found=len(options.answer),
        )
    sys.stdout.write("\n".join(_lines(task, solved=options.solution)) + "\n")
    replies = [reply_to(step, typed) for step, typed in zip(task.asked, options.answer, strict=False)]
    for step, answer in zip(task.asked, replies, strict=False):
        sys.stdout.write(f"\n{step.symbol}: {answer.sentence}\n")
    return DONE if all(answer.kind == "right" for answer in replies) else FAILED


def _lines(task: Task, *, solved: bool) -> list[str]:
    lines = [f"{task.name}: {task.draft.title}", "", *(f"  {line}" for line in task.draft.given), ""]
    for number, step in enumerate(task.draft.steps, start=1):
        is_blank = number > len(task.worked) and not solved
        lines.append(f"{number:3}. {step.symbol} = ?" if is_blank else f"{number:3}. {step.solution}")
    return lines
