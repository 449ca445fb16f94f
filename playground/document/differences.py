"""Differences: how a second run differs, as menus offer it, and how two documents differ, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from playground.document.changes import Change, with_depth, with_training
from playground.document.choices import ACTIVATION, CHOICES
from playground.document.document import DataSettings, Document
from playground.document.settings import SETTINGS, value_of
from playground.engine.messages import grouped
from playground.engine.regularizers import REGULARIZERS
from playground.engine.setting import settings_of
from playground.engine.spec import LayerSpec, OptimizerSpec, ScheduleSpec

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

Words = Callable[[Document], str]
_FULL_BATCH = 1_000_000


def _differences(first: Document, second: Document) -> list[tuple[str, str]]:
    """Return the words for both wherever they differ; details count where what they belong to is the same."""
    found = []
    for whole, *details in _PARTS:
        found += _where_different((whole,), first, second) or _where_different(details, first, second)
    return found


def _where_different(parts: Iterable[Words], first: Document, second: Document) -> list[tuple[str, str]]:
    pairs = ((words(first), words(second)) for words in parts)
    return [pair for pair in pairs if pair[0] != pair[1]]


def _named(key: str) -> Words:
    choice = CHOICES[key]
    return lambda document: choice.entries[choice.of(document)].label


def _number(key: str) -> Words:
    return lambda document: f"{SETTINGS[key].label} = {value_of(document, key):g}"


def _layers(document: Document) -> str:
    depth = document.depth
    number = _NUMBERS[depth] if depth < len(_NUMBERS) else str(depth)
    return f"{number} hidden layer{'' if depth in (0, 1) else 's'}"


def _activations(document: Document) -> str:
    return _joined([ACTIVATION.entries[layer.activation].label for layer in document.hidden])


def _layer_number(key: str) -> Words:
    return lambda document: f"{key} {_joined([str(getattr(layer, key)) for layer in document.hidden])}"


def _joined(texts: list[str]) -> str:
    """Return what all hidden layers have: once when it is the same."""
    return "-".join(texts[:1] if len(set(texts)) == 1 else texts)


def _start_weights(document: Document) -> str:
    n = len(document.start_weights)
    return f"{n} start weight{'' if n == 1 else 's'}"


def _penalty(document: Document) -> str:
    spec = document.training
    if spec.regularizer == "none" or spec.penalty == 0.0:
        return "λ = 0"
    return f"{REGULARIZERS[spec.regularizer].label}, λ = {spec.penalty:g}"


def _batch(document: Document) -> str:
    size = document.training.batch_size
    return "full batch" if size >= _FULL_BATCH else f"batch {grouped(size)}"


def _clipping(document: Document) -> str:
    spec = document.training
    limits = [f"‖g‖ ≤ {spec.clip_norm:g}"] if spec.clip_norm else []
    limits += [f"|g| ≤ {spec.clip_value:g}"] if spec.clip_value else []
    return ", ".join(limits) or "no clipping"


_PARTS: tuple[tuple[Words, ...], ...] = (
    (
        lambda d: f"{d.data.name}, {grouped(d.data.points)} points",
        lambda d: f"noise {d.data.noise:g}",
        lambda d: f"sample seed {d.data.seed}",
        lambda d: f"{100 * d.data.train_fraction:.0f} % to train on",
    ),
    (lambda d: ", ".join(d.features),),
    (_layers, _activations, *(_layer_number(key) for key in settings_of(LayerSpec))),
    (_named("output_activation"),),
    (_start_weights,),
    (lambda d: f"{len(d.frozen)} frozen",),
    (lambda d: f"{len(d.pruned)} pruned",),
    (_named("loss"),),
    (_named("optimizer"), *(_number(key) for key in settings_of(OptimizerSpec))),
    (lambda d: f"η = {d.training.learning_rate:.3g}",),
    (_named("schedule"), *(_number(key) for key in settings_of(ScheduleSpec))),
    (_batch,),
    (_penalty,),
    (_clipping,),
    (_named("initializer"), _number("initial_scale")),
    (lambda d: f"seed {d.seed}",),
)
"""What the words of a document are about, each first as a whole, then in detail."""


# ---- what can be chosen ------------------------------------------------------------------------


def _every_layer(**values: object) -> Change:
    def change(document: Document) -> Document:
        hidden = tuple(replace(layer, **values) for layer in document.hidden)  # type: ignore[arg-type]
        return replace(document, hidden=hidden)

    return change


def _optimizer(name: str) -> Change:
    return lambda d: with_training(optimizer=replace(d.training.optimizer, name=name))(d)


def _scaled(factor: float) -> Change:
    return lambda d: with_training(learning_rate=d.training.learning_rate * factor)(d)


def _preset(data: str, noise: float, hidden: tuple[LayerSpec, ...], points: int = 400, **training: object) -> Change:
    def change(document: Document) -> Document:
        settings = DataSettings(data, points, noise, 0.5, document.data.seed)
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
        "width", "Preset: 3 against 20 hidden neurons",
        _every_layer(width=20), _preset("moons", 0.2, (LayerSpec(3, "tanh"),)),
    ),
    Difference(
        "penalty", "Preset: λ = 0 against λ > 0", with_training(regularizer="l2", penalty=0.003),
        # Few points, much noise, many weights: the test loss without λ rises again within 2,000 iterations.
        _preset(
            "moons", 0.4, (LayerSpec(16, "tanh"),) * 2, 120, learning_rate=0.01, optimizer=OptimizerSpec("adam")
        ),
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
