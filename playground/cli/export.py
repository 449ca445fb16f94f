"""``backprop-playground export``: a saved document as a script, table, picture or worksheet, without a window."""

from __future__ import annotations

import argparse
import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from playground.cli.parser import (
    COMMANDS,
    DONE,
    FAILED,
    CommandError,
    Parser,
    add_option,
    given,
    output_path,
    refusing,
    shortened,
    whole_number,
)
from playground.cli.progress import finish
from playground.engine.notation import read_node

if TYPE_CHECKING:
    from playground.files.saved import Saved

TARGETS = ("numpy", "pytorch", "keras", "csv", "svg", "png", "worksheet", "gif")
SIZE = (1600, 1000)
MOST_STEPS = 1_000_000
_INDICES = re.compile(r"(\d{1,4})\.(\d{1,4})")
"""A node as earlier versions typed it: layer and unit, the unit counted from 0."""

DESCRIPTION = """\
Write what a .playground file holds as something else: a runnable script with the trained weights and a
training loop (numpy, pytorch, keras), a table (csv), a picture (svg, png), a worksheet in Markdown, or an
animated picture of its training from the start (gif)."""

EXAMPLES = """\
examples:
  backprop-playground export xor.playground --to numpy --output xor.py
  backprop-playground export xor.playground --to csv --table data --output points.csv
  backprop-playground export xor.playground --to png --view output --scale 3 --output boundary.png
  backprop-playground export xor.playground --to svg --view circuit --node h1.2 --output neuron.svg
  backprop-playground export xor.playground --to worksheet --node h1.2 --answers --output answers.md
  backprop-playground export xor.playground --to gif --steps 500 --output training.gif

A script of many numbers reads them from files that are written beside it, NAME.data.csv and
NAME.weights.csv. --output - prints a text instead.

"""


def add_parser(subparsers: argparse._SubParsersAction[Parser]) -> None:
    """Add the command `export` to `subparsers`."""
    parser = subparsers.add_parser("export", help=COMMANDS["export"], description=DESCRIPTION)
    parser.epilog = EXAMPLES + (parser.epilog or "")
    parser.add_argument("file", metavar="FILE", help="a .playground file")
    parser.add_argument("--to", required=True, choices=TARGETS, metavar="KIND", help="; ".join(TARGETS))
    parser.add_argument("--output", required=True, metavar="PATH", help="where to write; - is standard output")
    group = parser.add_argument_group("csv")
    group.add_argument("--table", choices=("curves", "data"), default="curves", help="(default: curves)")
    group = parser.add_argument_group("pictures")
    add_option(group, "--view", str, None, "NAME", "window, circuit (svg), or a panel such as network, output, loss")
    add_option(group, "--scale", whole_number, 1, "N", "dots per point of a png, 1 to 4")
    group.add_argument("--theme", choices=("light", "dark"), default="light", help="(default: light)")
    group = parser.add_argument_group("worksheet and circuit")
    add_option(group, "--node", str, None, "NODE", "x1, h1.2 (neuron 2 of hidden layer 1) or out.1")
    add_option(group, "--example", whole_number, None, "N", "at which point; the selected one without it")
    group.add_argument("--answers", action="store_true", help="with every answer instead of blanks")
    group.add_argument("--circuit", action="store_true", help="the neuron as scalar gates instead of its card")
    group = parser.add_argument_group("gif")
    add_option(group, "--from", whole_number, 0, "N", "the iteration of the first picture")
    add_option(group, "--steps", whole_number, 1000, "N", "the iteration of the last picture, trained from the start")
    add_option(group, "--frames", whole_number, 40, "N", "pictures, 2 to 200")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")


def run(options: argparse.Namespace) -> int:
    """Do what `options` say; return the exit code."""
    _check(options)
    path = None if options.output == "-" else output_path("--output", options.output)
    from playground.engine.arithmetic import let_overflow
    from playground.files import document_file

    let_overflow()
    with refusing():
        saved = document_file.load(Path(options.file).expanduser())
    if not _is_picture(options):
        _write_texts(options, saved, path)
    elif path is None:
        raise CommandError("--output: a picture goes into a file; give its name")
    elif options.to == "gif":
        _write_animation(options, saved, path)
    else:
        _write_picture(options, saved, path)
    return DONE


def _takes(options: argparse.Namespace) -> dict[str, bool]:
    """Return for each option that not every kind has whether this one has it."""
    kind = options.to
    drawn = kind == "svg" and options.view == "circuit"
    of_a_node = drawn or kind == "worksheet"
    return {
        "--table": kind == "csv",
        "--view": kind in ("svg", "png"),
        "--scale": kind == "png",
        "--theme": kind in ("svg", "png", "gif") and not drawn,
        "--node": of_a_node,
        "--example": of_a_node,
        "--answers": kind == "worksheet",
        "--circuit": kind == "worksheet",
        "--from": kind == "gif",
        "--steps": kind == "gif",
        "--frames": kind == "gif",
    }


