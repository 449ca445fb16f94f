"""What is asked of a number that a view shows, also where an edit has taken it away meanwhile."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from playground.app.views.prediction.blanks import Named
from playground.app.views.prediction.wishes import GONE, fulfil
from playground.document.document import Edge, Node
from playground.document.selection import Example
from playground.session.session import Session
from widgets.controls.number_menu import PREDICT, WHY

THERE: tuple[Named, ...] = (("weight", Edge(1, 0, 3), None), ("value", Node(1, 3), Example(0)))
GONE_NOW: tuple[Named, ...] = (
    ("weight", Edge(1, 0, 7), None), ("value", Node(1, 7), Example(0)), ("value", Node(1, 0), Example(10**6)),
    ("weight", Edge(1, 7, 0), None), ("value", Node(5, 0), None), ("batch_gradient", Edge(5, 0, 0), None),
    ("piece", Node(1, 7), None),
)  # fmt: skip


@pytest.mark.parametrize("named", THERE)
def test_what_is_there_is_explained_and_asked(named: Named, qtbot: QtBot) -> None:
    session = Session()
    with qtbot.waitSignal(session.why_asked):
        fulfil(session, named, WHY)
    fulfil(session, named, PREDICT)
    assert len(session.prediction.veil.hidden) == 1


@pytest.mark.parametrize("named", GONE_NOW)
@pytest.mark.parametrize("wish", [WHY, PREDICT])
def test_of_what_is_gone_nothing_is_asked_and_it_is_said(named: Named, wish: str, qtbot: QtBot) -> None:
    session = Session()
    notes: list[str] = []
    session.noted.connect(notes.append)
    with qtbot.assertNotEmitted(session.why_asked):
        fulfil(session, named, wish)
    assert notes == [GONE]
    assert session.prediction.veil.hidden == ()
