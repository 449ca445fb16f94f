"""Reader: from the text of a lesson file to a frozen Lesson; each fault has line and cure, and nothing runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from playground.engine.messages import message
from playground.lessons.block_fields import View, actions_of, each
from playground.lessons.blocks import Block, blocks_of
from playground.lessons.faults import Faults, quoted
from playground.lessons.keys import Keys
from playground.lessons.lesson import Action, Lesson, Part, Recall, Scene, Step, Text
from playground.lessons.places import read_hidden_place
from playground.lessons.question_blocks import compute, drill, goal, predict, recall
from playground.lessons.scene_block import scene

MOST_MINUTES = 180
MOST_STEPS = 100
LECTURE_ROWS = 24
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CARDS = "To remember"
_KINDS = ("lesson", "lecture")


def read_lesson(text: str, name: str) -> Lesson:
    """Return the lesson of `text`; `name` is that of the file, without its ending.

    Raises
    ------
    LessonError
        With every fault that was found.
    """
    faults = Faults()
    head, *rest = blocks_of(text, faults)
    view = View()
    steps = _with_cards_last([_step(page, view, faults) for page in _pages(rest, faults)])
    if len(steps) > MOST_STEPS:
        faults.add(steps[MOST_STEPS].line, "a lesson has at most {most} steps; split it into several", most=MOST_STEPS)
    elif not steps and not faults.found:
        faults.add(1, "there is no step; begin the first one with # and its heading")
    lesson = _with_head(Keys(head, faults), name, tuple(steps))
    faults.stop()
    return lesson


def _with_head(keys: Keys, name: str, steps: tuple[Step, ...]) -> Lesson:
    title = keys.text("title", required=True)
    minutes = keys.whole("minutes", 1, MOST_MINUTES, default=10)
    rows = keys.wholes("rows", 1, LECTURE_ROWS)
    needs = keys.texts("needs", is_markdown=False)
    for one in needs:
        if not NAME.fullmatch(one):
            keys.line_fault("needs", "expected the name of a lesson file without .md, such as a-line, got {name}", one,
                            name=quoted(one))  # fmt: skip
        elif one == name:
            keys.line_fault("needs", "the lesson needs itself; leave {name} out", one, name=name)
    kind = keys.text("kind") or _KINDS[0]
    if kind not in _KINDS:
        keys.line_fault("kind", "expected lesson or lecture, got {kind}", kind=quoted(kind))
    hide = each(keys, "hide", lambda one: read_hidden_place(one).key)
    version = keys.whole("version", 1, 1_000_000, default=1)
    keys.finish()
    return Lesson(name, title, minutes, rows, needs, hide, kind, version, steps)


@dataclass(slots=True)
class _Page:
    """What stands under one heading."""

    heading: str
    line: int
    blocks: list[Block] = field(default_factory=list)


def _pages(blocks: Sequence[Block], faults: Faults) -> list[_Page]:
    pages: list[_Page] = []
    for block in blocks:
        if block.kind == "heading":
            pages.append(_Page(block.text, block.line))
        elif pages:
            pages[-1].blocks.append(block)
        else:
            faults.add(block.line, "this stands before the first step; put a line with # and a heading before it")
    return pages


def _step(page: _Page, view: View, faults: Faults) -> Step:
    parts: list[Part] = []
    notes: list[str] = []
    solution: tuple[Action, ...] = ()
    for block in page.blocks:
        if block.kind == "text":
            parts.append(Text(block.text, block.line))
        elif block.kind == "notes":
            notes.append(block.text.strip())
        elif block.kind == "solution":
            if solution:
                faults.add(block.line - 1, "the step has a solution already; leave one of them out")
            solution = _solution(Keys(block, faults))
        else:
            parts.append(_READERS[block.kind](Keys(block, faults), view))
    _require_one_question(parts, faults)
    if not page.blocks:
        faults.add(page.line, "the step is empty; write something under its heading")
    step = Step(page.heading, tuple(parts), "\n\n".join(notes), solution, page.line)
    if step.kind != "goal" and solution:
        faults.add(page.line, "the step has a solution but no goal; add a goal block, or leave the solution out")
    return step


def _with_cards_last(steps: list[Step]) -> list[Step]:
    """Return `steps`, the cards of those that ask something else gathered in a last step."""
    kept, cards = [], []
    for step in steps:
        own = [part for part in step.parts if isinstance(part, Recall)]
        if own and step.kind != "recall":
            cards += own
            step = replace(step, parts=tuple(part for part in step.parts if not isinstance(part, Recall)))
        kept.append(step)
    if cards and kept[-1].kind == "recall":
        kept[-1] = replace(kept[-1], parts=(*kept[-1].parts, *cards))
    elif cards:
        kept.append(Step(message(CARDS), tuple(cards), "", (), cards[0].line))
    return kept


def _require_one_question(parts: Sequence[Part], faults: Faults) -> None:
    questions = [part for part in parts if not isinstance(part, Text | Scene | Recall)]
    for one in questions[1:]:
        faults.add(one.line, "the step asks already in line {line}; begin another step with #", line=questions[0].line)


def _solution(keys: Keys) -> tuple[Action, ...]:
    actions = actions_of(keys, "do", required=True)
    keys.finish()
    return actions


_READERS: dict[str, Callable[[Keys, View], Part]] = {
    "scene": scene,
    "predict": predict,
    "goal": goal,
    "compute": compute,
    "drill": drill,
    "recall": recall,
}
