"""The texts that a network can be written as: scripts, tables, worksheets, circuits; one entry each.

The File menu and the command line both take them from here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playground.app.views.circuits.unrolled import Opened, Place, opened, place_label
from playground.app.views.inspector.reading import card
from playground.app.views.names import node_label
from playground.circuits.passes import Evaluation, evaluate
from playground.document.document import Node
from playground.document.selection import Example, Selection
from playground.engine.notation import node_in_words
from playground.exporters.circuit_svg import circuit_svg
from playground.exporters.csv_tables import curves_csv, data_csv
from playground.exporters.from_run import exportable
from playground.exporters.keras_script import keras_script
from playground.exporters.numpy_script import numpy_script
from playground.exporters.pytorch_script import pytorch_script
from playground.exporters.worksheet import circuit_worksheet, constants_of, neuron_worksheet
from playground.training.curve import COLUMNS
from playground.training.run import Run
from widgets.values import NeuronReading

Make = Callable[[Run, Selection, str], dict[str, str]]
"""Of a run, what is selected and the file's name without its ending: texts by file name, the first the one asked for.
"""

FIRST_NEURON = Node(1, 0)
"""What is written when no node is selected."""


@dataclass(frozen=True, slots=True)
class Export:
    """One kind of text."""

    key: str
    text: str
    tip: str
    suffix: str  # ending of the file
    kind: str  # what a file dialog calls such files
    make: Make  # see ``Make``; raises ValueError, with the cure, when there is nothing to write


def _scripted(write: Callable[..., dict[str, str]]) -> Make:
    return lambda run, selection, stem: write(exportable(run), stem)


def _curves(run: Run, selection: Selection, stem: str) -> dict[str, str]:
    return {f"{stem}.csv": curves_csv(COLUMNS, run.history.copy().table)}


def _data(run: Run, selection: Selection, stem: str) -> dict[str, str]:
    return {f"{stem}.csv": data_csv(exportable(run))}


def _neuron(run: Run, selection: Selection, stem: str, *, answers: bool) -> dict[str, str]:
    node = selection.node or FIRST_NEURON
    read = card(run.snapshot(), node, selection.example)
    if not isinstance(read, NeuronReading):
        raise ValueError(f"{node_label(run.snapshot(), node)}: only a neuron has this worksheet; select a neuron")
    constants = constants_of(run.network.layers[node.layer - 1].spec)
    return {f"{stem}.md": neuron_worksheet(read, answers=answers, constants=constants)}


def _circuit(run: Run, selection: Selection, stem: str, *, answers: bool) -> dict[str, str]:
    made, numbers, title = _opened(run, selection)
    return {f"{stem}.md": circuit_worksheet(made.circuit, numbers, answers=answers, title=title)}


def _drawn(run: Run, selection: Selection, stem: str) -> dict[str, str]:
    made, numbers, title = _opened(run, selection)
    return {f"{stem}.svg": circuit_svg(made.circuit, numbers, title=title)}


def _opened(run: Run, selection: Selection) -> tuple[Opened, Evaluation, str]:
    place = Place("node", selection.node or FIRST_NEURON)
    snapshot = run.snapshot()
    made = opened(snapshot, place, selection.example)
    return made, evaluate(made.circuit, made.inputs, made.upstream), place_label(snapshot, place)


_ENTRIES = (
    Export("numpy", "&NumPy script…", "Forward, backward and update in plain NumPy, with the trained weights",
           ".py", "Python script", _scripted(numpy_script)),
    Export("pytorch", "&PyTorch script…", "The network in PyTorch, with the trained weights and a training loop",
           ".py", "Python script", _scripted(pytorch_script)),
    Export("keras", "&Keras script…", "The network in Keras 3, with the trained weights and a training loop",
           ".py", "Python script", _scripted(keras_script)),
    Export("curves", "&Curves as CSV…", "Losses, accuracies and rate at every recorded iteration",
           ".csv", "Table", _curves),
    Export("data", "&Data as CSV…", "Every point as the network sees it, standardized where that is on: "
           "with its features, its class or value, the outputs, and its set",
           ".csv", "Table", _data),
    Export("worksheet", "&Worksheet of the neuron…", "The gradient card with blanks: upstream × local = downstream",
           ".md", "Markdown", partial(_neuron, answers=False)),
    Export("worksheet_answers", "Worksheet of the neu&ron, with answers…", "The same with every number",
           ".md", "Markdown", partial(_neuron, answers=True)),
    Export("circuit", "Worksheet of its c&ircuit…", "The node as scalar gates, both passes with blanks",
           ".md", "Markdown", partial(_circuit, answers=False)),
    Export("circuit_answers", "Worksheet of its circuit, wit&h answers…", "The same with every number",
           ".md", "Markdown", partial(_circuit, answers=True)),
    Export("svg", "Its circuit as &SVG…", "The node as scalar gates, values above the wires, gradients below",
           ".svg", "SVG drawing", _drawn),
)  # fmt: skip

EXPORTS: dict[str, Export] = {entry.key: entry for entry in _ENTRIES}


def places(texts: Mapping[str, str], path: Path) -> dict[Path, str]:
    """Return where each text goes: the first to `path`, the tables that a script reads beside it.

    Raises
    ------
    ValueError
        If such a table is there without its script: it belongs to something else, and is not written over.
    """
    first, *others = texts
    if not path.exists():
        for name in others:
            if path.with_name(name).exists():
                raise ValueError(
                    f"{name} is there already and belongs to another file: choose another name than {path.name}"
                )
    return {path: texts[first]} | {path.with_name(name): texts[name] for name in others}


def at(run: Run, node: Node | None, example: int | None) -> Selection:
    """Return the selection of `node` and `example`, where the run has them.

    Raises
    ------
    ValueError
        If it has not.
    """
    made = Selection(node=node, example=Example() if example is None else Example(example))
    fitted = made.within(run.network, run.data)
    if fitted.node != node:
        named = node_in_words(*(node or (0, 0)), run.network.depth)
        raise ValueError(f"node: there is no {named}; the widths are {'-'.join(map(str, run.network.widths))}")
    if fitted.example != made.example:
        raise ValueError(f"example: expected 0 to {len(run.data.sample.points) - 1}, got {example}")
    return fitted
