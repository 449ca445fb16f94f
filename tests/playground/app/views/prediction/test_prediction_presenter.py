"""Predict asks for the numbers of the selection one after the other, in the line of questions and on the card."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playground.app.views.inspector.presenter import InspectorPresenter
from playground.app.views.prediction.presenter import PredictionPresenter
from playground.app.views.prediction.questions import questions
from playground.app.views.scheduling import Scheduler
from playground.document.changes import with_training
from playground.document.data_choice import with_dataset
from playground.document.document import LOSS, Edge, Node
from playground.document.quantity import Quantity
from playground.document.selection import Selection
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from playground.training.quantities import value_of
from widgets.frame.inspector import Inspector
from widgets.frame.predict_bar import PredictBar
from widgets.gradient_card.gradient_card import GradientCard
from widgets.style import numbers

NODE = Node(1, 0)


@pytest.fixture
def session(qapp: object) -> Session:
    return Session()


@pytest.fixture
def bar(qtbot: QtBot) -> PredictBar:
    made = PredictBar()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def card(qtbot: QtBot) -> GradientCard:
    made = GradientCard()
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    return made


@pytest.fixture
def presenter(session: Session, bar: PredictBar, card: GradientCard, qtbot: QtBot) -> PredictionPresenter:
    scheduler, inspector = Scheduler(session), Inspector()
    qtbot.addWidget(inspector)
    slow_motion = SlowMotion(session)
    made = PredictionPresenter(session, scheduler, slow_motion, card, bar)
    made.card = InspectorPresenter(session, scheduler, slow_motion, inspector, card)  # lives as long
    session.select(node=NODE)
    return made


@pytest.mark.parametrize(
    ("selection", "asked"),
    [
        (Selection(NODE), ["local h1.1", "upstream h1.1", "downstream h1.1", "gradient x1-h1.1", "gradient x2-h1.1"]),
        (Selection(NODE, Edge(1, 0, 0)), ["gradient x1-h1.1", "batch_gradient x1-h1.1", "update x1-h1.1"]),
        (Selection(LOSS), ["loss loss", "upstream out.1"]),
        (Selection(Node(0, 1)), ["input_gradient x2"]),
        (Selection(), ["downstream out.1", "downstream h1.1", "downstream h1.2"]),
    ],
    ids=lambda value: str(value[0]) if isinstance(value, list) else "",
)
def test_what_is_selected_decides_what_is_asked(session: Session, selection: Selection, asked: list[str]) -> None:
    found = [f"{one.of} {one.at}" for one in questions(session.run.network, selection)]
    assert found[: len(asked)] == asked


def test_an_output_that_stands_for_a_class_is_asked_by_its_symbol_and_class(
    session: Session, presenter: PredictionPresenter, bar: PredictBar
) -> None:
    session.change(with_dataset("blobs"), "Change the data")
    session.change(with_training(loss="softmax"), "Change the loss")
    session.select(node=Node(2, 1))
    presenter.toggle()
    assert bar.question.text() == "local gradient of output s₂ (class 1)"


def test_the_numbers_are_asked_in_their_order_and_shown_at_the_end(
    session: Session, presenter: PredictionPresenter, bar: PredictBar, qtbot: QtBot
) -> None:
    presenter.toggle()
    assert bar.question.text() == "local gradient of neuron 1 of hidden layer 1"
    assert bar.count.text() == "Predict 1 of 6"
    bar.field.setText("17")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.reply.text().startswith("✗ Not yet: δ = upstream × local")
    value = value_of(session.snapshot(), Quantity("local", "h1.1"), session.selection.example)
    bar.field.setText(f"{value:.4f}")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.reply.text().startswith("✓ Right: local gradient of neuron 1 of hidden layer 1 ≈ ")
    assert numbers.full(value) not in bar.reply.text()
    assert bar.question.text() == "upstream gradient of neuron 1 of hidden layer 1"
    for _ in range(5):
        presenter.reveal_next()
    assert bar.reply.text().endswith("You predicted 1 of 6; 1 answer was not right.")
    bar.end.click()
    assert bar.isHidden()


def test_a_number_is_typed_on_the_card_where_the_blank_is(
    session: Session, presenter: PredictionPresenter, card: GradientCard, qtbot: QtBot
) -> None:
    session.prediction.ask([Quantity("downstream", "h1.1")])
    assert "?" in card.text()
    card.boxes._open_answer(2)
    value = value_of(session.snapshot(), Quantity("downstream", "h1.1"), session.selection.example)
    qtbot.keyClicks(card.boxes._answer, f"{value:.4f}")
    qtbot.keyClick(card.boxes._answer, Qt.Key.Key_Return)
    assert session.prediction.veil.hidden == ()
    assert card.boxes._answer.isHidden()


def test_h_hides_the_number_that_has_the_keyboard(
    session: Session, presenter: PredictionPresenter, card: GradientCard, qtbot: QtBot
) -> None:
    card.boxes.setFocus()
    qtbot.keyClick(card.boxes, Qt.Key.Key_Right)
    qtbot.keyClick(card.boxes, Qt.Key.Key_H)
    assert session.prediction.veil.hidden == (Quantity("local", "h1.1"),)
    qtbot.keyClick(card.boxes, Qt.Key.Key_5)
    assert card.boxes._answer.text() == "5"


def test_nothing_to_reveal_is_said(session: Session, presenter: PredictionPresenter, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.noted) as noted:
        presenter.reveal_next()
    assert noted.args == ["Nothing is hidden: F8 hides the numbers of what is selected."]


def test_in_slow_motion_a_number_is_asked_and_revealed_when_it_is_computed(
    session: Session, presenter: PredictionPresenter, bar: PredictBar, qtbot: QtBot
) -> None:
    slow_motion = presenter._slow
    slow_motion.start()
    slow_motion.goto(next(i for i, phase in enumerate(slow_motion.cursor.phases) if phase.label == "Backward 2"))
    presenter.toggle()
    presenter.reveal_next()
    presenter.reveal_next()
    assert [one.of for one in session.prediction.veil.revealed] in (["local", "upstream"], ["upstream", "local"])
    with qtbot.waitSignal(session.noted) as noted:
        presenter.reveal_next()
    waits = "ownstream gradient of neuron 1 of hidden layer 1: computed in the phase Backward 1 (F10 goes on)"
    assert noted.args == [f"D{waits}."]
    assert len(session.prediction.veil.revealed) == 2
    assert bar.question.text() == f"d{waits}"
    assert bar.field.isHidden()
    assert bar.reveal.isHidden()
    slow_motion.forward()
    assert bar.question.text() == "downstream gradient of neuron 1 of hidden layer 1"
    assert not bar.field.isHidden()
    presenter.reveal_next()
    assert session.prediction.veil.hidden[0].of == "gradient"
