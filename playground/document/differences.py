"""Differences: how a second run differs, as menus offer it, and how two documents differ, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from playground.document.changes import Change, with_depth, with_training
from playground.document.document import DataSettings, Document
from playground.engine.activations import ACTIVATIONS, MAXOUT
from playground.engine.initializers import INITIALIZERS
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.regularizers import REGULARIZERS
from playground.engine.schedules import SCHEDULES
from playground.engine.spec import LayerSpec, OptimizerSpec, TrainingSpec

SAVED = "document"
"""The key of a difference that is a whole saved document."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Difference:
    """How the second run differs from the first."""

    key: str
    label: str
    change: Change  # makes the second document of the first
    setting: Change | None = None  # what a preset makes of the first document before; None leaves it as it is


def with_document(document: Document, name: str) -> Difference:
    """Return the difference of a saved `document` called `name`, at its own settings and seed."""
    return Difference(SAVED, name, lambda _document: document)


def names(difference: Difference, first: Document, second: Document) -> tuple[str, str]:
    """Return the names of the two runs: the settings in which they differ now."""
    if difference.key == SAVED:
        return "this document", difference.label
    differences = _differences(first, second)
    if not differences:
        return "as set", "the same: nothing differs now"
    return " · ".join(pair[0] for pair in differences), " · ".join(pair[1] for pair in differences)


def differing(first: Document, second: Document) -> str:
    """Return everything that differs, for a tooltip: one line each, the first run's setting before the second's."""
    return "\n".join(f"{one}  ↔  {other}" for one, other in _differences(first, second)) or "Nothing differs."


# ---- in words ----------------------------------------------------------------------------------


def _differences(first: Document, second: Document) -> list[tuple[str, str]]:
    return [*_of_data(first, second), *_of_network(first, second), *_of_training(first.training, second.training),
            *([(f"seed {first.seed}", f"seed {second.seed}")] if first.seed != second.seed else [])]  # fmt: skip


def _of_data(first: Document, second: Document) -> Iterator[tuple[str, str]]:
    if first.data != second.data:
        one, other = first.data, second.data
        same = (one.name, one.points) == (other.name, other.points)
        yield tuple(  # type: ignore[misc]
            f"{data.name}, seed {data.seed}, noise {data.noise:g}" if same else f"{data.name}, {data.points:,} points"
            for data in (one, other)
        )
    if first.features != second.features:
        yield ", ".join(first.features), ", ".join(second.features)


def _of_network(first: Document, second: Document) -> Iterator[tuple[str, str]]:
    if first.depth != second.depth:
        yield _layers(first.depth), _layers(second.depth)
    elif first.hidden != second.hidden:
        rest = []
        for name in (field.name for field in fields(LayerSpec)):
            one, other = ([getattr(layer, name) for layer in document.hidden] for document in (first, second))
            if one != other:
                rest.append((_layer_values(name, one), _layer_values(name, other)))
        yield from rest
    if first.output_activation != second.output_activation:
        yield tuple(f"output {ACTIVATIONS[d.output_activation].label}" for d in (first, second))  # type: ignore[misc]
    for name, word in (("start_weights", "start weights"), ("frozen", "frozen"), ("pruned", "pruned")):
        one, other = getattr(first, name), getattr(second, name)
        if one != other:
            yield f"{len(one)} {word}", f"{len(other)} {word}"


def _of_training(first: TrainingSpec, second: TrainingSpec) -> Iterator[tuple[str, str]]:
    if first.loss != second.loss:
        yield LOSSES[first.loss].label, LOSSES[second.loss].label
    if first.optimizer.name != second.optimizer.name:
        yield OPTIMIZERS[first.optimizer.name].label, OPTIMIZERS[second.optimizer.name].label
    elif first.optimizer != second.optimizer:
        yield _rest(first.optimizer, second.optimizer), _rest(second.optimizer, first.optimizer)
    if first.learning_rate != second.learning_rate:
        yield f"η = {first.learning_rate:.3g}", f"η = {second.learning_rate:.3g}"
    if first.schedule != second.schedule:
        yield SCHEDULES[first.schedule.name].label, SCHEDULES[second.schedule.name].label
    if first.batch_size != second.batch_size:
        yield _batch(first.batch_size), _batch(second.batch_size)
    if _penalty(first) != _penalty(second):
        yield _penalty(first), _penalty(second)
    if (first.clip_norm, first.clip_value) != (second.clip_norm, second.clip_value):
        yield _clipping(first), _clipping(second)
    if first.initializer != second.initializer:
        yield INITIALIZERS[first.initializer].label, INITIALIZERS[second.initializer].label
    elif first.initial_scale != second.initial_scale:
        yield f"start × {first.initial_scale:g}", f"start × {second.initial_scale:g}"


def _layers(depth: int) -> str:
    number = _NUMBERS[depth] if depth < len(_NUMBERS) else str(depth)
    return f"{number} hidden layer{'' if depth in (0, 1) else 's'}"


