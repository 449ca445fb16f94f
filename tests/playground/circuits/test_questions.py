"""The questions in words have one right answer each, and it is right."""

from __future__ import annotations

import pytest

from playground.circuits.examples import EXAMPLES
from playground.circuits.parser.expression import parse
from playground.circuits.passes import evaluate
from playground.circuits.questions import Question, questions


def asked(text: str, inputs: dict[str, float], upstream: float = 1.0) -> dict[str, Question]:
    circuit = parse(text)
    return {one.text: one for one in questions(circuit, evaluate(circuit, inputs, upstream))}


def right(question: Question) -> str:
    return question.options[question.right]


def test_the_lecture_s_patterns_are_asked_where_they_occur() -> None:
    found = asked("max(x, y) * 2 + x", {"x": 4.0, "y": 1.0})
    assert right(found["Which of these gates routes?"]) == "q1: max"
    assert right(found["Which of these gates distributes?"]) == "f: add"
    assert right(found["Which of these gates swaps and scales?"]) == "q2: multiply"
    assert right(found["Which input of q1 = max(x, y) gets the whole upstream?"]) == "x"
    branch = found["x branches into 2 wires. Its gradient is …"]
    assert right(branch) == "the sum of what the wires bring back"
    assert branch.why == "Gradients add at a branch: ∂f/∂x = 1 + 2 = 3."
    assert right(found["How many forward passes do central differences need for 2 gradients?"]) == "4"


@pytest.mark.parametrize(("z", "answer"), [(3.0, "it grows"), (-3.0, "it falls"), (0.0, "it stays as it is")])
def test_the_sign_of_a_gradient_says_which_way_the_result_goes(z: float, answer: str) -> None:
    assert right(asked("x * z", {"x": 2.0, "z": z})["x grows a little. What does f do?"]) == answer


def test_a_gate_that_is_alone_is_asked_what_it_does() -> None:
    found = asked("x * y", {"x": 3.0, "y": -4.0})
    assert right(found["What does the multiply gate do with its upstream gradient?"]) == "swaps and scales"


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_has_questions_with_different_options(name: str) -> None:
    entry = EXAMPLES[name]
    found = asked(entry.expression, entry.inputs, entry.upstream)
    assert found
    for question in found.values():
        assert 2 <= len(question.options) == len(set(question.options)) <= 4
        assert question.why


def test_the_right_answer_does_not_keep_to_one_place() -> None:
    found = asked("max(x, y) * 2 + x", {"x": 4.0, "y": 1.0})
    assert len({question.right for question in found.values()}) > 1
