"""The losses: values, gradients, targets, predictions, extremes and memory."""

from __future__ import annotations

import re
import tracemalloc
import warnings
from collections.abc import Callable

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from playground.engine.losses import LOSSES, REGRESSION, accuracy, loss

NAMES = sorted(LOSSES)


def softmax_oracle(s: np.ndarray, y: np.ndarray) -> np.ndarray:
    return -anp.sum(y * (s - anp.log(anp.sum(anp.exp(s), axis=0))), axis=0)


def hinge_oracle(s: np.ndarray, y: np.ndarray) -> np.ndarray:
    total = 0.0
    for j in range(s.shape[0]):
        right = anp.sum(s * y, axis=0)
        total = total + anp.where(y[j] == 1.0, 0.0, anp.maximum(0.0, s[j] - right + 1.0))
    return total


def squared_oracle(s: np.ndarray, y: np.ndarray) -> np.ndarray:
    return anp.sum((s - y) ** 2, axis=0) / 2.0


def logistic_oracle(s: np.ndarray, y: np.ndarray) -> np.ndarray:
    p = 1.0 / (1.0 + anp.exp(-s))
    return anp.sum(-y * anp.log(p) - (1.0 - y) * anp.log(1.0 - p), axis=0)


ORACLES: dict[str, Callable] = {
    "softmax": softmax_oracle,
    "hinge": hinge_oracle,
    "squared": squared_oracle,
    "logistic": logistic_oracle,
}


def problem(name: str, n_classes: int, n_samples: int, seed: int, scale: float = 2.0) -> tuple:
    """Scores, targets and labels; no hinge margin within 1e-3 of its kink."""
    rng = np.random.default_rng(seed)
    entry = loss(name)
    labels = rng.integers(0, n_classes, n_samples)
    scores = rng.normal(0.0, scale, (entry.outputs(n_classes), n_samples))
    if name == "hinge":
        # Scores on a grid of thirds: a margin sⱼ − s_y + 1 is 0 or a third away from it; the shift by row moves the 0s.
        scores = np.round(scores * 3) / 3 + 0.01 * np.arange(1, n_classes + 1)[:, None]
    return scores, entry.encode(labels, n_classes), labels


def gradient(name: str, scores: np.ndarray, targets: np.ndarray) -> np.ndarray:
    out = np.full_like(scores, np.nan)
    loss(name).gradient(scores, targets, out, np.full((scores.shape[0] + 1, scores.shape[1]), np.nan))
    return out


sizes = {"n_classes": st.integers(2, 10), "n_samples": st.integers(1, 7), "seed": st.integers(0, 10**6)}


@pytest.mark.parametrize("name", NAMES)
@given(**sizes)
@settings(max_examples=30, deadline=None)
def test_the_loss_of_each_example_equals_an_independent_definition(
    name: str, n_classes: int, n_samples: int, seed: int
) -> None:
    scores, targets, _ = problem(name, n_classes, n_samples, seed)
    expected = ORACLES[name](scores, targets)
    np.testing.assert_allclose(loss(name).per_example(scores, targets), expected, rtol=1e-11, atol=1e-13)
    assert expected.shape == (n_samples,)


