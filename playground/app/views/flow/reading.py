"""The flow view's values, one row per layer."""

from __future__ import annotations

from playground.app.views.health.reading import known_badges, warnings_of
from playground.engine.notation import layer_symbol
from playground.training.snapshot import Snapshot
from playground.training.step_cursor import StepCursor
from widgets.values import Badge, FlowRow, NodeKey


def rows(snapshot: Snapshot, badges: dict[NodeKey, Badge], cursor: StepCursor | None = None) -> tuple[FlowRow, ...]:
    """Return ‖g‖ and ‖ΔW‖ / ‖W‖ of the pending step, and what `badges` warn of in each layer.

    In slow motion all are those that the phases to that of `cursor` compute.
    """
    made, known = [], known_badges(badges, cursor)
    for layout, layer in zip(snapshot.network.layers, snapshot.layers, strict=True):
        norm = layer.gradient_norm if cursor is None or cursor.knows("backward", layout.index) else None
        ratio = layer.update_ratio if cursor is None or cursor.knows("update") else None
        warnings = warnings_of(known, layout.index, layout.units)
        made.append(FlowRow(layer_symbol("W", layout.index), norm, ratio, warnings))
    return tuple(made)
