"""The flow view's values, one row per layer."""

from __future__ import annotations

from playground.analysis.health import layer_health
from playground.app.views.health.reading import Health
from playground.engine.notation import layer_symbol
from playground.training.snapshot import Snapshot
from widgets.values import FlowRow


def rows(snapshot: Snapshot, health: Health) -> tuple[FlowRow, ...]:
    """Return ‖∂L/∂W‖ and ‖ΔW‖ / ‖W‖ of the pending step, and how many units `health` found dead or saturated."""
    made = []
    for layout, layer in zip(snapshot.network.layers, layer_health(snapshot.network, snapshot.pending), strict=True):
        dead, saturated = health.count(layout.index)
        label = layer_symbol("W", layout.index)
        made.append(FlowRow(label, layer.gradient_norm, layer.update_ratio, dead, saturated, layout.units))
    return tuple(made)