@pytest.mark.parametrize("name", NAMES)
@given(**sizes)
@settings(max_examples=30, deadline=None)
def test_the_gradient_equals_the_one_autograd_finds(name: str, n_classes: int, n_samples: int, seed: int) -> None:
    scores, targets, _ = problem(name, n_classes, n_samples, seed)
    expected = grad(lambda s: anp.sum(ORACLES[name](s, targets)))(scores)
    np.testing.assert_allclose(gradient(name, scores, targets), expected, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
@given(**sizes)
@settings(max_examples=30, deadline=None)
def test_the_gradient_equals_central_differences_of_the_loss(
    name: str, n_classes: int, n_samples: int, seed: int
) -> None:
    scores, targets, _ = problem(name, n_classes, n_samples, seed)
    step = 1e-5
    for row in range(scores.shape[0]):
        move = np.zeros_like(scores)
        move[row] = step
        up, down = (loss(name).per_example(scores + sign * move, targets) for sign in (1.0, -1.0))
        np.testing.assert_allclose(gradient(name, scores, targets)[row], (up - down) / (2 * step), atol=1e-8, rtol=1e-7)


def test_the_hinge_example_of_the_lecture_has_its_numbers() -> None:
    scores = np.array([[3.2], [5.1], [-1.7]])
    targets = loss("hinge").encode([0], 3)
    np.testing.assert_allclose(loss("hinge").per_example(scores, targets), [2.9], rtol=1e-15)
    np.testing.assert_array_equal(gradient("hinge", scores, targets), [[-1.0], [1.0], [0.0]])
    np.testing.assert_allclose(loss("hinge").pieces(scores, targets), [[0.0], [2.9], [0.0]], rtol=1e-15)


def test_a_hinge_term_of_exactly_zero_passes_no_gradient() -> None:
    scores, targets = np.array([[2.0], [1.0], [4.0]]), loss("hinge").encode([0], 3)
    np.testing.assert_array_equal(gradient("hinge", scores, targets), [[-1.0], [0.0], [1.0]])


def test_the_squared_error_of_the_lecture_example_is_2_with_gradient_2() -> None:
    scores, targets = np.array([[7.0]]), loss("squared").encode([5.0], REGRESSION)
    assert loss("squared").per_example(scores, targets)[0] == 2.0
    assert gradient("squared", scores, targets)[0, 0] == 2.0


@pytest.mark.parametrize("n_classes", [2, 3, 10])
def test_softmax_loss_equals_the_log_loss_of_scikit_learn(n_classes: int) -> None:
    scores, targets, labels = problem("softmax", n_classes, 50, 3)
    probabilities = loss("softmax").pieces(scores, targets).T
    expected = metrics.log_loss(labels, probabilities, labels=range(n_classes))
    assert loss("softmax").per_example(scores, targets).mean() == pytest.approx(expected, rel=1e-12)


def test_logistic_loss_equals_the_log_loss_of_scikit_learn() -> None:
    scores, targets, labels = problem("logistic", 2, 50, 4)
    probabilities = loss("logistic").pieces(scores, targets)[0]
    expected = metrics.log_loss(labels, np.stack([1 - probabilities, probabilities], axis=1))
    assert loss("logistic").per_example(scores, targets).mean() == pytest.approx(expected, rel=1e-12)


def test_hinge_loss_of_two_classes_equals_the_one_of_scikit_learn() -> None:
    scores, targets, labels = problem("hinge", 2, 50, 5)
    expected = metrics.hinge_loss(2 * labels - 1, scores[1] - scores[0])
    assert loss("hinge").per_example(scores, targets).mean() == pytest.approx(expected, rel=1e-12)


def test_the_largest_hinge_margin_equals_the_multi_class_hinge_loss_of_scikit_learn() -> None:
    # scikit-learn keeps the worst margin of an example (Crammer and Singer), the lecture sums them all.
    scores, targets, labels = problem("hinge", 4, 50, 6)
    expected = metrics.hinge_loss(labels, scores.T, labels=range(4))
    assert loss("hinge").pieces(scores, targets).max(axis=0).mean() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("n_classes", [2, 5])
def test_accuracy_equals_the_one_of_scikit_learn(name: str, n_classes: int) -> None:
    scores, _, labels = problem(name, n_classes, 60, 7)
    predicted = loss(name).predict(scores)
    assert accuracy(predicted, labels) == metrics.accuracy_score(labels, predicted)
    assert predicted.shape == (60,)


def test_accuracy_of_no_examples_is_not_a_number_and_shapes_must_agree() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isnan(accuracy(np.empty(0, np.intp), np.empty(0, np.intp)))
    with pytest.raises(ValueError, match="labels: expected shape"):
        accuracy(np.zeros(3, np.intp), np.zeros(2, np.intp))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("n_classes", [2, 3])
def test_scores_of_ten_thousand_give_finite_losses_gradients_and_sureness(name: str, n_classes: int) -> None:
    entry = loss(name)
    n_outputs = entry.outputs(n_classes)
    scores = np.resize([1e4, -1e4, 0.0, -1e4, 1e4, 1e4], (n_outputs, 6)).copy()
    targets = entry.encode([0, 1, 0, 1, 0, 1], n_classes)
    with np.errstate(divide="raise", over="raise", invalid="raise"):
        results = (
            entry.per_example(scores, targets),
            gradient(name, scores, targets),
            entry.pieces(scores, targets),
            entry.confidence(scores),
        )
    assert all(np.all(np.isfinite(result)) for result in results)


def test_extreme_softmax_and_logistic_losses_are_the_distance_itself() -> None:
    scores = np.array([[1e4, 1e4], [-1e4, -1e4]])
    np.testing.assert_array_equal(loss("softmax").per_example(scores, np.array([[0.0, 1.0], [1.0, 0.0]])), [2e4, 0.0])
    single = np.array([[1e4, -1e4, 1e4]])
    np.testing.assert_array_equal(loss("logistic").per_example(single, np.array([[0.0, 1.0, 1.0]])), [1e4, 1e4, 0.0])


@pytest.mark.parametrize("name", NAMES)
def test_backward_reads_the_bound_arrays_anew_at_each_call(name: str) -> None:
    scores, targets, _ = problem(name, 3, 4, 8)
    out, work = np.empty_like(scores), np.empty((scores.shape[0] + 1, 4))
    backward = loss(name).bind(scores, targets, out, work)
    backward()
    other, other_targets, _ = problem(name, 3, 4, 9)
    scores[:], targets[:] = other, other_targets
    backward()
    np.testing.assert_array_equal(out, gradient(name, other, other_targets))
    np.testing.assert_array_equal(scores, other)
    np.testing.assert_array_equal(targets, other_targets)


@pytest.mark.parametrize("name", NAMES)
def test_backward_allocates_nothing(name: str) -> None:
    scores, targets, _ = problem(name, 4, 50_000, 10)
    out, work = np.empty_like(scores), np.empty((5, 50_000))
    backward = loss(name).bind(scores, targets, out, work)
    tracemalloc.start()
    try:
        backward()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < scores[0].nbytes / 2


@pytest.mark.parametrize(
    ("name", "n_classes", "outputs"),
    [
        ("softmax", 2, 2),
        ("softmax", 10, 10),
        ("hinge", 2, 2),
        ("hinge", 3, 3),
        ("squared", 2, 1),
        ("squared", 3, 3),
        ("squared", REGRESSION, 1),
        ("logistic", 2, 1),
        ("logistic", 4, 4),
    ],
)
def test_each_loss_asks_for_its_number_of_scores(name: str, n_classes: int, outputs: int) -> None:
    assert loss(name).outputs(n_classes) == outputs


@pytest.mark.parametrize(
    ("name", "n_classes", "targets"),
    [
        ("softmax", 2, [[1, 0, 1], [0, 1, 0]]),
        ("hinge", 3, [[1, 0, 1], [0, 1, 0], [0, 0, 0]]),
        ("squared", 2, [[-1, 1, -1]]),
        ("squared", 3, [[1, -1, 1], [-1, 1, -1], [-1, -1, -1]]),
        ("logistic", 2, [[0, 1, 0]]),
        ("logistic", 3, [[1, 0, 1], [0, 1, 0], [0, 0, 0]]),
    ],
)
def test_labels_become_the_targets_that_the_loss_wants(name: str, n_classes: int, targets: list) -> None:
    encoded = loss(name).encode([0, 1, 0], n_classes)
    np.testing.assert_array_equal(encoded, targets)
    assert encoded.dtype == np.float64
    assert encoded.flags.c_contiguous


def test_regression_values_are_their_own_targets_in_a_copy() -> None:
    values = np.array([0.5, -2.0])
    encoded = loss("squared").encode(values, REGRESSION)
    np.testing.assert_array_equal(encoded, [[0.5, -2.0]])
    assert not np.shares_memory(values, encoded)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: loss("hinge").outputs(REGRESSION), "regression needs squared, got hinge"),
        (lambda: loss("softmax").outputs(1), "classes: expected 2 to 10"),
        (lambda: loss("softmax").outputs(11), "classes: expected 2 to 10"),
        (lambda: loss("softmax").encode([0, 3], 3), "labels: expected whole numbers 0 to 2"),
        (lambda: loss("softmax").encode([-1, 0], 3), "labels: expected whole numbers 0 to 2"),
        (lambda: loss("hinge").encode([0.0, 0.5], 3), "labels: expected whole numbers 0 to 2"),
        (lambda: loss("hinge").encode([0.0, np.nan], 3), "labels: expected whole numbers 0 to 2"),
        (lambda: loss("absolute"), "loss: expected one of softmax, hinge, squared, logistic; got 'absolute'"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_cure(call: Callable, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_the_winner_is_the_largest_score_and_a_tie_goes_to_the_first() -> None:
    np.testing.assert_array_equal(loss("softmax").predict(np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 2.0]])), [0, 1, 0])
    np.testing.assert_array_equal(loss("logistic").predict(np.array([[-0.1, 0.0, 0.1]])), [0, 0, 1])


