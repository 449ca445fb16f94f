"""Circuit tab ↔ session: the selected node as scalar gates at the selected example, live while training plays."""

from __future__ import annotations

from collections.abc import Callable

from playground.app.views.circuits import quiz as circuits_quiz
from playground.app.views.circuits.drill_path import DrillPath, key_of
from playground.app.views.circuits.gates_presenter import GatesPresenter
from playground.app.views.circuits.hidden_steps import steps_shown
from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.app.views.circuits.phases import PhaseCursor
from playground.app.views.circuits.unrolled import (
    NETWORK,
    Opened,
    Place,
    is_neuron,
    opened,
    place_label,
    place_title,
    renumbered,
    too_large,
    what_if_note,
)
from playground.app.views.scheduling import READINGS, Aspect, Scheduler
from playground.circuits import bundles
from playground.circuits.bundles import Regrouping
from playground.circuits.graph import Circuit
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.gates.circuit_tab import CircuitTab
from widgets.values import Choice

NOTHING = "Click a neuron, an input or the loss in the network: here it opens into its scalar gates."
CELL = "Loosely, after biology: Σ w·x + b up to z is the cell body, a = f(z) its firing rate."

HIDDEN_INPUTS = "What goes into this circuit is hidden: predict it first, or reveal it (F7)."
HIDDEN_STEPS = "The circuit stands where the hidden numbers begin."
STEP_LATER = "The Circuits view would show the hidden numbers: predict them first, or reveal them (F7)."


