"""Which examples a batch holds and which units are dropped: pure functions of the seed and the place.

Each epoch visits every example once, in an order of its own. A batch is the next ``batch_size``
examples of that order; the last one of an epoch may be smaller. Nothing is remembered between
calls but the latest shuffles, so going back is exact and the next batch is known before the step.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

# A generator costs 15 µs to make, as much as three steps of a small network: one serves a block of epochs.
_BLOCK_ENTRIES = 8192
_BLOCK_EPOCHS = 64
_SHUFFLE, _DROPOUT = 1, 2


@lru_cache(maxsize=4)
def _orders(seed: int, block: int, n: int) -> NDArray[np.intp]:
    """Return the orders of a whole block of epochs, shape (epochs, n), read-only."""
    rng = np.random.Generator(np.random.PCG64([seed, _SHUFFLE, block, n]))
    orders = np.empty((_epochs_per_block(n), n), dtype=np.intp)
    orders[:] = np.arange(n)
    rng.permuted(orders, axis=1, out=orders)
    orders.flags.writeable = False
    return orders


def _epochs_per_block(n: int) -> int:
    return min(_BLOCK_EPOCHS, max(1, _BLOCK_ENTRIES // n))


def order(seed: int, epoch: int, n: int) -> Indices:
    """Return the order in which `epoch` visits the `n` examples, shape (n,), read-only."""
    block, row = divmod(epoch, _epochs_per_block(n))
    orders = _orders(seed, block, n)
    return np.asarray(orders[row])


def batch_bounds(position: int, n: int, batch_size: int) -> tuple[int, int]:
    """Return the first and one past the last place of the batch that starts at `position`."""
    return position, min(position + batch_size, n)


def batch_indices(seed: int, epoch: int, position: int, n: int, batch_size: int) -> Indices:
    """Return the examples of the batch that starts at `position` of `epoch`, shape (at most batch_size,)."""
    start, stop = batch_bounds(position, n, batch_size)
    return order(seed, epoch, n)[start:stop]


def fill_mask(out: Array, rate: float, seed: int, epoch: int, position: int, layer: int) -> None:
    """Write the dropout mask of hidden `layer` for the examples from `position` on into `out`.

    Inverted dropout: an entry is 0 with probability `rate` and 1 / (1 − rate) otherwise, so that the
    expected activation stays the same and reading needs no factor.

    Parameters
    ----------
    out : array, shape (n_units, n_samples)
    rate : float
        Share of units dropped, 0 to below 1.
    """
    rng = np.random.Generator(np.random.PCG64([seed, _DROPOUT, epoch, position, layer]))
    rng.random(out=out)
    np.greater_equal(out, rate, out)
    np.multiply(out, 1.0 / (1.0 - rate), out)
