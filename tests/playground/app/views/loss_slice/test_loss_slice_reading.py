"""The plane of a loss slice passes through the current parameters, and a surface is titled after it."""

from __future__ import annotations

import numpy as np
import pytest

from playground.app.views.loss_slice import reading
from playground.document.document import Edge
from playground.session.session import Session

PAIR = (Edge(1, 0, 0), Edge(2, 3, 0))


def test_every_weight_can_be_picked_by_name(session: Session) -> None:
    snapshot = session.snapshot()
    offered = reading.edges(snapshot)
    assert len(offered) == len(set(offered)) == 17
    assert reading.labels(snapshot, offered)[:3] == ("x₁ → a₁⁽¹⁾", "x₂ → a₁⁽¹⁾", "bias of a₁⁽¹⁾")


def test_coordinates_of_two_weights_are_the_weights(session: Session) -> None:
    session.step(10)
    snapshot = session.snapshot()
    states = reading.states(session.run.timeline, snapshot)
    plane = reading.make_plane(snapshot, reading.WEIGHTS, PAIR, 0, states)
    first, second = snapshot.matrices()
    assert plane.coordinates(snapshot.state.parameters).tolist() == [first[0, 0], second[0, 3]]
    np.testing.assert_allclose(plane.at(first[0, 0], second[0, 3]), snapshot.state.parameters)


@pytest.mark.parametrize("kind", [reading.RANDOM, reading.PATH])
def test_other_directions_begin_at_the_current_parameters(session: Session, kind: str) -> None:
    for _ in range(3):
        session.step(10)
    snapshot = session.snapshot()
    plane = reading.make_plane(snapshot, kind, PAIR, 0, reading.states(session.run.timeline, snapshot))
    np.testing.assert_array_equal(plane.at(0.0, 0.0), snapshot.state.parameters)
    assert plane.u @ plane.v == pytest.approx(0.0, abs=1e-9)


def test_one_weight_twice_is_an_error(session: Session) -> None:
    snapshot = session.snapshot()
    with pytest.raises(ValueError, match="two different ones"):
        reading.make_plane(snapshot, reading.WEIGHTS, (PAIR[0], PAIR[0]), 0, snapshot.state.parameters[None])


def test_the_box_holds_the_path(session: Session) -> None:
    snapshot = session.snapshot()
    plane = reading.make_plane(snapshot, reading.WEIGHTS, PAIR, 0, snapshot.state.parameters[None])
    path = np.array([[-3.0, 0.0], [2.0, 1.0]])
    left, right, bottom, top = reading.box_of(plane, reading.WEIGHTS, path)
    assert left < -3.0 < 2.0 < right
    assert bottom < 0.0 < 1.0 < top
    assert right - left == pytest.approx(top - bottom)


def test_a_surface_names_its_axes_its_iteration_and_its_share_of_the_examples() -> None:
    across = np.linspace(-1.0, 1.0, reading.SIZE)
    values = across[None, :] ** 2 + across[::-1, None] ** 2
    made = reading.surface(values, (-1.0, 1.0, -1.0, 1.0), reading.WEIGHTS, ("a", "b"), 1200, (500, 4000))
    assert made.axis_names == ("w₁", "w₂")
    assert made.title == "w₁: a · w₂: b · the others as at iteration 1 200 · measured on 500 of 4 000 examples"
    assert made.heights.max() == made.heights[0, 0] == 255
    for line in made.contours:
        radii = (line.points**2).sum(axis=1)
        np.testing.assert_allclose(radii, float(line.label.replace("e−", "e-")), rtol=0.05, atol=2e-3)
