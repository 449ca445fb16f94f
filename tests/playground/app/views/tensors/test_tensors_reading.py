"""The tensors of a batch: they satisfy the lecture's formulas, and every cell adds up to itself."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from playground.app.views.tensors.cells import cell
from playground.app.views.tensors.reading import BrickKey, brick_keys, letters, tensors
from playground.document.document import DataSettings, Document, Node
from playground.engine.spec import LayerSpec, TrainingSpec
from playground.session.session import Session
from playground.training.snapshot import Snapshot
from playground.training.what_if import WhatIf

NETWORKS = {
    "first": Document(),
    "maxout and dropout": Document(
        hidden=(LayerSpec(3, "maxout", pieces=3, dropout=0.4), LayerSpec(2, "elu", dropout=0.2)),
        training=TrainingSpec(loss="softmax", batch_size=7, regularizer="l2", penalty=0.1),
        data=DataSettings("three_arms", 60, 0.1),
    ),
    "squared tanh output": Document(output_activation="tanh"),
    "no hidden layer": Document(hidden=(), training=TrainingSpec(loss="hinge")),
}


@pytest.fixture(params=NETWORKS)
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    session = Session(NETWORKS[request.param])
    session.step(3)
    return session.snapshot()


def by_name(snapshot: Snapshot, key: BrickKey) -> dict[str, np.ndarray]:
    return {letter.name: letter.values for letter in letters(snapshot, key)}


def test_every_linear_brick_keeps_the_lecture_s_formulas(snapshot: Snapshot) -> None:
    for key in brick_keys(snapshot):
        if key.kind == "linear":
            t = by_name(snapshot, key)
            np.testing.assert_allclose(t["Y"], t["X"] @ t["W"] + t["b"], atol=1e-12)
            np.testing.assert_allclose(t["dW"], t["X"].T @ t["dY"], atol=1e-12)
            np.testing.assert_allclose(t["db"], t["dY"].sum(axis=0, keepdims=True), atol=1e-12)
            np.testing.assert_allclose(t["dX"], t["dY"] @ t["W"].T, atol=1e-12)


def test_what_one_brick_puts_out_the_next_takes_in_both_ways(snapshot: Snapshot) -> None:
    out = {"linear": ("Y", "dY"), "activation": ("A", "dA"), "dropout": ("D", "dD")}
    into = {"linear": ("X", "dX"), "activation": ("Y", "dY"), "dropout": ("A", "dA"), "loss": ("S", "dS")}
    keys = brick_keys(snapshot)
    for before, after in pairwise(keys):
        t, u = by_name(snapshot, before), by_name(snapshot, after)
        for mine, theirs in zip(out[before.kind], into[after.kind], strict=True):
            np.testing.assert_allclose(t[mine], u[theirs], atol=1e-12)


def test_every_gradient_has_the_shape_of_its_variable(snapshot: Snapshot) -> None:
    for key in brick_keys(snapshot):
        for matrix in tensors(snapshot, str(key)).tensors:
            if matrix.shape_expected is not None:
                assert matrix.values.shape == matrix.shape_expected
            assert matrix.values.shape == (len(matrix.row_names), len(matrix.column_names))


def test_every_cell_is_the_sum_of_its_products(snapshot: Snapshot) -> None:
    told = 0
    for key in brick_keys(snapshot):
        for matrix in tensors(snapshot, str(key)).tensors:
            for row, column in np.ndindex(*matrix.values.shape):
                reading = cell(snapshot, matrix.key, row, column)
                assert reading is not None
                assert reading.value == matrix.values[row, column]
                if reading.terms:
                    told += 1
                    assert sum(term.product for term in reading.terms) == pytest.approx(reading.value, abs=1e-12)
                for line in (reading.left, reading.right):
                    if line is not None:
                        other = next(m for m in tensors(snapshot, str(key)).tensors if m.key == line[0])
                        assert line[2] < other.values.shape[0 if line[1] == "row" else 1]
    assert told > 20


def test_the_bricks_run_from_the_input_to_the_loss() -> None:
    session = Session(NETWORKS["maxout and dropout"])
    bricks = tensors(session.snapshot()).bricks
    assert [brick.title for brick in bricks] == [
        "Linear 1", "Maxout", "Dropout 40 %", "Linear 2", "ELU", "Dropout 20 %", "Linear 3", "Softmax cross-entropy",
    ]  # fmt: skip
    assert [brick.shape_out for brick in bricks[:3]] == [(7, 9), (7, 3), (7, 3)]
    assert bricks[-1].shape_out == (1,)


def test_a_linear_output_needs_no_activation_and_another_has_one() -> None:
    assert [str(key) for key in brick_keys(Session(Document()).snapshot())] == [
        "linear 1", "activation 1", "linear 2", "loss 2",
    ]  # fmt: skip
    assert "activation 2" in [str(key) for key in brick_keys(Session(Document(output_activation="tanh")).snapshot())]


def test_a_cell_names_the_example_and_the_unit_behind_it() -> None:
    snapshot = Session(Document()).snapshot()
    reading = cell(snapshot, "linear 1:Y", 3, 2)
    assert reading is not None
    assert reading.formula == "Y₄₃ = Σₖ X₄ₖ·Wₖ₃ + b₃"
    assert reading.note.startswith(f"Y[example {snapshot.batch[3]}, a₃⁽¹⁾]")
    assert (reading.left, reading.right) == (("linear 1:X", "row", 3), ("linear 1:W", "column", 2))


def test_a_cell_that_is_gone_has_no_reading() -> None:
    snapshot = Session(Document()).snapshot()
    for gone in ("linear 3:Y", "dropout 1:D"):
        assert cell(snapshot, gone, 0, 0) is None
    assert cell(snapshot, "linear 1:Y", 0, 9) is None
    assert cell(snapshot, "linear 1:Z", 0, 0) is None


def test_a_batch_too_large_to_keep_whole_says_so() -> None:
    document = Document(
        data=DataSettings(points=20_000),
        hidden=(LayerSpec(256),),
        training=TrainingSpec(loss="squared", batch_size=9000),
    )
    snapshot = Session(document).snapshot()
    reading = tensors(snapshot)
    assert reading.title.startswith("pending batch of iteration 1: 9 000 examples, the first ")
    assert reading.bricks[0].shape_in == (9000, 2)
    assert len(reading.tensors[0].values) < 9000
    told = cell(snapshot, "linear 1:dW", 0, 0)
    assert told is not None
    assert told.note.startswith("dW[x₁, a₁⁽¹⁾] · the sum runs over all 9 000 examples, of which ")
    assert len(told.terms) < told.n_terms == 9000
    named = cell(snapshot, "linear 1:Y", 700, 0)
    assert named is not None
    assert named.note.startswith("Y[row 701, a₁⁽¹⁾]")


def test_the_pending_batch_is_that_of_training_and_says_so_under_a_what_if() -> None:
    session = Session()
    plain = tensors(session.snapshot())
    session.set_what_if(WhatIf(Node(1, 2), 0.5))
    assert tensors(session.snapshot()).title == f"without the what-if a₃⁽¹⁾ = 0.5: {plain.title}"
