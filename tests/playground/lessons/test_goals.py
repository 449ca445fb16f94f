"""A goal says whether it is reached, and why not yet."""

from __future__ import annotations

import pytest

from playground.document.document import Document, Edge, Node
from playground.document.selection import Example, Selection
from playground.engine.spec import LayerSpec
from playground.lessons.conditions import read_condition
from playground.lessons.goals import judge
from playground.lessons.lesson import Goal
from playground.lessons.metrics import METRICS
from playground.lessons.playing import is_met, train_until
from playground.training.run import Run


def goal(reach: str, *within: str) -> Goal:
    return Goal(read_condition(reach), tuple(map(read_condition, within)), None, "", "", (), 1)


def test_the_reason_shows_each_number_beside_what_is_wanted() -> None:
    run = Run(Document(hidden=(LayerSpec(width=5),)))
    verdict = judge(goal("test_loss <= 0.08", "hidden_units <= 3", "hidden_layers == 1"), run.snapshot())
    assert not verdict.is_reached
    loss, units = verdict.reason.split("; ")
    assert loss.startswith("test loss 0.")
    assert loss.endswith(", goal 0.08")
    assert units == "5 hidden units, allowed 3"


def test_a_goal_that_is_reached_says_with_what() -> None:
    run = Run(Document(hidden=(LayerSpec(width=1),)))
    verdict = judge(goal("hidden_units == 1", "iterations < 5"), run.snapshot())
    assert verdict.is_reached
    assert verdict.reason == "1 hidden unit, goal exactly 1; 0 iterations, allowed below 5"


def test_what_is_selected_can_be_a_goal() -> None:
    snapshot = Run(Document()).snapshot()
    neuron, edge = Selection(node=Node(1, 1)), Selection(node=Node(1, 1), edge=Edge(1, 0, 1))
    assert judge(goal("selected h1.2"), snapshot, neuron).is_reached
    assert not judge(goal("selected h1.2"), snapshot, edge).is_reached
    assert judge(goal("selected x1-h1.2"), snapshot, edge).is_reached
    assert judge(goal("selected example 3"), snapshot, Selection(example=Example(3))).is_reached
    assert judge(goal("selected h1.2"), snapshot).reason == "select h1.2"


def test_a_quantity_can_be_a_goal() -> None:
    run = Run(Document())
    verdict = judge(goal("value out.1 >= 50"), run.snapshot())
    assert not verdict.is_reached
    assert verdict.reason.startswith("activation of output 1: ")
    assert verdict.reason.endswith(", goal at least 50")
    assert judge(goal("value h7.1 >= 50"), run.snapshot()).reason == "there is no activation of h7.1 here"


def test_successes_are_counted_before_they_are_judged() -> None:
    snapshot, wanted = Run(Document()).snapshot(), goal("successes >= 8 of 10 seeds")
    assert judge(wanted, snapshot).reason == "not counted yet over 10 seeds, goal 8"
    assert judge(wanted, snapshot, successes=7).reason == "7 of 10 seeds reach it, goal 8"
    assert judge(wanted, snapshot, successes=8).is_reached


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_is_read_and_told(name: str) -> None:
    metric = METRICS[name]
    value = metric.read(Run(Document()).snapshot())
    assert value is not None
    assert metric.told(value)
    assert "{" not in metric.told(value)


def test_training_until_a_condition_stops_there_or_at_the_most() -> None:
    run = Run(Document())
    condition = read_condition("train_accuracy >= 0.95 at most 4 000")
    assert not is_met(condition, run.snapshot())
    slices = sum(1 for _ in train_until(run, condition))
    assert is_met(condition, run.snapshot())
    assert run.iteration == 10 * slices
    for _ in train_until(run, read_condition("iterations >= 100000 at most 25")):
        pass
    assert run.iteration == 10 * slices + 25
