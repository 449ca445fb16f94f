"""The ready documents: the lecture's 1-1-1 network, to the digit, and a curve that hinges add up to."""

from __future__ import annotations

import numpy as np
import pytest

from playground.document.document import Edge, Node
from playground.document.ready import READY, one_one_one, sum_of_hinges
from playground.document.selection import Example
from playground.session.session import Session


def test_the_1_1_1_network_has_the_lecture_s_numbers() -> None:
    snapshot = Session(one_one_one()).snapshot()
    trace = snapshot.trace(Example(0))
    first, second = trace.layer(1), trace.layer(2)
    assert (first.z[0], first.a[0], second.z[0], second.a[0]) == (2.0, 2.0, 7.0, 7.0)
    assert snapshot.losses.train == snapshot.losses.test == 2.0
    assert (second.upstream[0], first.upstream[0], trace.input_gradient[0]) == (2.0, 6.0, 12.0)
    gradient = dict(
        zip(
            ("w1", "b1", "w2", "b2"),
            snapshot.pending.data_gradient[
                [snapshot.network.layers[layer].slice.start + column for layer in (0, 1) for column in (0, 1)]
            ].tolist(),
            strict=True,
        )
    )
    assert gradient == {"w1": 6.0, "b1": 6.0, "w2": 4.0, "b2": 2.0}


def test_a_reset_returns_to_the_lecture_s_weights() -> None:
    session = Session(one_one_one())
    session.step(3)
    session.reset()
    places = [session.run.index_of(Edge(*at)) for at in ((1, 0, 0), (1, -1, 0), (2, 0, 0), (2, -1, 0))]
    assert session.snapshot().state.parameters[places].tolist() == [2.0, 0.0, 3.0, 1.0]


def test_hinges_add_up_to_a_curve_that_training_fits() -> None:
    session = Session(sum_of_hinges())
    session.step(1500)
    snapshot = session.snapshot()
    assert snapshot.losses.train < 0.06
    first, second = snapshot.matrices()
    x = snapshot.data.sample.points[:, 0]
    hinges = second[0, :-1] * np.maximum(0.0, np.outer(x, first[:, 0]) + first[:, 1])
    for index in (0, 17, 99):
        said = snapshot.trace(Example(index)).scores[0]
        assert hinges[index].sum() + second[0, -1] == pytest.approx(said, rel=1e-12)


@pytest.mark.parametrize("name", READY)
def test_every_ready_document_can_be_opened_and_trained(name: str) -> None:
    session = Session(READY[name].make())
    session.select(node=Node(1, 0), edge=None)
    session.step(2)
    assert np.isfinite(session.snapshot().losses.train)
