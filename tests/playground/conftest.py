"""A session to edit, and what it said."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from playground.document.document import Document
from playground.engine.state import RunState
from playground.session.session import Session


@pytest.fixture
def make_session(qapp: QApplication) -> Iterator[Callable[..., Session]]:
    """Return a maker of sessions, which are paused when the test is over."""
    made: list[Session] = []

    def make(document: Document | None = None) -> Session:
        made.append(Session(document))
        return made[-1]

    yield make
    for session in made:
        session.clock.stop()
        session.deleteLater()


@pytest.fixture
def session(make_session: Callable[..., Session]) -> Session:
    """Return a session of the first document."""
    return make_session()


@pytest.fixture
def notes(session: Session) -> list[str]:
    """Return what the session says, as it says it."""
    said: list[str] = []
    session.noted.connect(said.append)
    return said


@pytest.fixture
def state_of() -> Callable[[Session], RunState]:
    """Return the reader of a run's state."""
    return lambda session: session.run.trainer.state()


@pytest.fixture
def matrices_of() -> Callable[[Session], list[np.ndarray]]:
    """Return the reader of a run's weight matrices, copied."""
    return lambda session: [matrix.copy() for matrix in session.run.network.matrices(session.run.trainer.parameters)]
