"""The points of a document, made once per data setting, and the arrays that the engine trains on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from playground.engine import features
from playground.engine.losses import LOSSES
from playground.engine.trainer import TrainingData
from playground.session import catalogue
from playground.session.document import DataSettings, Document

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Points, what is to be learned at each, and which of them are for training.

    Attributes
    ----------
    points : (n, d) float64
    labels : (n,) int64; zeros for regression
    values : (n,) float64; the labels for classification
    train, test : index arrays into the points
    n_classes : 0 for regression
    """

    points: Floats
    labels: NDArray[np.int64]
    values: Floats
    train: NDArray[np.int64]
    test: NDArray[np.int64]
    n_classes: int
    class_names: tuple[str, ...]
    extent: tuple[float, float]

    @property
    def levels(self) -> Floats:
        """The values scaled to −1 … 1 for colours, (n,)."""
        low, high = float(self.values.min()), float(self.values.max())
        half = (high - low) / 2.0 or 1.0
        return np.asarray((self.values - (low + high) / 2.0) / half)

    @property
    def is_regression(self) -> bool:
        """Whether a value is to be learned, not a class."""
        return self.n_classes == 0


@dataclass(frozen=True, slots=True, eq=False)
class PreparedData:
    """A sample as the engine takes it: features (n, n_features) and targets (n_outputs, n) of both parts."""

    sample: Sample
    train: TrainingData
    test: TrainingData

@lru_cache(maxsize=4)
def sample_of(data: DataSettings) -> Sample:
    """Return the points that `data` names; the same settings give the same bits."""
    made = catalogue.make(data.name, points=data.points, noise=data.noise, seed=data.seed)
    train, test = catalogue.split(made, train_fraction=data.train_fraction, seed=data.seed)
    regression = made.n_classes == 0
    n = len(made.points)
    return Sample(
        points=made.points,
        labels=np.zeros(n, dtype=np.int64) if regression else made.targets.astype(np.int64),
        values=made.targets.astype(np.float64),
        train=train,
        test=test,
        n_classes=made.n_classes,
        class_names=made.class_names,
        extent=made.extent,
    )


@lru_cache(maxsize=4)
def _prepare(data: DataSettings, names: tuple[str, ...], loss: str) -> PreparedData:
    sample = sample_of(data)
    inputs = features.compute(names, sample.points)
    if sample.is_regression:
        targets = np.ascontiguousarray(sample.values[None, :])
    else:
        targets = LOSSES[loss].encode(sample.labels, sample.n_classes)
    parts = [
        TrainingData(np.ascontiguousarray(inputs[part]), np.ascontiguousarray(targets[:, part]))
        for part in (sample.train, sample.test)
    ]
    return PreparedData(sample, *parts)


def prepare(document: Document) -> PreparedData:
    """Return the arrays that `document` trains and tests on; cached, and never written to."""
    return _prepare(document.data, document.features, document.training.loss)
