"""RunMemory: a run at one iteration, with the states that its other iterations are replayed from."""

from __future__ import annotations

from dataclasses import dataclass

from playground.document.document import Document
from playground.engine.state import RunState
from playground.training.curve import Curve
from playground.training.setup import initial_state, network_of
from playground.training.timeline import Mark


@dataclass(frozen=True, slots=True, eq=False)
class RunMemory:
    """A document and the state that training had made of it."""

    document: Document
    state: RunState
    marks: tuple[Mark, ...] = ()  # kept states that other iterations are replayed from; few, or none
    curve: Curve | None = None

    def without_past(self) -> RunMemory:
        """Return document and state alone."""
        return RunMemory(self.document, self.state)


def start_of(document: Document) -> RunMemory:
    """Return the run of `document` at iteration 0."""
    return RunMemory(document, initial_state(document, network_of(document)))
