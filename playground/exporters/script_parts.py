"""What the exported scripts share: data, weights, features, batches, rate, report. Their text, not our code.

A script holds numbers in the digits that restore them, and never a text of the user but as a literal.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import ACTIVATIONS
from playground.engine.batches import order
from playground.engine.features import FEATURES
from playground.engine.iteration import micro_batch_size
from playground.engine.losses import LOSSES
from playground.engine.messages import message
from playground.engine.network import LayerLayout
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.regularizers import REGULARIZERS, Regularizer
from playground.engine.schedules import SCHEDULES
from playground.engine.setting import settings_of
from playground.exporters.trained import Trained

Text = TypeVar("Text")

_WIDTH = 110
_INDENT = "    "

FEATURE_CODE = {
    "x1_squared": "x[:, 0] ** 2",
    "x2_squared": "x[:, 1] ** 2",
    "x1_x2": "x[:, 0] * x[:, 1]",
    "sin_x1": "np.sin(x[:, 0])",
    "sin_x2": "np.sin(x[:, 1])",
    "cos_x1": "np.cos(x[:, 0])",
    "cos_x2": "np.cos(x[:, 1])",
}

REPORT = '''
def report(run):
    """Return losses, accuracy and outputs of the current parameters."""
    found = {"iteration": run.iteration}
    for part, chosen in (("train", TRAIN), ("test", TEST)):
        if len(chosen) == 0:
            continue
        data_loss, penalty, scores = run.measure(X[chosen], TARGETS[chosen])
        found[part] = {"data_loss": data_loss, "regularization_loss": penalty, "loss": data_loss + penalty}
        if N_CLASSES:
            won = scores.argmax(axis=1) if scores.shape[1] > 1 else (scores[:, 0] > 0.0).astype(int)
            found[part]["accuracy"] = float(np.mean(won == GOALS[chosen]))
    found["outputs"] = np.asarray(run.outputs(X)).tolist()
    return found


def main():
    parser = argparse.ArgumentParser(description="A network exported from Backprop Playground.")
    parser.add_argument("--train", type=int, default=0, metavar="N", help="train N iterations with the same settings")
    parser.add_argument("--from-start", action="store_true", help="begin at iteration 0, not at the trained weights")
    parser.add_argument("--json", action="store_true", help="print every number as JSON")
    options = parser.parse_args()
    run = Run(from_start=options.from_start)
    for _ in range(options.train):
        run.step()
    found = report(run)
    if options.json:
        print(json.dumps(found))
        return
    print(f"iteration {found['iteration']}")
    for part in ("train", "test"):
        for name, value in found.get(part, {}).items():
            said = WINDOW.get(part, {}).get(name)
            same = options.train == 0 and not options.from_start and said is not None
            beside = f"   the window: {said!r}, difference {abs(value - said):.1e}" if same else ""
            print(f"{part:5} {name:20} {value!r}{beside}")
    print("outputs of the first five points:")
    for point, scores in zip(POINTS[:5].tolist(), found["outputs"][:5]):
        print(f"  {point} -> {scores}")


if __name__ == "__main__":
    main()
'''

ORDER = '''
@functools.lru_cache(maxsize=4)
def orders(block):
    """Return the orders of a block of epochs: those of the window, to the digit."""
    rng = np.random.Generator(np.random.PCG64([SEED, 1, block, len(TRAIN)]))
    return rng.permuted(np.tile(np.arange(len(TRAIN)), (EPOCHS_PER_BLOCK, 1)), axis=1)


def batch(epoch, position):
    """Return the training points of the batch that starts at `position` of `epoch`; the last one may be smaller."""
    block, row = divmod(epoch, EPOCHS_PER_BLOCK)
    return TRAIN[orders(block)[row][position : position + BATCH_SIZE]]
'''


def shown(text: str) -> str:
    """Return `text` fit for a comment or docstring: one short line, no quotes, backslashes or control characters."""
    kept = "".join(letter if letter.isprintable() and letter not in "\"'\\" else " " for letter in text)
    return " ".join(kept.split())[:120]


def head(trained: Trained, library: str, stem: str, notes: Iterable[str]) -> str:
    """Return the docstring: what the network is, how to run the script, and `notes`."""
    training, stem = trained.training, shown(stem)
    widths = "-".join(str(width) for width in trained.network.widths)
    kinds = ", ".join(dict.fromkeys(layer.activation for layer in trained.network.layers[:-1])) or "no hidden layer"
    files = [name for name, large in ((f"{stem}.data.csv", trained.has_large_data),
                                      (f"{stem}.weights.csv", trained.has_large_weights)) if large]  # fmt: skip
    said = [
        f"{shown(trained.title)}, {len(trained.points):,} points; {widths}, {kinds}; {training.loss} loss, "
        f"{training.optimizer.name}; iteration {trained.state.iteration:,}. Exported from Backprop Playground.",
        *notes,
    ]
    if files:
        said.append(f"It reads {' and '.join(files)}, which must lie beside it.")
    needs = library if library == "NumPy" else f"{library} and NumPy"
    paragraphs = "\n\n".join(textwrap.fill(text, _WIDTH) for text in said)
    return f'''"""{library}: a trained network and its training loop.

