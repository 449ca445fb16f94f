"""Edits: changes of the document and of weights by hand, each one undo; a drag of any length is one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count

import numpy as np

from playground.document.changes import Change, with_revived, with_start_weights
from playground.document.compatibility import made_compatible
from playground.document.document import Edge
from playground.document.input_scale import misfit
from playground.document.remap import with_remapped_edges
from playground.session.commands import EditDocument, EditWeights, SwitchRun
from playground.session.live_run import LiveRun
from playground.session.undo_stack import UndoStack
from playground.training.branch import WholeRun
from playground.training.curve import DatedEdit
from playground.training.run import Run


class Edits:
    """Turns wishes into undo commands.

    Parameters
    ----------
    live : LiveRun
        What the commands change.
    undo_stack : UndoStack
        Takes them.
    note : callable
        Takes the reason when an edit is refused.
    note_edit : callable
        Takes remarks on an edit that was done.
    started_afresh : callable
        Takes the reason when trained weights did not fit other data, so that training began again.
    """

    def __init__(
        self,
        live: LiveRun,
        undo_stack: UndoStack,
        note: Callable[[str], object],
        note_edit: Callable[[str], object],
        started_afresh: Callable[[str], object],
    ) -> None:
        """Begin outside of any drag."""
        self._live, self._undo_stack = live, undo_stack
        self._note, self._note_edit, self._started_afresh = note, note_edit, started_afresh
        self._left: WholeRun | None = None  # what the latest fresh start for other data left
        self._gestures = count(1)
        self._gesture = 0
        self._pressed: WholeRun | None = None
        self._dragged = ""

    def begin_gesture(self) -> None:
        """Begin a drag: edits until ``end_gesture`` are one undo, each computed from the state at the press.

        An edit of another name, by a key while the mouse is still pressed, ends it.
        """
        self._gesture = next(self._gestures)
        self._pressed, self._dragged = self._live.run.whole(), ""

    def end_gesture(self) -> None:
        """End the drag."""
        self._gesture = 0
        self._pressed = None

    def change(self, change: Change, text: str) -> bool:
        """Apply `change` to the document as one undoable edit; return whether it was possible.

        A change that is refused leaves everything as it was.
        """
        if self._pressed and text != (self._dragged or text):
            self.end_gesture()
        self._dragged = text
        whole = self._pressed or self._live.run.whole()
        before = whole.memory.document
        try:
            after, remark = made_compatible(before, change(before))
            after = with_remapped_edges(before, after)
        except ValueError as error:
            self._note(str(error))
            return False
        if after != self._live.run.document:
            self._undo_stack.do(EditDocument(self._live, after, text, self._gesture, whole))
        if remark:
            self._note_edit(remark)
        why = misfit(before, after) if whole.memory.state.iteration else ""
        if why and self._live.run.iteration == 0:
            self._left = whole
            self._started_afresh(why)
        return True

    def keep_weights(self) -> None:
        """After a fresh start for other data, take the weights that were left, as one undoable edit."""
        if self._left is None:
            return
        run, document = Run(self._left.memory.document), self._live.run.document
        run.put_back(self._left)
        run.replace_document(document, self._left.memory, keep_weights=True)
        self._undo_stack.do(SwitchRun(self._live, run.whole(), "Keep the weights"))
        self._left = None

    def set_weights(self, values: Mapping[Edge, float], text: str, change: Change | None = None) -> bool:
        """Set weights and biases by hand as one undoable, dated edit; return whether it was possible.

        Before training began they become part of the start. A pruned weight that is set is no longer pruned. A
        `change` of the document that leaves its structure alone is part of the same edit.
        """
        run = self._live.run
        now = run.memory()
        try:
            index = [run.index_of(edge) for edge in values]
            numbers = np.array(list(values.values()), dtype=np.float64)
            if not np.isfinite(numbers).all():
                raise ValueError("A weight must be a finite number; type another.")
        except (ValueError, IndexError) as error:
            self._note(str(error))
            return False
        parameters = now.state.parameters.copy()
        parameters[index] = numbers
        document = with_revived(values)(run.document)
        if change:
            document = change(document)
        if now.state.iteration == 0:
            pruned = {weight.edge for weight in document.pruned}
            document = with_start_weights({e: v for e, v in values.items() if e not in pruned})(document)
        curve = now.curve
        if curve is not None and now.state.iteration > 0:
            curve = curve.with_edit(DatedEdit(now.state.iteration, text, self._gesture))
        after = replace(now, document=document, state=replace(now.state, parameters=parameters), curve=curve)
        before = now
        if self._pressed and self._pressed.memory.document == now.document:
            before = self._pressed.memory
        self._undo_stack.do(EditWeights(self._live, before, after, text, self._gesture))
        return True
