"""The schedules against a plain transcription of PyTorch's documented formulas, and PyTorch itself."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from playground.engine.schedules import SCHEDULES, has_ended, marks, rate
from playground.engine.spec import ScheduleSpec

STEPS = 100
BASE = 0.3
SPECS = {
    "constant": ScheduleSpec("constant"),
    "step_decay": ScheduleSpec("step_decay", interval=7, gamma=0.6),
    "exponential": ScheduleSpec("exponential", interval=7, gamma=0.6),
    "cosine": ScheduleSpec("cosine", interval=120, floor=0.1),
    "warm_up": ScheduleSpec("warm_up", interval=40, floor=0.25),
}


def step_lr(spec: ScheduleSpec) -> list[float]:
    """Multiply by gamma whenever the count is a multiple of step_size."""
    rates = [BASE]
    for t in range(1, STEPS):
        rates.append(rates[-1] * spec.gamma if t % spec.interval == 0 else rates[-1])
    return rates


def exponential_lr(spec: ScheduleSpec) -> list[float]:
    """Multiply by gamma each time; its gamma is the root that makes ours over the interval."""
    gamma = math.exp(math.log(spec.gamma) / spec.interval)
    rates = [BASE]
    for _ in range(1, STEPS):
        rates.append(rates[-1] * gamma)
    return rates


def cosine_annealing_lr(spec: ScheduleSpec) -> list[float]:
    """Follow the recursion of the page; eta_min = floor · base."""
    low, rates = spec.floor * BASE, [BASE]
    for t in range(STEPS - 1):
        up, down = (1 + math.cos(math.pi * (t + more) / spec.interval) for more in (1, 0))
        rates.append(low + (rates[-1] - low) * up / down)
    return rates


def linear_lr(spec: ScheduleSpec) -> list[float]:
    """start_factor + (1 − start_factor) · min(total_iters, t) / total_iters."""
    return [BASE * (spec.floor + (1 - spec.floor) * min(spec.interval, t) / spec.interval) for t in range(STEPS)]


PAGES: dict[str, Callable] = {
    "constant": lambda spec: [BASE] * STEPS,
    "step_decay": step_lr,
    "exponential": exponential_lr,
    "cosine": cosine_annealing_lr,
    "warm_up": linear_lr,
}


@pytest.mark.parametrize("name", sorted(SCHEDULES))
def test_a_hundred_rates_equal_the_documented_formula(name: str) -> None:
    rates = [rate(SPECS[name], BASE, t) for t in range(STEPS)]
    assert rates == pytest.approx(PAGES[name](SPECS[name]), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", sorted(SCHEDULES))
def test_a_hundred_rates_equal_those_of_pytorch(name: str) -> None:
    torch = pytest.importorskip("torch")
    spec, make = SPECS[name], torch.optim.lr_scheduler
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=BASE)
    scheduler = {
        "constant": lambda: make.ConstantLR(optimizer, factor=1.0),
        "step_decay": lambda: make.StepLR(optimizer, spec.interval, spec.gamma),
        "exponential": lambda: make.ExponentialLR(optimizer, spec.gamma ** (1 / spec.interval)),
        "cosine": lambda: make.CosineAnnealingLR(optimizer, spec.interval, eta_min=spec.floor * BASE),
        "warm_up": lambda: make.LinearLR(optimizer, spec.floor, total_iters=spec.interval),
    }[name]()
    expected = []
    for _ in range(STEPS):
        expected.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    assert [rate(spec, BASE, t) for t in range(STEPS)] == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "start", "end"), [("cosine", BASE, BASE * 0.1), ("warm_up", BASE * 0.25, BASE), ("constant", BASE, BASE)]
)
def test_a_ramp_keeps_its_last_rate_for_ever(name: str, start: float, end: float) -> None:
    assert rate(SPECS[name], BASE, 0) == pytest.approx(start, rel=1e-15)
    for t in (SPECS[name].interval, SPECS[name].interval + 1, 10**9):
        assert rate(SPECS[name], BASE, t) == pytest.approx(end, rel=1e-15)


@pytest.mark.parametrize("name", SCHEDULES)
def test_only_a_ramp_ends_and_its_rate_then_stays(name: str) -> None:
    spec, is_ramp = SPECS[name], name in ("cosine", "warm_up")
    assert [has_ended(spec, t) for t in (0, spec.interval - 1, spec.interval, 10**9)] == [
        False,
        False,
        is_ramp,
        is_ramp,
    ]
    assert (rate(spec, BASE, spec.interval - 1) != rate(spec, BASE, spec.interval)) == (name != "constant")


def test_a_decay_of_a_billion_iterations_ends_at_zero_without_an_error() -> None:
    assert rate(ScheduleSpec("step_decay", interval=1), 1.0, 10**9) == 0.0
    assert rate(ScheduleSpec("exponential", interval=1), 1.0, 10**9) == 0.0


@pytest.mark.parametrize(
    ("spec", "start", "stop", "expected"),
    [
        (ScheduleSpec("step_decay", interval=10), 0, 35, [10, 20, 30]),
        (ScheduleSpec("step_decay", interval=10), 20, 31, [20, 30]),
        (ScheduleSpec("step_decay", interval=10), 21, 30, []),
        (ScheduleSpec("cosine", interval=10), 0, 35, [10]),
        (ScheduleSpec("warm_up", interval=10), 0, 10, []),
        (ScheduleSpec("warm_up", interval=10), 0, 11, [10]),
        (ScheduleSpec("cosine", interval=10), 11, 99, []),
        (ScheduleSpec("exponential", interval=10), 0, 99, []),
        (ScheduleSpec("constant", interval=10), 0, 99, []),
    ],
)
def test_marks_stand_where_step_decay_drops_and_where_a_ramp_ends(
    spec: ScheduleSpec, start: int, stop: int, expected: list[int]
) -> None:
    assert list(marks(spec, start, stop)) == expected


def test_the_rate_drops_at_every_mark_of_step_decay_and_nowhere_else() -> None:
    spec = SPECS["step_decay"]
    drops = [t for t in range(1, STEPS) if rate(spec, BASE, t) < rate(spec, BASE, t - 1)]
    assert drops == list(marks(spec, 0, STEPS))


@pytest.mark.parametrize("call", [lambda spec: rate(spec, 1.0, 0), lambda spec: marks(spec, 0, 9)])
def test_an_unknown_name_is_refused_with_the_known_ones(call: Callable) -> None:
    with pytest.raises(ValueError, match=r"schedule: expected one of constant, .*warm_up; got 'saw'"):
        call(ScheduleSpec("saw"))


def test_every_entry_says_its_formula() -> None:
    for name, entry in SCHEDULES.items():
        assert entry.name == name
        assert entry.formula.startswith("η = ")
        assert entry.label
        assert entry.trait
