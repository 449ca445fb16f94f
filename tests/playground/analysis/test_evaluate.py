from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from playground.analysis import evaluate as module
from playground.analysis.evaluate import Evaluator, evaluate, subset_of
from playground.engine.network import Network
from playground.engine.regularizers import penalty
from playground.engine.spec import NetworkSpec, TrainingSpec
from playground.engine.trace import Tracer
from playground.engine.trainer import TrainingData
from tests.playground.engine.cases import Case, cases, xor_case


@given(cases())
@settings(max_examples=40)
def test_the_losses_are_the_means_over_the_examples_and_the_penalty_apart(case: Case) -> None:
    parameters = case.parameters()
    found = evaluate(case.network, case.training, case.data, parameters)
    each = [
        Tracer(case.network, case.training.loss).trace(parameters, x, y).example_loss
        for x, y in zip(case.data.inputs, case.data.targets.T, strict=True)
    ]
    assert found.data_loss == pytest.approx(np.mean(each))
    assert found.regularization_loss == penalty(parameters, case.network.weight_mask, case.training)
    assert found.loss == found.data_loss + found.regularization_loss
    assert found.n_samples == case.data.n_samples


@pytest.mark.parametrize("loss", ["softmax", "hinge", "squared", "logistic"])
def test_accuracy_is_the_share_of_right_predictions(loss: str) -> None:
    case = xor_case((), loss=loss)
    flat = np.zeros(case.network.n_parameters)
    flat[-1] = 1.0  # the last class wins everywhere
    labels = (case.data.inputs[:, 0] * case.data.inputs[:, 1] > 0.0).mean()
    assert evaluate(case.network, case.training, case.data, flat).accuracy == pytest.approx(labels)


def test_regression_has_no_accuracy_and_an_empty_set_no_loss() -> None:
    network, training = Network(NetworkSpec(1, (), 1)), TrainingSpec(loss="squared")
    line = TrainingData(np.array([[1.0], [2.0]]), np.array([[2.0, 4.0]]))
    found = evaluate(network, training, line, np.array([2.0, 0.0]), regression=True)
    assert (found.accuracy, found.data_loss) == (None, 0.0)
    nothing = TrainingData(np.zeros((0, 1)), np.zeros((1, 0)))
    empty = evaluate(network, training, nothing, np.array([2.0, 0.0]))
    assert math.isnan(empty.data_loss)
    assert math.isnan(empty.accuracy)


def test_slices_add_up_and_an_evaluator_can_be_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    case = xor_case(n=50)
    whole = evaluate(case.network, case.training, case.data, case.parameters())
    monkeypatch.setattr(module, "_CHUNK", 20)
    evaluator = Evaluator(case.network, case.training, case.data)
    assert list(evaluator.evaluate_in_slices(case.parameters())) == [0.4, 0.8, 1.0]
    assert evaluator.evaluate(-case.parameters()).data_loss != pytest.approx(whole.data_loss)
    again = evaluator.evaluate(case.parameters())
    assert again.data_loss == pytest.approx(whole.data_loss, rel=1e-13)
    assert again.accuracy == whole.accuracy


def test_a_subset_is_measured_as_if_it_were_the_whole() -> None:
    case = xor_case(n=50)
    chosen = subset_of(50, 12, 7)
    assert chosen is not None
    assert len(set(chosen)) == 12
    assert chosen.tolist() == sorted(chosen)
    assert chosen.tolist() == subset_of(50, 12, 7).tolist() != subset_of(50, 12, 8).tolist()
    part = TrainingData(case.data.inputs[chosen], case.data.targets[:, chosen])
    found = Evaluator(case.network, case.training, case.data, subset=chosen).evaluate(case.parameters())
    assert found == evaluate(case.network, case.training, part, case.parameters())


def test_few_examples_need_no_subset() -> None:
    assert subset_of(12, 12, 0) is None


def test_an_overflowing_loss_warns_nobody() -> None:
    case = xor_case(loss="squared", regularizer="l2")
    found = evaluate(case.network, replace(case.training, penalty=1.0), case.data, 1e200 * case.parameters())
    assert found.loss == math.inf
