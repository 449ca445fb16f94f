"""*Why?* ↔ session and inspector: shows where a number came from, and leads back, step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from playground.app.views.names import quantity_title
from playground.app.views.scheduling import Aspect, Scheduler
from playground.app.views.why.origin import TENSORS, Cell, Spot, label, origin, tooltip, weight_note
from playground.document.quantity import Quantity
from playground.session.session import Session
from widgets.frame.inspector import Inspector
from widgets.values import Choice

NETWORK = "network"
TOO_EARLY = "The iteration before this one is not kept: it trained another network."
NOWHERE = "There is no number to go back to: W on a number shows where it came from."

_ON_LINES = {"weight": "next_weight", "update": "update", "next_weight": "next_weight"}
"""The line of the update that has the number of a quantity: w stands in that of the next weight."""


class WhyPresenter:
    """Follows numbers to their origins; what is selected otherwise ends the way."""

    def __init__(
        self,
        session: Session,
        scheduler: Scheduler,
        inspector: Inspector,
        raise_inspector: Callable[[], object],
        shown_cell: Callable[[], Cell | None],
        show_cell: Callable[[Cell], object],
        show_step: Callable[[str], object],
    ) -> None:
        """Answer the questions of `session` in `inspector`.

        `shown_cell` and `show_cell` tell and set the cell of its tensors; `show_step` shows a line of the update.
        """
        self._session, self._inspector = session, inspector
        self._raise_inspector, self._show_step = raise_inspector, show_step
        self._shown_cell, self._show_cell = shown_cell, show_cell
        self._way: tuple[Spot, ...] = ()
        self._is_going = False
        session.why_asked.connect(self._on_why_asked)
        session.earlier_asked.connect(self._on_earlier_asked)
        inspector.trail.crumb_clicked.connect(self._on_crumb_clicked)
        inspector.tabs.currentChanged.connect(lambda _index: self._on_gone_elsewhere())
        session.selection_changed.connect(lambda _selection: self._on_gone_elsewhere())
        scheduler.add(inspector, self.show_way, Aspect.DOCUMENT | Aspect.SELECTION)

    def show_way(self, _changed: Aspect) -> None:
        """Show the way so far; without one there is nothing."""
        snapshot = self._session.snapshot()
        crumbs = [Choice(str(k), label(snapshot, spot), tooltip(snapshot, spot)) for k, spot in enumerate(self._way)]
        if crumbs and self._way[0].node is not None:
            crumbs.insert(0, Choice(NETWORK, "network", "Back to the network: nothing is selected."))
        self._inspector.set_trail(tuple(crumbs))

    def back(self) -> None:
        """Go back to the number before."""
        if len(self._way) < 2:
            self._session.note(NOWHERE)
        else:
            self._go(self._way[:-1])

    # ---- inside --------------------------------------------------------------------------------

    def _here(self) -> Spot:
        page, chosen = self._inspector.current, self._session.selection
        cell = self._shown_cell() if page == TENSORS else None
        here = Spot(page, chosen.node, chosen.edge, chosen.example, is_mean=chosen.follows_mean, cell=cell)
        has_come_here = bool(self._way) and replace(self._way[-1], iteration=None) == here
        return self._way[-1] if has_come_here else here

    def _on_why_asked(self, quantity: Quantity) -> None:
        snapshot, here = self._session.snapshot(), self._here()
        found = origin(snapshot, quantity, here)
        title = quantity_title(snapshot, quantity)
        if quantity.of == "weight":
            self._session.note(weight_note(snapshot, title))
        elif found is None:
            self._session.note(f"This is where the {title} comes from: its numbers stand here.")
        if found is not None:
            has_come_here = bool(self._way) and self._way[-1] == here
            self._go((*self._way, found) if has_come_here else (here, found))
        if quantity.of in _ON_LINES:
            self._show_step(_ON_LINES[quantity.of])

    def _on_earlier_asked(self) -> None:
        """Show the same at the iteration before; the places of the way so far are those of this iteration."""
        run = self._session.run
        if run.iteration <= run.timeline.first:
            self._session.note(TOO_EARLY)
            return
        here = self._here()
        before = self._way[:-1] if self._way and self._way[-1] == here else ()
        way = tuple(spot if spot.iteration is not None else replace(spot, iteration=run.iteration)
                    for spot in (*before, here))  # fmt: skip
        self._go((*way, replace(here, iteration=run.iteration - 1)))

    def _on_crumb_clicked(self, key: str) -> None:
        if key == NETWORK:
            self._session.select(node=None, edge=None)
        else:
            self._go(self._way[: int(key) + 1])

    def _on_gone_elsewhere(self) -> None:
        if not self._is_going and self._way:
            self._way = ()
            self.show_way(Aspect(0))

    def _go(self, way: tuple[Spot, ...]) -> None:
        spot = way[-1]
        self._is_going = True
        try:
            if spot.iteration is not None and spot.iteration != self._session.run.iteration:
                self._session.go_to(spot.iteration)
            self._session.select(node=spot.node, edge=spot.edge, example=spot.example, follows_mean=spot.is_mean)
            self._inspector.show_page(spot.page)
            if spot.cell is not None:
                self._show_cell(spot.cell)
        finally:
            self._is_going = False
        self._way = way if len(way) > 1 else ()
        self._raise_inspector()
        self.show_way(Aspect(0))
