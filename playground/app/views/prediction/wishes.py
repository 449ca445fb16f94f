"""What is asked of a number in a view: to answer it, to predict it, to say where it came from."""

from __future__ import annotations

from playground.app.views.prediction.blanks import Named, as_quantity, asked_as
from playground.session.session import Session
from widgets.controls.number_menu import PREDICT


def answer_at(session: Session, named: Named, typed: str, share: float = 1.0) -> None:
    """Judge what was typed for the number `named`, of which `share` is displayed, where it is asked."""
    asked = asked_as(session.prediction.hidden(), named, session.run.network.depth)
    if asked is not None:
        session.prediction.answer(asked, typed, share)


def fulfil(session: Session, named: Named, wish: str) -> None:
    """Do what is asked of the number `named`."""
    found = as_quantity(named, session.run.network.depth)
    if found is not None and wish == PREDICT:
        session.prediction.ask([found])
