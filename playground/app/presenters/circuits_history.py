"""What can be taken back in the Circuits view: another circuit, other numbers, a mistake switched on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QUndoCommand

from playground.app.readings.circuits_desk import Desk
from playground.circuits.graph import Circuit

UNDO_LIMIT = 200
_EDIT_ID = 1


@dataclass(frozen=True, eq=False)
class Sheet:
    """What a person made of the desk; the walk, the quiz and the nudge are only ways to look at it.

    Attributes
    ----------
    text : str
        The typed expression; empty for a circuit that came from the network.
    circuit : Circuit
    inputs : dict
    upstream : float
    mistakes : (bool, bool)
        Forget to add, forget to zero.
    """

    text: str
    circuit: Circuit
    inputs: Mapping[str, float]
    upstream: float
    mistakes: tuple[bool, bool]

    @staticmethod
    def of(text: str, desk: Desk) -> Sheet:
        """Return what is on `desk`."""
        return Sheet(text, desk.circuit, desk.inputs, desk.upstream, (desk.forget_to_add, desk.forget_to_zero))

    def desk(self, present: Desk | None) -> Desk:
        """Return the desk with this on it; on the same circuit the walk stays where it is at `present`."""
        if present is None or present.circuit is not self.circuit:
            adds, zeros = self.mistakes
            return Desk(self.circuit, self.inputs, self.upstream, forget_to_add=adds, forget_to_zero=zeros)
        desk = present.with_inputs(self.inputs, self.upstream)
        if self.mistakes != (desk.forget_to_add, desk.forget_to_zero):
            desk = desk.with_mistakes(forget_to_add=self.mistakes[0], forget_to_zero=self.mistakes[1])
        return desk


class EditDesk(QUndoCommand):
    """Go from one sheet to another; the edits of one drag (`gesture` > 0) join into one.

    The first ``redo``, when the command is pushed, does nothing: the edit is on the screen already.
    """

    def __init__(self, before: Sheet, after: Sheet, text: str, put: Callable[[Sheet], None], gesture: int = 0) -> None:
        """Remember both ends; `put` shows a sheet."""
        super().__init__(text)
        self._before, self._after, self._put, self._gesture = before, after, put, gesture
        self._shown = True

    def id(self) -> int:
        """Return the kind of this command, for Qt's merging."""
        return _EDIT_ID

    def redo(self) -> None:
        """Show what came after."""
        if not self._shown:
            self._put(self._after)
        self._shown = False

    def undo(self) -> None:
        """Show what was before."""
        self._put(self._before)

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Join the next edit of the same drag."""
        if not isinstance(other, EditDesk) or not self._gesture or other._gesture != self._gesture:
            return False
        self._after = other._after
        return True
