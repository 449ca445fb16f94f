"""The learning-rate schedules: η of iteration t = 0, 1, 2, … as a function of the base rate η₀; one entry each.

PyTorch's closed forms, one tick per iteration: ``StepLR``, ``ExponentialLR`` (its gamma is our
γ^(1/T)), ``CosineAnnealingLR`` with eta_min = floor·η₀, ``LinearLR`` with start_factor = floor and
end_factor = 1. Beyond T the cosine stays at its end, where PyTorch's rises again.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from playground.engine.spec import ScheduleSpec, choose


@dataclass(frozen=True, slots=True)
class Schedule:
    """One schedule.

    Attributes
    ----------
    name, label : str
        Key in files and on the command line; text in the window.
    """

    name: str
    label: str
    formula: str  # η of iteration t as text, with η₀ the base rate and T the interval
    trait: str  # what it is good for
    factor: Callable[[ScheduleSpec, int], float] = field(repr=False)  # η / η₀
    script: str  # the same as an exported script computes it; ``{gamma}`` stands for that setting
    settings: tuple[str, ...] = ()  # the fields of ``ScheduleSpec`` that belong to it
    repeats: bool | None = None  # the marks on a curve: at every multiple of T, at T only, or (None) nowhere


def _constant(spec: ScheduleSpec, t: int) -> float:
    """1."""
    return 1.0


def _step_decay(spec: ScheduleSpec, t: int) -> float:
    """γ^⌊t/T⌋."""
    return float(spec.gamma ** (t // spec.interval))


def _exponential(spec: ScheduleSpec, t: int) -> float:
    """γ^(t/T)."""
    return float(spec.gamma ** (t / spec.interval))


def _cosine(spec: ScheduleSpec, t: int) -> float:
    """`f + (1 − f)·½(1 + cos(π·t/T))`, and f beyond T."""
    way = min(t, spec.interval) / spec.interval
    return spec.floor + (1.0 - spec.floor) * 0.5 * (1.0 + math.cos(math.pi * way))


def _warm_up(spec: ScheduleSpec, t: int) -> float:
    """`f + (1 − f)·t/T`, and 1 beyond T."""
    way = min(t, spec.interval) / spec.interval
    return spec.floor + (1.0 - spec.floor) * way


_ENTRIES = (
    Schedule("constant", "Constant", "η = η₀", "the same rate for ever", _constant, "1.0"),
    Schedule(
        "step_decay",
        "Step decay",
        "η = η₀·γ^⌊t/T⌋",
        "drops by the factor γ every T iterations; the loss often drops with it",
        _step_decay,
        "{gamma} ** (t // {interval})",
        ("interval", "gamma"),
        repeats=True,
    ),
    Schedule(
        "exponential",
        "Exponential",
        "η = η₀·γ^(t/T)",
        "falls smoothly, by the factor γ in T iterations",
        _exponential,
        "{gamma} ** (t / {interval})",
        ("interval", "gamma"),
    ),
    Schedule(
        "cosine",
        "Cosine",
        "η = η₀·(f + (1 − f)·½(1 + cos(π·t/T))), f·η₀ beyond T",
        "slow, fast, slow: down to the share f at iteration T",
        _cosine,
        "({floor} + (1.0 - {floor}) * 0.5 * (1.0 + math.cos(math.pi * min(t, {interval}) / {interval})))",
        ("interval", "floor"),
        repeats=False,
    ),
    Schedule(
        "warm_up",
        "Warm-up",
        "η = η₀·(f + (1 − f)·t/T), η₀ beyond T",
        "rises from the share f to the whole rate in T iterations (f = 0: the first iteration moves nothing)",
        _warm_up,
        "({floor} + (1.0 - {floor}) * min(t, {interval}) / {interval})",
        ("interval", "floor"),
        repeats=False,
    ),
)

SCHEDULES: dict[str, Schedule] = {entry.name: entry for entry in _ENTRIES}


def rate(spec: ScheduleSpec, base: float, iteration: int) -> float:
    """Return η of `iteration`, which counts from 0.

    Parameters
    ----------
    spec : ScheduleSpec
    base : float
        η₀, the rate without a schedule.
    iteration : int
        Iterations completed before this one.
    """
    return base * choose("schedule", spec.name, SCHEDULES).factor(spec, iteration)


def has_ended(spec: ScheduleSpec, iteration: int) -> bool:
    """Return whether the rate stays as it is from `iteration` on: at T a ramp is at its end."""
    return choose("schedule", spec.name, SCHEDULES).repeats is False and iteration >= spec.interval


def marks(spec: ScheduleSpec, start: int, stop: int) -> range:
    """Mark iterations of `start` … `stop` − 1 on a curve: where step decay drops, where a ramp ends."""
    repeats = choose("schedule", spec.name, SCHEDULES).repeats
    if repeats is None:
        return range(0)
    last = stop if repeats else min(stop, spec.interval + 1)
    first = max(1, -(-start // spec.interval)) * spec.interval
    return range(first, last, spec.interval)
