"""The Tensors tab's values: the network as bricks, and one brick's tensors for the pending batch.

Each brick is written in its own letters, as in the lecture: X goes in, Y = X·W + b comes out; the
backward pass gives dX = dY·Wᵀ, dW = Xᵀ·dY. Examples are rows: the engine's matrices, which keep them as columns,
are shown transposed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.app.views.hand_edits.reading import without_what_if
from playground.app.views.names import layer_labels, named_labels, named_rows, row_labels
from playground.engine.activations import LAYER_ACTIVATIONS
from playground.engine.losses import LOSSES
from playground.engine.network import LayerLayout
from playground.engine.record import LayerRecord
from playground.training.snapshot import Snapshot
from playground.training.step_cursor import Stage, StepCursor
from widgets.style import numbers
from widgets.values.tensors import TensorBrick, TensorMatrix, TensorReading
from widgets.values.veil import Blank

Floats = NDArray[np.float64]

MOST_NAMED = 512


class BrickKey(NamedTuple):
    """Which brick: linear, activation or dropout of layer 1 … H + 1, or the loss (of layer H + 1)."""

    kind: str
    layer: int

    def __str__(self) -> str:
        """Return it as widgets carry it: ``linear 2``."""
        return f"{self.kind} {self.layer}"

    @classmethod
    def parse(cls, text: str) -> BrickKey:
        """Read what ``str`` wrote."""
        kind, layer = text.split(" ")
        return cls(kind, int(layer))


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """One tensor of a brick: its letter, its numbers (rows, columns), and whose shape it must have."""

    name: str
    values: Floats
    formula: str
    is_gradient: bool = False
    of: str = ""
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    blanks: Mapping[tuple[int, int], Blank] = field(default_factory=dict)  # where its numbers are hidden


Read = Callable[[Snapshot, "BrickKey"], tuple["Letter", ...]]


def tensors(
    snapshot: Snapshot, brick: str = "", cursor: StepCursor | None = None, read: Read | None = None
) -> TensorReading:
    """Return every brick, and the tensors of `brick` (the first without it or where it is gone), known to `cursor`.

    `read` returns the tensors of a brick: its ``letters``, or those without what is hidden.
    """
    keys = brick_keys(snapshot)
    key = BrickKey.parse(brick) if brick else keys[0]
    key = key if key in keys else keys[0]
    pending = snapshot.pending
    kept, count = len(pending.inputs), len(pending.indices)
    part = "" if kept == count else f", the first {numbers.grouped(kept)} shown"
    examples = numbers.plural(count, "{count} example", "{count} examples")
    title = f"pending batch of iteration {numbers.grouped(pending.before.iteration + 1)}: {examples}{part}"
    if supposed := without_what_if(snapshot):
        title = f"{supposed}: {title}"
    matrices = _matrices(key, (read or letters)(snapshot, key), cursor)
    return TensorReading(tuple(_brick(snapshot, k) for k in keys), tuple(matrices), title)


def brick_keys(snapshot: Snapshot) -> tuple[BrickKey, ...]:
    """Return the bricks from the input to the loss; a linear output needs no activation."""
    keys: list[BrickKey] = []
    last = len(snapshot.network.layers)
    for layout in snapshot.network.layers:
        keys.append(BrickKey("linear", layout.index))
        if layout.index < last or layout.activation != "linear":
            keys.append(BrickKey("activation", layout.index))
        if layout.index < last and layout.spec.dropout > 0.0:
            keys.append(BrickKey("dropout", layout.index))
    return (*keys, BrickKey("loss", last))


def letters(snapshot: Snapshot, key: BrickKey) -> tuple[Letter, ...]:
    """Return the tensors of brick `key`, forward first."""
    return _LETTERS[key.kind](snapshot, key.layer)


def inputs_of(snapshot: Snapshot, layer: int) -> Floats:
    """Return what `layer` read, shape (n_kept, n_in)."""
    pending = snapshot.pending
    return pending.inputs if layer == 1 else pending.layers[layer - 2].output


def layer_of(snapshot: Snapshot, layer: int) -> tuple[LayerLayout, LayerRecord]:
    """Return layout and record of `layer` (1 … H + 1)."""
    return snapshot.network.layers[layer - 1], snapshot.pending.layers[layer - 1]


def weights_of(snapshot: Snapshot, layer: int) -> Floats:
    """Return W and b of `layer` before the step as one matrix, shape (n_in + 1, rows), b last."""
    return snapshot.network.matrices(snapshot.pending.before.parameters)[layer - 1].T


def layer_name(snapshot: Snapshot, layer: int) -> str:
    """Return ``hidden 2`` or ``output``."""
    return snapshot.network.layers[layer - 1].name


# ---- bricks ------------------------------------------------------------------------------------


def _brick(snapshot: Snapshot, key: BrickKey) -> TensorBrick:
    layout = snapshot.network.layers[key.layer - 1]
    loss = LOSSES[snapshot.document.training.loss]
    title = {
        "linear": f"Linear {key.layer}",
        "activation": _activation_label(layout),
        "dropout": f"Dropout {numbers.four(round(100.0 * layout.spec.dropout, 6))} %",
        "loss": loss.label,
    }[key.kind]
    forward, *backward = (formula.format(symbol=loss.output_symbol) for formula in _FORMULAS[key.kind])
    n_in, n_out = (layout.n_in if key.kind == "linear" else layout.units), layout.units
    if layout.is_maxout:
        n_in = layout.rows if key.kind == "activation" else n_in
        n_out = layout.rows if key.kind == "linear" else n_out
    n = len(snapshot.pending.indices)
    return TensorBrick(
        key=str(key),
        title=title,
        forward=forward,
        backward=tuple(backward),
        shape_in=(n, n_in),
        shape_out=(1,) if key.kind == "loss" else (n, n_out),
        tensors=tuple(tensor_key(key, name) for name in _NAMES[key.kind]),
    )


def tensor_key(key: BrickKey, name: str) -> str:
    """Return how widgets call the tensor `name` of brick `key`."""
    return f"{key}:{name}"


def _matrices(key: BrickKey, found: tuple[Letter, ...], cursor: StepCursor | None) -> list[TensorMatrix]:
    shapes = {letter.name: letter.values.shape for letter in found}
    return [
        TensorMatrix(
            key=tensor_key(key, letter.name),
            name=letter.name,
            values=letter.values,
            kind="gradient" if letter.is_gradient else "value",
            formula=letter.formula,
            shape_of=letter.of,
            shape_expected=shapes[letter.of] if letter.of else None,
            row_names=letter.rows,
            column_names=letter.columns,
            is_under=letter.name in ("b", "db"),
            is_known=is_known(key, letter.name, cursor),
            blanks=letter.blanks,
        )
        for letter in found
    ]


def _activation_label(layout: LayerLayout) -> str:
    return LAYER_ACTIVATIONS[layout.activation].label


# ---- tensors -----------------------------------------------------------------------------------


def _linear(snapshot: Snapshot, layer: int) -> tuple[Letter, ...]:
    _, record = layer_of(snapshot, layer)
    whole = weights_of(snapshot, layer)
    gradient = snapshot.network.matrices(snapshot.pending.data_gradient)[layer - 1].T
    examples, sources, units = example_names(snapshot), layer_labels(snapshot, layer - 1), named_rows(snapshot, layer)
    came = "input features" if layer == 1 else f"from {layer_name(snapshot, layer - 1)}"
    goes = "= dY·Wᵀ (x is not trained)" if layer == 1 else f"= dY·Wᵀ, to {layer_name(snapshot, layer - 1)}"
    return (
        Letter("X", inputs_of(snapshot, layer), came, rows=examples, columns=sources),
        Letter("W", whole[:-1], "weights: Wᵀ of z = W·x + b", rows=sources, columns=units),
        Letter("b", whole[-1:], "biases", rows=("bias",), columns=units),
        Letter("Y", record.z, "= X·W + b", rows=examples, columns=units),
        Letter("dY", record.delta, "= ∂L_B/∂Y, upstream", True, "Y", examples, units),
        Letter("dW", gradient[:-1], "= Xᵀ·dY", True, "W", sources, units),
        Letter("db", gradient[-1:], "= Σ dY, row by row", True, "b", ("bias",), units),
        Letter("dX", record.delta @ whole[:-1].T, goes, True, "X", examples, sources),
    )


def _activation(snapshot: Snapshot, layer: int) -> tuple[Letter, ...]:
    layout, record = layer_of(snapshot, layer)
    examples, rows, units = example_names(snapshot), row_labels(snapshot, layer), layer_labels(snapshot, layer)
    entry = LAYER_ACTIVATIONS[layout.activation]
    return (
        Letter("Y", record.z, f"z of {layout.name}", rows=examples, columns=rows),
        Letter("A", record.a, entry.formula, rows=examples, columns=units),
        Letter("dA", record.upstream, "= ∂L_B/∂A, upstream", True, "A", examples, units),
        Letter("dY", record.delta, "= dA ⊙ ∂a/∂z", True, "Y", examples, rows),
    )


def mask_of(snapshot: Snapshot, layer: int) -> Floats:
    """Return the dropout mask of `layer`: 0 for a dropped unit, 1 / (1 − p) for one that stays."""
    layout, record = layer_of(snapshot, layer)
    dropped = np.zeros(record.a.shape, dtype=np.bool_) if record.dropped is None else record.dropped
    return np.where(dropped, 0.0, 1.0 / (1.0 - layout.spec.dropout))


def _dropout(snapshot: Snapshot, layer: int) -> tuple[Letter, ...]:
    _, record = layer_of(snapshot, layer)
    examples, units = example_names(snapshot), layer_labels(snapshot, layer)
    above = snapshot.pending.layers[layer].delta @ weights_of(snapshot, layer + 1)[:-1].T
    return (
        Letter("A", record.a, "activations", rows=examples, columns=units),
        Letter("M", mask_of(snapshot, layer), "0, or 1 / (1 − p)", rows=examples, columns=units),
        Letter("D", record.output, "= A ⊙ M", rows=examples, columns=units),
        Letter("dD", above, "= ∂L_B/∂D, upstream", True, "D", examples, units),
        Letter("dA", record.upstream, "= dD ⊙ M", True, "A", examples, units),
    )


def _loss(snapshot: Snapshot, layer: int) -> tuple[Letter, ...]:
    record, pending = snapshot.pending.layers[layer - 1], snapshot.pending
    examples, units = example_names(snapshot), named_labels(snapshot, layer)
    losses = pending.losses[: len(pending.inputs), None]
    loss = LOSSES[snapshot.document.training.loss]
    return (
        Letter("S", record.a, "scores s" if loss.takes_scores else "outputs ŷ", rows=examples, columns=units),
        Letter("T", pending.targets, "targets t", rows=examples, columns=units),
        Letter("L", losses, "Lᵢ of each example", rows=examples, columns=("Lᵢ",)),
        Letter("dS", record.upstream, f"= (1/N)·∂Lᵢ/∂{loss.output_symbol}", True, "S", examples, units),
    )


_FORMULAS: dict[str, tuple[str, ...]] = {
    "linear": ("Y = X·W + b", "dX = dY·Wᵀ", "dW = Xᵀ·dY", "db = Σ dY"),
    "activation": ("A = f(Y)", "dY = dA ⊙ f′(Y)"),
    "dropout": ("D = A ⊙ M", "dA = dD ⊙ M"),
    "loss": ("L_B = (1/N)·Σ Lᵢ", "dS = (1/N)·∂Lᵢ/∂{symbol}"),
}
_NAMES: dict[str, tuple[str, ...]] = {
    "linear": ("X", "W", "b", "Y", "dY", "dW", "db", "dX"),
    "activation": ("Y", "A", "dA", "dY"),
    "dropout": ("A", "M", "D", "dD", "dA"),
    "loss": ("S", "T", "L", "dS"),
}
_LETTERS: dict[str, Callable[[Snapshot, int], tuple[Letter, ...]]] = {
    "linear": _linear,
    "activation": _activation,
    "dropout": _dropout,
    "loss": _loss,
}


def is_known(key: BrickKey, name: str, cursor: StepCursor | None) -> bool:
    """Return whether slow motion at `cursor` has computed the tensor `name` of brick `key`; all outside of it."""
    return cursor is None or cursor.knows(_stage(key, name), key.layer)


def _stage(key: BrickKey, name: str) -> Stage:
    """Return the part of a step that computes the tensor `name` of brick `key`."""
    if name.startswith("d"):
        return "upstream" if name in ("dA", "dD") else "backward"
    if name in ("W", "b", "T"):
        return "given"
    return {"X": "inputs", "L": "loss"}.get(name, "forward")  # type: ignore[return-value]


# ---- names -------------------------------------------------------------------------------------


def example_names(snapshot: Snapshot) -> tuple[str, ...]:
    """Return ``example 17`` for each row of the batch; nothing for a batch of many rows."""
    kept = len(snapshot.pending.inputs)
    return tuple(f"example {index}" for index in snapshot.batch[:kept].tolist()) if kept <= MOST_NAMED else ()
