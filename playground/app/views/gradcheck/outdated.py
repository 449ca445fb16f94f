"""What a result of the Gradient check tab is of, and the sentence that says so once something else is shown."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from playground.analysis.cost_sweep import widened
from playground.app.views.gradcheck.reading import examples
from playground.engine.messages import grouped, message
from playground.engine.regularizers import REGULARIZERS
from playground.training.snapshot import Snapshot

Outdated = Callable[[Snapshot], str]
"""Returns, for what is shown now, that a result is of something else, in a sentence; empty where it still holds."""


def check_of(snapshot: Snapshot) -> Outdated:
    """Return when a check of `snapshot` is outdated: with other weights, data, or another network or loss."""
    iteration, parameters = snapshot.state.iteration, snapshot.state.parameters
    objective, data = _objective(snapshot), examples(snapshot)

    def outdated(now: Snapshot) -> str:
        if np.array_equal(parameters, now.state.parameters) and objective == _objective(now):
            others = examples(now)
            if np.array_equal(data.inputs, others.inputs) and np.array_equal(data.targets, others.targets):
                return ""
        if iteration == now.state.iteration:
            return message("Of iteration {iteration} before the change: check again.", iteration=grouped(iteration))
        return message("Of iteration {iteration}, not of the present one: check again.", iteration=grouped(iteration))

    return outdated


def sweep_of(snapshot: Snapshot) -> Outdated:
    """Return when a width sweep of `snapshot` is outdated: weights and widths do not count."""
    swept = _swept(snapshot)
    text = message("Of the network, loss or data before the change: press Width sweep again.")
    return lambda now: "" if swept == _swept(now) else text


def _objective(snapshot: Snapshot) -> tuple[object, ...]:
    """Return what the loss is of given weights and examples."""
    training = snapshot.document.training
    penalty = (getattr(training, name) for name in REGULARIZERS[training.regularizer].settings)
    return snapshot.network.spec, training.loss, training.regularizer, *penalty


def _swept(snapshot: Snapshot) -> tuple[object, ...]:
    """Return what the costs depend on; of the data, their number."""
    return widened(snapshot.network.spec, 1), snapshot.document.training.loss, examples(snapshot).n_samples