class CircuitTabPresenter:
    """Shows one place of the network as a circuit; the structure is laid out once, the numbers follow training."""

    def __init__(
        self,
        session: Session,
        scheduler: Scheduler,
        slow: SlowMotion,
        tab: CircuitTab,
        open_in_circuits: Callable[[OpenCircuit, str], None],
    ) -> None:
        """Connect `tab` to `session`; `open_in_circuits` opens a circuit, and its title, in the Circuits view."""
        self._session, self._slow, self._tab = session, slow, tab
        self._cursor = PhaseCursor(slow)
        self._gates = GatesPresenter(tab.graph, tab.cards, self._show_words, keeps_legible=True)
        self._path = DrillPath()
        self._base: Circuit | None = None
        self._drill_downs: dict[int, Place] = {}
        self._grouping: Callable[[Circuit], Regrouping] | None = None
        slow.moved.connect(self._on_slow_moved)
        slow.ended.connect(self._on_slow_ended)
        tab.whole_toggled.connect(self.set_whole)
        tab.fold_requested.connect(lambda: self._group(bundles.fold_all))
        tab.unfold_requested.connect(lambda: self._group(bundles.expand_all))
        tab.reveal_requested.connect(self._on_reveal_requested)
        tab.step_requested.connect(lambda: self._on_step_requested(open_in_circuits))
        tab.path.crumb_clicked.connect(self._on_crumb_clicked)
        tab.graph.gate_double_clicked.connect(self.drill_down)
        self._page = scheduler.add(tab, self.show, READINGS | Aspect.SELECTION)

    @property
    def place(self) -> Place | None:
        """What is shown."""
        return self._path.place

    @property
    def current(self) -> OpenCircuit | None:
        """The circuit and its numbers, as shown."""
        return self._gates.current

    # ---- showing -------------------------------------------------------------------------------

    def show(self, changed: Aspect) -> None:
        """Show the current numbers; another selected node leads to its circuit."""
        if Aspect.SELECTION in changed:
            self._path = self._path.following(self._session.selection.node)
        self._show_frame()
        if Aspect.SELECTION in changed:
            self._show_path()

    def _show_frame(self) -> None:
        snapshot = self._session.snapshot()
        why = too_large(snapshot)
        if why:
            self._path = self._path.with_whole(False)
        place = self.place
        self._tab.set_whole(self._path.is_whole, possible=not why, why_not=why)
        try:
            now = None if place is None else opened(snapshot, place, self._session.selection.example)
        except ValueError as error:
            self._show_nothing(str(error))
            return
        if now is None:
            self._show_nothing(NOTHING)
        elif self._steps_shown(OpenCircuit(now.circuit, now.inputs, now.upstream)) is None:
            self._show_nothing(HIDDEN_INPUTS)
        else:
            self._show(now)

    def _show(self, now: Opened) -> None:
        if self._base is None or self._base.nodes != now.circuit.nodes:
            self._restructure(now)
        elif self._gates.current is not None:
            self._gates.show(self._as_far(self._gates.current.with_inputs(now.inputs, now.upstream)))
        self._show_words()

    def _restructure(self, now: Opened) -> None:
        """Lay a circuit out that has other gates than the one shown."""
        self._base, self._drill_downs = now.circuit, now.drill_downs
        shown = self._as_far(OpenCircuit(now.circuit, now.inputs, now.upstream))
        self._gates.show_structure(shown, now.drill_downs)
        self._show_folding(shown.circuit)
        if self._grouping is not None:
            self._regroup(self._grouping(shown.circuit))
        self._show_path()

    def _show_nothing(self, why: str) -> None:
        if self._base is not None or self._gates.current is not None:
            self._base, self._drill_downs = None, {}
            self._gates.show_structure(None)
        self._tab.set_folding(False, False)
        self._tab.set_hidden(0)
        self._tab.set_note(why)
        self._show_path()

    def _show_words(self) -> None:
        """Show an error, the verdict on an answer, or a note."""
        shown = self._gates.current
        if shown is None:
            return
        error, state = shown.error, self._gates.quiz_state
        if error is not None:
            note = str(error)
        elif self._gates.refusal:
            note = f"Your answer: {self._gates.refusal}"
        elif state is not None and state.verdict is not None:
            verdict = "✓ Right." if state.verdict.right else "✗ Not yet."
            note = f"{verdict} {state.verdict.derivation}"
        else:
            snapshot, place = self._session.snapshot(), self.place
            what_if = what_if_note(snapshot, place) if place is not None else ""
            loosely = CELL if place is not None and is_neuron(snapshot, place) else ""
            waits = "" if self._steps_shown(shown) == shown.total else HIDDEN_STEPS
            note = " ".join(part for part in (what_if, waits, loosely) if part)
        self._tab.set_note(note)
        self._tab.set_hidden(len(shown.hidden))

    def _show_path(self) -> None:
        snapshot = self._session.run.snapshot()
        places = self._path.places
        if self._path.is_whole:
            places = (NETWORK,)
        elif not too_large(snapshot):
            places = (NETWORK, *places)
        self._tab.path.set_path(tuple(Choice(key_of(place), place_label(snapshot, place)) for place in places))

    # ---- slow motion ---------------------------------------------------------------------------

    def step_gate(self) -> bool:
        """Compute the next gate of this phase; False where the tab is hidden or nothing is left in it."""
        return self._move_gate(1)

    def step_gate_back(self) -> bool:
        """Take back the last gate of this phase; False where the tab is hidden or none is done in it."""
        return self._move_gate(-1)

    def _move_gate(self, by: int) -> bool:
        if not self._cursor.move(by, self._reach_on_screen()):
            return False
        self._page.refresh()
        active = self._gates.current.state.active if self._gates.current else None
        if active is not None and self._gates.selected is not None:
            self._gates.select(active)
        return True

    def _reach_on_screen(self) -> tuple[int, int] | None:
        """Return the reach of the circuit while the tab is visible: a hidden one may be of another network."""
        is_shown = self._page.is_visible and self._gates.current is not None
        return self._reach(self._gates.current) if is_shown and self._gates.current else None

    def _reach(self, shown: OpenCircuit) -> tuple[int, int] | None:
        return None if self.place is None else self._cursor.reach(shown, self.place, self._drill_downs)

    def _as_far(self, shown: OpenCircuit) -> OpenCircuit:
        reached = self._cursor.applied_to(shown, self._reach(shown))
        steps = self._steps_shown(shown)
        return reached if steps is None or steps >= reached.done else reached.at(steps)

    def _steps_shown(self, shown: OpenCircuit) -> int | None:
        """Return how many steps may be shown while numbers are hidden; None where not even the inputs may."""
        hidden = self._session.prediction.hidden()
        if self.place is None or not hidden:
            return shown.total
        return steps_shown(shown, self.place, self._session.run.network, hidden)

    def _on_slow_moved(self) -> None:
        self._cursor.enter_phase(self._reach_on_screen())
        self._page.refresh()

    def _on_slow_ended(self) -> None:
        self._cursor.reset()
        self._page.refresh()

    # ---- drilling down -------------------------------------------------------------------------

    def drill_down(self, gate: int) -> None:
        """Open what `gate` stands for; a bundle opens into its gates, and folds again."""
        place = self._drill_downs.get(gate)
        if place is not None:
            self._go(self._path.into(place))
        elif self._gates.current is not None:
            regrouping = bundles.toggle(self._gates.current.circuit, gate)
            if regrouping is not None:
                self._regroup(regrouping)

    def set_whole(self, on: bool) -> None:
        """Show the whole network, or the selected node again."""
        self._path = self._path.with_whole(on)
        self._page.refresh()
        self._show_path()

    def _go(self, path: DrillPath) -> None:
        """Show the last place of `path`; every view follows to a node."""
        self._path = path
        place = path.place
        node = place.node if place is not None and place.kind == "node" else None
        if node is not None and self._session.selection.node != node:
            self._session.select(node=node, edge=None)
        else:
            self._page.refresh()
        self._show_path()

    def _on_crumb_clicked(self, key: str) -> None:
        path = self._path.back_to(key)
        if path is not None:
            self._go(path)

    # ---- gates ---------------------------------------------------------------------------------

    def _group(self, grouping: Callable[[Circuit], Regrouping]) -> None:
        """Fold or open everything, here and in what is opened next."""
        self._grouping = grouping
        if self._gates.current is not None:
            self._regroup(grouping(self._gates.current.circuit))

    def _regroup(self, regrouping: Regrouping) -> None:
        assert self._gates.current is not None
        self._drill_downs = renumbered(self._drill_downs, regrouping.ids)
        shown = self._as_far(self._gates.current.regrouped(regrouping))
        self._gates.show_structure(shown, self._drill_downs, moved=regrouping.ids)
        self._show_folding(regrouping.circuit)
        self._show_words()

    def _show_folding(self, circuit: Circuit) -> None:
        self._tab.set_folding(bool(bundles.foldable(circuit)), bool(bundles.expandable(circuit)))

    def _on_reveal_requested(self) -> None:
        shown = self._gates.current
        if shown is not None and shown.quiz is not None:
            self._gates.show(circuits_quiz.with_one_revealed(shown))
            self._show_words()

    def _on_step_requested(self, open_in_circuits: Callable[[OpenCircuit, str], None]) -> None:
        shown = self._gates.current
        if shown is not None and self._steps_shown(shown) != shown.total:
            self._tab.set_note(STEP_LATER)
        elif shown is not None and self.place is not None:
            open_in_circuits(shown, place_title(self._session.snapshot(), self.place))
