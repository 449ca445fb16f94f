"""Session: the state of one window. It owns the document, the runs, the selection and the undo stack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from itertools import count

import numpy as np
from PySide6.QtCore import QObject, Signal

from playground.document.compatibility import fitted, require_trainable
from playground.document.document import Change, Document, Edge, with_revived, with_start_weights
from playground.document.remap import settled
from playground.document.selection import Example, Selection
from playground.engine.state import RunState
from playground.files.saved import MOST_MARKS, Saved, SavedComparison, ViewState
from playground.session.clock import Clock
from playground.session.commands import EditDocument, EditWeights
from playground.session.lockstep import Lockstep
from playground.session.undo_stack import UndoStack
from playground.training.branch import Branch
from playground.training.comparison_run import ComparisonRun
from playground.training.curve import DatedEdit
from playground.training.run import Run
from playground.training.run_memory import RunMemory
from playground.training.snapshot import Snapshot
from playground.training.stop_conditions import StopConditions, StopWatch
from playground.training.timeline import Mark
from playground.training.what_if import WhatIf, WhatIfSnapshot


class Session(QObject):
    """What a window is about.

    Attributes
    ----------
    run : Run
        The run that everything shows.
    lockstep : Lockstep
        Who may go along: a second run, for a ``comparison``.
    document_changed : Signal(object, object)
        A new document replaced the old: (before, after). The run has already followed.
    stepped : Signal()
        The run moved, or its weights did; time to show it.
    selection_changed : Signal(object)
        The new ``Selection``.
    playing_changed : Signal(bool)
        Training began or ended to go on by itself.
    diverged : Signal(object)
        Training stopped at a number that is not finite: a ``Divergence``.
    noted : Signal(str)
        Something a status line should say.
    rated : Signal(float, float)
        Frames and iterations a second while playing.
    """

    document_changed = Signal(object, object)
    stepped = Signal()
    selection_changed = Signal(object)
    playing_changed = Signal(bool)
    diverged = Signal(object)
    noted = Signal(str)
    rated = Signal(float, float)

    def __init__(self, document: Document | None = None, parent: QObject | None = None) -> None:
        """Begin with `document`, or with the first document of the program."""
        super().__init__(parent)
        self.run = Run(document or Document())
        self.lockstep = Lockstep(self)
        self.lockstep.noted.connect(self.noted)
        self.lockstep.changed.connect(self.stepped)
        self.lockstep.caught_up.connect(self.stepped)
        self.selection = Selection()
        self.undo_stack = UndoStack(self)
        self.clock = Clock(self.advance, self)
        self.clock.frame_due.connect(self._on_frame_due)
        self.clock.rated.connect(self.rated)
        self._gestures = count(1)
        self._gesture = 0
        self._pressed: RunMemory | None = None
        self._dragged = ""
        self._stop_conditions = StopConditions()
        self._watch: StopWatch | None = None
        self._what_if: WhatIf | None = None
        self._read_as: WhatIfSnapshot | None = None

    # ---- state ---------------------------------------------------------------------------------

    @property
    def document(self) -> Document:
        """The present document."""
        return self.run.document

    @property
    def comparison_run(self) -> ComparisonRun | None:
        """A second run that goes where the first goes, while there is one."""
        return self.lockstep.comparison_run

    @property
    def is_playing(self) -> bool:
        """Whether training goes on by itself."""
        return self.clock.is_running

    def snapshot(self) -> Snapshot:
        """Return the present moment, for readings, under the what-if if there is one; the same until the run moves."""
        present = self.run.snapshot()
        if self._what_if is None or not self._what_if.fits(present.network):
            return present
        if self._read_as is None or self._read_as.base is not present or self._read_as.what_if != self._what_if:
            self._read_as = WhatIfSnapshot(present, self._what_if)
        return self._read_as

    @property
    def what_if(self) -> WhatIf | None:
        """The activation that every reading takes for granted; training does not."""
        fits = self._what_if is not None and self._what_if.fits(self.run.network)
        return self._what_if if fits else None

    def set_what_if(self, what_if: WhatIf | None) -> None:
        """Read everything under `what_if`, or as it is again."""
        if what_if != self._what_if:
            self._what_if, self._read_as = what_if, None
            self.selection_changed.emit(self.selection)
            self.stepped.emit()

    @property
    def stop_conditions(self) -> StopConditions:
        """When training that goes on by itself is to pause."""
        return self._stop_conditions

    @stop_conditions.setter
    def stop_conditions(self, conditions: StopConditions) -> None:
        self._stop_conditions = conditions
        self._watch = self._new_watch() if self.is_playing else None

    # ---- files ---------------------------------------------------------------------------------

    def saved(self, settings: Mapping[str, object] | None = None) -> Saved:
        """Return everything that a file keeps of this moment; `settings` are what views remember of themselves."""
        now, comparison_run = self.run.whole(MOST_MARKS), self.comparison_run
        second = SavedComparison(comparison_run.difference, comparison_run.run.whole()) if comparison_run else None
        view = ViewState(self.selection, settings or {})
        return Saved(now.document, now.state, now.curve, view, now.marks, self.run.history.branches, second)

    def open(self, saved: Saved) -> None:
        """Go on with `saved` exactly where it was; undo begins anew.

        Raises
        ------
        ValueError
            When it cannot be trained; nothing has changed then.
        """
        require_trainable(saved.document)
        self.pause()
        self.end_gesture()
        before = self.document
        self.lockstep.set_comparison_run(None)
        self.undo_stack.clear()
        self.run.resume(saved.document, saved.state, saved.curves, saved.marks, saved.branches)
        self._tell_of(before, saved.document)
        if saved.comparison:
            comparison_run = ComparisonRun(saved.comparison.difference, saved.document)
            comparison_run.resume(saved.comparison.memory)
            self.lockstep.set_comparison_run(comparison_run)
            self.lockstep.come_to(self.run)
        selection = saved.view.selection.within(self.run.network, self.run.data)
        self.select(**{part.name: getattr(selection, part.name) for part in fields(selection)})

    # ---- edits ---------------------------------------------------------------------------------

    def begin_gesture(self) -> None:
        """Open a drag: edits until ``end_gesture`` are one undo and are computed from this moment.

        An edit of another name, by a key while the mouse still holds, ends it.
        """
        self._gesture = next(self._gestures)
        self._pressed, self._dragged = self.run.memory(), ""

    def end_gesture(self) -> None:
        """Close the drag."""
        self._gesture = 0
        self._pressed = None

    def change(self, change: Change, text: str) -> bool:
        """Apply `change` to the document as one undoable edit; tell whether it was possible.

        A change that is refused leaves everything as it was, and ``noted`` says why.
        """
        if self._pressed and text != (self._dragged or text):
            self.end_gesture()
        self._dragged = text
        memory = self._pressed or self.run.memory()
        try:
            after, note = fitted(memory.document, change(memory.document))
            after = settled(memory.document, after)
        except ValueError as error:
            self.noted.emit(str(error))
            return False
        if after != self.document:
            self.undo_stack.do(EditDocument(self, after, text, self._gesture, memory))
        if note:
            self.noted.emit(note)
        return True

    def set_weight(self, edge: Edge, value: float) -> bool:
        """Set one weight or bias by hand; before training began it becomes part of the start."""
        return self.set_weights({edge: value}, "Set a weight" if edge.source >= 0 else "Set a bias")

    def set_weights(self, values: Mapping[Edge, float], text: str, change: Change | None = None) -> bool:
        """Set weights and biases by hand as one undoable, dated edit; tell whether it was possible.

        Before training began they become part of the start. A pruned weight that is set is pruned no longer. A
        `change` of the document goes along in the same edit (it changes no structure).
        """
        now = self.run.memory()
        try:
            index = [self.run.index_of(edge) for edge in values]
            numbers = np.array(list(values.values()), dtype=np.float64)
            if not np.isfinite(numbers).all():
                raise ValueError("A weight must be a finite number; type another.")
        except (ValueError, IndexError) as error:
            self.noted.emit(str(error))
            return False
        parameters = now.state.parameters.copy()
        parameters[index] = numbers
        document = with_revived(values)(self.document)
        if change:
            document = change(document)
        if now.state.iteration == 0:
            held = {weight.edge for weight in document.pruned}
            document = with_start_weights({e: v for e, v in values.items() if e not in held})(document)
        curve = now.curve
        if curve is not None and now.state.iteration > 0:
            curve = curve.with_edit(DatedEdit(now.state.iteration, text, self._gesture))
        after = replace(now, document=document, state=replace(now.state, parameters=parameters), curve=curve)
        before = self._pressed if self._pressed and self._pressed.document == now.document else now
        self.undo_stack.do(EditWeights(self, before, after, text, self._gesture))
        return True

    def adopt(
        self,
        document: Document,
        memory: RunMemory,
        *,
        keep_weights: bool | None = None,
        done: str = "",
        undone: str = "",
        gesture: int = 0,
    ) -> bool:
        """Make `document` the present one; removed weights come from `memory`. For undo commands.

        The curves remember what was `done` or `undone`. Returns whether the run had to start afresh.
        """
        before = self.document
        restarted = self.run.adopt(document, memory, keep_weights=keep_weights)
        iteration = self.run.iteration
        if done and iteration > 0:
            self.run.history.note(DatedEdit(iteration, done, gesture))
        elif undone and iteration > 0:
            self.run.history.take_back(iteration, undone)
        self._tell_of(before, memory.document)
        return restarted

    def restore(self, memory: RunMemory) -> None:
        """Put document and run exactly as `memory` has them. For undo commands."""
        before = self.document
        self.run.restore(memory)
        self._tell_of(before, memory.document)

    def turn_to(self, memory: RunMemory, branches: tuple[Branch, ...]) -> None:
        """Put run and branches as they were kept. For undo commands."""
        before = self.document
        self.run.resume(memory.document, memory.state, memory.curve, memory.marks, branches)
        self._tell_of(before, memory.document)

    # ---- transport -----------------------------------------------------------------------------

    def play(self) -> None:
        """Let training go on by itself."""
        if self.is_playing:
            return
        if self.run.divergence:
            self.noted.emit(self.run.divergence.message)
            return
        self._watch = self._new_watch()
        self.clock.start()
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stop training; show the state it stopped at."""
        if self.is_playing:
            self.clock.stop()
            self.lockstep.come_to(self.run)
            self.playing_changed.emit(False)
            self.stepped.emit()

    def shut_down(self) -> None:
        """Stop, tell nobody anything more, and go: those who listen and this one would keep each other for ever."""
        self.blockSignals(True)
        self.undo_stack.blockSignals(True)
        self.pause()
        self.deleteLater()

    def toggle(self) -> None:
        """Play or pause."""
        self.pause() if self.is_playing else self.play()

    def step(self, steps: int = 1) -> None:
        """Train `steps` iterations and show the state."""
        self.pause()
        self.lockstep.train_on(self.run, self.run.train(steps))
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

    def arrive(self, state: RunState, mark: Mark) -> None:
        """Put the run at `state`, computed again from `mark` (``journey.depart``)."""
        self.run.arrive(state, mark.document)
        self._report()

    def reset(self) -> None:
        """Go to iteration 0 with the same start."""
        self.pause()
        self.run.reset()
        self.lockstep.reset()
        self._report()

    def advance(self, seconds: float, most: int | None = None) -> int:
        """Train for about `seconds`, at most `most` iterations.

        Emits nothing unless divergence or a stop condition ends it: then training pauses, and ``noted`` says why.
        """
        watch = self._watch or self._new_watch()
        done = self.lockstep.train(self.run, seconds, watch.at_most(self.run.iteration, most), watch.check)
        if self.run.divergence:
            self._report()
            return done
        fired = self.run.stopped_by or watch.arrived(self.run.iteration)
        if fired:
            self.pause()
            self.noted.emit(fired)
        return done

    def _new_watch(self) -> StopWatch:
        return StopWatch(self._stop_conditions, self.run.iteration, self.run.snapshot().losses)

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

    def _tell_of(self, before: Document, source: Document) -> None:
        """Tell the views of another document, letting go of selected nodes, edges and points that are gone.

        Weights that are back come from when `source` was the document.
        """
        self.lockstep.follow(before, self.run, source)
        if not self.is_playing:
            self.lockstep.come_to(self.run)
        carried = self.selection.carried(before, self.document)
        kept = carried.within(self.run.network, self.run.data)
        changed, self.selection = kept != self.selection, kept
        self.document_changed.emit(before, self.document)
        if changed:
            self.selection_changed.emit(kept)
        self.stepped.emit()

    # ---- inside --------------------------------------------------------------------------------

    def _on_frame_due(self) -> None:
        self.stepped.emit()

    def _report(self) -> None:
        """Say what came of training: a new state, or divergence."""
        if self.run.divergence:
            self.pause()
            self.diverged.emit(self.run.divergence)
        self.lockstep.come_to(self.run)
        self.stepped.emit()