def _layer_values(name: str, values: list[object]) -> str:
    """Return one field of all hidden layers: once when all have the same."""
    texts = [_activation(str(value)) if name == "activation" else f"{value}" for value in values]
    texts = texts[:1] if len(set(texts)) == 1 else texts
    return "-".join(texts) if name == "activation" else f"{name} {'-'.join(texts)}"


def _activation(name: str) -> str:
    return MAXOUT.label if name == MAXOUT.name else ACTIVATIONS[name].label


def _penalty(spec: TrainingSpec) -> str:
    if spec.regularizer == "none" or spec.penalty == 0.0:
        return "λ = 0"
    return f"{REGULARIZERS[spec.regularizer].label}, λ = {spec.penalty:g}"


def _batch(size: int) -> str:
    return "full batch" if size >= _FULL_BATCH else f"batch {size:,}"


def _clipping(spec: TrainingSpec) -> str:
    limits = [f"‖g‖ ≤ {spec.clip_norm:g}"] if spec.clip_norm else []
    limits += [f"|g| ≤ {spec.clip_value:g}"] if spec.clip_value else []
    return ", ".join(limits) or "no clipping"


def _rest(spec: OptimizerSpec, other: OptimizerSpec) -> str:
    """Return the optimizer's own settings that differ from `other`'s."""
    changed = [field.name for field in fields(spec) if getattr(spec, field.name) != getattr(other, field.name)]
    return ", ".join(f"{name} {getattr(spec, name):g}" for name in changed)


# ---- what can be chosen ------------------------------------------------------------------------

_FULL_BATCH = 1_000_000


def _every_layer(**values: object) -> Change:
    def change(document: Document) -> Document:
        hidden = tuple(replace(layer, **values) for layer in document.hidden)  # type: ignore[arg-type]
        return replace(document, hidden=hidden)

    return change


def _optimizer(name: str) -> Change:
    return lambda d: with_training(optimizer=replace(d.training.optimizer, name=name))(d)


def _scaled(factor: float) -> Change:
    return lambda d: with_training(learning_rate=d.training.learning_rate * factor)(d)


def _preset(data: str, noise: float, hidden: tuple[LayerSpec, ...], **training: object) -> Change:
    def change(document: Document) -> Document:
        settings = DataSettings(data, 400, noise, 0.5, document.data.seed)
        spec = replace(Document().training, **training)  # type: ignore[arg-type]
        return replace(Document(), data=settings, hidden=hidden, training=spec, seed=document.seed)

    return change


_TANH_8 = (LayerSpec(8, "tanh"), LayerSpec(8, "tanh"))

PRESETS = (
    Difference(
        "hidden_layer", "Preset: linear against one hidden layer on XOR",
        with_depth(0), _preset("xor", 0.05, (LayerSpec(4, "tanh"),)),
    ),
    Difference(
        "deep_sigmoid", "Preset: sigmoid against ReLU, eight layers deep", _every_layer(activation="sigmoid"),
        _preset("circle", 0.05, (LayerSpec(8, "relu"),) * 8, initializer="he", learning_rate=0.03),
    ),
    Difference(
        "penalty", "Preset: λ = 0 against λ > 0", with_training(regularizer="l2", penalty=0.003),
        _preset("moons", 0.3, (LayerSpec(16, "tanh"), LayerSpec(16, "tanh"))),
    ),
    Difference(
        "zero_start", "Preset: zero against Xavier initialization",
        with_training(initializer="zeros"), _preset("xor", 0.05, (LayerSpec(4, "tanh"),)),
    ),
    Difference(
        "adam", "Preset: SGD against Adam on the spiral", _optimizer("adam"),
        _preset("spiral", 0.05, _TANH_8, learning_rate=0.03, optimizer=OptimizerSpec("sgd")),
    ),
)  # fmt: skip

CHANGES = (
    Difference("rate_up", "Learning rate × 3", _scaled(3.0)),
    Difference("rate_down", "Learning rate ÷ 3", _scaled(1.0 / 3.0)),
    Difference("linear", "Linear activations", _every_layer(activation="linear")),
    Difference("relu", "ReLU activations", _every_layer(activation="relu")),
    Difference("sigmoid", "Sigmoid activations", _every_layer(activation="sigmoid")),
    Difference("momentum", "Momentum", _optimizer("momentum")),
    Difference("to_adam", "Adam", _optimizer("adam")),
    Difference("l2", "L2, λ = 0.003", with_training(regularizer="l2", penalty=0.003)),
    Difference("zeros", "Zero initialization", with_training(initializer="zeros")),
    Difference("full_batch", "Full batch", with_training(batch_size=_FULL_BATCH)),
)

DIFFERENCES = {difference.key: difference for difference in (*PRESETS, *CHANGES)}
"""Every difference that a menu offers, by its key."""
