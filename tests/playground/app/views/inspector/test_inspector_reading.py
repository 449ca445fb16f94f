"""The gradient card's numbers are those of NumPy at one example; its update column is that of the whole batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from playground.app.views.inspector.reading import card
from playground.document.changes import with_depth, with_layer, with_training
from playground.document.document import LOSS, Node
from playground.document.selection import Example
from playground.session.session import Session
from playground.training.snapshot import Snapshot
from playground.training.what_if import WhatIf
from widgets.gradient_card.loss_sheet import loss_sheet
from widgets.gradient_card.neuron_sheet import neuron_sheet
from widgets.values import InputReading, LossReading, NeuronReading

AT, UNIT = Example(3), Node(1, 1)


@pytest.fixture
def snapshot(session: Session) -> Snapshot:
    session.step(5)
    return session.snapshot()


def neuron(snapshot: Snapshot, node: Node = UNIT) -> NeuronReading:
    made = card(snapshot, node, AT)
    assert isinstance(made, NeuronReading)
    return made


def test_upstream_times_local_is_downstream(snapshot: Snapshot, passes: Callable[..., Any]) -> None:
    one, shown = passes(snapshot, 3), neuron(snapshot)
    assert (shown.z, shown.a) == pytest.approx((one.z[1], one.a[1]))
    assert (shown.upstream, shown.local) == pytest.approx((one.d_a[1], 1.0 - one.a[1] ** 2))
    assert shown.downstream == pytest.approx(one.d_z[1])
    assert sum(term.product for term in shown.upstream_terms) == pytest.approx(shown.upstream)


def test_a_row_holds_the_gradients_of_an_edge(snapshot: Snapshot, passes: Callable[..., Any]) -> None:
    one, rows = passes(snapshot, 3), neuron(snapshot).edges
    weights = snapshot.matrices()[0][1]
    assert [row.label for row in rows] == ["x₁", "x₂", "bias"]
    assert [row.weight for row in rows] == weights.tolist()
    assert [row.weight_gradient for row in rows] == pytest.approx((*(one.d_z[1] * one.x), one.d_z[1]))
    assert [row.input_gradient for row in rows[:2]] == pytest.approx(list(one.d_z[1] * weights[:2]))
    assert rows[2].input_gradient is None


def test_the_update_column_is_the_mean_of_the_batch_and_gives_the_next_weight(
    session: Session, snapshot: Snapshot, passes: Callable[..., Any]
) -> None:
    of_batch = [passes(snapshot, int(index)) for index in snapshot.batch]
    mean = np.mean([one.d_z[1] * np.append(one.x, 1.0) for one in of_batch], axis=0)
    rows = neuron(snapshot).edges
    assert [row.update_gradient for row in rows] == pytest.approx(mean.tolist())
    session.step()
    assert [row.next_weight for row in rows] == session.snapshot().matrices()[0][1].tolist()


def test_an_input_adds_up_what_comes_back_to_it(snapshot: Snapshot, passes: Callable[..., Any]) -> None:
    shown, one = card(snapshot, Node(0, 1), AT), passes(snapshot, 3)
    assert isinstance(shown, InputReading)
    assert (shown.value, shown.gradient) == pytest.approx((one.x[1], one.d_x[1]))
    assert sum(term.product for term in shown.terms) == pytest.approx(shown.gradient)


def test_the_loss_shows_the_difference_and_half_its_square(snapshot: Snapshot, passes: Callable[..., Any]) -> None:
    shown, one = card(snapshot, LOSS, AT), passes(snapshot, 3)
    assert isinstance(shown, LossReading)
    (row,) = shown.rows
    assert (row.score, row.target, row.gradient) == pytest.approx((one.output, one.target, one.d_output))
    assert shown.example_loss == pytest.approx(0.5 * one.d_output**2)


@pytest.mark.parametrize(("size", "over"), [(1, "that of the one example"), (16, "mean over the 16 examples")])
def test_the_note_on_the_update_counts_the_batch(session: Session, size: int, over: str) -> None:
    session.change(with_training(batch_size=size), "Change the batch size")
    assert neuron(session.snapshot()).update_note.startswith(f"batch gradient g = {over} of the pending batch")


def test_notes_name_a_what_if_a_winning_piece_and_the_rule(session: Session) -> None:
    session.set_what_if(WhatIf(Node(1, 1), 0.5))
    assert neuron(session.snapshot()).local_note.startswith("a is held by the what-if")
    session.set_what_if(None)
    session.change(with_layer(1, activation="maxout"), "Take Maxout")
    session.change(with_training(clip_norm=1.0), "Clip the gradient")
    shown = neuron(session.snapshot())
    assert "wins and gets the whole upstream gradient" in shown.local_note
    assert shown.update_note.endswith("next w = w − 0.1 × clipped batch gradient")


def test_the_upstream_of_a_neuron_before_maxout_comes_from_pieces(session: Session) -> None:
    session.change(with_depth(2), "Add a layer")
    session.change(with_layer(2, activation="maxout", pieces=2), "Take Maxout")
    before = neuron(session.snapshot(), Node(1, 0))
    n = len(before.upstream_terms)
    assert n == 2 * session.document.hidden[1].width
    assert before.upstream_note == f"arrives from {n} pieces of the next layer's neurons: Σₖ δₖ·wₖ"
    assert f"from {n} next pieces" in [text for text, _ in neuron_sheet(before).boxes[0].note]
    assert neuron_sheet(before).sections[0].summary.endswith(f"over {n} next pieces")


@pytest.mark.parametrize(("loss", "head"), [("squared", "output ŷ"), ("softmax", "score s"), ("hinge", "score s")])
def test_the_loss_card_calls_scores_what_are_scores(session: Session, loss: str, head: str) -> None:
    session.change(with_training(loss=loss), "Take another loss")
    shown = card(session.snapshot(), LOSS, AT)
    assert isinstance(shown, LossReading)
    heads = [column.head for column in loss_sheet(shown).sections[0].columns]
    assert heads[:2] == [head, "target t"]
    assert heads[3] == f"∂Lᵢ/∂{head[-1]}"
