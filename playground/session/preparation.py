"""Preparation: points that take long to make are made beside the events of the window, then the edit is done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from PySide6.QtCore import QObject, Signal

from playground.document.changes import Change
from playground.document.compatibility import made_compatible
from playground.document.document import Document
from playground.document.prepared_data import prepare
from playground.engine.batches import order
from playground.engine.messages import grouped
from playground.session.session import Session
from playground.training.setup import network_of
from playground.training.snapshot import Instruments

MANY = 50_000
"""More points than this would stop the window for longer than a twentieth of a second."""

Start = Callable[[Callable[[], None]], None]
"""Does some work beside the events."""


def in_thread(work: Callable[[], None]) -> None:
    """Do `work` in a thread: making arrays leaves the interpreter to the window for most of the time."""
    Thread(target=work, name="points", daemon=True).start()


class Preparation(QObject):
    """Edits the data of one session.

    A later edit takes the place of one that still waits for its points.
    """

    _prepared = Signal(object)

    def __init__(self, session: Session, start: Start = in_thread) -> None:
        """Edit `session`; `start` begins what takes long."""
        super().__init__(session)
        self._session, self._start = session, start
        self._waiting: tuple[Change, str] | None = None
        self._prepared.connect(self._on_prepared)

    def change(self, change: Change, text: str) -> bool:
        """Apply `change` as ``Session.change`` does, at once or when its points are made; return whether it may be."""
        self._waiting = None
        before = self._session.document
        try:
            after = change(before)
        except ValueError:
            return self._session.change(change, text)  # which says why not
        if after.data == before.data or after.data.table is not None or after.data.points <= MANY:
            return self._session.change(change, text)
        self._session.note(f"Making {grouped(after.data.points)} points …")
        waiting = self._waiting = change, text
        epoch = next_epoch(self._session)
        self._start(lambda: self._prepared.emit((waiting, prepared(before, after, epoch))))
        return True

    def _on_prepared(self, prepared: tuple[tuple[Change, str], object]) -> None:
        """Make the edit, unless another has taken its place; what was prepared is known until it is made."""
        waiting, _kept = prepared
        if waiting is self._waiting:
            self._waiting = None
            self._session.note("")
            self._session.change(*waiting)


def next_epoch(session: Session) -> int:
    """Return the epoch that training goes on with when the number of examples is another."""
    trainer = session.run.trainer
    return trainer.epoch + (trainer.position > 0)


def prepared(before: Document, after: Document, epoch: int) -> object:
    """Return the arrays of `after`, with all that its next iteration needs; without any, the edit will say why.

    Training goes on with `epoch`, or begins again. The subsets that are measured, and the orders of both epochs, are
    known from now on.
    """
    with suppress(ValueError, MemoryError):
        document = made_compatible(before, after)[0]
        made = prepare(document)
        orders = [order(document.seed, one, made.train.n_samples) for one in {0, epoch}]
        measured = Instruments(document, network_of(document), made).evaluators
        return made, made.train.table, made.test.table, orders, measured
    return None
