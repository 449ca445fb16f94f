"""Divergence: where a number first stopped being finite, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from playground.document.document import LOSS, Node
from playground.engine.messages import grouped
from playground.engine.notation import node_in_words

if TYPE_CHECKING:
    from playground.engine.network import Network
    from playground.engine.record import StepRecord
    from playground.training.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Divergence:
    """Why training stopped."""

    iteration: int  # the last iteration that was finite; it is kept
    node: Node  # the first node with a number that is not finite in the iteration after it
    message: str  # what happened, why, and what to do


def find_divergence(snapshot: Snapshot) -> Divergence:
    """Look through the step after `snapshot`, in its order, for the first number that is not finite."""
    record = snapshot.pending
    # Where the step itself is finite, what it led to is not: the pass over the next batch shows where.
    found = _first(record, snapshot.network) or _first(snapshot.step_from(record.after), snapshot.network)
    place, node, value = found or ("the mean data loss of the training set", LOSS, "too large for a number")
    advice = (
        f"Training stopped at iteration {grouped(snapshot.state.iteration)}, the last finite one: in the next, {place} "
        f"became {value}. Go back some iterations, or lower the learning rate (now {record.rate:g})."
    )
    return Divergence(snapshot.state.iteration, node, advice)


def _first(record: StepRecord, network: Network) -> tuple[str, Node, str] | None:
    """Return place, node and value of the first number of `record` that is not finite."""
    for layout, layer in zip(network.layers, record.layers, strict=True):
        for symbol, values in (("z", layer.z), ("a", layer.a)):
            found = _bad(values)
            if found:
                node = Node(layout.index, found[1] % layout.units)
                return f"{symbol} of {node_in_words(*node, network.depth)}", node, found[2]
    if not np.isfinite(record.losses).all():
        return "the loss", LOSS, _word(record.losses[~np.isfinite(record.losses)][0])
    for layout, layer in zip(reversed(network.layers), reversed(record.layers), strict=True):
        found = _bad(layer.delta)
        if found:
            node = Node(layout.index, found[1] % layout.units)
            return f"∂L_B/∂z of {node_in_words(*node, network.depth)}", node, found[2]
    for symbol, flat in (("the gradient g", record.gradient), ("w", record.after.parameters)):
        for layout, matrix in zip(network.layers, network.matrices(flat), strict=True):
            found = _bad(matrix)
            if found:
                node = Node(layout.index, found[0] % layout.units)
                return f"{symbol} into {node_in_words(*node, network.depth)}", node, found[2]
    return None


def _bad(values: NDArray[np.float64]) -> tuple[int, int, str] | None:
    wrong = np.argwhere(~np.isfinite(values))
    if not len(wrong):
        return None
    row, column = (int(i) for i in wrong[0])
    return row, column, _word(values[row, column])


def _word(value: float) -> str:
    return "NaN (not a number)" if np.isnan(value) else ("+∞" if value > 0 else "−∞")
