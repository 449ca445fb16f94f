"""What the gradient check tab says of a check."""

from __future__ import annotations

import numpy as np
import pytest

from playground.app.views.gradcheck import reading as gradcheck
from playground.document.document import DataSettings, Document
from playground.engine.gradcheck import GradientCheck, check_gradients
from playground.engine.gradient_verdict import Finding
from playground.engine.spec import LayerSpec, TrainingSpec
from playground.session.session import Session
from playground.training.snapshot import Snapshot


def checked(snapshot: Snapshot, **options: object) -> GradientCheck:
    data = gradcheck.examples(snapshot)
    job = check_gradients(
        snapshot.network,
        snapshot.document.training,
        data,
        snapshot.state.parameters,
        **options,  # type: ignore[arg-type]
    )
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def test_every_parameter_is_named_by_its_edge() -> None:
    session = Session(Document(hidden=(LayerSpec(3, "maxout", pieces=2), LayerSpec(2))))
    for index in range(session.run.network.n_parameters):
        assert session.run.index_of(gradcheck.edge_at(session.run.network, index)) == index


def test_both_costs_are_counted() -> None:
    snapshot = Session(Document()).snapshot()
    shown = gradcheck.reading(snapshot, checked(snapshot), 200, None)
    assert shown.parameters == len(shown.labels) == 17
    assert shown.forward_passes_numeric == 34
    assert shown.notes[:2] == (
        "At iteration 0, over 200 training examples, without dropout.",
        "2·P = 2 × 17 = 34 forward passes.",
    )
    assert shown.max_error <= shown.tolerance
    assert shown.labels[:3] == ("x₁ → a₁⁽¹⁾", "x₂ → a₁⁽¹⁾", "bias of a₁⁽¹⁾")


def test_a_broken_derivative_is_named_and_found() -> None:
    snapshot = Session(Document()).snapshot()
    shown = gradcheck.reading(snapshot, checked(snapshot, broken_layer=1), 200, 1)
    assert shown.broken == "hidden 1: −∂a/∂z of tanh"
    assert shown.max_error > shown.tolerance
    wrong = np.array(shown.labels)[shown.errors > shown.tolerance]
    assert {label.split(" ")[-1][2:] for label in wrong} == {"⁽¹⁾"}


@pytest.mark.parametrize(("points", "taken"), [(100, 50), (5000, 200)])
def test_the_loss_is_over_a_few_hundred_examples_at_most(points: int, taken: int) -> None:
    snapshot = Session(Document(data=DataSettings(points=points))).snapshot()
    data = gradcheck.examples(snapshot)
    assert (data.n_samples, data.targets.shape) == (taken, (1, taken))


def test_a_kink_within_epsilon_is_not_called_a_quotient_that_is_off() -> None:
    training = TrainingSpec(loss="squared", initializer="zeros")
    snapshot = Session(Document(hidden=(LayerSpec(3, "relu"),), training=training)).snapshot()
    found = checked(snapshot, epsilon=1e-5, refine=False)  # `numeric` is the difference quotient itself
    shown = gradcheck.reading(snapshot, found, 200, None)
    assert shown.findings.count("kink") == 9
    assert shown.max_error <= shown.tolerance
    assert shown.remarks == ("a kink lies within ε at 9",)


def test_too_large_an_epsilon_is_counted() -> None:
    snapshot = Session(Document()).snapshot()
    found = checked(snapshot, epsilon=0.1)
    assert gradcheck.reading(snapshot, found, 200, None).remarks == (
        f"ε is too large for the curvature at {found.findings.tolist().count(Finding.CURVATURE)}",
    )
