"""``backprop-playground train``: train without a window, report as text or JSON, save a picture of the window."""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from time import perf_counter
from typing import Any

from playground.analysis.evaluate import Evaluation, Evaluator
from playground.cli.options import add_document_options, document_from, with_option
from playground.cli.parser import (
    COMMANDS,
    DONE,
    FAILED,
    CommandError,
    Parser,
    add_option,
    as_json,
    complain,
    document_path,
    given,
    output_path,
    refusing,
    shortened,
    whole_number,
)
from playground.cli.progress import Bar, finish
from playground.cli.table import TABLE_OPTIONS, add_table_options, document_of_table
from playground.document.catalogue import is_table_name
from playground.document.document import Document
from playground.engine.arithmetic import let_overflow
from playground.engine.messages import grouped
from playground.files import storage
from playground.files.file_claim import FileClaim
from playground.files.saved import MOST_MARKS, Saved
from playground.training.run import Run
from widgets.style.numbers import four

MOST_STEPS = 10**9
_REPORT_EVERY = 0.1  # seconds between two looks at the progress bar

DESCRIPTION = """\
Train a network without a window. The defaults are those of the first start: XOR, one hidden layer of 4.
With a saved FILE, training resumes bit for bit where it was, with the settings of the file.
With a table, such as points.csv, the network learns its --target; `table FILE` says how it is read.
The same options give the same numbers, bit for bit, on one machine."""

EXAMPLES = """\
examples:
  backprop-playground train
  backprop-playground train --dataset spiral --hidden 8,8 --activation relu --optimizer adam \\
      --learning-rate 0.01 --steps 5000 --report spiral.json --screenshot spiral.png
  backprop-playground train --hidden 0 --quiet --report -
  backprop-playground train --steps 500 --save xor.playground
  backprop-playground train xor.playground --steps 500 --save xor.playground
  backprop-playground train iris.csv --target species --standardize

"""


def add_parser(subparsers: argparse._SubParsersAction[Parser]) -> None:
    """Add the command `train` to `subparsers`."""
    parser = subparsers.add_parser("train", help=COMMANDS["train"], description=DESCRIPTION)
    parser.epilog = EXAMPLES + (parser.epilog or "")
    text = "a .playground document to resume, or a table to learn from"
    parser.add_argument("file", nargs="?", metavar="FILE", help=text)
    add_document_options(parser)
    add_table_options(parser.add_argument_group("table"))
    add_option(parser.add_argument_group("length"), "--steps", whole_number, 1000, "N", "iterations")
    group = parser.add_argument_group("results")
    add_option(group, "--save", str, None, "FILE.playground", "save the document as it is then, to open or resume")
    add_option(group, "--report", str, None, "FILE", "write a report in JSON; - is standard output")
    add_option(group, "--screenshot", str, None, "FILE.png", "save a picture of the window; no display is needed")
    group.add_argument("--quiet", action="store_true", help="no progress bar and no table")


def run(options: argparse.Namespace) -> int:
    """Do what `options` ask for; return the exit code."""
    claim = FileClaim()
    first = _first(options, claim)
    require_steps(options.steps)
    save_at = document_path("--save", options.save)
    report_at = _report_path(options.report)
    picture_at = _picture_path(options.screenshot)
    training = begin(first.document)
    if options.file is not None and first.state is not None:
        training.resume(first.document, first.state, first.curves, first.marks, first.branches)
    seconds = train(training, options.steps, quiet=options.quiet)
    report = report_of(training, seconds, quiet=options.quiet)
    if not options.quiet and options.report != "-":
        sys.stdout.write(summary(training, report))
    if options.report == "-":
        sys.stdout.write(as_json(report))
    elif report_at is not None:
        write(report_at, "--report", lambda path: storage.write(path, as_json(report).encode()))
    if picture_at is not None:
        write(picture_at, "--screenshot", lambda path: _save_picture(training, path))
    if save_at is not None:
        last = _kept(training, first)
        write(save_at, "--save", lambda path: claim.save(path, last))
    claim.release()
    if training.divergence:
        complain("backprop-playground train", training.divergence.message)
        return FAILED
    return DONE


def _kept(training: Run, first: Saved) -> Saved:
    """Return what is to be saved of `training`, which began at `first`."""
    now = training.full_memory(MOST_MARKS)
    parts = (now.document, now.state, now.curve, first.view, now.marks, training.history.branches, first.comparison)
    return Saved(*parts)


def _first(options: argparse.Namespace, claim: FileClaim) -> Saved:
    """Return where training begins: the file that was asked for, or the document of the options."""
    if options.file is None:
        _require_no_table_options(options)
        return Saved(document_from(options))
    if is_table_name(options.file):
        document, notes = document_of_table(options)
        if not options.quiet:
            sys.stderr.write("".join(f"backprop-playground train: {note}\n" for note in notes))
        return Saved(document)
    _require_no_table_options(options)
    own = {"--steps", "--save", "--report", "--screenshot", "--quiet"}
    others = [option for option in given(options) if option not in own]
    if others:
        raise CommandError(
            "{option}: the settings are those of {found}; leave the option out",
            option=others[0],
            found=shortened(options.file),
        )
    with refusing():
        return claim.load(Path(options.file).expanduser())


