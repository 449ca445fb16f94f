"""The line above the phases says what the current phase computes, with the numbers of one neuron at the example."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from playground.app.views.slow_motion import reading
from playground.document.changes import with_training
from playground.document.document import Document, Edge, Node
from playground.document.selection import Selection
from playground.engine.spec import LayerSpec
from playground.session.session import Session
from playground.training.step_cursor import StepCursor
from widgets.style import numbers

BATCH, FORWARD_1, FORWARD_2, LOSS, BACKWARD_2, BACKWARD_1, UPDATE = range(7)
four, bracketed = numbers.four, numbers.bracketed


@pytest.fixture
def cursor(session: Session) -> StepCursor:
    session.step(5)
    return StepCursor(session.snapshot())


def said(cursor: StepCursor, phase: int, selection: Selection = Selection()) -> str:  # noqa: B008
    return reading.caption(cursor.at(phase), selection).sentences[0]


def test_forward_plugs_the_numbers_of_the_selected_neuron_into_its_sum(
    cursor: StepCursor, passes: Callable[..., Any]
) -> None:
    one, (first, _) = passes(cursor.snapshot, 0), cursor.snapshot.matrices()
    text = said(cursor, FORWARD_1, Selection(Node(1, 2)))
    w, x = first[2], one.x
    assert text.startswith("Forward 1: a₃⁽¹⁾ takes Σ w·x + b from the left, z = ")
    assert f"{four(w[0])}·{bracketed(x[0])}" in text
    assert f"≈ {four(one.z[2])}, and tanh makes a ≈ {four(one.a[2])} of it" in text


def test_a_phase_of_another_layer_speaks_of_its_first_neuron(cursor: StepCursor) -> None:
    assert said(cursor, FORWARD_1, Selection(Node(2, 0))).startswith("Forward 1: a₁⁽¹⁾ takes")
    assert said(cursor, FORWARD_2, Selection(Node(1, 2))).startswith("Forward 2: ŷ takes Σ w·x + b of 4 inputs")


def test_the_loss_phase_tells_this_examples_loss_from_the_mean_of_the_batch(
    cursor: StepCursor, passes: Callable[..., Any]
) -> None:
    one = passes(cursor.snapshot, 0)
    mean = float(np.mean([0.5 * passes(cursor.snapshot, int(index)).d_output ** 2 for index in cursor.batch]))
    text = said(cursor, LOSS)
    assert text.startswith(f"Loss: ŷ ≈ {four(one.output)} against target {four(one.target)} gives Lᵢ ≈ ")
    assert f"Lᵢ ≈ {four(0.5 * one.d_output**2)}; the mean over the batch of 16 is L_B ≈ {four(mean)}, λR = 0" in text


def test_backward_multiplies_what_comes_from_the_right_by_the_neurons_own_derivative(
    cursor: StepCursor, passes: Callable[..., Any]
) -> None:
    one, (_, second) = passes(cursor.snapshot, 0), cursor.snapshot.matrices()
    text = said(cursor, BACKWARD_1, Selection(Node(1, 1)))
    assert text.startswith("Backward 1: a₂⁽¹⁾ takes Σ δₖ·wₖ from the right, times its own f′(z): δ = ")
    product = f"{four(one.d_output)}·{bracketed(second[0, 1])} · {four(1.0 - one.a[1] ** 2)} ≈ {four(one.d_z[1])}"
    assert product in text
    assert f"∂Lᵢ/∂x₁ ≈ {four(one.d_x[0])} moves nothing" in text
    output = said(cursor, BACKWARD_2)
    assert output.startswith("Backward 2: ŷ takes ∂Lᵢ/∂ŷ from the loss, times its own f′(z): δ = ")
    assert output.endswith(f"{four(one.d_output)} · 1 ≈ {four(one.d_output)}")


def test_every_phase_has_a_sentence_a_shorter_one_and_the_formula_of_the_phase(cursor: StepCursor) -> None:
    for phase in range(len(cursor.phases)):
        caption = reading.caption(cursor.at(phase), Selection())
        assert caption.kind == cursor.phases[phase].kind
        assert len(caption.sentences) > 1
        assert len(caption.sentences[-1]) < len(caption.sentences[0])
        assert all(way.startswith(f"{cursor.phases[phase].label}: ") for way in caption.sentences)
        assert "=" in caption.formula


def test_the_formula_is_that_of_the_layers_activation(make_session: Callable[..., Session]) -> None:
    cursor = StepCursor(make_session(Document(hidden=(LayerSpec(3, "relu"),))).snapshot())
    assert reading.caption(cursor.at(FORWARD_1), Selection()).formula == "z = Σ w·x + b, a = max(0, z)"
    assert "∂a/∂z = 1 for z > 0" in reading.caption(cursor.at(BACKWARD_1), Selection()).formula


def test_a_maxout_neuron_is_told_by_its_winning_piece(make_session: Callable[..., Session]) -> None:
    cursor = StepCursor(make_session(Document(hidden=(LayerSpec(3, "maxout", pieces=2),))).snapshot())
    layer = cursor.snapshot.trace(Selection().example).layers[0]
    assert f"≈ {four(layer.a[0])}, and" in said(cursor, FORWARD_1)


def test_the_update_shows_the_numbers_of_the_selected_edge(session: Session, cursor: StepCursor) -> None:
    session.change(with_training(optimizer=session.document.training.optimizer, learning_rate=0.5), "Change the rate")
    cursor = StepCursor(session.snapshot())
    at = session.run.index_of(Edge(1, 0, 1))
    w, gradient = float(cursor.snapshot.state.parameters[at]), float(cursor.record.gradient[at])
    text = said(cursor, UPDATE, Selection(Node(1, 1), Edge(1, 0, 1)))
    delta = bracketed(-0.5 * gradient)
    assert text.startswith(f"Update: x₁ → a₂⁽¹⁾: w + Δw = {four(w)} + {delta} ≈ {four(w - 0.5 * gradient)}")
    assert "η = 0.5" in text
    assert said(cursor, UPDATE, Selection(Node(1, 1))) == text
    assert said(cursor, UPDATE).startswith("Update: x₁ → a₁⁽¹⁾: w + Δw = ")


def test_the_update_says_that_the_gradient_was_clipped(session: Session, cursor: StepCursor) -> None:
    at = Selection(Node(1, 1), Edge(1, 0, 1))
    assert "; −η·g ≈ " in said(cursor, UPDATE, at)
    session.change(with_training(clip_norm=1e-3), "Clip the gradient")
    clipped = StepCursor(session.snapshot())
    index = session.run.index_of(Edge(1, 0, 1))
    plain = -clipped.record.rate * float(clipped.record.clipped[index])
    assert f"; −η·g ≈ {four(plain)}," in said(clipped, UPDATE, at)
