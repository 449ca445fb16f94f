"""Warnings in words: dead and saturated units, vanishing and exploding layers, with number and advice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from playground.analysis.evaluate import subset_of
from playground.analysis.health import Examination, LayerHealth, UnitHealth, judged_by
from playground.app.views.data.scale import STANDARDIZE, cause
from playground.app.views.health import fixes
from playground.app.views.names import node_title
from playground.document.document import Node
from playground.engine.activations import LAYER_ACTIVATIONS, largest_local
from playground.engine.messages import message, plural
from playground.engine.notation import layer_symbol
from playground.engine.trainer import TrainingData
from playground.training.snapshot import Snapshot
from playground.training.step_cursor import StepCursor
from widgets.network_graph.labels import LAYER
from widgets.style import numbers
from widgets.values import Badge, Choice, FlowWarning, NodeKey

_NUMBERS = 60_000
_FEWEST = 100


@dataclass(frozen=True, slots=True, eq=False)
class Health:
    """What was found at one moment: hidden layers 1 … H by unit, all layers by their weights."""

    units: tuple[UnitHealth, ...]
    layers: tuple[LayerHealth, ...]
    looked_at: str  # the examples behind the shares, in words


def sample(snapshot: Snapshot) -> TrainingData:
    """Return the training examples to look at: all, or a seeded subset where all would take long."""
    train = snapshot.data.train
    units = sum(layer.units for layer in snapshot.network.layers)
    chosen = subset_of(train.n_samples, max(_FEWEST, _NUMBERS // units), snapshot.document.data.seed)
    if chosen is None:
        return train
    return TrainingData(train.inputs[chosen], np.ascontiguousarray(train.targets[:, chosen]))


def examination(snapshot: Snapshot) -> Examination:
    """Return what looks at the network of `snapshot` over its examples, whatever its weights become."""
    return Examination(snapshot.network, snapshot.document.training.loss, sample(snapshot))


def examine(snapshot: Snapshot, by: Examination) -> Health:
    """Return the health of the network over the examples of an examination, and in the pending step."""
    n, total = by.n_samples, snapshot.data.train.n_samples
    units, gradient = by.look(snapshot.state.parameters)
    return Health(
        units=units,
        layers=judged_by(gradient, snapshot.network, snapshot.layers),
        looked_at=f"{numbers.grouped(n)} training examples"
        if n == total
        else f"{numbers.grouped(n)} of {numbers.grouped(total)} training examples",
    )


def badges(snapshot: Snapshot, health: Health) -> dict[NodeKey, Badge]:
    """Return a warning for each node and layer (unit −1) that has one."""
    found: dict[NodeKey, Badge] = {}
    for layer, units in enumerate(health.units, 1):
        for word, flags in (("dead", units.dead), ("saturated", units.saturated)):
            for unit in flags.nonzero()[0].tolist():
                key = NodeKey(layer, unit)
                told = _dead if word == "dead" else _saturated
                found[key] = told(snapshot, key, units, health.looked_at)
    for layer, about in enumerate(health.layers, 1):
        if about.verdict:
            told_layer = _vanishing if about.verdict == "vanishing" else _exploding
            found[NodeKey(layer, LAYER)] = told_layer(snapshot, layer, about)
    if found and snapshot.document.table is not None and (why := cause(snapshot.data.sample)):
        return {key: _caused_by_scale(badge, why) for key, badge in found.items()}
    return found


def _caused_by_scale(badge: Badge, why: str) -> Badge:
    """Return `badge` with the scale of the data as its cause: what it offers by itself does not last."""
    return replace(badge, sentences=(*badge.sentences[:2], why), fixes=(STANDARDIZE, *badge.fixes[:1]))


def warnings_of(found: Mapping[NodeKey, Badge], layer: int, units: int) -> tuple[FlowWarning, ...]:
    """Return what is wrong in `layer` of `units` units, each kind once, in a few words."""
    kinds: dict[tuple[bool, str], dict[NodeKey, Badge]] = {}
    for key, badge in found.items():
        if key.layer == layer:
            kinds.setdefault((key.unit == LAYER, badge.word), {})[key] = badge
    return tuple(
        FlowWarning(word if is_layer else f"{len(badges)} of {units} {word}", badges)
        for (is_layer, word), badges in kinds.items()
    )


def known_badges(found: Mapping[NodeKey, Badge], cursor: StepCursor | None) -> dict[NodeKey, Badge]:
    """Return those of `found` that are computed by the phase of `cursor` in slow motion; all outside it.

    A unit is flat as soon as its z is known; a layer is judged by its gradient and its update.
    """
    if cursor is None:
        return dict(found)
    return {
        key: badge
        for key, badge in found.items()
        if (cursor.knows("update") if key.unit == LAYER else cursor.knows("forward", key.layer))
    }


def _dead(snapshot: Snapshot, key: NodeKey, units: UnitHealth, looked_at: str) -> Badge:
    name, function = node_title(snapshot, Node(*key)), _function(snapshot, key.layer)
    inputs = snapshot.network.layers[key.layer - 1].n_in
    weights = plural(inputs, "its weight", "its {count} weights")
    return Badge(
        "dead",
        message("(∂a/∂z = 0 on all {looked_at})", looked_at=looked_at),
        (
            message("{Name} is dead: ∂a/∂z of its {function} is 0 on all {looked_at}.",
                    Name=_capital(name), function=function, looked_at=looked_at),
            message("Its z runs from {low} to {high}, where {function} is flat.",
                    **_range(key, units), function=function),
            message("So no example changes {weights} and its bias, and training alone cannot bring it back.",
                    weights=weights),
        ),
        (fixes.LEAKY, fixes.NEW_WEIGHTS),
    )  # fmt: skip


def _saturated(snapshot: Snapshot, key: NodeKey, units: UnitHealth, looked_at: str) -> Badge:
    name, function = node_title(snapshot, Node(*key)), _function(snapshot, key.layer)
    share = numbers.fixed(100.0 * float(units.flat_share[key.unit]), 0)
    is_relu = snapshot.document.hidden[key.layer - 1].activation == "relu"
    return Badge(
        "saturated",
        message("(flat on {share} % of {looked_at})", share=share, looked_at=looked_at),
        (
            message("{Name} is saturated: its {function} is flat on {share} % of {looked_at}.",
                    Name=_capital(name), function=function, share=share, looked_at=looked_at),
            message("Its z runs from {low} to {high}; flat is ∂a/∂z below 1 % of its largest value.",
                    **_range(key, units)),
            message("So δ = upstream × ∂a/∂z is nearly 0, and its weights nearly stand still."),
        ),
        (fixes.LEAKY if is_relu else fixes.RELU, fixes.shrink(_shrinking(key, units))),
    )  # fmt: skip


def _vanishing(snapshot: Snapshot, layer: int, about: LayerHealth) -> Badge:
    why = plural(
        len(snapshot.network.layers) - layer,
        "On its way back it crosses {count} layer, which multiplies it by its weights and by f′(z); "
        "f′ of {function} is at most {most}.",
        "On its way back it crosses {count} layers, and each multiplies it by its weights and by f′(z); "
        "f′ of {function} is at most {most}.",
        function=_function(snapshot, layer), most=_largest(snapshot, layer),
    )  # fmt: skip
    cures = (fixes.RELU_WITH_HE, *((fixes.FEWER,) if snapshot.network.depth > 1 else ()))
    return _about_layer(
        "vanishing", "{Name} vanishes: {number}.", why,
        "So one update now moves {W} by only {ratio} of its size; about 0.001 is healthy.",
        cures, snapshot, layer, about,
    )  # fmt: skip


def _exploding(snapshot: Snapshot, layer: int, about: LayerHealth) -> Badge:
    between = len(snapshot.network.layers) - layer
    why = plural(
        between,
        "On its way back through {count} layer it grows {each} times.",
        "On its way back through {count} layers it grows about {each} times in each.",
        each=numbers.four(about.gradient_ratio ** (1.0 / max(between, 1))),
    )
    return _about_layer(
        "exploding", "{Name} explodes: {number}.", why,
        "So one update now moves {W} by {ratio} of its size; about 0.001 is healthy.",
        (fixes.CLIP, fixes.XAVIER), snapshot, layer, about,
    )  # fmt: skip


def _about_layer(
    word: str,
    what: str,
    why: str,
    effect: str,
    cures: tuple[Choice, ...],
    snapshot: Snapshot,
    layer: int,
    about: LayerHealth,
) -> Badge:
    compared = _compared(layer, about)
    return Badge(
        word,
        compared,
        (
            message(what, Name=_capital(_layer(snapshot, layer)), number=compared),
            why,
            message(effect, W=layer_symbol("W", layer), ratio=numbers.four(about.update_ratio)),
        ),
        cures,
    )


def _compared(layer: int, about: LayerHealth) -> str:
    return message(
        "the gradient of {W} with its biases is {ratio} times that of the last layer",
        W=layer_symbol("W", layer), ratio=numbers.four(about.gradient_ratio),
    )  # fmt: skip


def _layer(snapshot: Snapshot, layer: int) -> str:
    hidden = layer <= snapshot.network.depth
    return message("hidden layer {layer}", layer=layer) if hidden else message("the output layer")


def _range(key: NodeKey, units: UnitHealth) -> dict[str, str]:
    low, high = float(units.lowest[key.unit]), float(units.highest[key.unit])
    return {"low": numbers.four(low), "high": numbers.four(high)}


def _shrinking(key: NodeKey, units: UnitHealth) -> float:
    """Return the factor that brings every |z| of the unit to at most 2, where no curve is flat."""
    return min(1.0, 2.0 / max(abs(float(units.lowest[key.unit])), abs(float(units.highest[key.unit])), 1e-300))


def _function(snapshot: Snapshot, layer: int) -> str:
    return LAYER_ACTIVATIONS[snapshot.network.layers[layer - 1].activation].label


def _largest(snapshot: Snapshot, layer: int) -> str:
    layout = snapshot.network.layers[layer - 1]
    return numbers.four(largest_local(layout.activation, layout.spec))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