@pytest.mark.parametrize("name", NAMES)
@given(**sizes)
@settings(max_examples=20, deadline=None)
def test_confidence_lies_between_0_at_a_tie_and_1(name: str, n_classes: int, n_samples: int, seed: int) -> None:
    scores, _, _ = problem(name, n_classes, n_samples, seed)
    sure = loss(name).confidence(scores)
    assert sure.shape == (n_samples,)
    assert np.all((sure >= 0.0) & (sure <= 1.0))
    np.testing.assert_allclose(loss(name).confidence(np.zeros_like(scores)), 0.0, atol=1e-15)
    certain = np.zeros_like(scores)
    certain[-1] = 50.0
    np.testing.assert_allclose(loss(name).confidence(certain), 1.0 if name != "logistic" or len(scores) == 1 else 0.5)


@pytest.mark.parametrize(
    ("name", "scores", "sure"),
    [
        ("softmax", [[np.log(3.0)], [0.0]], 0.5),
        ("hinge", [[0.25], [0.0], [-9.0]], 0.25),
        ("squared", [[-0.25]], 0.25),
        ("squared", [[0.5], [0.0], [-1.0]], 0.25),
        ("logistic", [[np.log(3.0)]], 0.5),
        ("logistic", [[np.log(3.0)], [0.0], [-99.0]], 0.25),
    ],
)
def test_confidence_is_the_lead_of_the_winner(name: str, scores: list, sure: float) -> None:
    assert loss(name).confidence(np.array(scores))[0] == pytest.approx(sure, rel=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_the_pieces_add_up_to_the_loss_and_to_the_gradient(name: str) -> None:
    scores, targets, _ = problem(name, 4, 9, 11)
    pieces, losses = loss(name).pieces(scores, targets), loss(name).per_example(scores, targets)
    total = {
        "softmax": lambda: -np.log((pieces * targets).sum(axis=0)),
        "hinge": lambda: pieces.sum(axis=0),
        "squared": lambda: 0.5 * (pieces**2).sum(axis=0),
        "logistic": lambda: -np.log(np.where(targets == 1.0, pieces, 1.0 - pieces)).sum(axis=0),
    }[name]()
    np.testing.assert_allclose(total, losses, rtol=1e-12)
    if name in ("softmax", "logistic"):
        np.testing.assert_allclose(gradient(name, scores, targets), pieces - targets, rtol=1e-12, atol=1e-15)


def test_every_entry_says_its_formula_and_its_derivative() -> None:
    for entry in LOSSES.values():
        assert entry.formula.startswith("Lᵢ = ")
        assert entry.derivative.startswith("∂Lᵢ/∂")
        assert entry.piece
        assert entry.label


@pytest.mark.parametrize("name", NAMES)
def test_a_formula_names_the_class_index_or_the_target_and_takes_what_its_symbol_says(name: str) -> None:
    entry = LOSSES[name]
    words = f"{entry.formula} {entry.derivative} {entry.piece}"
    symbols = set(re.findall(r"[^\W\d_]+", words.replace("s_y", "").replace("p_y", "")))
    assert not {"y", "t"} <= symbols
    assert "a" not in symbols
    assert entry.takes_scores == (entry.output_symbol == "s") == (name != "squared")
    assert entry.derivative.startswith(f"∂Lᵢ/∂{entry.output_symbol}")


def test_the_margin_of_the_hinge_is_the_lead_of_the_right_class() -> None:
    scores, targets = np.array([[3.2], [5.1], [-1.7]]), np.array([[1.0], [0.0], [0.0]])
    margins = scores[0] - scores[1:]
    terms = LOSSES["hinge"].pieces(scores, targets)
    assert LOSSES["hinge"].piece == "max(0, 1 − margin)"
    np.testing.assert_allclose(terms[1:], np.maximum(0.0, 1.0 - margins))
    assert terms[0, 0] == 0.0
