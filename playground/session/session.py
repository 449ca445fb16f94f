"""Session: the state of one window. It owns the document, the runs, the selection and the undo stack."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from time import perf_counter

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from playground.session.clock import Clock
from playground.session.commands import EditDocument, EditWeights
from playground.session.document import Change, Document, Edge, with_start_weight
from playground.session.selection import Example, Selection
from playground.session.snapshot import Snapshot
from playground.session.training_run import Run, RunMemory

UNDO_LIMIT = 1000


class Session(QObject):
    """What a window is about.

    Attributes
    ----------
    document_changed : Signal(object, object)
        A new document replaced the old: (before, after). The run has already followed.
    stepped : Signal()
        The run moved, or its weights did; time to show it.
    selection_changed : Signal(object)
        The new ``Selection``.
    playing_changed : Signal(bool)
        Training began or ended to go on by itself.
    troubled : Signal(object)
        Training stopped at a number that is not finite: a ``Trouble``.
    noted : Signal(str)
        Something a status line should say.
    rated : Signal(float, float)
        Frames and iterations a second while playing.
    """

    document_changed = Signal(object, object)
    stepped = Signal()
    selection_changed = Signal(object)
    playing_changed = Signal(bool)
    troubled = Signal(object)
    noted = Signal(str)
    rated = Signal(float, float)

    def __init__(self, document: Document | None = None, parent: QObject | None = None) -> None:
        """Begin with `document`, or with the first document of the program."""
        super().__init__(parent)
        self.run = Run(document or Document())
        self.selection = Selection()
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_LIMIT)
        self.clock = Clock(self.advance, self)
        self.clock.frame_due.connect(self._on_frame_due)
        self.clock.rated.connect(self.rated)
        self._gestures = count(1)
        self._gesture = 0
        self._pressed: RunMemory | None = None

    # ---- state ---------------------------------------------------------------------------------

    @property
    def document(self) -> Document:
        """The present document."""
        return self.run.document

    @property
    def is_playing(self) -> bool:
        """Whether training goes on by itself."""
        return self.clock.is_running

    def snapshot(self) -> Snapshot:
        """Return the present moment of the run, for readings; the same object until the run moves."""
        return self.run.snapshot()

    # ---- edits ---------------------------------------------------------------------------------

    def begin_gesture(self) -> None:
        """Open a drag: edits until ``end_gesture`` are one undo and are computed from this moment."""
        self._gesture = next(self._gestures)
        self._pressed = self.run.memory()

    def end_gesture(self) -> None:
        """Close the drag."""
        self._gesture = 0
        self._pressed = None

    def change(self, change: Change, text: str) -> bool:
        """Apply `change` to the document as one undoable edit; tell whether it was possible.

        A change that is refused leaves everything as it was, and ``noted`` says why.
        """
        memory = self._pressed or self.run.memory()
        try:
            after = change(memory.document)
            if after == self.document:
                return True
            self.undo_stack.push(EditDocument(self, after, text, self._gesture, memory))
        except ValueError as error:
            self.noted.emit(str(error))
            return False
        return True

    def set_weight(self, edge: Edge, value: float) -> None:
        """Set one weight or bias by hand; before training began it becomes part of the start."""
        before = self.run.memory()
        index = self.run.index_of(edge)
        parameters = before.state.parameters.copy()
        parameters[index] = value
        document = self.document
        if before.state.iteration == 0:
            document = with_start_weight(edge, value)(document)
        after = RunMemory(document, replace(before.state, parameters=parameters))
        self.undo_stack.push(EditWeights(self, before, after, "Set a weight" if edge.source >= 0 else "Set a bias"))

    def adopt(self, document: Document, memory: RunMemory) -> bool:
        """Make `document` the present one; removed weights come from `memory`. For undo commands.

        Returns whether the run had to start afresh.
        """
        before = self.document
        restarted = self.run.adopt(document, memory)
        self._tell_of(before)
        return restarted

    def restore(self, memory: RunMemory) -> None:
        """Put document and run exactly as `memory` has them. For undo commands."""
        before = self.document
        self.run.restore(memory)
        self._tell_of(before)

    # ---- transport -----------------------------------------------------------------------------

    def play(self) -> None:
        """Let training go on by itself."""
        if self.is_playing or self.run.trouble:
            return
        self.clock.start()
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stop training; show the state it stopped at."""
        if self.is_playing:
            self.clock.stop()
            self.playing_changed.emit(False)
            self.stepped.emit()

    def toggle(self) -> None:
        """Play or pause."""
        self.pause() if self.is_playing else self.play()

    def step(self, steps: int = 1) -> None:
        """Train `steps` iterations and show the state."""
        self.pause()
        self.run.train(steps)
        self._report()

    def step_epoch(self) -> None:
        """Train to the end of the present epoch."""
        self.step(self.run.steps_to_epoch_end())

    def step_back(self, steps: int = 1) -> None:
        """Go back `steps` iterations, exactly."""
        self.go_to(self.run.iteration - steps)

    def go_to(self, iteration: int) -> None:
        """Put the run at `iteration`, earlier or later, exactly as it was or will be."""
        self.pause()
        first = self.run.timeline.first
        if iteration < first:
            self.noted.emit(
                "This is the start: there is no earlier iteration."
                if first == 0
                else f"The earliest iteration of this network is {first}; Undo brings back the network before it."
            )
        self.run.go_to(max(first, iteration))
        self._report()

    def reset(self) -> None:
        """Go to iteration 0 with the same start."""
        self.pause()
        self.run.reset()
        self._report()

    def advance(self, seconds: float, most: int | None = None) -> int:
        """Train for about `seconds`, at most `most` iterations; emits nothing unless trouble ends it."""
        deadline = perf_counter() + seconds
        done = self.run.train_until(lambda: perf_counter() >= deadline, most)
        if self.run.trouble:
            self._report()
        return done

    # ---- selection -----------------------------------------------------------------------------

    def select(self, **values: object) -> None:
        """Change parts of the selection; every view follows."""
        selection = replace(self.selection, **values)  # type: ignore[arg-type]
        if selection != self.selection:
            self.selection = selection
            self.selection_changed.emit(selection)

    def select_example(self, example: Example) -> None:
        """Make `example` the one that the cards read."""
        self.select(example=example)

    def _tell_of(self, before: Document) -> None:
        """Tell the views of another document, letting go of selected nodes, edges and points that are gone."""
        kept = self.selection.within(self.run.network, self.run.data)
        changed, self.selection = kept != self.selection, kept
        self.document_changed.emit(before, self.document)
        if changed:
            self.selection_changed.emit(kept)
        self.stepped.emit()

    # ---- inside --------------------------------------------------------------------------------

    def _on_frame_due(self) -> None:
        self.stepped.emit()

    def _report(self) -> None:
        """Say what came of training: a new state, or trouble."""
        if self.run.trouble:
            self.pause()
            self.troubled.emit(self.run.trouble)
        self.stepped.emit()
