"""FlowHistory: gradient norms, update ratios and activation histograms per layer over time, in bounded memory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CAPACITY = 300
BINS = 32


class FlowHistory:
    """Rows by iteration; a full table keeps every second row and asks for half as many from then on.

    A histogram covers low … high of its layer: 0 … high where activations cannot be negative, else −high … high.
    `high` is a power of two that doubles when something larger comes: pairs of bins are then added together, so
    that nothing already counted is lost.

    Parameters
    ----------
    n_layers : int
        Layers with weights: hidden ones and the output.
    from_zero : tuple of bool
        Per hidden layer, whether its activations are never negative.
    """

    def __init__(self, n_layers: int, from_zero: tuple[bool, ...]) -> None:
        self.from_zero = from_zero
        self.highs = np.full(len(from_zero), 1.0)
        self.gap = 1
        self._n = 0
        self._iterations = np.zeros(CAPACITY + 1)
        self._numbers = np.zeros((CAPACITY + 1, 2, n_layers))
        self._shares = np.zeros((CAPACITY + 1, len(from_zero), BINS), dtype=np.float32)

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._n

    @property
    def iterations(self) -> Floats:
        """Iterations, (n,), ascending."""
        return self._iterations[: self._n]

    @property
    def gradient_norms(self) -> Floats:
        """‖g‖, (n, n_layers)."""
        return self._numbers[: self._n, 0]

    @property
    def update_ratios(self) -> Floats:
        """‖ΔW‖ / ‖W‖, (n, n_layers)."""
        return self._numbers[: self._n, 1]

    @property
    def shares(self) -> NDArray[np.float32]:
        """The share of the activations in each bin, (n, n_hidden, BINS)."""
        return self._shares[: self._n]

    def low(self, layer: int) -> float:
        """Return the low end of the histograms of hidden layer `layer`, from 0."""
        return 0.0 if self.from_zero[layer] else -float(self.highs[layer])

    def is_due(self, iteration: int) -> bool:
        """Return whether `iteration` is far enough from every row that is kept."""
        at = int(np.searchsorted(self.iterations, iteration))
        near = [self._iterations[i] for i in (at - 1, at) if 0 <= i < self._n]
        return all(abs(iteration - kept) >= self.gap for kept in near)

    def record(self, iteration: int, gradient_norms: Floats, update_ratios: Floats, activations: list[Floats]) -> None:
        """Add a row; `activations` are those of each hidden layer over the same examples."""
        for layer, values in enumerate(activations):
            self._widen(layer, values)
        at = int(np.searchsorted(self.iterations, iteration))
        for table in (self._iterations, self._numbers, self._shares):
            table[at + 1 : self._n + 1] = table[at : self._n].copy()
        self._n += 1
        self._iterations[at] = iteration
        self._numbers[at] = gradient_norms, update_ratios
        for layer, values in enumerate(activations):
            self._shares[at, layer] = self._histogram(layer, values)
        if self._n > CAPACITY:
            self._thin()

    def cut(self, iteration: int) -> None:
        """Remove the rows after `iteration`: training continues from there."""
        self._n = int(np.searchsorted(self.iterations, iteration, side="right"))

    def clear(self) -> None:
        """Clear everything."""
        self._n, self.gap = 0, 1
        self.highs[:] = 1.0

    def _thin(self) -> None:
        kept = np.arange(self._n)[::2]
        for table in (self._iterations, self._numbers, self._shares):
            table[: len(kept)] = table[kept]
        self._n = len(kept)
        self.gap = max(2 * self.gap, int(np.diff(self.iterations).min()))

    def _widen(self, layer: int, values: Floats) -> None:
        """Widen the range of `layer` until it holds `values`."""
        finite = values[np.isfinite(values)]
        largest = min(float(np.abs(finite).max(initial=0.0)), 2.0**60)
        while self.highs[layer] < largest:
            self.highs[layer] *= 2.0
            rows = self._shares[: self._n, layer]
            pairs = rows.reshape(-1, BINS // 2, 2).sum(axis=2)
            rows[:] = 0.0
            first = 0 if self.from_zero[layer] else BINS // 4
            rows[:, first : first + BINS // 2] = pairs

    def _histogram(self, layer: int, values: Floats) -> Floats:
        low, high = self.low(layer), float(self.highs[layer])
        counts, _ = np.histogram(np.clip(values[np.isfinite(values)], low, high), BINS, (low, high))
        return np.asarray(counts / max(values.size, 1))
