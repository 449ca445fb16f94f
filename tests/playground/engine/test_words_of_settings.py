"""What the tooltips of the settings say is what the engine does."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from playground.engine.iteration import _clip_norm
from playground.engine.optimizers import OPTIMIZERS, bind
from playground.engine.schedules import rate
from playground.engine.setting import settings_of
from playground.engine.spec import OptimizerSpec, ScheduleSpec, TrainingSpec

G = np.array([0.3, -0.2, 0.0])


def first_update(spec: OptimizerSpec, eta: float = 0.1) -> np.ndarray:
    update = bind(np.array([1.0, -2.0, 0.5]), G.copy(), OPTIMIZERS[spec.name].fresh_slots(3), spec)
    update(eta, 1)
    return update.delta


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_step_of_every_optimizer_is_proportional_to_the_learning_rate(name: str) -> None:
    said = settings_of(TrainingSpec)["learning_rate"]
    assert said.meaning.startswith("The step Δw of every optimizer is proportional to it")
    spec = OptimizerSpec(name)
    np.testing.assert_allclose(first_update(spec, 0.2), 2.0 * first_update(spec, 0.1))
    if said.formula == "Δw = −η·g for SGD" and name == "sgd":
        np.testing.assert_array_equal(first_update(spec), -0.1 * G)


def test_epsilon_is_explained_without_the_memory_of_one_optimizer() -> None:
    said = settings_of(OptimizerSpec)["epsilon"]
    owners = {name for name, entry in OPTIMIZERS.items() if "epsilon" in entry.settings}
    assert owners == {"adagrad", "rmsprop", "adam", "adamw"}
    assert not any(symbol in f"{said.meaning} {said.formula}" for symbol in ("√v", "√s", "·g /"))
    for name in sorted(owners):  # a huge ε stands alone in the denominator
        step = first_update(OptimizerSpec(name, epsilon=1.0, weight_decay=0.0))
        assert np.abs(step).max() < np.abs(first_update(OptimizerSpec(name, weight_decay=0.0))).max()


def test_weight_decay_shrinks_what_no_gradient_moves_and_says_so_of_biases() -> None:
    said = settings_of(OptimizerSpec)["weight_decay"]
    assert "biases included" in said.meaning
    spec = OptimizerSpec("adamw", weight_decay=0.5)
    np.testing.assert_allclose(
        first_update(spec) - first_update(replace(spec, weight_decay=0.0)), -0.1 * 0.5 * np.array([1.0, -2.0, 0.5])
    )


@pytest.mark.parametrize("t", [0, 3, 9, 10, 25])
def test_gamma_is_raised_to_the_k_that_its_formula_defines(t: int) -> None:
    said = settings_of(ScheduleSpec)["gamma"].formula
    assert said == "η = η₀·γᵏ, where k = ⌊t/T⌋ (step decay) or t/T (exponential)"
    for name, k in (("step_decay", math.floor(t / 10)), ("exponential", t / 10)):
        assert rate(ScheduleSpec(name, interval=10, gamma=0.3), 0.2, t) == pytest.approx(0.2 * 0.3**k)


@pytest.mark.parametrize(("norm", "limit"), [(10.0, 1.0), (0.5, 1.0), (2e-6, 1e-6), (0.0, 1.0)])
def test_the_clip_norm_is_applied_as_its_formula_says(norm: float, limit: float) -> None:
    assert settings_of(TrainingSpec)["clip_norm"].formula == "g ← g·min(1, limit / (‖g‖ + 10⁻⁶))"
    gradient = norm * np.array([0.6, -0.8])
    expected = gradient * min(1.0, limit / (norm + 1e-6))
    _clip_norm(gradient, limit)
    np.testing.assert_allclose(gradient, expected, rtol=1e-14)
