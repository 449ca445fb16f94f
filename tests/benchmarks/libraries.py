"""The same training step in other libraries, for those that are installed: tanh, ½ mean squared error, SGD, float64.

Each maker takes (widths, inputs (n, d), targets (n,), batch_size, start, rate) and returns ``train(steps)``.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

Train = Callable[[int], None]
Maker = Callable[[tuple[int, ...], np.ndarray, np.ndarray, int, np.ndarray, float], Train]


def _matrices(widths: tuple[int, ...], start: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the start as pairs (weights (n_in, n_out), biases (n_out,))."""
    pairs, at = [], 0
    for n_in, n_out in pairwise(widths):
        matrix = start[at : at + n_out * (n_in + 1)].reshape(n_out, n_in + 1)
        pairs.append((matrix[:, :-1].T.copy(), matrix[:, -1].copy()))
        at += matrix.size
    return pairs


def _batches(n: int, batch_size: int) -> Callable[[], np.ndarray]:
    """Return a function that yields the indices of the next batch, epochs shuffled anew."""
    rng = np.random.default_rng(0)
    state = {"order": rng.permutation(n), "place": 0}

    def following() -> np.ndarray:
        if state["place"] + batch_size > n:
            state["order"], state["place"] = rng.permutation(n), 0
        place = state["place"]
        state["place"] = place + batch_size
        return state["order"][place : place + batch_size]

    return following


def make_autograd(widths: Any, inputs: Any, targets: Any, batch_size: int, start: Any, rate: float) -> Train:
    import autograd
    import autograd.numpy as anp

    params = _matrices(widths, start)
    following = _batches(len(inputs), batch_size)

    def loss(pairs: Any, x: Any, y: Any) -> Any:
        for weights, biases in pairs[:-1]:
            x = anp.tanh(anp.dot(x, weights) + biases)
        scores = anp.dot(x, pairs[-1][0]) + pairs[-1][1]
        return 0.5 * anp.mean((scores[:, 0] - y) ** 2)

    gradient = autograd.grad(loss)

    def train(steps: int) -> None:
        nonlocal params
        for _ in range(steps):
            chosen = following()
            changes = gradient(params, inputs[chosen], targets[chosen])
            params = [(w - rate * dw, b - rate * db) for (w, b), (dw, db) in zip(params, changes, strict=True)]

    return train


def make_sklearn(widths: Any, inputs: Any, targets: Any, batch_size: int, start: Any, rate: float) -> Train:
    from sklearn.neural_network import MLPRegressor

    model = MLPRegressor(
        hidden_layer_sizes=widths[1:-1], activation="tanh", solver="sgd", alpha=0.0, batch_size=batch_size, learning_rate_init=rate,
        momentum=0.0, random_state=0,
    )  # fmt: skip
    following = _batches(len(inputs), batch_size)

    def train(steps: int) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for _ in range(steps):
                chosen = following()
                model.partial_fit(inputs[chosen], targets[chosen])

    return train


def make_torch(widths: Any, inputs: Any, targets: Any, batch_size: int, start: Any, rate: float) -> Train:
    import torch

    torch.set_num_threads(1)
    layers: list[Any] = []
    for (weights, biases), last in zip(_matrices(widths, start), range(len(widths) - 2, -1, -1), strict=True):
        linear = torch.nn.Linear(*weights.shape, dtype=torch.float64)
        linear.weight.data[:] = torch.from_numpy(weights.T)
        linear.bias.data[:] = torch.from_numpy(biases)
        layers += [linear, torch.nn.Tanh()] if last else [linear]
    model = torch.nn.Sequential(*layers)
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    x, y = torch.from_numpy(inputs), torch.from_numpy(targets)
    following = _batches(len(inputs), batch_size)

    def train(steps: int) -> None:
        for _ in range(steps):
            chosen = torch.from_numpy(following())
            optimizer.zero_grad()
            loss = 0.5 * ((model(x[chosen])[:, 0] - y[chosen]) ** 2).mean()
            loss.backward()
            optimizer.step()

    return train


def make_jax(widths: Any, inputs: Any, targets: Any, batch_size: int, start: Any, rate: float) -> Train:
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    params = [(jnp.asarray(w), jnp.asarray(b)) for w, b in _matrices(widths, start)]
    following = _batches(len(inputs), batch_size)

    def loss(pairs: Any, x: Any, y: Any) -> Any:
        for weights, biases in pairs[:-1]:
            x = jnp.tanh(x @ weights + biases)
        return 0.5 * jnp.mean(((x @ pairs[-1][0] + pairs[-1][1])[:, 0] - y) ** 2)

    @jax.jit
    def step(pairs: Any, x: Any, y: Any) -> Any:
        changes = jax.grad(loss)(pairs, x, y)
        return jax.tree.map(lambda w, dw: w - rate * dw, pairs, changes)

    def train(steps: int) -> None:
        nonlocal params
        for _ in range(steps):
            chosen = following()
            params = step(params, inputs[chosen], targets[chosen])
        jax.block_until_ready(params)

    return train


def _if_installed(module: str, make: Maker) -> Maker | None:
    try:
        __import__(module)
    except ImportError:
        return None
    return make


LIBRARIES: tuple[tuple[str, Maker | None], ...] = (
    ("PyTorch eager", _if_installed("torch", make_torch)),
    ("JAX jit", _if_installed("jax", make_jax)),
    ("scikit-learn", _if_installed("sklearn", make_sklearn)),
    ("autograd", _if_installed("autograd", make_autograd)),
)
