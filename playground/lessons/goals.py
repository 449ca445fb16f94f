"""Goals: whether one is reached, and in words why not yet."""

from __future__ import annotations

from dataclasses import dataclass

from playground.document.quantity import KINDS, Quantity
from playground.document.selection import Selection
from playground.engine.messages import grouped, message
from playground.lessons.conditions import holds
from playground.lessons.lesson import Condition, Goal
from playground.lessons.metrics import METRICS, SELECTED, SUCCESSES, Metric
from playground.lessons.playing import number_of
from playground.lessons.targets import is_selected
from playground.training.quantities import title_of
from playground.training.snapshot import Snapshot

_NOTHING = Selection()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a goal is reached, and a sentence: ``test loss 0.31, goal 0.08; 5 hidden units, allowed 3``."""

    is_reached: bool
    reason: str


def judge(goal: Goal, snapshot: Snapshot, selection: Selection = _NOTHING, successes: int | None = None) -> Verdict:
    """Return the verdict on `goal` at `snapshot` with what is selected; `successes` of its seeds, if counted."""
    found = judged(goal, snapshot, selection, successes)
    missed = [text for is_met, text in found if not is_met]
    return Verdict(not missed, "; ".join(missed or (text for _, text in found)))


def judged(
    goal: Goal, snapshot: Snapshot, selection: Selection = _NOTHING, successes: int | None = None
) -> list[tuple[bool, str]]:
    """Return of each condition of `goal` whether it is met, and its number beside what is wanted."""
    return [
        _judged(condition, snapshot, selection, successes, is_goal=condition is goal.reach)
        for condition in (goal.reach, *goal.within)
    ]


def _judged(
    condition: Condition, snapshot: Snapshot, selection: Selection, successes: int | None, *, is_goal: bool
) -> tuple[bool, str]:
    """Return whether `condition` is met, and the number beside what is wanted."""
    if condition.metric == SUCCESSES:
        return _judged_seeds(condition, successes)
    if condition.metric == SELECTED:
        template = (
            "{name} is selected"
            if (met := is_selected(selection, condition.at, snapshot.network.depth))
            else ("select {name}")
        )
        return met, message(template, name=condition.at)
    value = number_of(condition, snapshot, selection.example)
    if value is None:
        if condition.at:
            words = message(KINDS[condition.metric].words)
            return False, message("there is no {words} of {at} here", words=words, at=condition.at)
        return False, message("there is no {metric} here", metric=message(METRICS[condition.metric].words))
    metric = METRICS.get(condition.metric)
    if condition.at or metric is None:
        title = title_of(Quantity(condition.metric, condition.at), snapshot.network.depth)
        metric = Metric(message("{title}:", title=title), lambda _: value)
    allows = not is_goal and condition.comparison in ("<=", "<")
    word = message("goal") if is_goal else message("allowed") if allows else message("wanted")
    wanted = _wanted(condition, metric.shown(condition.value), is_plain=(is_goal and not condition.at) or allows)
    return holds(condition, value), message(
        "{told}, {word} {wanted}", told=metric.told(value), word=word, wanted=wanted
    )


def _judged_seeds(condition: Condition, successes: int | None) -> tuple[bool, str]:
    wanted = _wanted(condition, grouped(int(condition.value)), is_plain=True)
    if successes is None:
        template = "not counted yet over {seeds} seeds, goal {wanted}"
        return False, message(template, seeds=condition.seeds, wanted=wanted)
    template = "{count} of {seeds} seeds reach it, goal {wanted}"
    text = message(template, count=successes, seeds=condition.seeds, wanted=wanted)
    return holds(condition, successes), text


def _wanted(condition: Condition, number: str, *, is_plain: bool) -> str:
    """Return the number that is wanted, with the comparison; where plain words say it, ``<=`` and ``>=`` go without."""
    templates = {"<": "below {number}", ">": "above {number}", "==": "exactly {number}"}
    if not is_plain:
        templates |= {"<=": "at most {number}", ">=": "at least {number}"}
    return message(templates.get(condition.comparison, "{number}"), number=number)
