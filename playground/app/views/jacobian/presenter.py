"""Jacobian tab ↔ session: the chosen matrix of derivatives at the current example, and one entry written out."""

from __future__ import annotations

from playground.app.views.jacobian.reading import Which, choices, entry, exists, jacobian
from playground.app.views.scheduling import Throttle
from playground.document.document import LOSS
from playground.document.selection import Selection
from playground.session.session import Session
from widgets.frame.inspector import Inspector
from widgets.matrices.jacobian_view import JacobianView

_TIMES = 10


class JacobianPresenter:
    """Shows one Jacobian; a part of a layer follows the layer of the selected node."""

    def __init__(self, session: Session, inspector: Inspector, view: JacobianView) -> None:
        """Connect `view`, a page of `inspector`, to `session`."""
        self._session, self._view = session, view
        self._throttle = Throttle(session, _TIMES)
        self._which = Which()
        self._entry: tuple[int, int] | None = None
        view.choice_picked.connect(self._on_choice_picked)
        view.cell_clicked.connect(self._on_cell_clicked)
        inspector.page_shown.connect(lambda _key: self.show_jacobian())
        session.refresh_requested.connect(self._on_stepped)
        session.selection_changed.connect(self._on_selection_changed)
        self._on_selection_changed(session.selection)

    def show_jacobian(self) -> None:
        """Show the current matrix."""
        if not self._view.isVisible():
            return
        snapshot, example = self._session.snapshot(), self._session.selection.example
        if not exists(snapshot, self._which):
            self._which, self._entry = Which(), None
        self._view.set_choices(choices(snapshot), str(self._which))
        self._view.set_reading(jacobian(snapshot, example, self._which))
        text = "" if self._entry is None else entry(snapshot, example, self._which, *self._entry)
        self._view.set_cell(self._entry if text else None, text)

    def _on_stepped(self) -> None:
        if self._view.isVisible() and self._throttle.is_due():
            self.show_jacobian()

    def _on_choice_picked(self, key: str) -> None:
        self._which, self._entry = Which.parse(key), None
        self.show_jacobian()

    def _on_cell_clicked(self, row: int, column: int) -> None:
        self._entry = (row, column)
        self.show_jacobian()

    def _on_selection_changed(self, selection: Selection) -> None:
        node = selection.node
        if node is not None and node != LOSS and node.layer >= 1:
            which = self._which.at(node.layer)
            if which != self._which:
                self._which, self._entry = which, None
        self.show_jacobian()
