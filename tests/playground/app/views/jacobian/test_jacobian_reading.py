"""The Jacobian tab's matrices, their sparsity, and their entries written out."""

from __future__ import annotations

import numpy as np
import pytest

from playground.app.views.jacobian.reading import Which, choices, entry, exists, jacobian, linear_sentence
from playground.document.document import Document, Node
from playground.document.selection import Example
from playground.engine.spec import LayerSpec
from playground.session.session import Session
from playground.training.snapshot import Snapshot
from playground.training.what_if import WhatIf, WhatIfSnapshot

HERE = Example(None, (0.3, -0.6))
LINEAR = (LayerSpec(4, "linear"), LayerSpec(3, "linear"))


def snapshot_of(*hidden: LayerSpec, **values: object) -> Snapshot:
    session = Session(Document(hidden=hidden, **values))  # type: ignore[arg-type]
    session.step(5)
    return session.snapshot()


def test_output_by_input_is_the_slope_of_the_network() -> None:
    snapshot = snapshot_of(LayerSpec(4), LayerSpec(3, "sigmoid"))
    shown = jacobian(snapshot, HERE, Which())
    h = 1e-6
    for column, step in enumerate(np.eye(2) * h):
        up, down = (snapshot.trace(Example(None, (0.3 + s * step[0], -0.6 + s * step[1]))).scores for s in (1, -1))
        assert shown.matrix[0, column] == pytest.approx((up[0] - down[0]) / (2 * h), rel=1e-6)
    assert (shown.row_labels, shown.column_labels) == (("ŷ",), ("x₁", "x₂"))


def test_an_element_wise_activation_is_diagonal_and_says_how_sparse() -> None:
    shown = jacobian(snapshot_of(LayerSpec(8)), HERE, Which("activation", 1))
    assert shown.matrix.shape == (8, 8)
    assert shown.sparsity == 1 - 8 / 64
    assert "Element-wise" in shown.note


def test_every_choice_can_be_shown_and_every_entry_written_out() -> None:
    snapshot = snapshot_of(LayerSpec(2, "maxout", pieces=3), LayerSpec(3, "relu"))
    for choice in choices(snapshot):
        which = Which.parse(choice.key)
        assert exists(snapshot, which)
        shown = jacobian(snapshot, HERE, which)
        assert shown.matrix.shape == (len(shown.row_labels), len(shown.column_labels))
        for row, column in np.ndindex(*shown.matrix.shape):
            text = entry(snapshot, HERE, which, row, column)
            assert shown.row_labels[row] in text
            assert "= =" not in text
            assert "= ≈" not in text
        assert entry(snapshot, HERE, which, 99, 0) == ""


def test_an_entry_of_a_layer_is_local_times_weight() -> None:
    snapshot = snapshot_of(LayerSpec(4))
    here = snapshot.trace(HERE).layer(1)
    text = entry(snapshot, HERE, Which("layer", 1), 2, 1)
    assert text.startswith("∂a₃⁽¹⁾ / ∂x₂ = ∂a/∂z · w = ")
    product = here.local[2] * here.weights[2, 1]
    assert jacobian(snapshot, HERE, Which("layer", 1)).matrix[2, 1] == pytest.approx(product, rel=1e-14)


def test_an_entry_names_the_pre_activation_by_its_symbol() -> None:
    snapshot = snapshot_of(LayerSpec(4))
    assert entry(snapshot, HERE, Which("linear", 1), 2, 1).startswith("∂z₃⁽¹⁾ / ∂x₂ = w ")
    assert entry(snapshot, HERE, Which("activation", 1), 0, 0).startswith("∂a₁⁽¹⁾ / ∂z₁⁽¹⁾ = ")


@pytest.mark.parametrize("hidden", [(), LINEAR[:1], LINEAR])
def test_a_linear_network_collapses_into_one_matrix(hidden: tuple[LayerSpec, ...]) -> None:
    snapshot = snapshot_of(*hidden)
    shown = jacobian(snapshot, HERE, Which("collapsed"))
    outputs = shown.matrix @ np.array([0.3, -0.6, 1.0])
    np.testing.assert_allclose(outputs, snapshot.trace(Example(None, (0.3, -0.6))).scores, rtol=1e-12)
    assert shown.title == "W′ = " + "·".join(["W⁽³⁾", "W⁽²⁾", "W⁽¹⁾"][-len(hidden) - 1 :])
    assert "collapsed 0" in [choice.key for choice in choices(snapshot)]


def test_a_network_with_a_bend_has_no_w_prime() -> None:
    snapshot = snapshot_of(LINEAR[0], LayerSpec(3, "relu"))
    assert not exists(snapshot, Which("collapsed"))
    assert "collapsed 0" not in [choice.key for choice in choices(snapshot)]
    assert linear_sentence(snapshot) == ""


def test_the_sentence_has_the_numbers_of_w_prime() -> None:
    snapshot = snapshot_of(*LINEAR)
    w1, w2, b = jacobian(snapshot, HERE, Which("collapsed")).matrix[0]
    text = linear_sentence(snapshot)
    assert text.startswith("All activations are linear, so the 3 layers together are ŷ = ")
    read = text.partition(" = ")[2].replace("·x₁", "").replace("·x₂", "").replace("−", "-")
    numbers = [float(part) for part in read.replace(" - ", " -").replace(" + ", " ").split()]
    np.testing.assert_allclose(numbers, [w1, w2, b], rtol=1e-3)


def test_a_large_w_prime_is_named_by_its_shape() -> None:
    names = ("x1", "x2", "x1_squared", "x2_squared", "x1_x2")
    assert "W′ of 1 × 6 numbers" in linear_sentence(snapshot_of(features=names))


def test_a_part_moves_to_another_layer_and_the_whole_stays() -> None:
    assert Which("linear", 1).at(3) == Which("linear", 3)
    assert Which().at(3) == Which()


def test_a_what_if_is_in_every_derivative_and_named() -> None:
    snapshot = WhatIfSnapshot(snapshot_of(LayerSpec(3), LayerSpec(2)), WhatIf(Node(1, 2), 0.5))
    shown, h = jacobian(snapshot, HERE, Which()), 1e-6
    for column, step in enumerate(np.eye(2) * h):
        up, down = (snapshot.trace(Example(None, (0.3 + s * step[0], -0.6 + s * step[1]))).scores for s in (1, -1))
        assert shown.matrix[0, column] == pytest.approx((up[0] - down[0]) / (2 * h), rel=1e-6)
    assert shown.note.endswith("a₃⁽¹⁾ is held at 0.5, so nothing goes through it: its ∂a is 0.")
    assert not jacobian(snapshot, HERE, Which("activation", 1)).matrix[2].any()
    assert entry(snapshot, HERE, Which("activation", 1), 2, 2).endswith("held, so z moves nothing = 0")
    assert jacobian(snapshot, HERE, Which("layer", 2)).note.endswith("Read with what-if a₃⁽¹⁾ = 0.5.")
    assert jacobian(snapshot, HERE, Which("linear", 2)).note.endswith("Shown without the what-if a₃⁽¹⁾ = 0.5.")
