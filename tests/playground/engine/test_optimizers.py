"""The optimizers against a plain transcription of PyTorch's documented algorithms, and PyTorch itself."""

from __future__ import annotations

import math
import tracemalloc
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from playground.engine.optimizers import OPTIMIZERS, bind
from playground.engine.spec import OptimizerSpec

NAMES = sorted(OPTIMIZERS)
STEPS = 100

SPECS = {
    "sgd": OptimizerSpec("sgd"),
    "momentum": OptimizerSpec("momentum", momentum=0.83),
    "nesterov": OptimizerSpec("nesterov", momentum=0.83),
    "adagrad": OptimizerSpec("adagrad", epsilon=1e-6),
    "rmsprop": OptimizerSpec("rmsprop", rho=0.93, epsilon=1e-6),
    "adam": OptimizerSpec("adam", beta1=0.87, beta2=0.985, epsilon=1e-6),
    "adamw": OptimizerSpec("adamw", beta1=0.87, beta2=0.985, epsilon=1e-6, weight_decay=0.2),
}


# One scalar parameter at a time, in Python floats, following the pseudo-code of the pages of torch.optim:
# each is a coroutine that takes (g, lr) and gives the new parameter.


def sgd_page(p: float, spec: OptimizerSpec, mu: float = 0.0, nesterov: bool = False) -> Iterator[float]:
    b, t = 0.0, 0
    while True:
        g, lr = yield p
        t += 1
        if mu != 0.0:
            b = mu * b + g if t > 1 else g
            g = g + mu * b if nesterov else b
        p = p - lr * g


def adagrad_page(p: float, spec: OptimizerSpec) -> Iterator[float]:
    state_sum = 0.0
    while True:
        g, lr = yield p
        state_sum += g**2
        p = p - lr * g / (math.sqrt(state_sum) + spec.epsilon)


def rmsprop_page(p: float, spec: OptimizerSpec) -> Iterator[float]:
    v = 0.0
    while True:
        g, lr = yield p
        v = spec.rho * v + (1 - spec.rho) * g**2
        p = p - lr * g / (math.sqrt(v) + spec.epsilon)


def adam_page(p: float, spec: OptimizerSpec, decay: float = 0.0) -> Iterator[float]:
    m, v, t = 0.0, 0.0, 0
    while True:
        g, lr = yield p
        t += 1
        p = p - lr * decay * p
        m = spec.beta1 * m + (1 - spec.beta1) * g
        v = spec.beta2 * v + (1 - spec.beta2) * g**2
        m_hat = m / (1 - spec.beta1**t)
        v_hat = v / (1 - spec.beta2**t)
        p = p - lr * m_hat / (math.sqrt(v_hat) + spec.epsilon)


PAGES: dict[str, Callable] = {
    "sgd": sgd_page,
    "momentum": lambda p, spec: sgd_page(p, spec, spec.momentum),
    "nesterov": lambda p, spec: sgd_page(p, spec, spec.momentum, nesterov=True),
    "adagrad": adagrad_page,
    "rmsprop": rmsprop_page,
    "adam": adam_page,
    "adamw": lambda p, spec: adam_page(p, spec, spec.weight_decay),
}


def torch_optimizer(name: str, torch: object, parameter: object, spec: OptimizerSpec) -> object:
    make = torch.optim
    betas = (spec.beta1, spec.beta2)
    return {
        "sgd": lambda: make.SGD([parameter], lr=1.0),
        "momentum": lambda: make.SGD([parameter], lr=1.0, momentum=spec.momentum),
        "nesterov": lambda: make.SGD([parameter], lr=1.0, momentum=spec.momentum, nesterov=True),
        "adagrad": lambda: make.Adagrad([parameter], lr=1.0, eps=spec.epsilon),
        "rmsprop": lambda: make.RMSprop([parameter], lr=1.0, alpha=spec.rho, eps=spec.epsilon),
        "adam": lambda: make.Adam([parameter], lr=1.0, betas=betas, eps=spec.epsilon),
        "adamw": lambda: make.AdamW([parameter], lr=1.0, betas=betas, eps=spec.epsilon, weight_decay=spec.weight_decay),
    }[name]()


