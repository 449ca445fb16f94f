"""A what-if is a reading: downstream follows the held activation, training does not know of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from playground.document.document import Document, Node
from playground.document.selection import Example
from playground.engine.spec import LayerSpec
from playground.session.session import Session
from playground.training.what_if import WhatIf

LAYERS = {
    "tanh": (LayerSpec(width=3), LayerSpec(width=2)),
    "relu": (LayerSpec(activation="relu", width=3), LayerSpec(width=2)),
    "maxout": (LayerSpec(activation="maxout", width=3), LayerSpec(activation="maxout", width=2)),
}


@pytest.fixture(params=LAYERS)
def session(request: pytest.FixtureRequest) -> Session:
    made = Session(replace(Document(), hidden=LAYERS[request.param]))
    made.run.train(30)
    return made


def test_holding_the_activation_that_is_there_changes_no_output(session: Session) -> None:
    example = Example(3)
    plain = session.snapshot().trace(example)
    session.set_what_if(WhatIf(Node(1, 1), float(plain.layer(1).a[1])))
    held = session.snapshot().trace(example)
    np.testing.assert_allclose(held.scores, plain.scores, rtol=1e-12)
    np.testing.assert_allclose(held.layer(2).weight_gradients, plain.layer(2).weight_gradients, rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(held.layer(1).upstream, plain.layer(1).upstream, rtol=1e-9, atol=1e-14)


def test_upstream_times_local_is_downstream_everywhere_and_the_held_unit_sends_nothing_back(session: Session) -> None:
    session.set_what_if(WhatIf(Node(1, 1), -0.7))
    trace = session.snapshot().trace(Example(5))
    for layer in trace.layers:
        pieces = layer.layout.pieces
        np.testing.assert_array_equal(layer.downstream, np.tile(layer.upstream, pieces) * layer.local)
        rows = layer.weights[:, :-1] @ layer.inputs + layer.weights[:, -1]
        np.testing.assert_allclose(layer.z, rows, rtol=1e-12, atol=1e-14)
    held = trace.layer(1)
    assert held.a[1] == -0.7
    assert not held.downstream.reshape(held.layout.pieces, -1)[:, 1].any()
    np.testing.assert_array_equal(trace.layer(2).inputs, held.a)


def test_the_map_of_the_held_unit_is_even_and_those_downstream_move(session: Session) -> None:
    plain = [column.copy() for column in session.snapshot().maps(16)]
    session.set_what_if(WhatIf(Node(1, 0), 2.0))
    held = session.snapshot().maps(16)
    assert np.all(held[1][0] == 2.0)
    np.testing.assert_array_equal(held[1][1:], plain[1][1:])
    assert not np.array_equal(held[-1], plain[-1])
    session.set_what_if(None)
    for again, before in zip(session.snapshot().maps(16), plain, strict=True):
        np.testing.assert_array_equal(again, before)


def test_the_losses_follow_it(session: Session) -> None:
    plain = session.snapshot().losses
    session.set_what_if(WhatIf(Node(2, 0), 5.0))
    snapshot = session.snapshot()
    train = snapshot.data.sample.train
    examples = [snapshot.trace(Example(int(index))).example_loss for index in train]
    assert snapshot.losses.train == pytest.approx(np.mean(examples))
    assert snapshot.losses.train != plain.train
    assert snapshot.losses.regularization == plain.regularization
    session.set_what_if(None)
    assert session.snapshot().losses == plain


def test_training_and_weights_do_not_know_of_it(session: Session) -> None:
    ahead = session.snapshot().pending.after
    session.set_what_if(WhatIf(Node(2, 0), 5.0))
    assert session.snapshot().pending.after.same_as(ahead)
    session.step()
    assert session.run.trainer.state().same_as(ahead)


def test_a_unit_that_is_gone_is_supposed_no_longer(session: Session) -> None:
    session.set_what_if(WhatIf(Node(1, 2), 1.0))
    session.change(lambda d: replace(d, hidden=(replace(d.hidden[0], width=2), d.hidden[1])), "narrow")
    assert session.what_if is None
    assert session.snapshot() is session.run.snapshot()


def test_outputs_and_inputs_cannot_be_held(session: Session) -> None:
    network = session.run.network
    assert not WhatIf(Node(0, 0), 1.0).fits(network)
    assert not WhatIf(Node(network.depth + 1, 0), 1.0).fits(network)
    assert WhatIf(Node(2, 1), 1.0).fits(network)
