"""The flow view's values, one row per layer."""

from __future__ import annotations

import numpy as np

from playground.session.snapshot import Snapshot
from widgets.values import FlowRow

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def rows(snapshot: Snapshot) -> tuple[FlowRow, ...]:
    """Return ‖∂L/∂W‖ and ‖ΔW‖ / ‖W‖ of the pending step."""
    pending = snapshot.pending
    made = []
    for layout, weights, gradient, delta in zip(
        snapshot.network.layers,
        snapshot.matrices(),
        snapshot.matrices(pending.gradient),
        snapshot.matrices(pending.delta),
        strict=True,
    ):
        size = float(np.linalg.norm(weights)) or 1.0
        label = "W" + str(layout.index).translate(_SUBSCRIPTS)
        made.append(FlowRow(label, float(np.linalg.norm(gradient)), float(np.linalg.norm(delta)) / size, units=layout.units))
    return tuple(made)
