"""The path of the Circuit tab, without a window."""

from __future__ import annotations

from playground.app.views.circuits.drill_path import DrillPath, key_of
from playground.app.views.circuits.unrolled import NETWORK, PENALTY, Place
from playground.document.document import LOSS, Node

FIRST, SECOND = Place("node", Node(2, 0)), Place("node", Node(1, 1))


def test_what_is_opened_from_a_place_lies_behind_it_on_the_path() -> None:
    path = DrillPath((FIRST,)).into(SECOND)
    assert path.places == (FIRST, SECOND)
    assert path.place == SECOND


def test_what_is_opened_from_the_whole_network_begins_a_path() -> None:
    path = DrillPath((FIRST,)).with_whole(True)
    assert path.place == NETWORK
    assert path.into(SECOND) == DrillPath((SECOND,))


def test_a_crumb_leads_back_to_its_place_and_an_unknown_one_nowhere() -> None:
    path = DrillPath((FIRST, SECOND))
    assert path.back_to(key_of(FIRST)) == DrillPath((FIRST,))
    assert path.back_to(key_of(NETWORK)) == DrillPath((FIRST, SECOND), is_whole=True)
    assert path.back_to("elsewhere") is None


def test_a_selected_node_that_is_shown_changes_nothing_and_another_begins_a_path() -> None:
    path = DrillPath((FIRST, SECOND))
    assert path.following(SECOND.node) is path
    assert path.following(FIRST.node) == DrillPath((FIRST,))
    assert path.following(None) == DrillPath()


def test_the_penalty_belongs_to_the_loss_that_it_was_opened_from() -> None:
    path = DrillPath((Place("node", LOSS), PENALTY))
    assert path.following(LOSS) is path
    assert path.following(FIRST.node) == DrillPath((FIRST,))