{paragraphs}

    python3 {stem}.py                              losses and outputs of the trained network
    python3 {stem}.py --train 1000                 continue training with the same settings
    python3 {stem}.py --from-start --train 1000    train from iteration 0
    python3 {stem}.py --json                       every number

It needs {needs}.
"""
'''


def numbers(trained: Trained, stem: str) -> str:
    """Return the constants: data, features, settings, weights, and what the window says."""
    return "\n".join(
        [_data(trained, stem), _features(trained), _settings(trained), _weights(trained, stem), _window(trained)]
    )


def assembled(head: str, libraries: Sequence[str], sections: Iterable[str]) -> str:
    """Return a whole script: docstring, the imports that its `sections` need, the `libraries`, the sections."""
    body = "\n".join(sections)
    standard = [f"import {name}" for name in ("argparse", "functools", "json", "math") if f"{name}." in body]
    if "Path(" in body:
        standard.append("from pathlib import Path")
    return "\n".join([head, *standard, "", *libraries, "", body])


def rate(trained: Trained) -> str:
    """Return ``rate(t)``."""
    schedule = trained.training.schedule
    entry = SCHEDULES[schedule.name]
    return f'''
def rate(t):
    """Return the learning rate of iteration t = 0, 1, 2, …: {entry.formula}."""
    return LEARNING_RATE * {filled(entry.script, schedule)}
'''


def loss(trained: Trained, code: Mapping[str, str], arguments: str) -> str:
    """Return ``losses(arguments)`` in the `code` of a library, by loss."""
    name = trained.training.loss
    head = f'def losses({arguments}):\n    """Return {LOSSES[name].formula} of each example."""'
    return f"\n{head}\n{body(code[name])}\n"


def filled(text: str, spec: Any) -> str:
    """Return `text` with the settings of `spec` in the place of their names: ``{slope} * z`` as ``0.01 * z``."""
    values = {name: getattr(spec, name) for name in settings_of(spec.__class__)}
    return text.format(**{name: repr(float(v) if isinstance(v, float) else v) for name, v in values.items()})


def penalty_code(trained: Trained) -> Regularizer | None:
    """Return the entry of the regularizer where it adds something to the loss, or None."""
    entry = REGULARIZERS[trained.training.regularizer]
    return entry if any(entry.shares(trained.training.l1_ratio)) else None


def known(text: Text | None, library: str, label: str) -> Text:
    """Return `text`, which says `label` in the words of a `library`.

    Raises
    ------
    ValueError
        If the library has no words for it.
    """
    if text is None:
        raise ValueError(
            message("{library} has no text for {label}; export the NumPy script", library=library, label=label)
        )
    return text


def module_of(layer: LayerLayout, library: Literal["PyTorch", "Keras"]) -> str:
    """Return the module that makes a of z, one piece of text; empty for none.

    Raises
    ------
    ValueError
        If the library has none.
    """
    if layer.is_maxout:
        return f"Maxout({layer.pieces})"
    entry = ACTIVATIONS[layer.activation]
    return filled(known(entry.pytorch if library == "PyTorch" else entry.keras, library, entry.label), layer.spec)


def body(code: str) -> str:
    """Return `code` as the body of a function."""
    return textwrap.indent(code, _INDENT)


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
        rows = "\n".join(f"{_INDENT}{_row(row)}," for row in array.tolist())
        return f"[\n{rows}\n]"
    return "[\n" + textwrap.indent(_wrapped(array.tolist()), _INDENT) + "\n]"


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
    return text if len(text) <= _WIDTH else "[\n" + textwrap.indent(_wrapped(values), _INDENT) + f"\n{_INDENT}]"


def _wrapped(values: Sequence[float]) -> str:
    return textwrap.fill(", ".join(map(repr, values)), _WIDTH, break_on_hyphens=False, break_long_words=False)


def _table_text(table: NDArray[np.float64]) -> str:
    return "".join(",".join(map(repr, row)) + "\n" for row in table.tolist())
