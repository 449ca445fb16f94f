"""The network view's numbers are those of NumPy: weights, gradients and updates on edges, a, ∂L/∂a and δ on nodes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from playground.analysis.plane import grid
from playground.app.views.network import reading
from playground.document.document import Document
from playground.document.selection import Example
from playground.engine.spec import LayerSpec
from playground.session.session import Session
from playground.training.snapshot import Snapshot
from widgets.values import NodeKey

AT = Example(3)


@pytest.fixture
def snapshot(session: Session) -> Snapshot:
    session.step(5)
    return session.snapshot()


def test_columns_lead_from_the_inputs_to_the_output(snapshot: Snapshot) -> None:
    made = reading.diagram(snapshot)
    assert [(column.kind, column.title, len(column.labels)) for column in made.columns] == [
        ("input", "Input", 2),
        ("hidden", "Hidden 1", 4),
        ("output", "Output", 1),
    ]
    assert made.columns[1].names[1] == "neuron 2 of hidden layer 1"
    assert made.active == ("x1", "x2")


def test_edges_show_weights_mean_gradients_and_updates(snapshot: Snapshot, passes: Callable[..., Any]) -> None:
    of_batch = [passes(snapshot, int(index)) for index in snapshot.batch]
    first = np.mean([np.outer(one.d_z, (*one.x, 1.0)) for one in of_batch], axis=0)
    second = np.mean([one.d_output * np.append(one.a, 1.0) for one in of_batch], axis=0)
    frames = {kind: reading.frame(snapshot, AT, kind, "activation").edges for kind in ("weight", "gradient", "update")}
    for shown, matrix in zip(frames["weight"], snapshot.matrices(), strict=True):
        np.testing.assert_array_equal(shown, matrix)
    np.testing.assert_allclose(frames["gradient"][0], first)
    np.testing.assert_allclose(frames["gradient"][1][0], second)
    np.testing.assert_allclose(frames["update"][0], -0.1 * first, atol=1e-12)


def test_neurons_show_the_numbers_of_the_example(snapshot: Snapshot, passes: Callable[..., Any]) -> None:
    one = passes(snapshot, 3)
    expected = {
        "activation": (one.x, one.a, [one.output]),
        "upstream": (one.d_x, one.d_a, [one.d_output]),
        "downstream": (one.d_x, one.d_z, [one.d_output]),
    }
    for kind, columns in expected.items():
        for shown, column in zip(reading.neuron_values(snapshot, AT, kind), columns, strict=True):
            np.testing.assert_allclose(shown, column, err_msg=kind)


def test_a_map_shows_the_activation_over_the_plane(snapshot: Snapshot) -> None:
    shown = reading.frame(snapshot, AT, "weight", "activation").maps[1]
    first = snapshot.matrices()[0]
    a = np.tanh(grid(*snapshot.extent(), reading.MAP_SIZE) @ first[:, :-1].T + first[:, -1]).T
    np.testing.assert_allclose(shown.reshape(4, -1), a * 127.0 + 128.0, atol=1.0)


def test_the_widest_edge_is_a_power_of_two_above_the_largest_number(snapshot: Snapshot) -> None:
    frame = reading.frame(snapshot, AT, "gradient", "activation")
    largest = max(np.abs(matrix).max() for matrix in frame.edges)
    assert largest <= frame.edge_scale < 2.0 * largest
    assert np.log2(frame.edge_scale) % 1.0 == 0.0


def test_a_maxout_unit_has_its_pieces_between_unit_and_source(make_session: Callable[..., Session]) -> None:
    snapshot = make_session(Document(hidden=(LayerSpec(3, "maxout", pieces=2),))).snapshot()
    shown, matrix = reading.frame(snapshot, AT, "weight", "activation").edges[0], snapshot.matrices()[0]
    assert shown.shape == (3, 2, 3)
    np.testing.assert_array_equal(shown[2, 1], matrix[5])


def test_units_that_the_next_step_drops_are_marked(make_session: Callable[..., Session]) -> None:
    snapshot = make_session(Document(hidden=(LayerSpec(8, dropout=0.5),))).snapshot()
    dropped = reading.frame(snapshot, AT, "weight", "activation").dropped
    silent = np.flatnonzero(snapshot.pending.layers[0].output[0] == 0.0)
    assert 0 < len(silent) < 8
    assert dropped == {NodeKey(1, int(unit)) for unit in silent}


@pytest.mark.parametrize(
    ("edge_kind", "neuron_kind"), [("weight", "activation"), ("gradient", "upstream"), ("update", "downstream")]
)
def test_the_written_numbers_are_those_of_the_card(snapshot: Snapshot, edge_kind: str, neuron_kind: str) -> None:
    written, trace = reading.written(snapshot, AT, edge_kind, neuron_kind), snapshot.trace(AT)
    for shown, layer in zip(written.values[1:], trace.layers, strict=True):
        np.testing.assert_array_equal(shown, layer.a)
    for shown, layer in zip(written.weights, trace.layers, strict=True):
        np.testing.assert_array_equal(shown, layer.weights)
    expected = {"upstream": "upstream", "downstream": "downstream"}.get(neuron_kind)
    for shown, layer in zip(written.gradients[1:], trace.layers, strict=False):
        np.testing.assert_array_equal(shown, getattr(layer, str(expected)))
    assert bool(written.gradients) == (expected is not None)
    frame = reading.frame(snapshot, AT, edge_kind, neuron_kind)
    for number, line in zip(written.below, frame.edges, strict=False):
        np.testing.assert_array_equal(number, line)
    assert (bool(written.below), written.below_kind) == (edge_kind != "weight", edge_kind.replace("weight", "gradient"))
