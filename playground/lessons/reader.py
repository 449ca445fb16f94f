"""Reader: from the text of a lesson file to a frozen Lesson; each fault has line and cure, and nothing runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from playground.document.document import MAX_SEED
from playground.document.own_data import Table
from playground.document.quantity import KINDS as QUANTITIES
from playground.document.quantity import Quantity
from playground.document.words import word_of
from playground.engine.messages import message
from playground.lessons.actions import read_action
from playground.lessons.blocks import Block, blocks_of, missing_file_name
from playground.lessons.conditions import MOST_ITERATIONS, read_condition
from playground.lessons.drills.ladder import KINDS
from playground.lessons.drills.task import LEVELS
from playground.lessons.expressions import quantity_in, read_expression
from playground.lessons.faults import Faults, quoted, unknown
from playground.lessons.keys import Keys
from playground.lessons.lesson import (
    PREVIOUS,
    Action,
    CircuitQuantity,
    Compute,
    Condition,
    Drill,
    Expression,
    Goal,
    Lesson,
    Part,
    Predict,
    Recall,
    Scene,
    Step,
    Text,
)
from playground.lessons.metrics import SUCCESSES
from playground.lessons.places import read_place
from playground.lessons.scene_words import read_word
from playground.lessons.scenes import document_of_scene, table_of
from playground.lessons.targets import MOST_EXAMPLES

Read = TypeVar("Read")

MOST_MINUTES = 180
MOST_STEPS = 100
MOST_CLASSES = 10
MOST_DIGITS = 8
MOST_TASKS = 50
LECTURE_ROWS = 24
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CARDS = "To remember"
_SCENE_KEYS = ("document", "do", "examples", "targets", "circuit", "with")
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
    view = _View()
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
    hide = _each(keys, "hide", lambda one: read_place(one).key)
    version = keys.whole("version", 1, 1_000_000, default=1)
    keys.finish()
    return Lesson(name, title, minutes, rows, needs, hide, kind, version, steps)


@dataclass(slots=True)
class _View:
    """What stands in the window at the current place of the file: a circuit, or a network."""

    circuit: Expression | None = None


# ---- steps -------------------------------------------------------------------------------------


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


def _step(page: _Page, view: _View, faults: Faults) -> Step:
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
    actions = _actions(keys, "do", required=True)
    keys.finish()
    return actions


# ---- blocks ------------------------------------------------------------------------------------


def _line(keys: Keys) -> int:
    return keys.block.line - 1


def _each(keys: Keys, key: str, read: Callable[[str], Read], *, required: bool = False) -> tuple[Read, ...]:
    """Return what `read` makes of each text of a list; what it refuses is a fault of that line."""
    made = []
    for text in keys.texts(key, required=required, is_markdown=False):
        with keys.faults.at(keys.line(key, text), f"{key}: "):
            made.append(read(text))
    return tuple(made)


def _actions(keys: Keys, key: str, *, required: bool = False) -> tuple[Action, ...]:
    return _each(keys, key, lambda text: read_action(text, keys.line(key, text)), required=required)


def _condition(keys: Keys, key: str, *, required: bool = False) -> Condition | None:
    text = keys.text(key, required=required, is_markdown=False)
    if text:
        with keys.faults.at(keys.line(key), f"{key}: "):
            return read_condition(text)
    return None


def _quantity(keys: Keys, view: _View, *, required: bool) -> Quantity | CircuitQuantity | None:
    """Return the number that is asked for: of the block's own circuit, else of what stands in the window."""
    of = keys.text("of", required=required, is_markdown=False)
    at = keys.text("at", is_markdown=False)
    example = keys.whole("example", 0, MOST_EXAMPLES) if "example" in keys else None
    expression = _expression(keys) or view.circuit
    if not of:
        return None
    if expression is None and of not in QUANTITIES:
        keys.line_fault("of", "{unknown}", unknown=unknown(of, QUANTITIES, "quantity"))
        return None
    try:
        return Quantity(of, at, example) if expression is None else quantity_in(expression, of, at)
    except ValueError as error:
        field = str(error).partition(":")[0]
        keys.faults.add(keys.line(field if field in keys else "of"), "{error}", error=error)
        return None


def _expression(keys: Keys) -> Expression | None:
    """Return the circuit of a block, with the values of its inputs."""
    text, given = keys.text("circuit", is_markdown=False), keys.raw("with")
    if given is not None and (not text or not isinstance(given, dict)):
        keys.line_fault(
            "with", "it gives the inputs of circuit their values: with = {example}", example="{ x = -2, y = 5 }"
        )
    elif text:
        with keys.faults.at(keys.line("circuit"), "circuit: "):
            return read_expression(text, given or {})
    return None


def _digits(keys: Keys) -> int | None:
    return keys.whole("digits", 0, MOST_DIGITS) or None


def _scene(keys: Keys, view: _View) -> Scene:
    document = keys.text("document", is_markdown=False)
    if document and document != PREVIOUS and (why := missing_file_name(document)):
        keys.line_fault("document", '{why}, or "previous"', why=why)
    actions = _actions(keys, "do")
    words: dict[str, object] = {}
    for name in keys.names():
        if name not in _SCENE_KEYS:
            with keys.faults.at(keys.line(name)):
                word, value = read_word(name, keys.raw(name))
                if word in words:
                    raise ValueError(message("{word} is there twice; leave one of them out", word=word))
                words[word] = value
    if words and document and document != PREVIOUS:
        keys.line_fault("document", "a file has its own settings; leave the words out, or change them with do")
    table, circuit = _table(keys), _expression(keys)
    if table is not None and (document or "dataset" in words):
        keys.line_fault("examples", "they take the place of data and of a document; leave the others out")
    if circuit is not None and (document or words or table is not None):
        keys.line_fault("circuit", "it takes the place of a network; leave the words of a network out")
    if not (circuit is None and document == PREVIOUS and not words):
        view.circuit = circuit
    scene = Scene(tuple(words.items()), document, table, circuit, actions, _line(keys))
    if not document and not keys.faults.found:
        try:
            document_of_scene(scene)
        except ValueError as error:
            field, _, said = str(error).partition(":")
            word = next((name for name in (field, word_of(field), "data") if name in keys), "")
            keys.faults.add(keys.line(word), "{word}:{said}", word=word or field, said=said)
    return scene