def course(n: int = 6) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A start, STEPS gradients of very different sizes (some 0) and STEPS rates that change."""
    rng = np.random.default_rng(12)
    gradients = rng.normal(0.0, 1.0, (STEPS, n)) * 10.0 ** rng.integers(-5, 3, (STEPS, n))
    gradients[rng.random((STEPS, n)) < 0.1] = 0.0
    return rng.normal(0.0, 2.0, n), gradients, rng.uniform(0.001, 0.1, STEPS)


def walk(name: str, spec: OptimizerSpec) -> np.ndarray:
    """Parameters after each of the STEPS updates."""
    start, gradients, rates = course()
    w, g = start.copy(), np.empty_like(start)
    update = bind(w, g, OPTIMIZERS[name].fresh_slots(w.size), spec)
    path = []
    for t, (gradient, rate) in enumerate(zip(gradients, rates, strict=True), start=1):
        g[:] = gradient
        update(rate, t)
        path.append(w.copy())
    return np.array(path)


@pytest.mark.parametrize("name", NAMES)
def test_a_hundred_updates_equal_the_documented_algorithm(name: str) -> None:
    start, gradients, rates = course()
    expected = np.empty_like(gradients)
    for column, first in enumerate(start):
        page = PAGES[name](float(first), SPECS[name])
        next(page)
        for row in range(STEPS):
            expected[row, column] = page.send((float(gradients[row, column]), float(rates[row])))
    np.testing.assert_allclose(walk(name, SPECS[name]), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_a_hundred_updates_equal_those_of_pytorch(name: str) -> None:
    torch = pytest.importorskip("torch")
    start, gradients, rates = course()
    parameter = torch.nn.Parameter(torch.tensor(start, dtype=torch.float64))
    optimizer = torch_optimizer(name, torch, parameter, SPECS[name])
    expected = []
    for gradient, rate in zip(gradients, rates, strict=True):
        parameter.grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.param_groups[0]["lr"] = float(rate)
        optimizer.step()
        expected.append(parameter.detach().numpy().copy())
    np.testing.assert_allclose(walk(name, SPECS[name]), np.array(expected), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_delta_is_the_difference_that_was_added_and_the_gradient_stays(name: str) -> None:
    start, gradients, rates = course()
    w, g = start.copy(), gradients[0].copy()
    update = bind(w, g, OPTIMIZERS[name].fresh_slots(w.size), SPECS[name])
    for t in range(1, 4):
        before = w.copy()
        update(rates[t], t)
        np.testing.assert_array_equal(before + update.delta, w)
    np.testing.assert_array_equal(g, gradients[0])


def test_the_next_weight_of_sgd_is_w_minus_rate_times_gradient_to_the_bit() -> None:
    start, gradients, _ = course()
    w = start.copy()
    bind(w, gradients[0], (), OptimizerSpec("sgd"))(0.03, 1)
    np.testing.assert_array_equal(w, start - 0.03 * gradients[0])


def test_adam_corrects_its_start_so_that_the_first_step_is_the_rate_itself() -> None:
    w, g = np.zeros(2), np.array([3.0, -0.01])
    bind(w, g, OPTIMIZERS["adam"].fresh_slots(2), OptimizerSpec("adam"))(0.1, 1)
    np.testing.assert_allclose(w, [-0.1, 0.1], rtol=1e-5)


def test_adamw_decays_with_the_weight_before_the_update() -> None:
    spec = OptimizerSpec("adamw", weight_decay=0.5)
    w = np.array([4.0])
    bind(w, np.zeros(1), OPTIMIZERS["adamw"].fresh_slots(1), spec)(0.1, 1)
    np.testing.assert_allclose(w, [4.0 - 0.1 * 0.5 * 4.0], rtol=1e-15)


@pytest.mark.parametrize("name", [name for name in NAMES if OPTIMIZERS[name].slots])
def test_an_update_from_kept_slots_equals_one_without_a_pause(name: str) -> None:
    start, gradients, rates = course()
    slots = OPTIMIZERS[name].fresh_slots(start.size)
    w, g = start.copy(), np.empty_like(start)
    update = bind(w, g, slots, SPECS[name])
    for t in range(1, STEPS + 1):
        if t == 50:
            w, g, slots = w.copy(), g.copy(), tuple(slot.copy() for slot in slots)
            update = bind(w, g, slots, SPECS[name])
        g[:] = gradients[t - 1]
        update(rates[t - 1], t)
    np.testing.assert_array_equal(w, walk(name, SPECS[name])[-1])


@pytest.mark.parametrize("name", NAMES)
def test_an_update_allocates_nothing(name: str) -> None:
    w = np.linspace(-1, 1, 100_000)
    update = bind(w, w.copy(), OPTIMIZERS[name].fresh_slots(w.size), SPECS[name])
    tracemalloc.start()
    try:
        update(0.1, 1)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < w.nbytes / 8


def test_slots_of_another_optimizer_are_refused() -> None:
    with pytest.raises(ValueError, match="optimizer: adam keeps 2 values per parameter, got 1; start it afresh"):
        bind(np.zeros(3), np.zeros(3), (np.zeros(3),), OptimizerSpec("adam"))


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"optimizer: expected one of sgd, .*adamw; got 'lion'"):
        bind(np.zeros(3), np.zeros(3), (), OptimizerSpec("lion"))


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_says_its_formula_and_starts_from_zeros(name: str) -> None:
    entry = OPTIMIZERS[name]
    assert entry.name == name
    assert "Δw = −η" in entry.formula
    assert entry.label
    assert entry.trait
    slots = entry.fresh_slots(4)
    assert len(slots) == len(entry.slots)
    assert all(slot.shape == (4,) and not slot.any() for slot in slots)
    assert all(f"{symbol} ← " in entry.formula for symbol in entry.slots)
