"""Trained: everything that a script needs to run a network elsewhere, as plain engine values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from playground.analysis.evaluate import Evaluation, evaluate
from playground.engine import features
from playground.engine.losses import LOSSES, REGRESSION
from playground.engine.network import Network
from playground.engine.passes import Pass
from playground.engine.spec import TrainingSpec
from playground.engine.state import RunState
from playground.engine.trainer import TrainingData

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_CHUNK = 4096
MOST_INLINE = 20_000
"""Numbers that a script holds itself; more go into a file beside it."""


@dataclass(frozen=True, eq=False)
class Trained:
    """A network at one moment of its training, with its data.

    Attributes
    ----------
    train, test : index arrays into the points
    column_names, class_names : tuple of str
    goal_name : str
        It and the columns are named as standardized where their numbers are.
    """

    title: str  # what the data are, in a few words; any text is safe
    network: Network
    training: TrainingSpec
    seed: int  # of the shuffles and the dropout masks
    state: RunState  # the moment
    start: Floats  # the parameters of iteration 0; shape (n_parameters,)
    frozen: NDArray[np.bool_] | None  # parameters that training leaves as they are; shape (n_parameters,)
    features: tuple[str, ...]  # names of the input features (``engine.features``)
    points: Floats
    goals: Floats  # labels 0, 1, … of the points, or values for a regression; shape (n,)
    n_classes: int  # 0 for a regression
    train: Integers
    test: Integers
    column_names: tuple[str, ...] = ()
    class_names: tuple[str, ...] = ()
    goal_name: str = ""

    @property
    def is_regression(self) -> bool:
        """Return whether a value is to be learned, not a class."""
        return self.n_classes == REGRESSION

    @property
    def has_large_data(self) -> bool:
        """Return whether the points go into a file beside the script."""
        return self.points.size + self.goals.size > MOST_INLINE

    @property
    def has_large_weights(self) -> bool:
        """Return whether the weights go into a file beside the script."""
        return self.network.n_parameters * (2 + len(self.state.slots)) > MOST_INLINE

    @cached_property
    def evaluations(self) -> tuple[Evaluation, Evaluation]:
        """Losses and accuracy over the whole training set and the whole test set."""
        train, test = (
            evaluate(
                self.network,
                self.training,
                self.part(chosen),
                self.state.parameters,
                regression=self.is_regression,
            )
            for chosen in (self.train, self.test)
        )
        return train, test

    def outputs(self) -> Floats:
        """Return the scores of every point, shape (n, n_outputs)."""
        everything = self.part(np.arange(len(self.points)))
        scores = np.empty((len(self.points), self.network.spec.n_outputs))
        for first in range(0, len(scores), _CHUNK):
            table = everything.table[:, first : first + _CHUNK]
            here = Pass(self.network, self.training.loss, table.shape[1], self.state.parameters)
            np.copyto(here.batch, table)
            with np.errstate(all="ignore"):
                here.forward()
            scores[first : first + _CHUNK] = here.scores.T
        return scores

    def part(self, chosen: Integers) -> TrainingData:
        """Return the points `chosen` as the engine takes them."""
        loss = LOSSES[self.training.loss]
        return TrainingData(
            features.compute(self.features, self.points[chosen]),
            np.ascontiguousarray(loss.encode(self.goals[chosen], self.n_classes)),
        )
