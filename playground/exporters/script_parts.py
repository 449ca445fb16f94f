"""What exported scripts share beside their constants: head, batches, rate, losses, report. Text, not our code."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeVar

from playground.engine.activations import ACTIVATIONS
from playground.engine.losses import LOSSES
from playground.engine.messages import message
from playground.engine.network import LayerLayout
from playground.engine.regularizers import REGULARIZERS, Regularizer
from playground.engine.schedules import SCHEDULES
from playground.engine.setting import settings_of
from playground.exporters.script_text import WIDTH, body, shown
from playground.exporters.trained import Trained

Text = TypeVar("Text")

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
    paragraphs = "\n\n".join(textwrap.fill(text, WIDTH) for text in said)
    return f'''"""{library}: a trained network and its training loop.

{paragraphs}

    python3 {stem}.py                              losses and outputs of the trained network
    python3 {stem}.py --train 1000                 continue training with the same settings
    python3 {stem}.py --from-start --train 1000    train from iteration 0
    python3 {stem}.py --json                       every number

It needs {needs}.
"""
'''


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
