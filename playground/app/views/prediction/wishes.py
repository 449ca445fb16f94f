"""What is asked of a number in a view: to answer it, to predict it, to say where it came from."""

from __future__ import annotations

from playground.app.views.prediction.blanks import Named, as_quantity, asked_as
from playground.document.document import Edge
from playground.document.selection import has_edge, has_example, has_node
from playground.session.session import Session
from widgets.controls.number_menu import PREDICT, WHY

GONE = "That number is no longer there: the network or the data have changed."


def answer_at(session: Session, named: Named, typed: str, share: float = 1.0) -> None:
    """Judge what was typed for the number `named`, of which `share` is displayed, where it is asked."""
    asked = asked_as(session.prediction.hidden(), named, session.run.network.depth)
    if asked is not None:
        session.prediction.answer(asked, typed, share)


_MADE_INTO = {"piece": "upstream"}
"""What is explained where a number is explained that is no quantity."""


def fulfil(session: Session, named: Named, wish: str) -> None:
    """Do what is asked of the number `named`; a view that has not followed an edit yet may name one that is gone."""
    of, where, example = named
    network, data = session.run.network, session.run.data
    has_place = has_edge(network, where) if isinstance(where, Edge) else has_node(network, where)
    if not has_place or (example is not None and not has_example(data, example)):
        session.note(GONE)
        return
    of = _MADE_INTO.get(of, of) if wish == WHY else of
    found = as_quantity((of, where, example), network.depth)
    if found is not None and wish == PREDICT:
        session.prediction.ask([found])
    elif found is not None:
        session.ask_why(found)
