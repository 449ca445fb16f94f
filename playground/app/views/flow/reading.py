"""The flow view's values, one row per layer."""

from __future__ import annotations

from playground.analysis.health import layer_health
from playground.app.views.health.reading import Health
from playground.engine.notation import layer_symbol
from playground.training.snapshot import Snapshot
from playground.training.step_cursor import StepCursor
from widgets.values import FlowRow


def rows(snapshot: Snapshot, health: Health, cursor: StepCursor | None = None) -> tuple[FlowRow, ...]:
    """Return ‖∂L/∂W‖ and ‖ΔW‖ / ‖W‖ of the pending step, and how many units `health` found dead or saturated.

    In slow motion they are those that the phases to that of `cursor` compute.
    """
    made = []
    for layout, layer in zip(snapshot.network.layers, layer_health(snapshot.network, snapshot.pending), strict=True):
        dead, saturated = health.count(layout.index)
        label = layer_symbol("W", layout.index)
        norm = layer.gradient_norm if cursor is None or cursor.knows("backward", layout.index) else None
        ratio = layer.update_ratio if cursor is None or cursor.knows("update") else None
        made.append(FlowRow(label, norm, ratio, dead, saturated, layout.units))
    return tuple(made)
