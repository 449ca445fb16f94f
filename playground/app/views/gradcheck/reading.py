"""The Gradient check tab's values: what is checked, which derivative can be broken, what was found."""

from __future__ import annotations

import numpy as np

from playground.analysis.evaluate import subset_of
from playground.app.views.hand_edits.reading import without_what_if
from playground.app.views.names import edge_label
from playground.document.document import Edge
from playground.engine.activations import LAYER_ACTIVATIONS
from playground.engine.gradcheck import GradientCheck
from playground.engine.gradient_verdict import TOLERANCE, Finding
from playground.engine.network import Network
from playground.engine.trainer import TrainingData
from playground.training.snapshot import Snapshot
from widgets.style import numbers
from widgets.values import Choice
from widgets.values.gradcheck import GradientCheckReading

EXAMPLES = 200
CAREFUL_EPSILON = 1e-5


def examples(snapshot: Snapshot) -> TrainingData:
    """Return the training examples that the loss is taken over: all, or a seeded 200 of them."""
    train = snapshot.data.train
    chosen = subset_of(train.n_samples, EXAMPLES, snapshot.document.data.seed)
    if chosen is None:
        return train
    return TrainingData(train.inputs[chosen], np.ascontiguousarray(train.targets[:, chosen]))


def breakable(network: Network) -> tuple[Choice, ...]:
    """Return the local derivatives that can be made wrong, by layer."""
    made = []
    for layout in network.layers:
        label = LAYER_ACTIVATIONS[layout.activation].label
        tip = f"∂a/∂z of {layout.name} with the wrong sign: δ and everything below it turn round."
        made.append(Choice(str(layout.index), f"{layout.name}: −∂a/∂z of {label}", tip))
    return tuple(made)


def reading(snapshot: Snapshot, check: GradientCheck, n_examples: int, broken: int | None) -> GradientCheckReading:
    """Return what `check` of the network of `snapshot` found."""
    n_checked = len(check.indices)
    costs = f"2·P = 2 × {numbers.grouped(n_checked)} = {numbers.grouped(2 * n_checked)} forward passes"
    more = check.forward_passes_numeric - 2 * n_checked
    supposed = without_what_if(snapshot)
    notes = (
        f"At iteration {snapshot.state.iteration}, over {n_examples} training examples, without dropout"
        f"{supposed and f' and {supposed}'}.",
        f"{costs}{f', and {numbers.grouped(more)} more for complex steps' if more else ''}.",
        *check.notes,
    )
    names = dict((choice.key, choice.label) for choice in breakable(snapshot.network))
    return GradientCheckReading(
        labels=tuple(edge_label(snapshot, edge_at(snapshot.network, int(i))) for i in check.indices),
        backprop=check.backprop,
        numeric=check.numeric,
        errors=check.errors,
        findings=tuple(Finding(finding).words for finding in check.findings.tolist()),
        wrong=check.findings >= Finding.NOT_FINITE,
        epsilon=check.epsilon,
        max_error=check.max_relative_error,
        tolerance=TOLERANCE,
        parameters=check.parameters,
        forward_passes_numeric=check.forward_passes_numeric,
        seconds_numeric=check.seconds_numeric,
        seconds_backprop=check.seconds_backprop,
        notes=notes,
        broken="" if broken is None else names[str(broken)],
    )


def edge_at(network: Network, index: int) -> Edge:
    """Return the weight or bias at place `index` of the parameter vector."""
    layout = next(layout for layout in network.layers if index < layout.slice.stop)
    row, column = divmod(index - layout.slice.start, layout.n_in + 1)
    piece, unit = divmod(row, layout.units)
    return Edge(layout.index, -1 if column == layout.n_in else column, unit, piece)
