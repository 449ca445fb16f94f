"""``backprop-playground check``: backprop beside central differences, without a window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np

from playground.cli.options import add_document_options, document_from
from playground.cli.parser import COMMANDS, DONE, FAILED, Parser, add_option, as_json, complain, whole_number
from playground.cli.progress import finish
from playground.cli.train import begin, finite, require_steps, train
from playground.engine.batches import batch_indices
from playground.engine.gradcheck import GradientCheck, check_gradients
from playground.engine.gradient_verdict import TOLERANCE, Finding
from playground.engine.messages import grouped, plural
from playground.engine.network import LayerLayout, Network
from playground.engine.notation import piece_of, typed_node
from playground.engine.trainer import TrainingData
from playground.training.run import Run
from widgets.style.numbers import told_apart

MOST_EXAMPLES = 1000
MOST_ROWS = 60
WORST_ROWS = 20
PROGRAM = "backprop-playground check"

DESCRIPTION = """\
Compare the gradient by backprop, one forward and one backward pass, with central differences,
two forward passes for each parameter. The loss is that of the next mini-batch, regularization
included, without dropout. They agree when |a − n| / max(|a|, |n|, 1e-5) is at most 1e-5. Where they do
not, or a kink lies between, a complex step decides: "kink", "below rounding" and "curvature" say why
the difference can be off although backprop is right; the check fails where backprop is "wrong" or a number
is "not finite". Beyond 5,000 parameters a seeded sample is checked."""

EXAMPLES = """\
examples:
  backprop-playground check
  backprop-playground check --hidden 8,8 --activation relu --loss softmax --regularization l2
  backprop-playground check --dataset three_arms --loss hinge --steps 500 --json

"""


def add_parser(subparsers: argparse._SubParsersAction[Parser]) -> None:
    """Add the command `check` to `subparsers`."""
    parser = subparsers.add_parser("check", help=COMMANDS["check"], description=DESCRIPTION)
    parser.epilog = EXAMPLES + (parser.epilog or "")
    add_document_options(parser)
    group = parser.add_argument_group("length")
    add_option(group, "--steps", whole_number, 0, "N", "iterations of training before the check")
    group = parser.add_argument_group("results")
    group.add_argument("--json", action="store_true", help="print JSON instead of the table")
    group.add_argument("--quiet", action="store_true", help="no progress bar and no table; only the exit code")


def run(options: argparse.Namespace) -> int:
    """Do what `options` ask for; return the exit code."""
    document = document_from(options)
    require_steps(options.steps)
    trained = begin(document)
    train(trained, options.steps, quiet=options.quiet)
    batch = next_batch(trained)
    job = check_gradients(
        trained.network, document.training, batch, trained.trainer.parameters, seed=document.seed, clock=perf_counter
    )
    check = finish(job, "checking", quiet=options.quiet)
    if options.json:
        sys.stdout.write(as_json(report_of(check, trained.network)))
        sys.stderr.write("".join(f"{PROGRAM}: {note}\n" for note in check.notes if not options.quiet))
    elif not options.quiet:
        sys.stdout.write(table(check, trained, batch.n_samples))
    if trained.divergence:
        complain(PROGRAM, trained.divergence.message)
    return DONE if check.passed and not trained.divergence else FAILED


def next_batch(run: Run) -> TrainingData:
    """Return the examples of the mini-batch that the next iteration of `run` takes, 1,000 at most."""
    state, data = run.trainer.state(), run.data.train
    size = run.document.training.batch_size
    chosen = batch_indices(run.document.seed, state.epoch, state.position, data.n_samples, size)[:MOST_EXAMPLES]
    return TrainingData(data.inputs[chosen], np.ascontiguousarray(data.targets[:, chosen]))


def report_of(check: GradientCheck, network: Network) -> dict[str, Any]:
    """Return the check as values for JSON: what is not finite is null, `exceptions` are all that do not just agree."""

    def entry(at: int) -> dict[str, Any]:
        return {
            **place_of(network, int(check.indices[at])),
            "backprop": finite(float(check.backprop[at])),
            "numeric": finite(float(check.numeric[at])),
            "relative_error": finite(float(check.errors[at])),
            "finding": Finding(check.findings[at]).name.lower(),
            "undecided": bool(check.undecided[at]),
        }

    return {
        "passed": check.passed,
        "max_relative_error": finite(check.max_relative_error),
        "parameters": check.parameters,
        "forward_passes_numeric": check.forward_passes_numeric,
        "seconds_numeric": check.seconds_numeric,
        "seconds_backprop": check.seconds_backprop,
        "findings": {finding.name.lower(): check.count(finding) for finding in Finding},
        "worst": entry(check.worst),
        "exceptions": [entry(at) for at in np.flatnonzero(check.findings).tolist()],
    }


def place_of(network: Network, index: int) -> dict[str, Any]:
    """Return where parameter `index` of the flat vector sits; `input` is null for a bias. All counts begin at 0."""
    layer = _layer_of(network, index)
    row, column = divmod(index - layer.slice.start, layer.n_in + 1)
    piece, unit = divmod(row, layer.units)
    place: dict[str, Any] = {"index": index, "layer": layer.name, "unit": unit}
    if layer.pieces > 1:
        place["piece"] = piece
    place["input"] = None if column == layer.n_in else column
    return place


def table(check: GradientCheck, run: Run, n_examples: int) -> str:
    """Return the check as lines of text: every parameter of a small network, the worst of a large one."""
    names = _names(run.network, run.document.features)
    order = np.arange(len(check.indices))
    lines = []
    if len(order) > MOST_ROWS:
        order = np.lexsort((-np.nan_to_num(check.errors, nan=np.inf), -check.findings))[:WORST_ROWS]
        lines.append(f"the {WORST_ROWS} worst of {grouped(len(check.indices))} parameters")
    lines.append(f"{'parameter':32}{'backprop':>18}{'numeric':>18}{'relative error':>16}  finding")
    for at in order:
        backprop, numeric = float(check.backprop[at]), float(check.numeric[at])
        cells = f"{told_apart(backprop, numeric):>18}{told_apart(numeric, backprop):>18}"
        lines.append(
            f"{names(int(check.indices[at])):32}{cells}{check.errors[at]:>16.1e}  {Finding(check.findings[at]).words}"
        )
    passed = "passed" if check.passed else "FAILED"
    lines += [
        "",
        f"{passed}: largest relative error {check.max_relative_error:.1e} (at most {TOLERANCE:.0e}), "
        f"{names(int(check.indices[check.worst]))}",
        f"central differences: {grouped(check.forward_passes_numeric)} forward passes, {check.seconds_numeric:.4f} s",
        f"backprop: 1 forward and 1 backward pass, {check.seconds_backprop:.4f} s",
        f"loss of {plural(n_examples, '{count} example', '{count:,} examples')} at iteration {grouped(run.iteration)}",
        *check.notes,
    ]
    return "\n".join(lines) + "\n"


def _layer_of(network: Network, index: int) -> LayerLayout:
    return next(layer for layer in network.layers if index < layer.slice.stop)


def _names(network: Network, features: tuple[str, ...]) -> Callable[[int], str]:
    """Return the function that names a parameter: ``x2 → h1.1``."""

    def name(index: int) -> str:
        layer, place = _layer_of(network, index), place_of(network, index)
        unit, source = typed_node(layer.index, place["unit"], network.depth), place["input"]
        target = piece_of(unit, place.get("piece", 0), layer.pieces)
        if source is None:
            return f"bias of {target}"
        first = layer.index == 1
        return f"{features[source] if first else typed_node(layer.index - 1, source, network.depth)} → {target}"

    return name
