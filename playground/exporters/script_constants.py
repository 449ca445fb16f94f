"""The constants of an exported script: data, features, settings, weights, and what the window says.

Every number stands in the digits that restore it; a text of the user only in a comment, as `shown` makes it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from playground.engine.batches import order
from playground.engine.features import FEATURES
from playground.engine.iteration import micro_batch_size
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.exporters.script_text import INDENT, WIDTH, shown
from playground.exporters.trained import Trained

FEATURE_CODE = {
    "x1_squared": "x[:, 0] ** 2",
    "x2_squared": "x[:, 1] ** 2",
    "x1_x2": "x[:, 0] * x[:, 1]",
    "sin_x1": "np.sin(x[:, 0])",
    "sin_x2": "np.sin(x[:, 1])",
    "cos_x1": "np.cos(x[:, 0])",
    "cos_x2": "np.cos(x[:, 1])",
}


def constants(trained: Trained, stem: str) -> str:
    """Return the constants: data, features, settings, weights, and what the window says."""
    return "\n".join(
        [_data(trained, stem), _features(trained), _settings(trained), _weights(trained, stem), _window(trained)]
    )


def files_beside(trained: Trained, stem: str) -> dict[str, str]:
    """Return the files that are too large for the script, by name."""
    made = {}
    if trained.has_large_data:
        table = np.column_stack([trained.points, trained.goals, _marks(trained)])
        made[f"{stem}.data.csv"] = _table_text(table)
    if trained.has_large_weights:
        columns = [trained.state.parameters, trained.start, *trained.state.slots]
        made[f"{stem}.weights.csv"] = _table_text(np.column_stack(columns))
    return made


def literal(array: NDArray[np.generic]) -> str:
    """Return `array` of one or two dimensions as nested lists, wrapped, every number restored by its digits."""
    if array.ndim == 2:
        rows = "\n".join(f"{INDENT}{_row(row)}," for row in array.tolist())
        return f"[\n{rows}\n]"
    return "[\n" + textwrap.indent(_wrapped(array.tolist()), INDENT) + "\n]"


def _data(trained: Trained, stem: str) -> str:
    kind = "float" if trained.is_regression else "int"
    if trained.has_large_data:
        d = trained.points.shape[1]
        made = (
            f'_DATA = np.loadtxt(Path(__file__).with_name({stem + ".data.csv"!r}), delimiter=",", ndmin=2)\n'
            f"POINTS = _DATA[:, :{d}]\nGOALS = _DATA[:, {d}].astype({kind})\n"
            f"TRAIN, TEST = np.flatnonzero(_DATA[:, {d + 1}] == 1.0), np.flatnonzero(_DATA[:, {d + 1}] == 0.0)\n"
        )
        if not _is_split_by_mark(trained):
            made += f"TRAIN = TRAIN[np.argsort({literal(np.argsort(trained.train))})]\n"
    else:
        goals = trained.goals if trained.is_regression else trained.goals.astype(np.int64)
        made = (
            f"POINTS = np.array({literal(trained.points)})\n"
            f"GOALS = np.array({literal(goals)})\n"
            f"TRAIN = np.array({literal(trained.train)})\n"
            f"TEST = np.array({literal(trained.test)}, dtype=int)\n"
        )
    columns = ", ".join(shown(name) for name in trained.column_names)
    what = "values" if trained.is_regression else "classes 0, 1, …: " + ", ".join(map(shown, trained.class_names))
    return f"\n# ---- data: {columns}; {what}\n\n{made}N_CLASSES = {trained.n_classes}\n"


def _is_split_by_mark(trained: Trained) -> bool:
    return bool((np.diff(trained.train) > 0).all())


def _marks(trained: Trained) -> NDArray[np.float64]:
    marks = np.full(len(trained.points), -1.0)
    marks[trained.test] = 0.0
    marks[trained.train] = 1.0
    return marks


def _features(trained: Trained) -> str:
    code = [FEATURE_CODE.get(name) or f"x[:, {int(name[1:]) - 1}]" for name in trained.features]
    labels = ", ".join(FEATURES[name].label if name in FEATURES else name for name in trained.features)
    loss = LOSSES[trained.training.loss]
    wrong, right = loss.targets
    if trained.is_regression:
        targets = "TARGETS = GOALS[:, None]"
    elif trained.network.spec.n_outputs == 1:
        targets = f"TARGETS = np.where(GOALS == 1, {right!r}, {wrong!r})[:, None]"
    else:
        targets = f"TARGETS = np.where(GOALS[:, None] == np.arange(N_CLASSES), {right!r}, {wrong!r})"
    return f'''
def features(x):
    """Return the input features of points (n, d): {labels}."""
    return np.column_stack([{", ".join(code)}])


X = features(POINTS)
{targets}
'''


def _settings(trained: Trained) -> str:
    training, state, n = trained.training, trained.state, len(trained.train)
    epochs = len(order(trained.seed, 0, n).base)  # type: ignore[arg-type]
    return f"""
