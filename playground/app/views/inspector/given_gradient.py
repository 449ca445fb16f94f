"""The gradient g that the optimizer is given of one weight: the batch gradient as freezing and clipping leave it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from playground.document.document import Edge
from playground.engine.iteration import NORM_MARGIN
from playground.engine.messages import message
from playground.training.setup import frozen_flags
from playground.training.snapshot import Snapshot
from playground.training.step_cursor import EdgeUpdate
from widgets.style import numbers

Write = Callable[[float], str]


def is_clipping(snapshot: Snapshot) -> bool:
    """Return whether the training settings clip gradients."""
    training = snapshot.document.training
    return training.clip_norm is not None or training.clip_value is not None


def is_frozen(snapshot: Snapshot, edge: Edge) -> bool:
    """Return whether the weight of `edge` stays as it is."""
    flags = frozen_flags(snapshot.document, snapshot.network)
    at = snapshot.network.layers[edge.layer - 1].position(edge.target, edge.source, edge.piece)
    return flags is not None and bool(flags[at])


def is_given_whole(update: EdgeUpdate) -> bool:
    """Return whether g is the batch gradient itself; so it is too where that is not a number."""
    return update.clipped == update.gradient or update.gradient != update.gradient


def given_gradient(snapshot: Snapshot, edge: Edge, update: EdgeUpdate, write: Write) -> tuple[str, str]:
    """Return g with its number, and how it is made of the batch gradient: empty where nothing changes that."""
    if is_frozen(snapshot, edge):
        return "g = 0", message(": a frozen weight is given no gradient")
    if is_given_whole(update):
        sign = "=" if write is numbers.full or numbers.is_exact(update.gradient) else numbers.APPROXIMATELY
        return f"g {sign} {write(update.gradient)}", ""
    places = {"clipped": write(update.clipped), "gradient": write(update.gradient)}
    return message("g = {clipped}, clipped from {gradient}", **places), how_clipped(snapshot, write)


def how_clipped(snapshot: Snapshot, write: Write) -> str:
    """Return how gradients are clipped, with the numbers that decide: the limits, and the norm of all gradients."""
    training, flags = snapshot.document.training, frozen_flags(snapshot.document, snapshot.network)
    given = snapshot.pending.gradient if flags is None else np.where(flags, 0.0, snapshot.pending.gradient)
    limit, most = training.clip_value, training.clip_norm
    if limit is not None:
        given = np.clip(given, -limit, limit)
    with np.errstate(all="ignore"):
        norm = float(np.linalg.norm(given))
    parts = [] if limit is None else [message("each to ±{limit}", limit=write(limit))]
    if most is not None and norm + NORM_MARGIN > most:
        text = "all by {most}/(‖g‖ + {margin}), ‖g‖ = {norm}"
        parts.append(message(text, most=write(most), margin=write(NORM_MARGIN), norm=write(norm)))
    return f": {', '.join(parts)}" if parts else ""
