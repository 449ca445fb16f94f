"""Where a document belongs and what of it is safe: what Undo and a lesson come back to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from playground.document.document import Document
from playground.engine.state import RunState
from playground.files.file_claim import FileClaim, Stamp
from playground.files.saved import Saved


@dataclass(frozen=True, slots=True, eq=False)
class Safe:
    """What is safe on disk, in a link or in the program itself; only what differs from it can be lost."""

    document: Document
    state: RunState

    def is_at(self, document: Document, state: RunState) -> bool:
        """Return whether `document` and `state` are exactly the safe ones."""
        return (
            self.state.iteration == state.iteration
            and (self.document is document or self.document == document)
            and np.array_equal(self.state.parameters, state.parameters)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where a document belongs, for Undo to come back to it."""

    path: Path | None
    stamp: Stamp | None
    safe: Safe | None
    settings: Mapping[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class Aside:
    """The user's own document while a lesson is taken."""

    saved: Saved
    name: str  # of what stands in its place
    place: Place
    claim: FileClaim  # still held
    is_modified: bool
