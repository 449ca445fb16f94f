"""Drills: seeded, fair, never ambiguous, faded from the last step, at a level that follows success."""

from __future__ import annotations

import re

import pytest

from playground.circuits.gates import is_tie
from playground.circuits.quiz import number
from playground.circuits.sweep import Sweep
from playground.document.document import MAX_SEED
from playground.lessons.drills.ladder import KINDS, Standing, named_task, next_task
from playground.lessons.drills.task import LEVELS, blanks_of, read_task_name
from playground.lessons.misconceptions.reply import reply_to

EVERY = [(kind, level) for kind in KINDS for level in range(1, LEVELS + 1)]


@pytest.mark.parametrize(("kind", "level"), EVERY)
def test_every_blank_of_a_task_is_fair_and_its_answer_is_right(kind: str, level: int) -> None:
    for seed in (0, 1, 7, MAX_SEED):
        task = next_task(kind, level, seed)
        assert task.asked
        assert (*task.worked, *task.asked) == task.draft.steps
        for step in task.asked:
            assert len(step.told_apart) >= 3
            assert reply_to(step, repr(step.right)).kind == "right"
            assert step.working
            assert "{" not in step.working


@pytest.mark.parametrize(("kind", "level"), EVERY)
def test_the_name_of_a_task_makes_the_same_task(kind: str, level: int) -> None:
    task = next_task(kind, level, 4711)
    again = named_task(f" {task.name.upper()} ")
    assert task.name == f"{kind}-{level}-4711"
    assert again.draft.given == task.draft.given
    assert [step.right for step in again.draft.steps] == [step.right for step in task.draft.steps]
    assert next_task(kind, level, 4712).draft.given != task.draft.given or kind == "shapes"


@pytest.mark.parametrize("kind", ["gates", "branches", "sigmoid"])
def test_a_circuit_is_shown_with_the_numbers_that_are_asked(kind: str) -> None:
    for level in range(1, LEVELS + 1):
        draft = next_task(kind, level, 3).draft
        assert draft.drawing is not None
        circuit, numbers = draft.drawing.circuit, draft.drawing.evaluation
        assert any(step.right == pytest.approx(numbers.values[circuit.output]) for step in draft.steps)
        for name, i in circuit.inputs.items():
            gradients = [step.right for step in draft.steps if step.symbol == f"∂L/∂{name}"]
            assert gradients[-1] == pytest.approx(numbers.gradients[i])


@pytest.mark.parametrize("level", range(1, LEVELS + 1))
@pytest.mark.parametrize("kind", ["gates", "branches", "sigmoid", "neuron", "layers"])
def test_every_step_is_a_number_of_the_drawn_circuit(kind: str, level: int) -> None:
    for seed in range(4):
        draft = next_task(kind, level, seed).draft
        assert draft.drawing is not None
        for key, step in zip(draft.drawing.keys, draft.steps, strict=True):
            assert number(draft.drawing.circuit, draft.drawing.evaluation, *key) == pytest.approx(step.right)


@pytest.mark.parametrize("level", range(1, LEVELS + 1))
@pytest.mark.parametrize("kind", ["gates", "branches", "sigmoid", "neuron", "layers"])
def test_the_drawn_circuit_is_no_further_than_what_is_known(kind: str, level: int) -> None:
    drawing = next_task(kind, level, 5).draft.drawing
    assert drawing is not None
    places = [drawing.progress(known) for known in range(len(drawing.keys) + 1)]
    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] == len(Sweep(drawing.circuit, drawing.evaluation))


@pytest.mark.parametrize("kind", tuple(KINDS))
def test_no_two_steps_of_a_task_are_called_the_same(kind: str) -> None:
    for level in range(1, LEVELS + 1):
        for seed in range(12):
            called = [step.symbol for step in next_task(kind, level, seed).draft.steps]
            assert len(set(called)) == len(called), called


def test_a_number_that_stands_alone_in_parentheses_has_none_of_its_own() -> None:
    for kind in ("gates", "neuron", "sigmoid"):
        for level in range(1, LEVELS + 1):
            for seed in range(12):
                for step in next_task(kind, level, seed).draft.steps:
                    assert not re.search(r"(\(|, )\(−[\d.]+\)[,)]", step.solution), step.solution


def test_no_task_stands_on_a_corner() -> None:
    for seed in range(60):
        for level in range(1, LEVELS + 1):
            drawing = next_task("gates", level, seed).draft.drawing
            assert drawing is not None
            circuit, values = drawing.circuit, drawing.evaluation.values
            for node in circuit.nodes:
                assert not is_tie(node.op, [values[j] for j in node.inputs])


def test_the_first_level_has_small_whole_numbers() -> None:
    for seed in range(30):
        for kind in ("gates", "branches"):
            drawing = next_task(kind, 1, seed).draft.drawing
            assert drawing is not None
            for name, value in drawing.values.items():
                assert value.is_integer(), name
                assert 1 <= abs(value) <= 5


def test_the_steps_fade_from_the_last_one_backwards() -> None:
    assert [blanks_of(level, 9) for level in range(1, LEVELS + 1)] == [1, 3, 6, 9]
    assert [blanks_of(level, 2) for level in range(1, LEVELS + 1)] == [1, 2, 2, 2]
    whole = next_task("neuron", LEVELS, 5)
    assert whole.worked == ()


def test_the_level_follows_success_and_falls_after_failures() -> None:
    standing = Standing()
    for _ in range(2):
        standing = standing.after(solved=True)
    assert standing == Standing(2)
    assert standing.after(solved=False).after(solved=True) == Standing(2, 1)
    assert standing.after(solved=False).after(solved=False) == Standing(1)
    assert Standing(1, -1).after(solved=False).level == 1
    assert Standing(LEVELS, 5).after(solved=True).level == LEVELS


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("gates", "task: expected a name such as gates-1-7"),
        ("gates-1", "task: expected a name"),
        ("knots-1-1", "kind: expected one of gates, branches"),
        ("gates-0-1", "level: expected 1 to 4, got 0"),
        ("gates-9-1", "level: expected 1 to 4, got 9"),
        (f"gates-1-{MAX_SEED + 1}", "seed: expected 0 to"),
        ("gates--1-1", "task: expected a name"),
    ],
)
def test_a_name_of_no_task_is_refused_with_the_cure(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_task_name(text, tuple(KINDS))


@pytest.mark.parametrize("seed", [1340, 1487])
def test_a_gradient_check_is_drawn_where_the_gradient_is_not_0(seed: int) -> None:
    assert next_task("check", 3, seed).asked
