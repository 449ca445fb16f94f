"""The undo stack: edits of a drag join, what they hold is let go of, and bytes are bounded as well as edits."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QObject

from playground.document.changes import with_training, with_width
from playground.document.document import Document, Edge
from playground.session.commands import EditDocument
from playground.session.session import Session
from playground.session.undo_stack import Edit, UndoStack


class Painted(Edit):
    """Holds an array and tells what is done with it."""

    def __init__(self, size: int, said: list[str], text: str, gesture: int = 0) -> None:
        super().__init__(text, gesture)
        self.array, self.said = np.zeros(size, dtype=np.uint8), said

    def redo(self) -> None:
        self.said.append(f"do {self.text()}")

    def undo(self) -> None:
        self.said.append(f"undo {self.text()}")

    def take_in(self, later: Painted) -> None:
        self.array = later.array
        self.setObsolete(not len(later.array))

    def retained(self) -> Iterator[np.ndarray]:
        yield self.array


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def stack(qapp: QObject) -> Iterator[UndoStack]:
    owner = QObject()
    yield UndoStack(owner, limit=50, capacity=1000)
    owner.deleteLater()


def test_the_latest_edits_that_fit_are_kept(stack: UndoStack, said: list[str]) -> None:
    for name in "abcde":
        stack.do(Painted(300, said, name))
    assert stack.size_bytes() == 900
    said.clear()
    while stack.canUndo():
        stack.undo()
    assert said == ["undo e", "undo d", "undo c"]
    while stack.canRedo():
        stack.redo()
    assert said[3:] == ["do c", "do d", "do e"]


def test_undo_is_not_offered_when_only_forgotten_edits_are_left(stack: UndoStack, said: list[str]) -> None:
    for name in "ab":
        stack.do(Painted(600, said, name))
    stack.undo()
    assert not stack.canUndo()
    assert stack.undoText() == ""
    assert stack.redoText() == "b"
    assert stack.has_forgotten
    stack.clear()
    assert not stack.has_forgotten


def test_the_latest_edit_is_kept_however_large(stack: UndoStack, said: list[str]) -> None:
    for name in "ab":
        stack.do(Painted(5000, said, name))
    assert stack.size_bytes() == 5000
    stack.undo()
    assert said[-1] == "undo b"


def test_what_several_edits_hold_counts_once(stack: UndoStack, said: list[str]) -> None:
    first = Painted(600, said, "a")
    stack.do(first)
    for name in "bcd":
        edit = Painted(0, said, name)
        edit.array = first.array
        stack.do(edit)
    assert stack.size_bytes() == 600
    assert stack.count() == 4


def test_edits_of_a_drag_are_done_and_join(stack: UndoStack, said: list[str]) -> None:
    for name in "abc":
        stack.do(Painted(10, said, name, gesture=7))
    stack.do(Painted(10, said, "d", gesture=8))
    assert said == ["do a", "do b", "do c", "do d"]
    assert (stack.count(), stack.undoText()) == (2, "d")


def test_a_drag_that_comes_to_nothing_leaves_nothing_to_undo(stack: UndoStack, said: list[str]) -> None:
    stack.do(Painted(10, said, "a", gesture=7))
    stack.do(Painted(0, said, "b", gesture=7))
    assert said == ["do a", "do b"]
    assert not stack.canUndo()


def test_a_drag_that_goes_on_after_an_undo_is_an_edit_of_its_own(stack: UndoStack, said: list[str]) -> None:
    for name, gesture in (("a", 7), ("b", 8)):
        stack.do(Painted(10, said, name, gesture))
    stack.undo()
    stack.do(Painted(10, said, "c", gesture=7))
    assert stack.count() == 2
    assert not stack.canRedo()


def test_nothing_of_a_drag_is_left_when_its_undo_is_gone(session: Session) -> None:
    session.begin_gesture()
    for width in (5, 6, 7, 8):
        session.change(with_width(1, width), "Change the width")
    for value in (0.1, 0.2, 0.3):
        session.set_weight(Edge(1, 0, 0), value)
    session.end_gesture()
    kept = [weakref.ref(session.undo_stack.command(i)) for i in range(session.undo_stack.count())]
    assert len(kept) == 2
    session.undo_stack.clear()
    gc.collect()
    assert not any(isinstance(thing, EditDocument) for thing in gc.get_objects())
    assert [ref() for ref in kept] == [None, None]


def test_edits_of_large_data_are_bounded(make_session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch) -> None:
    session = make_session()
    monkeypatch.setattr(session.undo_stack, "_capacity", 60_000)
    for seed in range(2, 40):
        session.change(lambda d, seed=seed: replace(d, seed=seed), "New weights")
        session.step(30)
    assert session.undo_stack.size_bytes() <= 60_000
    present = session.document
    while session.undo_stack.canUndo():
        session.undo_stack.undo()
    assert 1 < session.document.seed < 39
    while session.undo_stack.canRedo():
        session.undo_stack.redo()
    assert session.document == present


def test_points_weights_and_curves_count(session: Session) -> None:
    session.step(20)
    session.change(with_training(learning_rate=0.01), "Rate")
    session.set_weight(Edge(1, 0, 0), 0.5)
    parameters = session.run.network.n_parameters
    assert session.undo_stack.size_bytes() >= 2 * 8 * parameters
    assert isinstance(session.document, Document)
