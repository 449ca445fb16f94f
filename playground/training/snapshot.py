"""Snapshot: the state of a run at one iteration, for reading. Readings are pure, made on demand and cached."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from playground.analysis.evaluate import Evaluator, subset_of
from playground.analysis.health import LayerHealth, layer_health
from playground.analysis.maps import NeuronMaps, grid_points
from playground.document.document import Document, Node
from playground.document.prepared_data import MARGIN, PreparedData
from playground.document.selection import Example
from playground.engine import features, schedules
from playground.engine.losses import LOSSES
from playground.engine.messages import grouped
from playground.engine.network import Network
from playground.engine.record import StepRecord, StepRecorder
from playground.engine.state import RunState
from playground.engine.trace import GradientTrace, Tracer
from playground.training.costs import Costs
from playground.training.history import Losses

Floats = NDArray[np.float64]


Edges = tuple[float, float, float, float]
"""Left, right, bottom and top of a part of the plane."""


class Instruments:
    """The workspaces that the readings of one network use, made when first asked for."""

    def __init__(
        self, document: Document, network: Network, data: PreparedData, frozen: NDArray[np.bool_] | None = None
    ) -> None:
        """Serve `network` on `data` as `document` has them; `frozen` flags the parameters that do not move."""
        self.document, self.network, self.data, self.frozen = document, network, data, frozen
        self._maps: dict[tuple[float, float, float, float, int, type], NeuronMaps] = {}
        self._mapped: dict[tuple[float, float, float, float, int], Floats] = {}
        self._measured: tuple[int, Floats, Losses] | None = None
        sizes = data.train.n_samples, data.test.n_samples
        self.costs = Costs(network, min(document.training.batch_size, sizes[0]), sizes)

    @cached_property
    def tracer(self) -> Tracer:
        """Reads one example."""
        return Tracer(self.network, self.document.training.loss)

    def record(self, state: RunState) -> StepRecord:
        """Keep the step that follows `state` whole."""
        return self._recorder.record(state)

    @cached_property
    def _recorder(self) -> StepRecorder:
        training, seed = self.document.training, self.document.seed
        return StepRecorder(self.network, training, self.data.train, seed, self.frozen)

    @cached_property
    def evaluators(self) -> tuple[Evaluator, Evaluator]:
        """Measure the training and the test set, or a seeded subset of each when the whole costs too much."""
        limit = self.costs.most_examples
        regression = self.data.sample.is_regression
        return tuple(  # type: ignore[return-value]
            Evaluator(
                self.network,
                self.document.training,
                part,
                regression=regression,
                subset=subset_of(part.n_samples, limit, self.document.data.seed),
            )
            for part in (self.data.train, self.data.test)
        )

    @property
    def stride(self) -> int:
        """Iterations between two recorded losses."""
        return self.costs.stride

    @property
    def evaluated(self) -> str:
        """Name the subset that losses are measured on; empty when it is the whole."""
        train, test = self.evaluators
        if train.n_samples == self.data.train.n_samples and test.n_samples == self.data.test.n_samples:
            return ""
        return (
            f"losses over a seeded subset: {grouped(train.n_samples)} of {grouped(self.data.train.n_samples)} "
            f"training, {grouped(test.n_samples)} of {grouped(self.data.test.n_samples)} test examples"
        )

    def maps(self, extent: Edges, size: int, precision: type = np.float32) -> NeuronMaps:
        """Serve maps of all neurons over `extent` at size × size points."""
        key = (*extent, size, precision)
        if key not in self._maps:
            points = grid_points(*extent, size)
            inputs = features.compute(self.document.features, as_points(points, self.data))
            self._maps[key] = NeuronMaps(self.network, inputs, precision)
        return self._maps[key]

    def columns(self, parameters: Floats, extent: Edges, size: int) -> tuple[NDArray[np.float32], ...]:
        """Return what every neuron computes over the plane at `parameters`, an array that nobody changes.

        The pictures of one size share their arrays: they are computed when the parameters are others than last time.
        """
        key, maps = (*extent, size), self.maps(extent, size)
        if self._mapped.get(key) is not parameters:
            self.costs.point.timed(lambda: maps.compute(parameters), size * size)
            self._mapped[key] = parameters
        return tuple(column.reshape(-1, size, size) for column in maps.maps)

    def losses(self, parameters: Floats, iteration: int) -> Losses:
        """Measure both sets at `parameters`; what was measured last is known."""
        known = self._measured
        if known is None or known[0] != iteration or not np.array_equal(known[1], parameters):
            known = self._measured = iteration, parameters.copy(), self._measure(parameters, iteration)
        return known[2]

    def _measure(self, parameters: Floats, iteration: int) -> Losses:
        train, test = (evaluator.evaluate(parameters) for evaluator in self.evaluators)
        training = self.document.training
        rate = schedules.rate(training.schedule, training.learning_rate, iteration)
        return Losses(train.data_loss, test.data_loss, train.regularization_loss, train.accuracy, test.accuracy, rate)


class Snapshot:
    """One moment: a copy of the state, and everything that can be read from it."""

    def __init__(self, version: int, instruments: Instruments, state: RunState) -> None:
        """Take `state`, a copy that is never changed."""
        self.version = version  # which state of the run this is
        self.state = state
        self._instruments = instruments
        self._traces: dict[Example, GradientTrace] = {}

    @property
    def document(self) -> Document:
        """The document."""
        return self._instruments.document

    @property
    def network(self) -> Network:
        """The network."""
        return self._instruments.network

    @property
    def data(self) -> PreparedData:
        """The data."""
        return self._instruments.data

    @property
    def evaluated(self) -> str:
        """Name the subset that losses are measured on; empty when it is the whole."""
        return self._instruments.evaluated

    @cached_property
    def losses(self) -> Losses:
        """The displayed losses and accuracies."""
        return self._instruments.losses(self.state.parameters, self.state.iteration)

    @cached_property
    def pending(self) -> StepRecord:
        """The next ordinary step, computed ahead; its ``after`` is what the step will yield, bit for bit."""
        return self._instruments.record(self.state)

    @cached_property
    def layers(self) -> tuple[LayerHealth, ...]:
        """Gradient, weights and update of every layer in the pending step."""
        return layer_health(self.network, self.pending)

    @cached_property
    def next(self) -> Snapshot:
        """The moment that the pending step leads to."""
        return Snapshot(self.version, self._instruments, self.pending.after)

    @property
    def read_parameters(self) -> Floats:
        """The parameters that examples are read under; a what-if has others than those that are trained."""
        return self.state.parameters

    @property
    def clamped(self) -> tuple[Node, float] | None:
        """The hidden unit whose activation a what-if clamps, and the number."""
        return None

    def step_from(self, state: RunState) -> StepRecord:
        """Return the step that would follow `state`, whole."""
        return self._instruments.record(state)

    @cached_property
    def batch(self) -> NDArray[np.intp]:
        """The points of the pending batch, as indices into the sample."""
        return self.data.sample.train[self.pending.indices]

    def matrices(self, flat: Floats | None = None) -> list[Floats]:
        """Return the weight matrices (or those of `flat`), bias last."""
        return self.network.matrices(self.state.parameters if flat is None else flat)

    def trace(self, example: Example) -> GradientTrace:
        """Return the reading of `example`: a point of the sample, or the probe with the class of the nearest point."""
        if example not in self._traces:
            inputs, target = example_arrays(self.document, self.data, example)
            self._traces[example] = self._instruments.tracer.trace(self.state.parameters, inputs, target)
        return self._traces[example]

    def extent(self) -> Edges:
        """Return the part of the plane that pictures cover, left, right, bottom and top: the data's, with a margin."""
        left, right, bottom, top = self.data.sample.plane_extent
        return *_with_margin(left, right), *_with_margin(bottom, top)

    def maps(self, size: int) -> tuple[NDArray[np.float32], ...]:
        """Return what every neuron computes over the plane, per column (n_units, size, size).

        They are computed once a snapshot and size, and are good until another snapshot asks for that size.
        """
        return self._instruments.columns(self.read_parameters, self.extent(), size)

    def pictures(self, size: int) -> tuple[NDArray[np.float32], ...]:
        """Return ``maps`` for the screen: of at most `size`, and of fewer points where the network is large."""
        return self.maps(self._instruments.costs.grid(size))


