"""The same training step in other libraries, for those that are installed: tanh, ½ mean squared error, SGD, float64.

Each maker takes (widths, inputs (n, d), targets (n,), batch_size, start, rate) and returns a ``Rival``: what
trains, and its parameters in our order, so that a benchmark can make sure that all do the same arithmetic.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

Train = Callable[[int], None]


class Rival(NamedTuple):
    """``train(steps)``, and ``parameters()``: one flat vector, weights (n_out, n_in + 1) with the bias last."""

    train: Train
    parameters: Callable[[], np.ndarray]


Maker = Callable[[tuple[int, ...], np.ndarray, np.ndarray, int, np.ndarray, float], Rival]


def _matrices(widths: tuple[int, ...], start: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the start as pairs (weights (n_in, n_out), biases (n_out,))."""
    pairs, at = [], 0
    for n_in, n_out in pairwise(widths):
        matrix = start[at : at + n_out * (n_in + 1)].reshape(n_out, n_in + 1)
        pairs.append((matrix[:, :-1].T.copy(), matrix[:, -1].copy()))
        at += matrix.size
    return pairs


def _flat(pairs: Any) -> np.ndarray:
    """Return pairs (weights (n_in, n_out), biases (n_out,)) as one flat vector in our order."""
    return np.concatenate([np.column_stack([np.asarray(w).T, np.asarray(b)]).ravel() for w, b in pairs])


def _batches(n: int, batch_size: int) -> Callable[[], np.ndarray]:
    """Return a function that yields the indices of the next batch, each epoch shuffled again."""
    rng = np.random.default_rng(0)
    state = {"order": rng.permutation(n), "place": 0}

    def following() -> np.ndarray:
        if state["place"] + batch_size > n:
            state["order"], state["place"] = rng.permutation(n), 0
        place = state["place"]
        state["place"] = place + batch_size
        return state["order"][place : place + batch_size]

    return following


def make_autograd(widths: Any, inputs: Any, targets: Any, batch_size: int, start: Any, rate: float) -> Rival:
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

    return Rival(train, lambda: _flat(params))


def make_sklearn(widths: Any, inputs: Any, targets: Any, batch_size: int, start: Any, rate: float) -> Rival:
    from sklearn.neural_network import MLPRegressor

    model = MLPRegressor(
        hidden_layer_sizes=widths[1:-1], activation="tanh", solver="sgd", alpha=0.0, batch_size=batch_size,
        learning_rate_init=rate, momentum=0.0, random_state=0,
    )  # fmt: skip
    following = _batches(len(inputs), batch_size)
    pairs = _matrices(widths, start)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.partial_fit(inputs[:batch_size], targets[:batch_size])  # makes its weights, which are then ours
    for mine, theirs in zip(pairs, zip(model.coefs_, model.intercepts_, strict=True), strict=True):
        theirs[0][:], theirs[1][:] = mine

    def train(steps: int) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for _ in range(steps):
                chosen = following()
                model.partial_fit(inputs[chosen], targets[chosen])

    return Rival(train, lambda: _flat(zip(model.coefs_, model.intercepts_, strict=True)))


def make_torch(widths: Any, inputs: Any, targets: Any, batch_size: int, start: Any, rate: float) -> Rival:
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

    linears = [layer for layer in layers if isinstance(layer, torch.nn.Linear)]
    return Rival(train, lambda: _flat((x.weight.detach().numpy().T, x.bias.detach().numpy()) for x in linears))


def make_jax(widths: Any, inputs: Any, targets: Any, batch_size: int, start: Any, rate: float) -> Rival:
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    params = [(jnp.asarray(w), jnp.asarray(b)) for w, b in _matrices(widths, start)]
    following = _batches(len(inputs), batch_size)

    def loss(pairs: Any, x: Any, y: Any) -> Any:
        for weights, biases in pairs[:-1]:
            x = jnp.tanh(x @ weights + biases)
        return 0.5 * jnp.mean(((x @ pairs[-1][0] + pairs[-1][1])[:, 0] - y) ** 2)

    x, y = jnp.asarray(inputs), jnp.asarray(targets)

    @jax.jit
    def step(pairs: Any, chosen: Any) -> Any:
        changes = jax.grad(loss)(pairs, x[chosen], y[chosen])
        return jax.tree.map(lambda w, dw: w - rate * dw, pairs, changes)

    def train(steps: int) -> None:
        nonlocal params
        for _ in range(steps):
            params = step(params, following())
        jax.block_until_ready(params)

    return Rival(train, lambda: _flat(params))


LIBRARIES: dict[str, tuple[str, Maker]] = {
    "PyTorch eager": ("torch", make_torch),
    "JAX jit": ("jax", make_jax),
    "scikit-learn": ("scikit-learn", make_sklearn),
    "autograd": ("autograd", make_autograd),
}


def installed() -> dict[str, Maker]:
    """Return those of the libraries that are here, without importing them yet."""
    return {name: make for name, (package, make) in LIBRARIES.items() if find_spec(_module(package))}


def versions() -> str:
    """Return the names and versions of those that are here."""
    return ", ".join(f"{LIBRARIES[name][0]} {version(LIBRARIES[name][0])}" for name in installed())


def _module(package: str) -> str:
    return "sklearn" if package == "scikit-learn" else package
