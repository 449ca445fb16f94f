"""The gradient check in random settings: ``python tests/fuzz/gradients.py [how many] [first seed]``.

Each setting is a command line of ``check`` with options drawn from a seed, ordinary or wild. Of some, the parameters
are then changed by hand: rounded, so that examples lie exactly on kinks; enlarged; or set to zero. Backprop is right,
so the check must never call it wrong. Exit code 1, with the command lines, if it did.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playground.cli.check import next_batch
from playground.cli.main import _parser
from playground.cli.options import document_from
from playground.document import catalogue
from playground.document.choices import ACTIVATION, CHOICES
from playground.engine.activations import ACTIVATIONS
from playground.engine.gradcheck import GradientCheck, check_gradients
from playground.engine.gradient_verdict import Finding
from playground.engine.slices import finish
from playground.training.run import Run

MOST_PARAMETERS = 60
CHANGES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "rounded to halves": lambda flat: np.round(2.0 * flat) / 2.0,
    "rounded to one digit": lambda flat: np.round(flat, 1),
    "times 100": lambda flat: 100.0 * flat,
    "times 1e-9": lambda flat: 1e-9 * flat,
    "zero": np.zeros_like,
}


def command_line(seed: int) -> list[str]:
    """Return the options of a random ``check``."""
    rng = np.random.default_rng([seed, 11])
    wild = rng.random() < 0.4

    def one(*values: object) -> str:
        return str(values[rng.integers(len(values))])

    depth = int(rng.integers(1, 9)) if wild else int(rng.integers(0, 4))
    widths = [one(1, 2, 3, 4, 4, 8, *((24,) if wild else ())) for _ in range(depth)] or ["0"]
    kinds = [one(*ACTIVATION.entries) for _ in widths] if rng.random() < 0.5 else [one(*ACTIVATION.entries)]
    names = [name for name in catalogue.GENERATORS if name not in ("digits", "function")]
    values = {
        "dataset": one(*names),
        "points": one(20, 50, 100, *((401,) if wild else ())),
        "noise": one(0, 0.1, 0.5),
        "train-fraction": one(0.5, 0.95, *((0.05,) if wild else ())),
        "sample-seed": one(seed),
        "seed": one(seed + 1),
        "hidden": ",".join(widths),
        "activation": ",".join(kinds),
        "slope": one(0.0, 0.01, 0.3, 1.0),
        "alpha": one(0.5, 1.0, 2.0),
        "pieces": one(2, 3, *((7,) if wild else ())),
        "batch-size": one(1, 3, 16, 1000),
        "lambda": one(0.0, 0.001, 0.1, *((10.0,) if wild else ())),
        "learning-rate": one(0.001, 0.03, 0.3, *((3.0,) if wild else ())),
        "initial-scale": one(0.1, 1.0, *((10.0,) if wild else ())),
        "steps": one(0, 5, 30),
    }
    for key in ("optimizer", "regularizer", "initializer"):
        values[option_of(key)] = one(*CHOICES[key].entries)
    regression = catalogue.GENERATORS[values["dataset"]].is_regression
    values["loss"] = "squared" if regression else one(*CHOICES["loss"].entries)
    if values["loss"] == "squared":
        values["output-activation"] = one("linear", *ACTIVATIONS)
    if not depth:
        del values["activation"]
    chosen = [ACTIVATION.entries[kind] for kind in kinds if depth]
    chosen += [
        choice.entries[values[option]] for key, choice in CHOICES.items() if (option := option_of(key)) in values
    ]
    used = {setting for entry in chosen for setting in entry.settings}
    for key in ("slope", "alpha", "pieces", "penalty", "initial_scale"):
        if key not in used:  # the command line refuses what changes nothing
            del values[option_of(key)]
    return [word for key, value in values.items() for word in (f"--{key}", value)]


def option_of(key: str) -> str:
    """Return the option, without its dashes, of a setting or a choice."""
    return {"penalty": "lambda", "regularizer": "regularization"}.get(key, key.replace("_", "-"))


def parsed(words: list[str]) -> Namespace:
    """Return `words` as the options of ``check``."""
    return _parser("check").parse_args(["check", *words])


def checked(words: list[str], change: str = "", **settings: object) -> GradientCheck:
    """Do what ``check`` with the options `words` does, after a `change` of the parameters by hand."""
    options = parsed(words)
    run = Run(document_from(options))
    run.train(options.steps)
    flat = run.trainer.parameters.copy()
    if change:
        flat = CHANGES[change](flat)
    given: dict[str, Any] = {"seed": run.document.seed, "limit": MOST_PARAMETERS, **settings}
    return finish(check_gradients(run.network, run.document.training, next_batch(run), flat, **given))


def change_of(seed: int) -> str:
    """Return what a setting does to the parameters by hand; nothing, for two in three."""
    rng = np.random.default_rng([seed, 12])
    return "" if rng.random() < 2 / 3 else list(CHANGES)[rng.integers(len(CHANGES))]


def main(arguments: list[str]) -> int:
    """Check as many settings as asked for; print those at which the check called backprop wrong, and a summary."""
    until_wrong = "--until-wrong" in arguments
    numbers = [int(word) for word in arguments if word.isdecimal()]
    count, first = (*numbers, 1000, 0)[:2] if len(numbers) != 1 else (numbers[0], 0)
    findings: Counter[str] = Counter()
    failed = undecided = 0
    for seed in range(first, first + count):
        words, change = command_line(seed), change_of(seed)
        check = checked(words, change)
        findings.update(Finding(finding).name.lower() for finding in check.findings.tolist())
        undecided += int(check.undecided.sum())
        if check.count(Finding.WRONG):
            failed += 1
            at = int(np.argmax(check.findings == Finding.WRONG))
            print(f"WRONG at seed {seed} {change}: {check.backprop[at]!r} {check.numeric[at]!r}", flush=True)
            print(f"  backprop-playground check {' '.join(words)}", flush=True)
            if until_wrong:
                return 1
    print(f"{count:,} settings, {failed:,} called wrong; {undecided:,} parameters undecided; {dict(findings)}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