# ---- settings

LEARNING_RATE = {float(training.learning_rate)!r}
BATCH_SIZE = {min(training.batch_size, n)}
SEED = {trained.seed}
EPOCHS_PER_BLOCK = {epochs}
PENALTY = {float(training.penalty)!r}  # λ
ITERATION, EPOCH, POSITION, UPDATES = {state.iteration}, {state.epoch}, {state.position}, {state.updates}
MICRO = {micro_batch_size(trained.network)}  # examples that share one dropout mask's generator
"""


def _weights(trained: Trained, stem: str) -> str:
    shapes = [layer.shape for layer in trained.network.layers]
    slots = OPTIMIZERS[trained.training.optimizer.name].slots
    lines = [
        "",
        "# ---- weights: a matrix per layer, a row per unit (Maxout: the units of piece 0, of piece 1, …),",
        "#      a column per input, the bias last",
        "",
        f"SHAPES = {shapes!r}",
    ]
    if trained.has_large_weights:
        lines += [
            f'_TABLE = np.loadtxt(Path(__file__).with_name({stem + ".weights.csv"!r}), delimiter=",", ndmin=2)',
            "_ENDS = np.cumsum([rows * columns for rows, columns in SHAPES])[:-1]",
            "_LISTS = [[m.reshape(s) for m, s in zip(np.split(c, _ENDS), SHAPES)] for c in _TABLE.T]",
            f"TRAINED, START, MEMORY = _LISTS[0], _LISTS[1], _LISTS[2:]  # memory: {', '.join(slots) or 'none'}",
        ]
    else:
        memory = "\n".join(f"{_matrices(trained, slot)}," for slot in trained.state.slots)
        lines += [
            f"TRAINED = {_matrices(trained, trained.state.parameters)}",
            f"START = {_matrices(trained, trained.start)}",
            f"MEMORY = [{memory}]  # what the optimizer remembers of each weight: {', '.join(slots) or 'nothing'}",
        ]
    if trained.frozen is not None:
        places = np.flatnonzero(trained.frozen)
        lines += [
            f"_FLAGS = np.zeros({trained.network.n_parameters}, dtype=bool)",
            f"_FLAGS[{literal(places)}] = True",
            "_ENDS = np.cumsum([rows * columns for rows, columns in SHAPES])[:-1]",
            "FROZEN = [m.reshape(s) for m, s in zip(np.split(_FLAGS, _ENDS), SHAPES)]  # these stay as they are",
        ]
    return "\n".join(lines) + "\n"


def _matrices(trained: Trained, flat: NDArray[np.float64]) -> str:
    rows = [f"    np.array({literal(matrix)})," for matrix in trained.network.matrices(flat)]
    return "[\n" + "\n".join(rows) + "\n]"


def _window(trained: Trained) -> str:
    said = {}
    for name, found in zip(("train", "test"), trained.evaluations, strict=True):
        values = {
            "data_loss": found.data_loss,
            "regularization_loss": found.regularization_loss,
            "loss": found.loss,
            "accuracy": found.accuracy,
        }
        said[name] = {key: value for key, value in values.items() if value is not None and np.isfinite(value)}
    return f"\n# What the window says at iteration {trained.state.iteration}.\nWINDOW = {said!r}\n"


def _row(values: Sequence[float]) -> str:
    text = repr(list(values))
    return text if len(text) <= WIDTH else "[\n" + textwrap.indent(_wrapped(values), INDENT) + f"\n{INDENT}]"


def _wrapped(values: Sequence[float]) -> str:
    return textwrap.fill(", ".join(map(repr, values)), WIDTH, break_on_hyphens=False, break_long_words=False)


def _table_text(table: NDArray[np.float64]) -> str:
    return "".join(",".join(map(repr, row)) + "\n" for row in table.tolist())
