"""Quizzes of a circuit: numbers to predict, and feedback that does not give the answer away."""

from __future__ import annotations

import re
from dataclasses import replace

from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.circuits import quiz as quizzes
from playground.circuits.numerals import equation
from playground.circuits.quiz import Quiz
from playground.lessons.misconceptions.of_circuit import of_circuit
from playground.lessons.misconceptions.reply import mistake_of
from widgets.style import numbers
from widgets.values.circuits import QuizState, Verdict

Key = tuple[int, str]
_WITH_COMMA = re.compile(r"[\d.,]*,[\d.,]*\d")


QUIZZES = {"forward": quizzes.forward_quiz, "backward": quizzes.backward_quiz, "both": quizzes.both_quiz}
"""The quizzes that ask for numbers, by kind."""


def with_quiz_of(shown: OpenCircuit, kind: str) -> OpenCircuit:
    """Hide a whole pass or both (a key of ``QUIZZES``), with all steps done and no mistake on."""
    right = shown.with_mistakes(forget_to_add=False, forget_to_zero=False)
    right = right.at(right.total)
    if right.evaluation is None:
        return right
    return right.with_quiz(QUIZZES[kind](right.circuit, right.evaluation))


def with_blank(shown: OpenCircuit, gate: int, which: str) -> OpenCircuit:
    """Hide one more number; the circuit as it is where there is no such number or a mistake is on."""
    if shown.evaluation is None or shown.makes_mistakes or not _is_known(shown, gate, which):
        return shown
    asked = (*(shown.quiz.asked if shown.quiz else ()), (gate, which))
    fresh = quizzes.quiz(shown.circuit, shown.evaluation, asked)
    if shown.quiz is not None:
        before = shown.quiz
        fresh = replace(
            fresh,
            solved=before.solved - {(gate, which)},
            revealed=before.revealed - {(gate, which)},
            wrong=before.wrong,
        )
    return shown.with_quiz(fresh)


def answered(shown: OpenCircuit, gate: int, which: str, typed: str) -> tuple[OpenCircuit, Verdict]:
    """Judge an answer.

    Raises
    ------
    ValueError
        If `typed` is not a number.
    """
    assert shown.quiz is not None
    plain = _arithmetic(typed)
    quiz, right = shown.quiz.answer(gate, which, plain)
    guess = None if right else quizzes.typed_number(plain)
    return shown.with_quiz(quiz), Verdict(typed, right, _feedback(quiz, (gate, which), right, guess))


def _arithmetic(typed: str) -> str:
    """Return `typed` with its decimal commas as the points that an expression takes."""
    return _WITH_COMMA.sub(lambda found: repr(numbers.parse(found[0])), typed)


def noted_on_card(shown: OpenCircuit, key: Key, typed: str, right: bool) -> tuple[OpenCircuit, Verdict]:
    """Count an answer that a card has read and judged."""
    assert shown.quiz is not None
    quiz = shown.quiz.judged(key, right)
    guess = None if right else numbers.parse(typed)
    return shown.with_quiz(quiz), Verdict(typed, right, _feedback(quiz, key, right, guess))


def with_one_revealed(shown: OpenCircuit) -> OpenCircuit:
    """Show the next hidden number; with the last one the quiz is over."""
    if shown.quiz is None:
        return shown
    quiz = shown.quiz.reveal_next()
    return shown.with_quiz(quiz if quiz.hidden else None)


def state_of(shown: OpenCircuit, verdict: Verdict | None) -> QuizState | None:
    """Return what the teaching bar shows of the quiz."""
    quiz = shown.quiz
    return None if quiz is None else QuizState(len(quiz.asked), quiz.right, quiz.wrong, verdict)


def _is_known(shown: OpenCircuit, gate: int, which: str) -> bool:
    state = shown.state
    if which == "value":
        return shown.circuit.nodes[gate].op != "constant" and state.values[gate] is not None
    if which == "gradient":
        return state.gradients[gate] is not None
    row, slot = state.wire_gradients[gate], int(which.removeprefix("wire_"))
    return slot < len(row) and row[slot] is not None


def _feedback(quiz: Quiz, key: Key, right: bool, guess: float | None = None) -> str:
    """Return the derivation; to a wrong answer the mistake that gives it, or the derivation with ? for its result."""
    expected = quizzes.number(quiz.circuit, quiz.evaluation, *key)
    text = quizzes.derivation(quiz.circuit, quiz.evaluation, *key)
    if right:
        return text
    if any(needed in quiz.hidden for needed in _needed(quiz, *key)):
        return "Work out what stands to the right of it first: downstream = upstream × local."
    exercise = None if guess is None else of_circuit(quiz.circuit, quiz.evaluation, *key)
    named = None if exercise is None or guess is None else mistake_of(exercise, guess, "That")
    return named.sentence if named else text.removesuffix(equation(expected)) + "= ?"


def _needed(quiz: Quiz, gate: int, which: str) -> list[Key]:
    """Return the numbers that an answer is computed from."""
    circuit = quiz.circuit
    if which.startswith("wire_"):
        return [(gate, "gradient"), *((g, f"wire_{slot}") for g, slot in circuit.consumers[gate])]
    if which == "value":
        return [(source, "value") for source in circuit.nodes[gate].inputs]
    wires = circuit.consumers[gate]
    return [(wires[0][0], "gradient")] if len(wires) == 1 else [(g, f"wire_{slot}") for g, slot in wires]
