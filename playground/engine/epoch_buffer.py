"""EpochBuffer: the training set in the order of one epoch, cut into batches that are one copy each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.engine.batches import order

Array = NDArray[np.float64]

# Beyond this the shuffled copy would cost more memory, and the views more time, than they save.
_MOST_ENTRIES = 2_000_000
_MOST_BLOCKS = 20_000


class EpochBuffer:
    """All full batches of an epoch, gathered at once.

    Parameters
    ----------
    table : array, shape (n_rows, n_samples)
        Inputs, ones and targets; examples are columns.
    batch_size : int
        At most n_samples.
    seed : int
    """

    def __init__(self, table: Array, batch_size: int, seed: int) -> None:
        n_rows, n = table.shape
        count = n // batch_size
        self._table, self._seed = table, seed
        self._epoch = -1
        self._gathered = np.empty((n_rows, count * batch_size))
        self._store = np.empty((count, n_rows, batch_size))
        self._by_batch = self._gathered.reshape(n_rows, count, batch_size).transpose(1, 0, 2)
        # The full batches in the epoch's order; the smaller last one is not among them; each (n_rows, batch_size).
        self.blocks = list(self._store)

    @staticmethod
    def fits(table: Array, batch_size: int) -> bool:
        """Return whether a buffer is worth its memory."""
        return table.size <= _MOST_ENTRIES and table.shape[1] // batch_size <= _MOST_BLOCKS

    def turn_to(self, epoch: int) -> None:
        """Fill ``blocks`` with the batches of `epoch`, unless they are there already."""
        if epoch == self._epoch:
            return
        used = self._gathered.shape[1]
        places = order(self._seed, epoch, self._table.shape[1])[:used]
        self._table.take(places, 1, self._gathered, "clip")
        np.copyto(self._store, self._by_batch)
        self._epoch = epoch
