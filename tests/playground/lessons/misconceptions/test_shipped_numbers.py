"""Every number that the shipped lessons ask for: each mistake is called by its name, alone or beside its twins."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from playground.files import lesson_file
from playground.lessons.exercises import exercise_of
from playground.lessons.lesson import Compute, Goal, Lesson, Predict, Scene
from playground.lessons.misconceptions.closeness import stands_for
from playground.lessons.misconceptions.exercise import Exercise
from playground.lessons.misconceptions.reply import reply_to
from playground.lessons.misconceptions.typed import read
from playground.lessons.rehearsal import Opened, Rehearsal

LESSONS = {lesson.name: lesson for lesson in lesson_file.shipped()}
GRADIENT = "∂J/∂a2"


def asked_in(lesson: Lesson) -> Iterator[Exercise]:
    """Yield what a lesson asks for, at the scene where it is asked."""
    rehearsal = Rehearsal(lambda _name: Opened(rehearsal.run.document))
    for step in lesson.steps:
        for part in step.parts:
            if isinstance(part, Scene):
                rehearsal.enter(part)
            elif isinstance(part, Goal | Predict):
                for action in step.solution if isinstance(part, Goal) else part.run:
                    rehearsal.do(action)
            elif isinstance(part, Compute):
                snapshot, example = rehearsal.run.snapshot(), rehearsal.selection.example
                found = exercise_of(part.quantity, snapshot, example, part.digits)
                assert found is not None
                yield found


@pytest.mark.parametrize("name", LESSONS)
def test_each_mistake_is_named_and_none_is_kept_back(name: str) -> None:
    for one in asked_in(LESSONS[name]):
        for mistake in one.mistakes:
            typed = repr(mistake.value)
            twins = [other for other in one.mistakes if stands_for(read(typed), other.value, one.digits)]
            reply = reply_to(one, typed)
            for twin in twins:
                said = one.facts.sentence(twin.law.sentence, typed="").partition(". ")[0].removesuffix(".").strip()
                assert said in reply.sentence, (one.symbol, twin.law.key, reply.sentence)
            assert (reply.law is mistake.law) == (len(twins) == 1)


@pytest.mark.parametrize("name", LESSONS)
def test_no_mistake_is_taken_for_right_however_it_is_rounded(name: str) -> None:
    for one in asked_in(LESSONS[name]):
        for mistake, digits in product(one.mistakes, (1, 2, 3)):
            rounded = float(f"{mistake.value:.{digits - 1}e}")
            if abs(rounded - one.right) > 0.02 * abs(one.right):
                assert reply_to(one, repr(rounded)).kind != "right", (one.symbol, mistake.law.key, rounded)


def asked_of_the_quiz(symbol: str) -> Exercise:
    return next(one for one in asked_in(LESSONS["backprop-through-a-neuron"]) if one.symbol == symbol)


def test_a_forgotten_half_of_the_loss_is_not_taken_for_another_mistake() -> None:
    said = reply_to(asked_of_the_quiz(GRADIENT), "4").sentence
    assert "4 comes from more than one mistake here: it is upstream × the gate's output, 2; or " in said
    assert "it leaves out the factor 0.5 on the way back" in said
    assert reply_to(asked_of_the_quiz("J"), "4").sentence.startswith("Not yet. 4 leaves out the factor 0.5.")
    assert reply_to(asked_of_the_quiz("J"), "1").sentence.startswith("Not yet. 1 leaves out the exponent 2:")


def test_a_forgotten_exponent_is_named_beside_the_mistakes_that_give_the_same_number() -> None:
    said = reply_to(asked_of_the_quiz(GRADIENT), "1").sentence
    assert "it leaves out the exponent 2, which comes down in front" in said
    assert "it shares the upstream among the 2 inputs" in said
