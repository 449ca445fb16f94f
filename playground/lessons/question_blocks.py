"""The blocks of a lesson that ask: predict, goal, compute, drill and recall."""

from __future__ import annotations

from playground.document.document import MAX_SEED
from playground.document.quantity import Quantity
from playground.lessons.block_fields import View, actions_of, condition_of, digits_of, each, line_of, quantity_of
from playground.lessons.conditions import MOST_ITERATIONS, read_condition
from playground.lessons.drills.ladder import KINDS
from playground.lessons.drills.task import LEVELS
from playground.lessons.faults import unknown
from playground.lessons.keys import Keys
from playground.lessons.lesson import PREVIOUS, Compute, Condition, Drill, Goal, Predict, Recall
from playground.lessons.metrics import SUCCESSES

_MOST_CLASSES = 10
_MOST_TASKS = 50


def predict(keys: Keys, view: View) -> Predict:
    """Return the prediction of a block: choices, a number, or a side of the plane."""
    ask = keys.text("ask", required=True)
    choices, replies = keys.texts("choices"), keys.texts("replies")
    right = _right(keys, choices)
    quantity, digits = quantity_of(keys, view, required=False), digits_of(keys)
    side = keys.whole("side", 0, _MOST_CLASSES - 1) if "side" in keys else None
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
        ask, choices, right, replies, actions_of(keys, "run"), quantity, digits, side,
        keys.text("hint"), keys.text("why"), line_of(keys),
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


def goal(keys: Keys, _view: View) -> Goal:
    """Return the goal of a block."""
    reach = condition_of(keys, "reach", required=True) or Condition("iterations", ">=", 0.0)
    within = each(keys, "within", read_condition)
    one_seed = condition_of(keys, "each")
    if reach.metric == SUCCESSES and one_seed is None:
        keys.line_fault("reach", 'say what each seed must reach: each = "test_accuracy >= 0.95 at most 1000"')
    if one_seed is not None and (reach.metric != SUCCESSES or one_seed.metric == SUCCESSES or not one_seed.most):
        keys.line_fault("each", "it is for successes: what one seed must reach in “at most” so many iterations")
    if one_seed is not None and one_seed.most * reach.seeds > MOST_ITERATIONS:
        template = "{seeds} seeds of {most:,} iterations are too many; they may be {all:,} together"
        keys.line_fault("each", template, seeds=reach.seeds, most=one_seed.most, all=MOST_ITERATIONS)
    if any(one.metric == SUCCESSES for one in within):
        keys.line_fault("within", "successes are what is reached, not a limit; move it to reach")
    made = Goal(reach, within, one_seed, keys.text("hint"), keys.text("why"), actions_of(keys, "show"), line_of(keys))
    keys.finish()
    return made


def compute(keys: Keys, view: View) -> Compute:
    """Return the number that a block asks for."""
    scene = keys.text("scene", is_markdown=False)
    if scene not in ("", PREVIOUS):
        keys.line_fault("scene", 'expected "previous"; another scene stands in a scene block before this one')
    quantity = quantity_of(keys, view, required=True) or Quantity("loss", "loss")
    made = Compute(quantity, digits_of(keys), keys.text("ask"), keys.text("hint"), keys.text("why"), line_of(keys))
    keys.finish()
    return made


def drill(keys: Keys, _view: View) -> Drill:
    """Return the generated tasks that a block asks for."""
    kind = keys.text("kind", required=True, is_markdown=False)
    if kind and kind not in KINDS:
        keys.add("kind", "{key}: {said}", said=unknown(kind, KINDS, "kind of drill"))
    level, count = keys.whole("level", 1, LEVELS, default=1), keys.whole("count", 1, _MOST_TASKS, default=3)
    seed = keys.whole("seed", 0, MAX_SEED) if "seed" in keys else None
    keys.finish()
    return Drill(kind, level, count, seed, line_of(keys))


def recall(keys: Keys, _view: View) -> Recall:
    """Return the card of a block."""
    made = Recall(keys.text("ask", required=True), keys.text("answer", required=True), line_of(keys))
    keys.finish()
    return made
