"""The picture of the network tells nothing of a hidden number: no digit, no colour, no width, no dash."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from playground.app.views.network import reading
from playground.app.views.network.hidden_numbers import NEUTRAL, without_hidden
from playground.document.quantity import Quantity
from playground.session.session import Session
from widgets.network_graph.edges import weight_of
from widgets.network_graph.texts import edge_name, edge_tooltip, node_name
from widgets.values import EdgeKey, NetworkFrame, NodeKey

EDGE, NODE = EdgeKey(1, 0, 1), NodeKey(1, 1)


@pytest.fixture
def session(qapp: object) -> Session:
    return Session()


def frame(session: Session, edge_kind: str, neuron_kind: str, *asked: Quantity) -> NetworkFrame:
    session.prediction.ask(asked)
    snapshot, example = session.snapshot(), session.selection.example
    whole = reading.frame(snapshot, example, edge_kind, neuron_kind)
    whole = replace(whole, numbers=reading.written(snapshot, example, edge_kind, neuron_kind))
    return without_hidden(whole, snapshot, session.prediction.hidden())


def test_a_hidden_weight_has_neither_width_nor_sign_and_cannot_be_edited(session: Session) -> None:
    shown = frame(session, "weight", "activation", Quantity("weight", "x1-h1.2"))
    assert shown.edges[0][1, 0] == 0.0
    assert weight_of(shown, EDGE) is None
    diagram = reading.diagram(session.snapshot())
    assert edge_name(diagram, shown, EDGE) == "weight from x₁ to a₂⁽¹⁾, weight hidden: predict it"
    assert "weight hidden" in edge_tooltip(diagram, shown, EDGE)
    assert shown.numbers is not None
    assert (EDGE, "weight") in shown.numbers.veiled
    assert shown.numbers.weights[0] is not None
    assert shown.numbers.weights[0][1, 0] == 0.0


def test_a_hidden_gradient_leaves_its_tile_without_a_colour(session: Session) -> None:
    shown = frame(session, "gradient", "downstream", Quantity("downstream", "h1.2"))
    assert set(np.unique(shown.maps[1][1])) == {NEUTRAL}
    assert set(np.unique(shown.maps[1][0])) != {NEUTRAL}
    assert "hidden" in node_name(reading.diagram(session.snapshot()), shown, NODE, {})
    assert shown.numbers is not None
    assert {(NODE, "gradient")} <= shown.numbers.veiled
    assert (NODE, "value") not in shown.numbers.veiled


def test_a_hidden_update_hides_the_lines_that_show_it(session: Session) -> None:
    shown = frame(session, "update", "activation", Quantity("batch_gradient", "x1-h1.2"))
    assert shown.edges[0][1, 0] == 0.0
    assert (EDGE, "edge") in shown.hidden
    assert weight_of(shown, EDGE) == session.snapshot().matrices()[0][1, 0]


def test_nothing_hidden_changes_nothing(session: Session) -> None:
    snapshot, example = session.snapshot(), session.selection.example
    whole = reading.frame(snapshot, example, "weight", "activation")
    session.prediction.ask([Quantity("batch_gradient", "x1-h1.2")])
    assert without_hidden(whole, snapshot, session.prediction.hidden()) is whole
