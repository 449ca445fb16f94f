"""The classes that a network predicts for many points at once, in chunks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.engine.passes import Pass
from playground.engine.spec import choose

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

_CHUNK = 2048


def predicted(network: Network, loss: str, parameters: Floats, inputs: Floats) -> Labels:
    """Return the class that the network predicts for each of `inputs` (n, n_inputs), without dropout; shape (n,)."""
    entry, n = choose("loss", loss, LOSSES), len(inputs)
    labels = np.zeros(n, dtype=np.int64)
    here: Pass | None = None
    with np.errstate(all="ignore"):
        for start in range(0, n, _CHUNK):
            part = inputs[start : start + _CHUNK]
            if here is None or here.n_samples != len(part):
                here = Pass(network, None, len(part), parameters)
            np.copyto(here.inputs[:-1], part.T)
            here.forward()
            labels[start : start + len(part)] = entry.predict(here.scores)
    return labels


def confusion(labels: Labels, predictions: Labels, n_classes: int) -> Labels:
    """Return how many points of class i were predicted to be of class j, (n_classes, n_classes)."""
    counts = np.bincount(labels * n_classes + predictions, minlength=n_classes * n_classes)
    return counts.reshape(n_classes, n_classes).astype(np.int64)
