"""A scripted learner takes every shipped lesson in the real window: once right, and once with each mistake."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from playground.app.window.main_window import MainWindow
from playground.circuits.naming import names
from playground.document.document import Node
from playground.document.quantity import Quantity
from playground.document.selection import Example
from playground.files import lesson_file
from playground.lessons.exercises import exercise_of
from playground.lessons.lesson import Compute, Drill, Goal, Lesson, Predict, Recall
from playground.lessons.misconceptions.exercise import Exercise
from playground.training.quantities import value_of
from widgets.lessons.lesson_panel import LessonPanel
from widgets.style import numbers

LESSONS = {lesson.name: lesson for lesson in lesson_file.shipped()}
pytestmark = pytest.mark.slow


class Learner:
    """Answers what the panel asks."""

    def __init__(self, window: MainWindow, lesson: Lesson, at: int = 0) -> None:
        self.window, self.lesson, self.player = window, lesson, window.parts.lessons.player
        assert window.parts.lessons.take(lesson, at=at)
        QApplication.processEvents()
        (self.panel,) = window.parts.docks["lesson"].content.findChildren(LessonPanel)

    @property
    def step(self) -> int:
        assert self.player.visit is not None
        return self.player.visit.index

    @property
    def tone(self) -> str:
        return str(self.panel.reply.property("tone")) if self.panel.reply.isVisibleTo(self.panel) else ""

    @property
    def said(self) -> str:
        return f"{self.panel.reply.title.text()} {self.panel.reply.text.markdown}"

    def type(self, text: str) -> None:
        self.panel.question.field.setText(text)
        self.panel.question.button.click()
        self.player.finish_running()

    def predict(self, choice: int) -> None:
        self.panel.question.choices[choice].click()
        self.panel.question.button.click()
        self.player.finish_running()

    def exercise(self, asked: Compute) -> Exercise | None:
        session = self.window.session
        return exercise_of(asked.quantity, session.snapshot(), session.selection.example, asked.digits)

    def do_it_right(self) -> None:
        """Do what the present step asks for."""
        asked = self.lesson.steps[self.step].question
        if isinstance(asked, Predict) and asked.choices:
            self.predict(asked.right)
            assert self.tone == "right", self.said
        elif isinstance(asked, Predict) and asked.side is not None:
            self.window.session.select(example=Example(None, (0.3, 0.4)))
            self.panel.question.button.click()
            self.player.finish_running()
            assert self.tone in ("right", "wrong")
        elif isinstance(asked, Predict):
            assert asked.quantity is not None
            self.type(numbers.full(self.player.answers.asked_number.number(asked.quantity)))
            assert self.tone in ("right", "wrong")
        elif isinstance(asked, Compute):
            self.type(numbers.full(self.player.answers.asked_number.number(asked.quantity)))
            assert self.tone == "right", self.said
        elif isinstance(asked, Goal):
            self.panel.helps["show"].click()
            self.player.finish_running()
            if "count" in self.panel.helps:
                self.panel.helps["count"].click()
                self.player.finish_running()
            assert self.panel.goal.title.property("tone") == "right", self.panel.goal.accessibleName()
        elif isinstance(asked, Drill):
            while (run := self.player.visit.drill) is not None and not run.is_over:
                self.type(numbers.full(run.exercise.right) if run.exercise else "")
                assert run.exercise is None or self.tone == "right", self.said
        elif isinstance(asked, Recall):
            for card in self.panel.cards:
                card.open_button.click()
                card.knew.click()

    def make_each_mistake(self) -> int:
        """Type what each mistake gives that can be told apart; return how many there were."""
        asked = self.lesson.steps[self.step].question
        if not isinstance(asked, Compute):
            return 0
        found = self.exercise(asked)
        mistakes = found.told_apart if found else ()
        for mistake in mistakes:
            self.type(numbers.fixed(mistake.value, 8))
            assert self.tone == "wrong", (mistake.law.key, self.said)
            assert not self.panel.next.isEnabled()
            sentence = found.facts.sentence(mistake.law.sentence, typed="").strip().split(".")[0]
            assert sentence[-12:] in self.said, (mistake.law.key, self.said)
        return len(mistakes)


@pytest.mark.parametrize("name", LESSONS)
def test_a_learner_who_is_right_comes_to_the_end(window: MainWindow, name: str) -> None:
    document = window.session.document
    learner = Learner(window, LESSONS[name])
    for index in range(len(LESSONS[name].steps)):
        assert learner.step == index
        learner.do_it_right()
        assert learner.panel.next.isEnabled(), (index, learner.said)
        learner.panel.next.click()

    assert learner.player.visit is None
    assert learner.player.progress.is_finished(LESSONS[name])
    assert window.session.document == document


@pytest.mark.parametrize("name", LESSONS)
def test_each_mistake_is_called_by_its_name(window: MainWindow, name: str) -> None:
    learner = Learner(window, LESSONS[name])
    for index in range(len(LESSONS[name].steps)):
        assert learner.step == index
        learner.make_each_mistake()
        learner.do_it_right()
        learner.panel.next.click()


@pytest.mark.parametrize("name", LESSONS)
def test_each_wrong_choice_gets_its_own_reply(window: MainWindow, name: str) -> None:
    lesson = LESSONS[name]
    for index, step in enumerate(lesson.steps):
        asked = step.question
        for choice in range(len(asked.choices)) if isinstance(asked, Predict) else ():
            if choice != asked.right:
                window.parts.lessons.player.progress.forget()
                learner = Learner(window, lesson, at=index)
                learner.predict(choice)
                assert learner.tone == "wrong"
                assert learner.panel.reply.text.markdown == (asked.replies[choice] if asked.replies else "")
                assert learner.panel.next.isEnabled()


@pytest.mark.parametrize(("step", "hidden", "shown"), [(4, "xy", "qz"), (5, "y", "qzx"), (7, "xyz", "q")])
def test_a_circuit_hides_what_later_steps_ask(window: MainWindow, step: int, hidden: str, shown: str) -> None:
    Learner(window, LESSONS["the-chain-rule-on-a-graph"], at=step)
    circuit = window.parts.lessons.player._stage.desk.current

    def is_hidden(name: str) -> bool:
        return (names(circuit.circuit).index(name), "gradient") in circuit.hidden

    assert all(is_hidden(name) for name in hidden)
    assert not any(is_hidden(name) for name in shown)


def test_what_is_answered_without_a_run_has_an_answer_and_did_not_happen(window: MainWindow) -> None:
    learner = Learner(window, LESSONS["backprop-through-a-neuron"])
    learner.predict(0)
    assert learner.panel.reply.title.text().endswith("That is not it.")
    assert "The answer: Down" in learner.panel.prediction.text.markdown


def number_at(window: MainWindow, asked: Quantity) -> float:
    session = window.session
    return value_of(session.snapshot(), asked, session.selection.example)


def test_a_prediction_is_asked_before_the_picture_shows_its_answer(window: MainWindow) -> None:
    learner = Learner(window, LESSONS["what-a-neuron-computes"], at=3)
    output = Quantity("value", "h1.1")
    assert number_at(window, output) > 0.0
    learner.predict(1)
    assert number_at(window, output) == 0.0


def test_the_upstream_gradient_alone_is_never_right_where_two_factors_are_asked(window: MainWindow) -> None:
    lesson = LESSONS["backprop-through-a-neuron"]
    index = next(i for i, step in enumerate(lesson.steps) if step.heading == "The same in a network")
    learner = Learner(window, lesson, at=index)
    learner.type(numbers.significant(number_at(window, Quantity("upstream", "h1.1")), 2))
    assert learner.tone == "wrong"


def test_a_task_that_is_done_keeps_its_number_until_the_next_one_begins(window: MainWindow) -> None:
    lesson = LESSONS["backprop-through-a-neuron"]
    index = next(i for i, step in enumerate(lesson.steps) if isinstance(step.question, Drill))
    learner = Learner(window, lesson, at=index)
    visit = learner.player.visit
    assert visit is not None
    while (run := visit.drill) is not None and run.exercise is not None:
        assert "Task 1 of 2" in run.lead
        learner.type(numbers.full(run.exercise.right))
    assert run is not None
    assert "Task 1 of 2" in run.lead


QUIZ = LESSONS["backprop-through-a-neuron"]


def started_again(window: MainWindow, lesson: Lesson, at: int) -> Learner:
    """Return the learner at the same step after the window was closed and opened: nothing but the file is known."""
    window.parts.lessons.player.leave(for_now=True)
    return Learner(window, lesson, at)


@pytest.mark.parametrize("heading", ["The loss", "To the first weight", "The same in a network"])
@pytest.mark.parametrize("is_shown", [False, True])
def test_a_number_comes_back_as_it_was_left(window: MainWindow, heading: str, is_shown: bool) -> None:
    index = next(i for i, step in enumerate(QUIZ.steps) if step.heading == heading)
    learner, asked = Learner(window, QUIZ, at=index), QUIZ.steps[index].question
    assert isinstance(asked, Compute)
    if is_shown:
        learner.panel.helps["show"].click()
    else:
        learner.type(numbers.significant(learner.player.answers.asked_number.number(asked.quantity), 3))
    typed, said, tone = learner.panel.question.field.text(), learner.said, learner.tone
    assert tone == ("note" if is_shown else "right")
    assert len(typed) <= 8
    again = started_again(window, QUIZ, index)
    assert again.panel.question.field.text() == typed
    assert again.panel.question.field.isReadOnly()
    assert (again.said, again.tone) == (said, tone)
    assert again.panel.next.isEnabled()


def test_an_answered_circuit_shows_its_numbers_when_it_is_come_back_to(window: MainWindow) -> None:
    learner = Learner(window, QUIZ, at=2)
    learner.type("2")
    learner.panel.next.click()
    learner.panel.back.click()
    circuit = window.parts.lessons.player._stage.desk.current
    at = names(circuit.circuit).index("J")
    assert (at, "value") not in circuit.hidden
    assert circuit.state.values[at] == 2.0


def test_cards_that_were_judged_are_not_asked_again_after_a_restart(window: MainWindow) -> None:
    index = len(QUIZ.steps) - 1
    learner = Learner(window, QUIZ, at=index)
    learner.do_it_right()
    again = started_again(window, QUIZ, index)
    assert not any(card.knew.isVisible() for card in again.panel.cards)
    assert all(card.said.isVisible() for card in again.panel.cards)


def test_the_keys_of_training_move_the_circuit_that_stands_where_the_network_was(window: MainWindow) -> None:
    window.session.play()
    height = window.parts.panels.transport.height()
    learner = Learner(window, LESSONS["backprop-through-a-neuron"])
    assert window.parts.panels.transport.height() == height
    desk, actions, bar = learner.player._stage.desk, window.parts.actions, window.parts.panels.transport
    assert not window.session.is_playing
    moving = (bar.play, bar.step, bar.reset, bar.speed, bar.iteration, bar.train_loss)
    assert not any(part.isVisible() for part in moving)
    assert bar.learn.isVisible()
    for action, done in (("step", 1), ("step", 2), ("back", 1), ("epoch", desk.current.total), ("reset", 0)):
        actions[action].trigger()
        assert desk.current.done == done
    actions["play"].trigger()
    assert desk._stepping.metronome.is_running
    actions["play"].trigger()
    assert not desk._stepping.metronome.is_running
    assert window.session.run.iteration == 0
    learner.panel.leave.click()
    assert all(part.isVisible() for part in moving)
    actions["step"].trigger()
    assert window.session.run.iteration > 0


def test_in_a_drill_the_keys_of_training_show_nothing_and_train_nothing(window: MainWindow) -> None:
    window.parts.lessons.practise("gates")
    QApplication.processEvents()
    desk = window.parts.lessons.player._stage.desk
    done, iteration = desk.current.done, window.session.run.iteration
    for action in ("step", "epoch", "play", "reset", "back"):
        window.parts.actions[action].trigger()
    assert (desk.current.done, window.session.run.iteration) == (done, iteration)
    assert not window.session.is_playing


def test_a_number_that_a_later_step_asks_is_hidden_until_then(window: MainWindow) -> None:
    lesson = LESSONS["losses"]
    index = next(i for i, step in enumerate(lesson.steps) if step.heading == "Hinge by hand")
    learner = Learner(window, lesson, at=index)
    hidden = window.session.prediction.hidden()
    assert hidden.hides("upstream", Node(1, 0)), "asked at the next step"
    assert hidden.hides("piece", Node(1, 1)), "the terms of a hinge only add up"
    assert not hidden.hides("value", Node(1, 1))
    learner.do_it_right()
    assert window.session.prediction.hidden().hides("upstream", Node(1, 0))
    learner.panel.next.click()
    learner.do_it_right()
    assert not window.session.prediction.hidden().hides("upstream", Node(1, 0))
