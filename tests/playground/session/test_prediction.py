"""Quantities are hidden, asked, answered and revealed; nothing that is computed from one is shown before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from playground.document.changes import with_depth, with_training, with_width
from playground.document.document import LOSS, Document, Edge, Node
from playground.document.quantity import Quantity
from playground.document.selection import Example
from playground.document.veil import Question, Veil
from playground.engine.spec import LayerSpec
from playground.session.prediction import Reply
from playground.session.session import Session
from playground.training.quantities import value_of

DELTA, UPSTREAM = Quantity("downstream", "h1.2"), Quantity("upstream", "h1.2")


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(replace(Document(), hidden=(LayerSpec(3), LayerSpec(2))))


def test_a_hidden_quantity_is_asked_until_the_right_number_is_typed(session: Session) -> None:
    prediction, replies = session.prediction, list[Reply]()
    prediction.replied.connect(replies.append)
    prediction.ask([UPSTREAM, Question(DELTA, digits=2)])
    value = value_of(session.snapshot(), DELTA)

    prediction.answer(DELTA, "12345")
    prediction.answer(DELTA, "nonsense")
    assert prediction.veil.hidden == (UPSTREAM, DELTA)
    prediction.answer(DELTA, f"{value:.1e}")
    assert [reply.judgement for reply in replies] == ["not yet", "unreadable", "right"]
    assert [reply.value for reply in replies] == [None, None, value]
    assert (prediction.veil.hidden, prediction.veil.wrong) == ((UPSTREAM,), 1)
    assert prediction.answer(DELTA, "1") is None


def test_a_wrong_answer_is_told_its_mistake_and_not_the_right_number(session: Session) -> None:
    snapshot, example = session.snapshot(), session.selection.example
    session.prediction.ask([DELTA])
    upstream, value = (value_of(snapshot, one, example) for one in (UPSTREAM, DELTA))
    reply = session.prediction.answer(DELTA, repr(upstream))  # the local gradient forgotten
    assert reply is not None
    assert "local" in reply.explanation
    assert f"{value:.3f}"[-4:] not in reply.explanation


def test_the_blanks_are_revealed_one_by_one_in_their_order(session: Session) -> None:
    prediction = session.prediction
    prediction.ask([UPSTREAM, DELTA])
    first = prediction.reveal_next()
    assert first is not None
    assert (first.quantity, first.value) == (UPSTREAM, value_of(session.snapshot(), UPSTREAM))
    prediction.reveal_next()
    assert prediction.reveal_next() is None
    assert not prediction.hidden()


def test_what_does_not_exist_is_not_asked_and_hides_nothing(session: Session) -> None:
    with pytest.raises(ValueError, match=r"has no h1\.9"):
        session.prediction.ask([DELTA, Quantity("value", "h1.9")])
    assert session.prediction.veil == Veil()


def test_views_are_told_once_of_another_veil(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignals([session.veil_changed, session.refresh_requested]):
        session.prediction.ask([DELTA])
    with qtbot.assertNotEmitted(session.veil_changed):
        session.prediction.ask([DELTA])
    session.prediction.end()
    assert not session.prediction.hidden()


def test_questions_about_nodes_that_are_gone_or_renumbered_are_dropped(session: Session) -> None:
    session.prediction.ask([DELTA, Quantity("downstream", "h1.3")])
    session.change(with_width(1, 2), "narrower")
    assert session.prediction.veil.hidden == (DELTA,)
    session.change(with_depth(1), "shallower")
    assert session.prediction.veil == Veil()


def test_the_numbers_are_judged_at_the_state_of_training(session: Session) -> None:
    session.prediction.ask([DELTA])
    session.step(20)
    reply = session.prediction.answer(DELTA, repr(value_of(session.snapshot(), DELTA)))
    assert reply is not None
    assert reply.judgement == "right"


def _hides(session: Session, *asked: Quantity) -> set[str]:
    session.prediction.end()
    session.prediction.ask(asked)
    hidden = session.prediction.hidden()
    nodes = [Node(layer, 0) for layer in (1, 2, 3)]
    edges = [Edge(layer, 0, 0) for layer in (1, 2, 3)]
    of_nodes = ("value", "pre_activation", "local", "upstream", "downstream")
    of_edges = ("weight", "gradient", "input_gradient", "term", "batch_gradient", "update", "next_weight")
    found = {f"{of} {node.layer}" for node in nodes for of in of_nodes if hidden.hides(of, node)}
    found |= {f"{of} {edge.layer}" for edge in edges for of in of_edges if hidden.hides(of, edge)}
    found |= {"loss"} if hidden.hides("loss", LOSS) else set()
    return found | ({"∂x"} if hidden.hides("input_gradient", Node(0, 0)) else set())


_BEYOND_1 = {"gradient 1", "input_gradient 1", "term 1", "∂x"}
_BEYOND_2 = {"gradient 2", "input_gradient 2", "term 2", "upstream 1", "downstream 1"} | _BEYOND_1


@pytest.mark.parametrize(
    ("of", "at", "hidden"),
    [
        ("downstream", "h1.1", {"downstream 1"} | _BEYOND_1),
        ("downstream", "h2.1", {"downstream 2"} | _BEYOND_2),
        ("upstream", "h2.1", {"upstream 2", "downstream 2", "term 3"} | _BEYOND_2),
        ("local", "h2.1", {"local 2", "downstream 2"} | _BEYOND_2),
        ("gradient", "h1.1-h2.1", {"gradient 2"}),
        ("loss", "loss", {"loss"}),
        ("batch_gradient", "h1.1-h2.1", {"batch_gradient 2", "update 2", "next_weight 2"}),
        ("update", "h1.1-h2.1", {"update 2", "next_weight 2"}),
        ("next_weight", "h1.1-h2.1", {"next_weight 2"}),
        ("weight", "h1.1-h2.1", {"weight 2", "input_gradient 2", "term 2", "next_weight 2"}),
    ],
)
def test_what_is_computed_from_a_hidden_number_is_hidden_too(
    session: Session, of: str, at: str, hidden: set[str]
) -> None:
    assert _hides(session, Quantity(of, at)) == hidden


def test_a_hidden_activation_hides_the_forward_pass_behind_it_and_the_backward_pass(session: Session) -> None:
    hidden = _hides(session, Quantity("value", "h1.1"))
    assert {"value 1", "local 1", "value 2", "pre_activation 3", "loss", "upstream 3", "gradient 1"} <= hidden
    assert not {"pre_activation 1", "weight 1", "next_weight 1"} & hidden


def test_a_linear_activation_hides_its_pre_activation_which_is_the_same_number(session: Session) -> None:
    assert {"value 3", "pre_activation 3"} <= _hides(session, Quantity("value", "out.1"))


def test_the_only_term_of_an_upstream_is_hidden_with_it(session: Session) -> None:
    assert "term 3" in _hides(session, Quantity("upstream", "h2.1"))


def test_the_mean_over_one_or_two_examples_would_give_a_hidden_term_away(session: Session) -> None:
    session.change(with_training(batch_size=1), "one example")
    session.select(example=Example(int(session.snapshot().batch[0])))
    assert {"batch_gradient 2", "next_weight 2"} <= _hides(session, Quantity("gradient", "h1.1-h2.1"))


def test_a_question_about_one_example_hides_nothing_of_another(session: Session) -> None:
    session.prediction.ask([Quantity("downstream", "h1.2", 3)])
    session.select(example=Example(4))
    assert not session.prediction.hidden().hides("downstream", Node(1, 1))
    assert session.prediction.hidden().at(Example(3)).hides("downstream", Node(1, 1))
    session.select(example=Example(3))
    assert session.prediction.hidden().hides("downstream", Node(1, 1))