def _table(keys: Keys) -> Table | None:
    """Return the examples that are written out: rows of inputs, the class or the value last."""
    kind = keys.text("targets", is_markdown=False) or "classes"
    if kind not in ("classes", "values"):
        keys.line_fault("targets", "expected classes or values, got {kind}", kind=quoted(kind))
    rows = keys.raw("examples")
    if rows is None:
        return None
    with keys.faults.at(keys.line("examples"), "examples: "):
        return table_of(rows, are_classes=kind == "classes")
    return None


def _predict(keys: Keys, view: _View) -> Predict:
    ask = keys.text("ask", required=True)
    choices, replies = keys.texts("choices"), keys.texts("replies")
    right = _right(keys, choices)
    quantity, digits = _quantity(keys, view, required=False), _digits(keys)
    side = keys.whole("side", 0, MOST_CLASSES - 1) if "side" in keys else None
    kinds = sum((bool(choices), quantity is not None, side is not None))
    if keys.is_readable and kinds != 1:
        keys.add("ask", "a prediction needs choices, or a quantity (of, at), or a side: one of the three")
    if choices and len(choices) < 2:
        keys.line_fault("choices", "expected at least two, got one")
    if "right" in keys and not choices:
        keys.line_fault("right", "it counts the choices from 0, and there are none")
    expected = len(choices) if choices else 2
    if replies and len(replies) != expected:
        template = "expected {expected}, one for each choice; got {count}"
        if not choices:
            template = "expected two, for right and for wrong; got {count}"
        keys.line_fault("replies", template, expected=expected, count=len(replies))
    made = Predict(
        ask, choices, right, replies, _actions(keys, "run"), quantity, digits, side,
        keys.text("hint"), keys.text("why"), _line(keys),
    )  # fmt: skip
    keys.finish()
    return made


def _right(keys: Keys, choices: tuple[str, ...]) -> int:
    """Return the index of the right choice, which is counted from 0 or written out."""
    said = keys.raw("right")
    if not isinstance(said, str):
        return keys.whole("right", 0, max(0, len(choices) - 1), required="choices" in keys)
    if said.strip() not in choices:
        keys.line_fault("right", "{unknown}", unknown=unknown(said, choices, "choice"))
        return 0
    return choices.index(said.strip())


def _goal(keys: Keys, _view: _View) -> Goal:
    reach = _condition(keys, "reach", required=True) or Condition("iterations", ">=", 0.0)
    within = _each(keys, "within", read_condition)
    each = _condition(keys, "each")
    if reach.metric == SUCCESSES and each is None:
        keys.line_fault("reach", 'say what each seed must reach: each = "test_accuracy >= 0.95 at most 1000"')
    if each is not None and (reach.metric != SUCCESSES or each.metric == SUCCESSES or not each.most):
        keys.line_fault("each", "it is for successes: what one seed must reach in “at most” so many iterations")
    if each is not None and each.most * reach.seeds > MOST_ITERATIONS:
        template = "{seeds} seeds of {most:,} iterations are too many; they may be {all:,} together"
        keys.line_fault("each", template, seeds=reach.seeds, most=each.most, all=MOST_ITERATIONS)
    if any(one.metric == SUCCESSES for one in within):
        keys.line_fault("within", "successes are what is reached, not a limit; move it to reach")
    made = Goal(reach, within, each, keys.text("hint"), keys.text("why"), _actions(keys, "show"), _line(keys))
    keys.finish()
    return made


def _compute(keys: Keys, view: _View) -> Compute:
    scene = keys.text("scene", is_markdown=False)
    if scene not in ("", PREVIOUS):
        keys.line_fault("scene", 'expected "previous"; another scene stands in a scene block before this one')
    quantity = _quantity(keys, view, required=True) or Quantity("loss", "loss")
    made = Compute(quantity, _digits(keys), keys.text("ask"), keys.text("hint"), keys.text("why"), _line(keys))
    keys.finish()
    return made


def _drill(keys: Keys, _view: _View) -> Drill:
    kind = keys.text("kind", required=True, is_markdown=False)
    if kind and kind not in KINDS:
        keys.add("kind", "{key}: {said}", said=unknown(kind, KINDS, "kind of drill"))
    level, count = keys.whole("level", 1, LEVELS, default=1), keys.whole("count", 1, MOST_TASKS, default=3)
    seed = keys.whole("seed", 0, MAX_SEED) if "seed" in keys else None
    keys.finish()
    return Drill(kind, level, count, seed, _line(keys))


def _recall(keys: Keys, _view: _View) -> Recall:
    made = Recall(keys.text("ask", required=True), keys.text("answer", required=True), _line(keys))
    keys.finish()
    return made


_READERS: dict[str, Callable[[Keys, _View], Part]] = {
    "scene": _scene,
    "predict": _predict,
    "goal": _goal,
    "compute": _compute,
    "drill": _drill,
    "recall": _recall,
}
