"""Circuit tab ↔ session: the selected node as scalar gates at the selected example, live while training plays."""

from __future__ import annotations

from collections.abc import Callable

from playground.app.views.circuits import open_circuit as desks
from playground.app.views.circuits import quiz as circuits_quiz
from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.app.views.circuits.open_circuit_presenter import DeskPresenter
from playground.app.views.circuits.phases import reach
from playground.app.views.circuits.unrolled import (
    NETWORK,
    PENALTY,
    Opened,
    Place,
    carried,
    held_note,
    opened,
    place_label,
    too_large,
)
from playground.circuits.bundles import Regrouping
from playground.circuits.graph import Circuit
from playground.document.document import Node
from playground.document.selection import Selection
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.gates.circuit_tab import CircuitTab
from widgets.values import Choice

NOTHING = "Click a neuron, an input or the loss in the network: here it opens into its scalar gates."

FAR = "Too far to read: zoom with Ctrl+wheel or + and −, drag to move, 0 fits; or step through it in the Circuits view."


class CircuitTabPresenter:
    """Shows one place of the network as a circuit; its structure is laid out once, its numbers stream."""

    def __init__(
        self, session: Session, slow: SlowMotion, tab: CircuitTab, open_in_circuits: Callable[[OpenCircuit], None]
    ) -> None:
        """Connect `tab` to `session`; `open_in_circuits` takes a desk to the Circuits view."""
        self._session, self._slow, self._tab = session, slow, tab
        self._gates_done, self._goes_back = 0, False
        self._gates = DeskPresenter(tab.graph, tab.cards, self._show_words, hide_no_cards=True)
        self._path: tuple[Place, ...] = ()
        self._whole = False
        self._base: Circuit | None = None
        self._walks: dict[int, Place] = {}
        self._grouping: Callable[[Circuit], Regrouping] | None = None
        session.refresh_requested.connect(self.show_frame)
        session.selection_changed.connect(self._on_selection_changed)
        slow.moved.connect(self._on_slow_moved)
        slow.ended.connect(self._on_slow_ended)
        tab.shown.connect(self.show_frame)
        tab.whole_toggled.connect(self.set_whole)
        tab.fold_requested.connect(lambda: self._group(desks.fold_all))
        tab.unfold_requested.connect(lambda: self._group(desks.open_all))
        tab.reveal_requested.connect(self._on_reveal_requested)
        tab.step_requested.connect(lambda: self._on_step_requested(open_in_circuits))
        tab.path.crumb_clicked.connect(self._on_crumb_clicked)
        tab.graph.gate_double_clicked.connect(self.walk_into)
        self._on_selection_changed(session.selection)

    @property
    def place(self) -> Place | None:
        """What is shown."""
        return NETWORK if self._whole else self._path[-1] if self._path else None

    @property
    def desk(self) -> OpenCircuit | None:
        """The circuit and its numbers, as shown."""
        return self._gates.desk

    # ---- showing -------------------------------------------------------------------------------

    def show_frame(self) -> None:
        """Show the numbers of this moment."""
        if not self._tab.isVisible():
            return
        snapshot, place = self._session.snapshot(), self.place
        why = too_large(snapshot)
        if self._whole and why:
            self._whole, place = False, self._path[-1] if self._path else None
        self._tab.set_whole(self._whole, possible=not why, why_not=why)
        try:
            now = None if place is None else opened(snapshot, place, self._session.selection.example)
        except ValueError as error:
            self._show_nothing(str(error))
            return
        if now is None:
            self._show_nothing(NOTHING)
        else:
            self._show(now)

    def _show(self, now: Opened) -> None:
        if self._base is None or self._base.nodes != now.circuit.nodes:
            self._restructure(now)
        elif self._gates.desk is not None:
            self._gates.show(self._as_far(self._gates.desk.with_inputs(now.inputs, now.upstream)))
        self._show_words()

    def _restructure(self, now: Opened) -> None:
        """Lay a circuit out that has other gates than the one shown."""
        self._base, self._walks = now.circuit, now.walks
        desk = self._as_far(OpenCircuit(now.circuit, now.inputs, now.upstream))
        self._gates.show_structure(desk, now.walks)
        self._tab.set_folding(desks.can_fold(desk.circuit), desks.can_open(desk.circuit))
        if self._grouping is not None:
            self._regroup(self._grouping(desk.circuit))
        self._show_path()

    def _show_nothing(self, why: str) -> None:
        if self._base is not None or self._gates.desk is not None:
            self._base, self._walks = None, {}
            self._gates.show_structure(None)
        self._tab.set_folding(False, False)
        self._tab.set_hidden(0)
        self._tab.set_note(why)
        self._show_path()

    def _show_words(self) -> None:
        """Say what is wrong, or what was said to an answer."""
        desk = self._gates.desk
        if desk is None:
            return
        error, state = desk.error, self._gates.quiz_state
        said = ""
        if error is not None:
            said = str(error)
        elif self._gates.refusal:
            said = f"Your answer: {self._gates.refusal}"
        elif state is not None and state.verdict is not None:
            right = state.verdict.right
            said = f"{'✓ Right.' if right else '✗ Not yet.'} {state.verdict.derivation}"
        else:
            held = held_note(self._session.snapshot(), self.place) if self.place is not None else ""
            said = " ".join(part for part in (held, "" if self._tab.graph.shows_numbers else FAR) if part)
        self._tab.set_note(said)
        self._tab.set_hidden(len(desk.hidden))

    def _show_path(self) -> None:
        snapshot = self._session.run.snapshot()
        places = self._path
        if self._whole:
            places = (NETWORK,)
        elif not too_large(snapshot):
            places = (NETWORK, *places)
        self._tab.path.set_path(tuple(Choice(_key(place), place_label(snapshot, place)) for place in places))

    # ---- slow motion ---------------------------------------------------------------------------

    def step_gate(self) -> bool:
        """Compute the next gate of this phase; False where the tab is hidden or nothing is left in it."""
        return self._move_gate(1)

    def step_gate_back(self) -> bool:
        """Take back the last gate of this phase; False where the tab is hidden or none is done in it."""
        return self._move_gate(-1)

    def _move_gate(self, by: int) -> bool:
        reached = self._reach() if self._tab.isVisible() else None
        if reached is None or not 0 <= self._gates_done + by <= reached[1] - reached[0]:
            self._goes_back = by < 0
            return False
        self._gates_done += by
        self.show_frame()
        active = self._gates.desk.state.active if self._gates.desk else None
        if active is not None and self._gates.selected is not None:
            self._gates.select(active)
        return True

    def _reach(self, desk: OpenCircuit | None = None) -> tuple[int, int] | None:
        """Return how far the circuit is computed when the present phase begins and when it ends."""
        desk, place, cursor = desk or self._gates.desk, self.place, self._slow.cursor
        if desk is None or place is None or cursor is None:
            return None
        return reach(desk, place, self._walks, cursor.index, cursor.n_layers)

    def _as_far(self, desk: OpenCircuit) -> OpenCircuit:
        """Return `desk` as far as slow motion has come; with everything known where there is none."""
        reached = self._reach(desk)
        if reached is None:
            return desk.at(desk.total) if desk.position is not None else desk
        self._gates_done = min(self._gates_done, reached[1] - reached[0])
        return desk.at(reached[0] + self._gates_done)

    def _on_slow_moved(self) -> None:
        """Begin a phase at its first gate, or stand at its last one when it is entered from behind.

        While nobody looks, the circuit stays what it was, perhaps that of another network.
        """
        reached = self._reach() if self._tab.isVisible() else None
        self._gates_done = 0 if reached is None or not self._goes_back else reached[1] - reached[0]
        self._goes_back = False
        self.show_frame()

    def _on_slow_ended(self) -> None:
        self._gates_done = 0
        self.show_frame()

    # ---- walking -------------------------------------------------------------------------------

    def walk_into(self, gate: int) -> None:
        """Open what `gate` stands for; a bundle opens into its gates, and folds again."""
        place = self._walks.get(gate)
        if place is not None:
            self._go((*self._path, place) if not self._whole else (place,))
        elif self._gates.desk is not None:
            regrouping = desks.toggled_bundle(self._gates.desk.circuit, gate)
            if regrouping is not None:
                self._regroup(regrouping)

    def set_whole(self, on: bool) -> None:
        """Show the whole network, or the selected node again."""
        self._whole = on
        self.show_frame()
        self._show_path()

    def _go(self, path: tuple[Place, ...]) -> None:
        """Show the last place of `path`; the others lead back. Every view follows to a node."""
        self._whole, self._path = False, path
        place = path[-1]
        node = place.node if place.kind == "node" else None
        if node is not None and self._session.selection.node != node:
            self._session.select(node=node, edge=None)
        else:
            self.show_frame()
        self._show_path()

    def _on_crumb_clicked(self, key: str) -> None:
        if key == _key(NETWORK):
            self.set_whole(True)
            return
        known = [_key(place) for place in self._path]
        if key in known:
            self._go(self._path[: known.index(key) + 1])

    def _on_selection_changed(self, selection: Selection) -> None:
        node = selection.node
        here = self._path[-1] if self._path else None
        if node is None:
            self._path = ()
        elif here is None or (here != PENALTY and here.node != node) or (here == PENALTY and not self._is_loss(node)):
            self._path, self._whole = (Place("node", node),), False
        self.show_frame()
        if self._tab.isVisible():
            self._show_path()

    def _is_loss(self, node: Node) -> bool:
        return len(self._path) > 1 and self._path[-2].node == node

    # ---- gates ---------------------------------------------------------------------------------

    def _group(self, grouping: Callable[[Circuit], Regrouping]) -> None:
        """Fold or open everything, here and in what is opened next."""
        self._grouping = grouping
        if self._gates.desk is not None:
            self._regroup(grouping(self._gates.desk.circuit))

    def _regroup(self, regrouping: Regrouping) -> None:
        assert self._gates.desk is not None
        self._walks = carried(self._walks, regrouping.ids)
        desk = self._as_far(self._gates.desk.regrouped(regrouping))
        self._gates.show_structure(desk, self._walks, moved=regrouping.ids)
        self._tab.set_folding(desks.can_fold(regrouping.circuit), desks.can_open(regrouping.circuit))
        self._show_words()

    def _on_reveal_requested(self) -> None:
        desk = self._gates.desk
        if desk is not None and desk.quiz is not None:
            self._gates.show(circuits_quiz.with_one_revealed(desk))
            self._show_words()

    def _on_step_requested(self, open_in_circuits: Callable[[OpenCircuit], None]) -> None:
        if self._gates.desk is not None:
            open_in_circuits(self._gates.desk)


def _key(place: Place) -> str:
    return f"{place.kind} {place.node.layer} {place.node.unit}"
