"""Saved: everything that a file holds: what was set, what training made of it, and the view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from playground.document.differences import Difference
from playground.document.display import Display
from playground.document.document import Document
from playground.document.selection import Example, Selection
from playground.engine.state import RunState
from playground.training.branch import Branch
from playground.training.curve import Curve
from playground.training.run import Run
from playground.training.run_memory import RunMemory
from playground.training.timeline import Mark

MOST_MARKS = 128
"""States of one run that a file keeps."""


@dataclass(frozen=True, slots=True)
class ViewState:
    """What is looked at."""

    selection: Selection = field(default_factory=Selection)
    # What views remember of themselves; the file keeps it as it is and does not look into it.
    settings: Mapping[str, object] = field(default_factory=dict)
    display: Display = field(default_factory=Display)

    def sound(self, n_columns: int) -> ViewState:
        """Return this view without what no view could show over points of `n_columns` coordinates."""
        selection, example = self.selection, self.selection.example
        if example.index is None and len(example.probe) not in (2, n_columns):
            selection = replace(selection, example=Example())
        if example.index is not None and example.index < 0:
            selection = replace(selection, example=Example())
        return replace(self, selection=selection, display=self.display.sound())


@dataclass(frozen=True, slots=True, eq=False)
class SavedComparison:
    """The second run of a comparison: what differs, and the run where it is."""

    difference: Difference
    memory: RunMemory


@dataclass(frozen=True, slots=True, eq=False)
class Saved:
    """The content of a ``.playground`` file."""

    document: Document = field(default_factory=Document)
    state: RunState | None = None  # where training was; None begins at iteration 0
    curves: Curve | None = None  # the recorded losses (``History.copy()``)
    view: ViewState = field(default_factory=ViewState)
    marks: tuple[Mark, ...] = ()  # kept states that other iterations are replayed from
    branches: tuple[Branch, ...] = ()
    comparison: SavedComparison | None = None


def run_of(saved: Saved) -> Run:
    """Return the run that a file holds, where it was left.

    Raises
    ------
    ValueError
        If its data cannot be made as asked.
    """
    run = Run(saved.document)
    run.resume(saved.document, saved.state, saved.curves)
    return run
