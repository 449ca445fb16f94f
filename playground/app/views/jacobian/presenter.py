"""Jacobian tab ↔ session: the chosen matrix of derivatives at the current example, and one entry written out."""

from __future__ import annotations

from playground.app.views.jacobian.reading import (
    Which,
    choices,
    entry,
    entry_numbers,
    exists,
    is_given,
    jacobian,
    whole_entry,
)
from playground.app.views.prediction.blanks import Named
from playground.app.views.prediction.wishes import answer_at, fulfil
from playground.app.views.scheduling import READINGS, Aspect, Scheduler
from playground.document.document import LOSS
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.matrices.jacobian_view import JacobianView

_TIMES = 10


class JacobianPresenter:
    """Shows one Jacobian; a part of a layer follows the layer of the selected node."""

    def __init__(self, session: Session, scheduler: Scheduler, slow_motion: SlowMotion, view: JacobianView) -> None:
        """Connect `view` to `session`; `slow_motion` decides what is computed yet."""
        self._session, self._slow, self._view = session, slow_motion, view
        self._which = Which()
        self._entry: tuple[int, int] | None = None
        view.choice_picked.connect(self._on_choice_picked)
        view.cell_clicked.connect(self._on_cell_clicked)
        view.answered.connect(self._on_answered)
        view.wished.connect(self._on_wished)
        self._page = scheduler.add(view, self.show_jacobian, READINGS | Aspect.SELECTION, times=_TIMES)
        slow_motion.moved.connect(self._page.refresh)
        slow_motion.ended.connect(self._page.refresh)

    def show_jacobian(self, changed: Aspect) -> None:
        """Show the current matrix; another selected node leads to its layer."""
        if Aspect.SELECTION in changed:
            self._follow_selection()
        snapshot, example = self._session.snapshot(), self._session.selection.example
        if not exists(snapshot, self._which):
            self._which, self._entry = Which(), None
        self._view.set_choices(choices(snapshot), str(self._which))
        cursor, which = self._slow.cursor, self._which
        is_known = cursor is None or is_given(which) or cursor.knows("forward", which.layer or cursor.n_layers)
        hidden = self._session.prediction.hidden()
        self._view.set_reading(jacobian(snapshot, example, which, hidden) if is_known else None)
        text = "" if self._entry is None or not is_known else entry(snapshot, example, which, *self._entry, hidden)
        self._view.set_cell(self._entry if text else None, text)

    def _on_choice_picked(self, key: str) -> None:
        self._which, self._entry = Which.parse(key), None
        self._page.refresh()

    def _on_cell_clicked(self, row: int, column: int) -> None:
        self._entry = (row, column)
        self._page.refresh()

    def _named(self, row: int, column: int) -> Named | None:
        """Return the one quantity that an entry is; None for a product of several."""
        names = entry_numbers(self._session.snapshot(), self._which, row, column)
        return names[0] if len(names) == 1 else None

    def _on_answered(self, row: int, column: int, typed: str) -> None:
        if found := self._named(row, column):
            answer_at(self._session, found, typed)

    def _on_wished(self, row: int, column: int, wish: str) -> None:
        found = self._named(row, column) or whole_entry(self._session.snapshot(), self._which, row)
        fulfil(self._session, found, wish)

    def _follow_selection(self) -> None:
        node = self._session.selection.node
        if node is not None and node != LOSS and node.layer >= 1:
            which = self._which.at(node.layer)
            if which != self._which:
                self._which, self._entry = which, None
