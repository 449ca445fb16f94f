"""The flow view's values, one row per layer."""

from __future__ import annotations

from playground.analysis.health import layer_health
from playground.session.snapshot import Snapshot
from widgets.values import FlowRow

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def rows(snapshot: Snapshot) -> tuple[FlowRow, ...]:
    """Return ‖∂L/∂W‖ and ‖ΔW‖ / ‖W‖ of the pending step."""
    health = layer_health(snapshot.network, snapshot.pending)
    return tuple(
        FlowRow("W" + str(layout.index).translate(_SUBSCRIPTS), layer.gradient_norm, layer.update_ratio, units=layout.units)
        for layout, layer in zip(snapshot.network.layers, health, strict=True)
    )