def _is_picture(options: argparse.Namespace) -> bool:
    """Return whether the window draws it."""
    return options.to in ("png", "gif") or (options.to == "svg" and options.view != "circuit")


def _check(options: argparse.Namespace) -> None:
    """Refuse numbers outside their limits, before anything is read."""
    for name, low, high in (("scale", 1, 4), ("frames", 2, 200), ("steps", 1, MOST_STEPS)):
        value = getattr(options, name)
        if not low <= value <= high:
            raise CommandError(
                "--{name}: expected a whole number from {low} to {high:,}, got {value}",
                name=name,
                low=low,
                high=high,
                value=value,
            )
    if not 0 <= getattr(options, "from") < options.steps:
        raise CommandError(
            "--from: expected a whole number from 0 to below --steps, got {start}", start=getattr(options, "from")
        )
    if options.to == "png" and options.view == "circuit":
        raise CommandError("--view: the circuit is drawn as svg; choose --to svg")
    takes = _takes(options)
    for option in given(options):
        if not takes.get(option, True):
            chosen = f"--to {options.to}" + (f" --view {options.view}" if options.view == "circuit" else "")
            raise CommandError(f"{option}: {chosen} has no use for it; leave it out")
    if options.node is not None:
        _read_node(options.node, depth=1)


def _read_node(text: str, depth: int) -> tuple[int, int]:
    """Return the layer and unit that `text` names in a network with `depth` hidden layers."""
    indices = _INDICES.fullmatch(text)
    if indices:
        return int(indices[1]), int(indices[2])
    try:
        return read_node(text, depth)
    except ValueError:
        message = f"--node: expected a node such as x1, h1.2 or out.1, got {shortened(text)}"
        raise CommandError(message) from None


# ---- texts -------------------------------------------------------------------------------------


def _write_texts(options: argparse.Namespace, saved: Saved, path: Path | None) -> None:
    from playground.app.export import exports
    from playground.document.document import Node
    from playground.files.saved import run_of

    with refusing(f"{Path(options.file).name}: "):
        run = run_of(saved)
        chosen = saved.view.selection.within(run.network, run.data)
        node = chosen.node
        if options.node is not None:
            node = Node(*_read_node(options.node, run.network.depth))
        asked = exports.at(run, node, options.example)
        if options.example is None:
            asked = replace(asked, example=chosen.example)
        made = exports.EXPORTS[_key(options)].make(run, asked, path.stem if path else "network")
    if path is None:
        if len(made) > 1:
            raise CommandError("--output: {count} files are too many for standard output; give a name", count=len(made))
        sys.stdout.write(next(iter(made.values())))
        return
    with refusing("--output: "):
        files = exports.places(made, path)
    for place, text in files.items():
        _store(place, text.encode())


def _key(options: argparse.Namespace) -> str:
    if options.to == "csv":
        return str(options.table)
    if options.to == "worksheet":
        return ("circuit" if options.circuit else "worksheet") + ("_answers" if options.answers else "")
    return str(options.to)


def _store(path: Path, data: bytes) -> None:
    from playground.files import storage

    with refusing("--output: ", FAILED):
        storage.write(path, data)


# ---- pictures ----------------------------------------------------------------------------------


def _write_picture(options: argparse.Namespace, saved: Saved, path: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QWidget

    from playground.app.export import pictures
    from playground.app.window.construction import shown_offscreen
    from playground.app.window.start import make_application
    from playground.session.saving import open_saved
    from playground.session.session import Session
    from widgets.style.letting_go import let_go

    make_application(options.theme)
    session = Session()
    with refusing(f"{Path(options.file).name}: "):
        open_saved(session, saved)
    window = shown_offscreen(session, SIZE)
    try:
        views: dict[str, QWidget] = {"window": window}
        views |= {name.lower().replace(" ", "-"): widget for name, widget in window.parts.pictures.views().items()}
        name = ("network" if options.to == "svg" else "window") if options.view is None else options.view
        if name not in views:
            raise CommandError(
                "--view: expected one of {names}, circuit; got {found}", names=", ".join(views), found=shortened(name)
            )
        view = views[name]
        _store(path, pictures.svg(view) if options.to == "svg" else pictures.png(pictures.picture(view, options.scale)))
    finally:
        session.pause()
        let_go(window)


def _write_animation(options: argparse.Namespace, saved: Saved, path: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from playground.app.export.animation import animation
    from playground.app.window.construction import make_stage
    from playground.app.window.start import make_application
    from playground.training.run import Run

    make_application(options.theme)
    with refusing(f"{Path(options.file).name}: "):
        start = Run(saved.document).memory()
        work = animation(start, getattr(options, "from"), options.steps, options.frames, make_stage)
        data = finish(work, "drawing", quiet=options.quiet)
    _store(path, data)
