"""Predict first, then reveal: quizzes of a desk, and what is said to an answer without giving it away."""

from __future__ import annotations

from dataclasses import replace

from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.circuits import quiz as quizzes
from playground.circuits.numerals import equation
from playground.circuits.quiz import Quiz
from widgets.values.circuits import QuizState, Verdict

Key = tuple[int, str]


def with_backward_quiz(desk: OpenCircuit) -> OpenCircuit:
    """Hide the whole backward pass; the walk goes to its end and the mistakes off."""
    right = desk.with_mistakes(forget_to_add=False, forget_to_zero=False)
    right = right.at(right.total)
    if right.evaluation is None:
        return right
    return right.with_quiz(quizzes.backward_quiz(right.circuit, right.evaluation))


def with_blank(desk: OpenCircuit, gate: int, which: str) -> OpenCircuit:
    """Hide one more number; the desk as it is where there is no such number or a mistake is on."""
    if desk.evaluation is None or desk.makes_mistakes or not _is_known(desk, gate, which):
        return desk
    asked = (*(desk.quiz.asked if desk.quiz else ()), (gate, which))
    fresh = quizzes.quiz(desk.circuit, desk.evaluation, asked)
    if desk.quiz is not None:
        before = desk.quiz
        fresh = replace(
            fresh,
            solved=before.solved - {(gate, which)},
            revealed=before.revealed - {(gate, which)},
            wrong=before.wrong,
        )
    return desk.with_quiz(fresh)


def answered(desk: OpenCircuit, gate: int, which: str, typed: str) -> tuple[OpenCircuit, Verdict]:
    """Judge an answer.

    Raises
    ------
    ValueError
        If `typed` is not a number.
    """
    assert desk.quiz is not None
    quiz, verdict = desk.quiz.answer(gate, which, typed)
    text = verdict.derivation if verdict.right else _without_result(quiz, gate, which)
    return desk.with_quiz(quiz), Verdict(gate, which, typed, verdict.right, text)


def noted_on_card(desk: OpenCircuit, key: Key, right: bool) -> tuple[OpenCircuit, Verdict]:
    """Take over an answer that a card has judged."""
    quiz = desk.quiz
    assert quiz is not None
    quiz = replace(quiz, solved=quiz.solved | {key}) if right else replace(quiz, wrong=quiz.wrong + 1)
    text = quizzes.derivation(desk.circuit, quiz.evaluation, *key) if right else _without_result(quiz, *key)
    return desk.with_quiz(quiz), Verdict(*key, "That", right, text)


def with_one_revealed(desk: OpenCircuit) -> OpenCircuit:
    """Show the next hidden number; with the last one the quiz is over."""
    if desk.quiz is None:
        return desk
    quiz = desk.quiz.reveal_next()
    return desk.with_quiz(quiz if quiz.hidden else None)


def state_of(desk: OpenCircuit, verdict: Verdict | None) -> QuizState | None:
    """Return what the teaching bar shows of the quiz."""
    quiz = desk.quiz
    return None if quiz is None else QuizState(len(quiz.asked), quiz.right, quiz.wrong, verdict)


def _is_known(desk: OpenCircuit, gate: int, which: str) -> bool:
    state = desk.state
    if which == "value":
        return desk.circuit.nodes[gate].op != "constant" and state.values[gate] is not None
    if which == "gradient":
        return state.gradients[gate] is not None
    row, slot = state.wire_gradients[gate], int(which.removeprefix("wire_"))
    return slot < len(row) and row[slot] is not None


def _without_result(quiz: Quiz, gate: int, which: str) -> str:
    """Return the derivation with ? for its result, and for an upstream that is hidden itself."""
    expected = quizzes.number(quiz.circuit, quiz.evaluation, gate, which)
    text = quizzes.derivation(quiz.circuit, quiz.evaluation, gate, which)
    if any(key in quiz.hidden for key in _needed(quiz, gate, which)):
        return "Work out what stands to the right of it first: downstream = upstream × local."
    return text.removesuffix(equation(expected)) + "= ?"


def _needed(quiz: Quiz, gate: int, which: str) -> list[Key]:
    """Return the numbers that an answer stands on."""
    circuit = quiz.circuit
    if which.startswith("wire_"):
        return [(gate, "gradient")]
    if which == "value":
        return [(source, "value") for source in circuit.nodes[gate].inputs]
    wires = circuit.consumers[gate]
    return [(wires[0][0], "gradient")] if len(wires) == 1 else [(g, f"wire_{slot}") for g, slot in wires]
