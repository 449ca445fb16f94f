"""The points of a document, made once per data setting, and the arrays that the engine trains on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.analysis.projection import Projection, principal_plane
from playground.document import catalogue
from playground.document.cache import cached
from playground.document.document import DataSettings, Document
from playground.document.own_data import OWN, Table, own_ranges
from playground.document.typed_function import curve_of
from playground.engine import features
from playground.engine.losses import LOSSES
from playground.engine.trainer import TrainingData

Floats = NDArray[np.float64]

MARGIN = 1.15
"""How much more than the extent pictures show."""


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Sample:
    """Points, what is to be learned at each, and which of them are for training.

    Attributes
    ----------
    points : (n, d) float64
    labels : (n,) int64; zeros for regression
    values : (n,) float64; the labels for classification
    train, test : index arrays into the points; both hold all the points of a truth table
    n_classes : 0 for regression
    extent : (low, high) of every coordinate, as wide as noise has thrown the points
    feature_names, class_names, target_name : the names of columns, classes and target
    projection : the plane that pictures of more than two columns are drawn on; None for one or two
    positions : (n, 2) float64, where the points are drawn; data of one column are drawn over their values
    ranges : what each axis covers, where own points need one of their own; else empty
    """

    points: Floats
    labels: NDArray[np.int64]
    values: Floats
    train: NDArray[np.int64]
    test: NDArray[np.int64]
    n_classes: int
    class_names: tuple[str, ...]
    extent: tuple[float, float]
    feature_names: tuple[str, ...]
    target_name: str
    projection: Projection | None
    positions: Floats
    ranges: tuple[tuple[float, float], ...] = ()

    @property
    def plane_extent(self) -> tuple[float, float, float, float]:
        """What the plane shows: left, right, bottom and top."""
        if self.ranges:
            return *self.ranges[0], *self.ranges[1]
        low, high = self.extent if self.projection is None else self.projection.extent
        if self.points.shape[1] == 1:
            low, high = min(low, float(self.values.min())), max(high, float(self.values.max()))
        return low, high, low, high

    @property
    def axis_names(self) -> tuple[str, str]:
        """What the axes of the plane are called."""
        if self.projection is not None:
            return self.projection.names
        return (self.feature_names[0], self.feature_names[1] if len(self.feature_names) > 1 else self.target_name)

    @property
    def plane_title(self) -> str:
        """Name the projection; empty where the plane is the data's own."""
        return "" if self.projection is None else self.projection.title

    def lift(self, plane: Floats) -> Floats:
        """Return points (n, d) of the data's columns for places of the plane (n, 2)."""
        if self.projection is not None:
            return self.projection.lift(plane)
        return plane[:, : self.points.shape[1]]

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

    @property
    def nbytes(self) -> int:
        """Memory of the arrays, in bytes."""
        arrays = (self.points, self.labels, self.values, self.train, self.test, self.positions)
        return sum(array.nbytes for array in arrays)


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class PreparedData:
    """A sample as the engine takes it: features (n, n_features) and targets (n_outputs, n) of both parts."""

    sample: Sample
    train: TrainingData
    test: TrainingData

    @property
    def nbytes(self) -> int:
        """Memory of sample, features and targets, in bytes."""
        return self.sample.nbytes + sum(
            a.nbytes for part in (self.train, self.test) for a in (part.inputs, part.targets)
        )


@cached
def sample_of(data: DataSettings) -> Sample:
    """Return the points that `data` names; the same settings give the same bits."""
    table = data.table if data.name == OWN else None
    made = _dataset(data)
    if is_truth_table(data):
        train = test = np.arange(made.n_points)
    elif table is not None and len(table.thresholds):
        train, test = catalogue.split_at(table.thresholds, data.train_fraction)
    else:
        ids = None if table is None else table.ids
        train, test = catalogue.split(made, train_fraction=data.train_fraction, seed=data.seed, ids=ids)
    regression = made.n_classes == 0
    n = len(made.points)
    values = made.targets.astype(np.float64)
    projection = principal_plane(made.points) if made.n_features > 2 else None
    return Sample(
        points=made.points,
        labels=np.zeros(n, dtype=np.int64) if regression else made.targets.astype(np.int64),
        values=values,
        train=train,
        test=test,
        n_classes=made.n_classes,
        class_names=made.class_names,
        extent=_covering(made.points, made.extent) if table is None else made.extent,
        feature_names=made.feature_names,
        target_name=(table.target_name if table else "") or ("y" if regression else "class"),
        projection=projection,
        positions=_positions(made.points, values, projection),
        ranges=() if table is None else _ranges(table, made.points, values, made.extent),
    )


def is_truth_table(data: DataSettings) -> bool:
    """Return whether `data` are a truth table, of which every row trains and every row tests."""
    return data.name != OWN and catalogue.generator(data.name).rows > 0


def split_thresholds(data: DataSettings) -> Floats:
    """Return the train share above which each point of `data` trains, (n,): its split in numbers that can be kept."""
    if is_truth_table(data):
        return np.zeros(data.points)
    table = data.table if data.name == OWN else None
    if table is not None and len(table.thresholds):
        return table.thresholds
    ids = None if table is None else table.ids
    return catalogue.thresholds(_dataset(data), train_fraction=data.train_fraction, seed=data.seed, ids=ids)


def columns_of(data: DataSettings) -> int:
    """Return how many columns the points of `data` have, without making them."""
    return data.table.n_features if data.name == OWN and data.table else catalogue.generator(data.name).n_features


def _dataset(data: DataSettings) -> catalogue.Dataset:
    if data.name == OWN and data.table is not None:
        return data.table.shown()
    takes_curve = catalogue.generator(data.name).takes_curve
    return catalogue.make(
        data.name,
        points=data.points,
        noise=data.noise,
        seed=data.seed,
        parameters={name: int(v) if v.is_integer() else v for name, v in data.parameters},
        curve=curve_of(data.function) if takes_curve and data.function else None,
    )


def _covering(points: Floats, extent: tuple[float, float]) -> tuple[float, float]:
    """Return `extent`, wider by quarters until pictures show all `points`; steps keep a drag of the noise calm."""
    middle, half = (extent[0] + extent[1]) / 2.0, (extent[1] - extent[0]) / 2.0
    reach = float(np.abs(points - middle).max(initial=0.0)) / MARGIN
    if reach <= half or half == 0.0:
        return extent
    wide = float(np.ceil(4.0 * reach / half)) / 4.0 * half
    return middle - wide, middle + wide


def _ranges(
    table: Table, points: Floats, values: Floats, extent: tuple[float, float]
) -> tuple[tuple[float, float], ...]:
    if points.shape[1] > 1:
        return table.ranges
    whole = min(extent[0], float(values.min())), max(extent[1], float(values.max()))
    return own_ranges((points[:, 0], values), whole)


def _positions(points: Floats, values: Floats, projection: Projection | None) -> Floats:
    if projection is not None:
        return projection.project(points)
    return points if points.shape[1] == 2 else np.column_stack([points[:, 0], values])


@cached
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
    """Return the arrays that `document` trains and tests on; cached while in use, and never written to."""
    return _prepare(document.data, document.features, document.training.loss)