def _with_margin(low: float, high: float) -> tuple[float, float]:
    middle, half = (low + high) / 2.0, (high - low) / 2.0 * MARGIN
    return middle - half, middle + half


def as_points(plane: Floats, data: PreparedData) -> Floats:
    """Return the points of the data's columns (n, d) at places of the plane (n, 2)."""
    return np.ascontiguousarray(data.sample.lift(plane))


def point_of(data: PreparedData, example: Example) -> Floats:
    """Return the coordinates of `example` in the data's columns, (d,); a probe of two coordinates lies on the plane."""
    if example.index is not None:
        return np.asarray(data.sample.points[example.index])
    probe = np.array([example.probe], dtype=np.float64)
    columns = data.sample.points.shape[1]
    return np.asarray(as_points(probe, data)[0] if probe.shape[1] == 2 != columns else probe[0])


def example_arrays(document: Document, data: PreparedData, example: Example) -> tuple[Floats, Floats]:
    """Return input features (n_inputs,) and target (n_outputs,) of `example`."""
    sample = data.sample
    point = point_of(data, example)
    nearest = int(np.argmin(((sample.points - point) ** 2).sum(axis=1))) if example.index is None else example.index
    inputs = features.compute(document.features, point[None, :])[0]
    loss = LOSSES[document.training.loss]
    of = sample.values if sample.is_regression else sample.labels
    return inputs, loss.encode(of[nearest : nearest + 1], sample.n_classes)[:, 0]
