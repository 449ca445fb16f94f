"""Conditions: ``test_loss <= 0.08``: read from text, and judged."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

from playground.document.quantity import KINDS, Quantity
from playground.engine.messages import message
from playground.lessons.faults import quoted, unknown
from playground.lessons.lesson import Condition
from playground.lessons.metrics import METRICS, SELECTED, SUCCESSES
from playground.lessons.targets import read_selection
from playground.lessons.typed_numbers import read_number, read_whole

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}
MOST_SEEDS = 50
MOST_ITERATIONS = 100_000
_FORM = re.compile(
    r"(?P<metric>[A-Za-z]\w*)(?: +(?P<at>[A-Za-z][\w.-]*))? *(?P<comparison><=|>=|==|<|>|=|≤|≥)"
    r" *(?P<value>[^\s]+(?: ?%)?)(?P<rest>.*)"
)
_SELECTED = re.compile(rf"{SELECTED} *(?:==|=)? *(?P<at>.+)")
_BIAS = re.compile(r"^bias +(h\d|out)")
_SEEDS = re.compile(r" *of +(?P<seeds>\d{1,6}) +seeds?")
_MOST = re.compile(r" *at +most +(?P<most>\d[\d ]{0,12})")
_SAME = {"≤": "<=", "≥": ">=", "=": "=="}


def read_condition(text: str) -> Condition:
    """Return the condition that `text` says.

    Raises
    ------
    ValueError
        A sentence with what would do.
    """
    if selected := _SELECTED.fullmatch(text.strip()):
        return Condition(SELECTED, "==", 1.0, " ".join(read_selection(selected["at"])[1:]))
    found = _FORM.fullmatch(_BIAS.sub(r"weight bias-\1", text.strip()))
    if found is None:
        raise ValueError(message("expected a comparison such as test_loss <= 0.08, got {text}", text=quoted(text)))
    metric, comparison = found["metric"], _SAME.get(found["comparison"], found["comparison"])
    _require_known(metric, found["at"] or "")
    value = read_number(found["value"])
    seeds, most = _rest(found["rest"], text)
    if (metric == SUCCESSES) != (seeds > 0):
        raise ValueError(message("successes are counted over seeds, and only they: successes >= 8 of 10 seeds"))
    if metric in METRICS and METRICS[metric].is_share and not 0.0 <= value <= 1.0:
        template = "an accuracy lies between 0 and 1, or 0 % and 100 %; got {text}"
        raise ValueError(message(template, text=quoted(found["value"])))
    if (metric == SUCCESSES or (metric in METRICS and METRICS[metric].is_count)) and not value.is_integer():
        raise ValueError(message("{metric} is a count; compare it with a whole number", metric=metric))
    return Condition(metric, comparison, value, found["at"] or "", seeds, most)


def _require_known(metric: str, at: str) -> None:
    """Refuse what is no metric, and no quantity with its node or edge."""
    if metric in KINDS and (at or metric not in METRICS):
        if not at:
            raise ValueError(message("say of what: {metric} h1.2, or {metric} x1-h1.2", metric=metric))
        Quantity(metric, at)
    elif metric not in METRICS and metric != SUCCESSES:
        raise ValueError(unknown(metric, (*METRICS, SUCCESSES, SELECTED, *KINDS), "metric"))
    elif at:
        raise ValueError(message("{metric} is of the whole network; leave {at} out", metric=metric, at=quoted(at)))


def _rest(text: str, whole: str) -> tuple[int, int]:
    """Return of how many seeds, and within how many iterations; 0 where that is not said."""
    seeds = most = 0
    if found := _SEEDS.match(text):
        seeds, text = read_whole(found["seeds"], 1, MOST_SEEDS), text[found.end() :]
    if found := _MOST.match(text):
        most, text = read_whole(found["most"], 1, MOST_ITERATIONS), text[found.end() :]
    if text.strip():
        template = "{text} after the comparison in {whole} is not understood; it may end with “at most 2000”"
        raise ValueError(message(template, text=quoted(text.strip()), whole=quoted(whole)))
    return seeds, most


def holds(condition: Condition, value: float) -> bool:
    """Return whether `value` is as `condition` wants it."""
    return COMPARISONS[condition.comparison](value, condition.value)
