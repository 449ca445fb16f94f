"""Losses and accuracy of a whole data set, in chunks: memory is that of one chunk, and it can pause."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from playground.engine import regularizers
from playground.engine.iteration import TrainingData
from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.engine.passes import Pass
from playground.engine.slices import finish
from playground.engine.spec import TrainingSpec, choose

Floats = NDArray[np.float64]

_CHUNK = 2048


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Losses and accuracy of a network on a data set."""

    data_loss: float  # mean of Lᵢ; NaN of no examples
    regularization_loss: float  # λ Σ R(W)
    accuracy: float | None  # share of right predictions; None for regression, NaN of no examples
    n_samples: int  # examples it was measured on

    @property
    def loss(self) -> float:
        """Data loss plus regularization loss."""
        return self.data_loss + self.regularization_loss


class Evaluator:
    """Measures a network on one data set; it keeps its buffers, so that repeated measuring costs little.

    Parameters
    ----------
    network : Network
    training : TrainingSpec
        Its loss, regularizer and λ are used.
    data : TrainingData
    regression : bool
        Whether the targets are values; then there is no accuracy.
    subset : int array, optional
        Only these examples (see `subset_of`).
    """

    def __init__(
        self,
        network: Network,
        training: TrainingSpec,
        data: TrainingData,
        *,
        regression: bool = False,
        subset: NDArray[np.intp] | None = None,
    ) -> None:
        self._network, self._training, self._regression = network, training, regression
        self._loss = choose("loss", training.loss, LOSSES)
        self._table = data.table if subset is None else data.table.take(subset, 1)
        self.n_samples = self._table.shape[1]
        self._parameters = np.zeros(network.n_parameters)
        self._labels = self._loss.predict(self._table[network.spec.n_inputs + 1 :])
        self._passes: dict[int, Pass] = {}

    def evaluate(self, parameters: Floats) -> Evaluation:
        """Measure the network at `parameters` (n_parameters,)."""
        return finish(self.evaluate_in_slices(parameters))

    def evaluate_in_slices(self, parameters: Floats) -> Generator[float, None, Evaluation]:
        """Measure in slices of a few ms: yields the share done, returns the Evaluation."""
        self._parameters[:] = parameters
        total, right, n = 0.0, 0, self.n_samples
        for start in range(0, n, _CHUNK):
            stop = min(start + _CHUNK, n)
            here = self._pass(stop - start)
            with np.errstate(all="ignore"):
                np.copyto(here.batch, self._table[:, start:stop])
                here.forward()
                total += float(here.losses().sum())
                if not self._regression:
                    right += int(np.count_nonzero(self._loss.predict(here.scores) == self._labels[start:stop]))
            yield stop / n
        penalty = self._penalty(parameters)
        accuracy = None if self._regression else (right / n if n else float("nan"))
        return Evaluation(total / n if n else float("nan"), penalty, accuracy, n)

    def _penalty(self, parameters: Floats) -> float:
        with np.errstate(all="ignore"):
            return regularizers.penalty(parameters, self._network.weight_mask, self._training)

    def _pass(self, size: int) -> Pass:
        if size not in self._passes:
            self._passes[size] = Pass(self._network, self._training.loss, size, self._parameters)
        return self._passes[size]


def evaluate(
    network: Network,
    training: TrainingSpec,
    data: TrainingData,
    parameters: Floats,
    *,
    regression: bool = False,
) -> Evaluation:
    """Measure once; to measure often, keep an ``Evaluator``."""
    return Evaluator(network, training, data, regression=regression).evaluate(parameters)


def subset_of(n: int, limit: int, seed: int) -> NDArray[np.intp] | None:
    """Choose `limit` of `n` examples, seeded, in ascending order; None when there are no more than that."""
    return None if n <= limit else _subset(n, limit, seed)


@lru_cache(maxsize=8)
def _subset(n: int, limit: int, seed: int) -> NDArray[np.intp]:
    """Return the latest subsets again, read-only: to choose from a million takes as long as to measure the subset."""
    rng = np.random.Generator(np.random.PCG64([seed, 4, n]))
    chosen = np.sort(rng.choice(n, size=limit, replace=False)).astype(np.intp)
    chosen.flags.writeable = False
    return chosen
