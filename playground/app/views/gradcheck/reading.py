"""The Gradient check tab's values: what is checked, which derivative can be broken, what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from playground.analysis.cost_sweep import MOST_PASSES, WIDTHS, Cost, counted
from playground.analysis.evaluate import subset_of
from playground.app.views.hand_edits.reading import without_what_if
from playground.app.views.names import edge_label
from playground.document.document import Edge
from playground.engine.activations import LAYER_ACTIVATIONS
from playground.engine.gradcheck import GradientCheck
from playground.engine.gradient_verdict import TOLERANCE, Finding
from playground.engine.messages import message, plural
from playground.engine.network import Network
from playground.engine.trainer import TrainingData
from playground.training.snapshot import Snapshot
from widgets.style import numbers
from widgets.values import Choice, Floats
from widgets.values.gradcheck import CostSweepReading, GradientCheckReading

EXAMPLES = 200
CAREFUL_EPSILON = 1e-5
_SHORTEST = 1e-9
"""Seconds; a clock that does not tell two moments apart still has a logarithm."""


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
        remarks=_remarks(check),
        broken="" if broken is None else names[str(broken)],
    )


def _remarks(check: GradientCheck) -> tuple[str, ...]:
    """Return what `check` found where it does not just say that both agree, and at how many parameters."""
    is_kink = check.findings == Finding.KINK
    found = (
        (is_kink & ~check.undecided, "a kink lies within ε at {count}"),
        (is_kink & check.undecided, "examples lie on a kink at {count}"),
        (check.findings == Finding.ROUNDING, "numbers are below rounding at {count}"),
        (check.findings == Finding.CURVATURE, "ε is too large for the curvature at {count}"),
    )
    return tuple(message(text, count=numbers.grouped(int(where.sum()))) for where, text in found if where.any())


def work(network: Network) -> str:
    """Return N, P, N·P and N + P of `network`, and what they are."""
    cost = counted(network)
    return message(
        "N = {nodes} nodes (z and a of every unit), P = {parameters} parameters: one by one N·P = {product}, "
        "backprop N + P = {sum}.",
        nodes=numbers.grouped(cost.nodes),
        parameters=numbers.grouped(cost.parameters),
        product=numbers.grouped(cost.one_by_one),
        sum=numbers.grouped(cost.backprop),
    )


def sweep(snapshot: Snapshot, costs: Sequence[Cost], n_examples: int) -> CostSweepReading:
    """Return what both ways cost at the widths of the sweep."""
    hidden = len(snapshot.network.spec.hidden) or 1
    last = costs[-1]
    times = last.seconds_numeric / max(last.seconds_backprop, 1e-9)
    note = message(
        "Widths {widths} of {layers}, over {examples} examples. At P = {parameters}, 2·P = {passes} forward passes "
        "take {times} times as long as backprop.",
        widths=", ".join(map(str, WIDTHS)),
        layers=plural(hidden, "{count} hidden layer", "{count} hidden layers"),
        examples=n_examples,
        parameters=numbers.grouped(last.parameters),
        passes=numbers.grouped(last.passes),
        times=numbers.grouped(round(times)),
    )
    if any(cost.passes > MOST_PASSES for cost in costs):
        note = f"{note} " + message("Of each at most {count} passes are timed: the shortest counts.", count=MOST_PASSES)

    def column(of: Callable[[Cost], float]) -> Floats:
        return np.array([of(cost) for cost in costs], dtype=np.float64)

    return CostSweepReading(
        widths=WIDTHS,
        parameters=column(lambda cost: cost.parameters),
        one_by_one=column(lambda cost: cost.one_by_one),
        backprop=column(lambda cost: cost.backprop),
        seconds_one_by_one=column(lambda cost: max(cost.seconds_numeric, _SHORTEST)),
        seconds_backprop=column(lambda cost: max(cost.seconds_backprop, _SHORTEST)),
        note=note,
    )


def edge_at(network: Network, index: int) -> Edge:
    """Return the weight or bias at place `index` of the parameter vector."""
    layout = next(layout for layout in network.layers if index < layout.slice.stop)
    row, column = divmod(index - layout.slice.start, layout.n_in + 1)
    piece, unit = divmod(row, layout.units)
    return Edge(layout.index, -1 if column == layout.n_in else column, unit, piece)
