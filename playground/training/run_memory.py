"""RunMemory: a run at one moment, with what its past can be computed again from."""

from __future__ import annotations

from dataclasses import dataclass

from playground.document.document import Document
from playground.engine.state import RunState
from playground.training.curve import Curve
from playground.training.timeline import Mark


@dataclass(frozen=True, slots=True, eq=False)
class RunMemory:
    """A document and the state that training had made of it, at one moment.

    Attributes
    ----------
    marks : tuple of Mark
        From which other moments of the run can be computed again; few, and none for a beginning.
    curve : Curve or None
        The curves.
    """

    document: Document
    state: RunState
    marks: tuple[Mark, ...] = ()
    curve: Curve | None = None

    def without_past(self) -> RunMemory:
        """Return the moment alone."""
        return RunMemory(self.document, self.state)
