"""The output view's values: a picture over the plane, the points, and what stands under the cursor."""

from __future__ import annotations

import numpy as np

from playground.analysis import plane
from playground.app.views.names import named_label, node_label
from playground.app.views.network.reading import map_scale
from playground.document.document import LOSS, Node
from playground.document.selection import Example
from playground.engine.losses import LOSSES
from playground.training.snapshot import Snapshot
from widgets.style import numbers
from widgets.values import Extent, MapKind, PlaneImage, PlaneLine, Points

SIZE = 100
HIDDEN = "hidden: predict it first"
LEADS = {"softmax": "p₂ − p₁", "logistic": "2p − 1", "hinge": "s₂ − s₁"}
"""What the plane shows of two classes, by the loss: how far the second leads."""


def image(snapshot: Snapshot, hovered: Node | None) -> PlaneImage:
    """Return the network's decision over the plane, or the map of the hovered neuron."""
    if hovered is not None and hovered != LOSS:
        return _neuron_map(snapshot, hovered)
    sample = snapshot.data.sample
    maps = snapshot.pictures(SIZE)[-1]
    outputs = maps.reshape(len(maps), -1)
    low, high = float(sample.values.min()), float(sample.values.max())
    middle, half = (low + high) / 2.0, (high - low) / 2.0 or 1.0
    picture = plane.decision(outputs, LOSSES[snapshot.document.training.loss], sample.n_classes, middle, half)
    kind: MapKind = "classes" if picture.kind == "classes" else "value"
    return PlaneImage(
        pixels=np.ascontiguousarray(picture.indices.reshape(maps.shape[1:])),
        kind=kind,
        extent=_extent(snapshot),
        title=_on_plane(snapshot, _title(snapshot)),
        low_label=sample.class_names[0] if sample.n_classes == 2 else numbers.four(middle - half),
        high_label=sample.class_names[1] if sample.n_classes == 2 else numbers.four(middle + half),
        class_labels=sample.class_names if sample.n_classes > 2 else (),
    )


def points(snapshot: Snapshot) -> Points:
    """Return the data to scatter."""
    sample = snapshot.data.sample
    is_test = np.ones(len(sample.points), dtype=np.bool_)
    is_test[sample.train] = False
    return Points(
        positions=np.ascontiguousarray(sample.positions),
        classes=sample.labels,
        n_classes=max(2, sample.n_classes),
        is_test=is_test,
        levels=sample.levels if sample.is_regression else None,
        labels=sample.class_names,
    )


def axis_names(snapshot: Snapshot) -> tuple[str, str]:
    """Return what the axes are called; the columns of a table by their own names, too."""
    sample = snapshot.data.sample
    return tuple(  # type: ignore[return-value]
        given if sample.projection is not None or given == own else f"{own} · {given}"
        for given, own in zip(
            sample.axis_names, ("x₁", "x₂" if sample.points.shape[1] > 1 else sample.target_name), strict=True
        )
    )


def probe_home(snapshot: Snapshot, index: int) -> tuple[float, float]:
    """Return where the probe rests while a data point is read: on that point."""
    place = points(snapshot).positions[index]
    return float(place[0]), float(place[1])


def cursor_text(snapshot: Snapshot, place: tuple[float, float], hovered: Node | None) -> str:
    """Return in words what the network (or the hovered neuron) computes at `place`."""
    trace = snapshot.trace(Example(None, place))
    if hovered is not None and hovered != LOSS:
        value = trace.inputs[hovered.unit] if hovered.layer == 0 else trace.layer(hovered.layer).a[hovered.unit]
        return f"{node_label(snapshot, hovered)} = {numbers.four(float(value))}"
    output = snapshot.network.depth + 1
    return "\n".join(
        f"{named_label(snapshot, Node(output, k))} = {numbers.four(float(v))}" for k, v in enumerate(trace.scores)
    )


def _neuron_map(snapshot: Snapshot, node: Node) -> PlaneImage:
    column = snapshot.pictures(SIZE)[node.layer]
    layout = None if node.layer == 0 else snapshot.network.layers[node.layer - 1]
    scale = map_scale(layout, column)
    return PlaneImage(
        pixels=plane.levels(column[node.unit], scale).astype(np.uint16),
        kind="value",
        extent=_extent(snapshot),
        title=_on_plane(snapshot, f"{node_label(snapshot, node)} {'value' if node.layer == 0 else 'activation'}"),
        low_label=numbers.four(-scale),
        high_label=numbers.four(scale),
    )


def _extent(snapshot: Snapshot) -> Extent:
    return Extent(*snapshot.extent())


def fitted_curve(snapshot: Snapshot) -> PlaneLine | None:
    """Return the network's output over the one column that there is; None for data of more."""
    if snapshot.data.sample.points.shape[1] != 1 or not snapshot.data.sample.is_regression:
        return None
    values = snapshot.maps(SIZE)[-1][0, 0].astype(np.float64)
    return PlaneLine(np.column_stack([plane.grid(*snapshot.extent(), SIZE)[:SIZE, 0], values]), "a(x₁)", strong=True)


def _on_plane(snapshot: Snapshot, title: str) -> str:
    """Name the projection in a title, where the plane is not the data's own."""
    return " · ".join(part for part in (title, snapshot.data.sample.plane_title) if part)


def _title(snapshot: Snapshot) -> str:
    sample, loss = snapshot.data.sample, snapshot.document.training.loss
    if sample.is_regression:
        return "network output ŷ"
    if sample.n_classes > 2:
        return "the class that wins; paler where the next one is close"
    return LEADS.get(loss, "network output ŷ")