def _require_no_table_options(options: argparse.Namespace) -> None:
    for option in given(options):
        if option in TABLE_OPTIONS:
            raise CommandError(f"{option}: it belongs to a table; give a FILE such as points.csv")


def begin(document: Document) -> Run:
    """Return a run of `document` at iteration 0.

    Raises
    ------
    CommandError
        If its data cannot be made as asked.
    """
    let_overflow()
    try:
        return Run(document)
    except ValueError as error:
        raise CommandError(with_option(str(error))) from None


def require_steps(steps: int) -> None:
    """Refuse a number of iterations outside its limits."""
    if not 0 <= steps <= MOST_STEPS:
        raise CommandError(
            "--steps: expected a whole number from 0 to {most_steps:,}, got {steps}", most_steps=MOST_STEPS, steps=steps
        )


def train(run: Run, steps: int, *, quiet: bool) -> float:
    """Train `run` for `steps` iterations, or until a number is not finite; return the seconds that it took."""
    start, first = perf_counter(), run.iteration
    with Bar(steps, "training", "iterations", quiet=quiet) as bar:
        while run.iteration - first < steps and not run.divergence:
            run.train_for(_REPORT_EVERY, first + steps - run.iteration)
            bar.move_to(run.iteration - first, _latest_loss(run))
    return perf_counter() - start


def report_of(run: Run, seconds: float, *, quiet: bool) -> dict[str, Any]:
    """Return the report: what was trained for how long, and how well it does on the whole of both sets."""
    state = run.trainer.state()
    train, test = finish(_evaluate(run), "measuring", quiet=quiet)
    return {
        "iterations": state.iteration,
        "epochs": state.epoch,
        "parameters": run.network.n_parameters,
        "train": _part(train),
        "test": _part(test),
        "seconds": seconds,
        "diverged": run.divergence is not None,
    }


def summary(run: Run, report: dict[str, Any]) -> str:
    """Return the report as a few lines of text."""
    document = run.document
    widths = "-".join(str(width) for width in run.network.widths)
    kinds = ", ".join(dict.fromkeys(layer.activation for layer in document.hidden)) or "no hidden layer"
    lines = [
        f"{document.data.name}, {grouped(len(run.data.sample.points))} points · {widths}, {kinds} · "
        f"{grouped(report['parameters'])} parameters",
        f"{grouped(report['iterations'])} iterations, {grouped(report['epochs'])} epochs in {report['seconds']:.2f} s",
        f"{'':8}{'data loss':>12}{'λ·R(W)':>12}{'loss':>12}{'accuracy':>12}",
    ]
    for name in ("train", "test"):
        part = report[name]
        cells = [_cell(part[key]) for key in ("data_loss", "regularization_loss", "loss")]
        accuracy = "" if part["accuracy"] is None else f"{part['accuracy']:.1%}".replace("%", " %")
        lines.append(f"{name:8}" + "".join(f"{cell:>12}" for cell in (*cells, accuracy)))
    return "\n".join(lines) + "\n"


def finite(value: float | None) -> float | None:
    """Return `value`, or None where JSON has no number for it."""
    return value if value is not None and math.isfinite(value) else None


def write(path: Path, option: str, save: Callable[[Path], object]) -> None:
    """Write a result; report a full disk or a missing folder in one line.

    Raises
    ------
    CommandError
        If it cannot be written.
    """
    with refusing(f"{option}: ", FAILED):
        save(path)


def _evaluate(run: Run) -> Generator[float, None, tuple[Evaluation, Evaluation]]:
    found = []
    for half, data in enumerate((run.data.train, run.data.test)):
        regression = run.data.sample.is_regression
        evaluator = Evaluator(run.network, run.document.training, data, regression=regression)
        job = evaluator.evaluate_in_slices(run.trainer.parameters)
        while True:
            try:
                yield 0.5 * (half + next(job))
            except StopIteration as end:
                found.append(end.value)
                break
    return found[0], found[1]


def _part(evaluation: Evaluation) -> dict[str, float | None]:
    names = ("data_loss", "regularization_loss", "loss", "accuracy")
    return {name: finite(getattr(evaluation, name)) for name in names}


def _cell(value: float | None) -> str:
    return "–" if value is None else four(value)


def _latest_loss(run: Run) -> str:
    losses = run.history.column("train")[1]
    return f"data loss {four(losses[-1])}" if len(losses) else ""


def _report_path(text: str | None) -> Path | None:
    return None if text is None or text == "-" else output_path("--report", text)


def _picture_path(text: str | None) -> Path | None:
    if text is None:
        return None
    if not text.lower().endswith(".png"):
        raise CommandError("--screenshot: expected a name that ends in .png, got {text!r}", text=text)
    return output_path("--screenshot", text)


def _save_picture(run: Run, path: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from playground.app.window.start import picture_of

    picture_of(run.document, run.memory(), path)
