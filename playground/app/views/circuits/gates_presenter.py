"""Circuit graph and gate cards ↔ an open circuit: one gate selected, some pinned, any number predicted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from playground.app.views.circuits import quiz as circuits_quiz
from playground.app.views.circuits.drawing import (
    asked_by_card,
    blanks_of_card,
    diagram,
    gate_reading,
    gate_values,
)
from playground.app.views.circuits.open_circuit import OpenCircuit
from widgets.circuit_graph import CircuitGraph
from widgets.gates.gate_card import GateCard
from widgets.gates.gate_cards import GateCards
from widgets.values.circuits import QuizState, Verdict

MOST_NEIGHBOURS = 4


class GatesPresenter:
    """Shows a circuit; the gestures that concern a single gate or number end here."""

    def __init__(
        self,
        graph: CircuitGraph,
        cards: GateCards,
        answered: Callable[[], None],
        *,
        keeps_legible: bool = False,
        shows_neighbours: bool = False,
    ) -> None:
        """Connect both widgets; `answered` is called when a prediction began, was judged or could not be read.

        While no card is open the graph has all the room. `keeps_legible` lets it scroll rather than shrink beside one;
        `shows_neighbours` puts the cards of the gates beside the selected one next to its own.
        """
        self._graph, self._cards, self._answered = graph, cards, answered
        self._keeps_legible, self._shows_neighbours = keeps_legible, shows_neighbours
        self.current: OpenCircuit | None = None  # the circuit that is shown
        self.selected: int | None = None  # id of the gate whose card is open
        self.hides_winners = False  # while a question asks for them
        self.hides_cards = False  # while a question asks what they tell
        self.refusal = ""
        self._verdict: Verdict | None = None
        self._answered_key: tuple[int, str] | None = None  # the number that the verdict or refusal is about
        self._wrong: frozenset[tuple[int, str]] = frozenset()
        graph.gate_clicked.connect(self._on_gate_clicked)
        graph.wire_clicked.connect(lambda gate, _slot: self.select(gate))
        graph.number_clicked.connect(self.ask)
        graph.answer_typed.connect(self._on_answer_typed)
        graph.field_opened.connect(self._on_field_opened)
        cards.pin_toggled.connect(lambda _gate, _on: self.show_cards())
        cards.input_clicked.connect(self._on_input_clicked)
        cards.number_answered.connect(self._on_card_answered)

    # ---- showing -------------------------------------------------------------------------------

    def show_structure(
        self,
        shown: OpenCircuit | None,
        drill_downs: Collection[int] = (),
        moved: Sequence[int | None] = (),
    ) -> None:
        """Lay out another circuit; ``moved[old]`` is where the old one's gates went, for selection and pins."""
        pins = [new for old in self._cards.pinned_ids if old < len(moved) and (new := moved[old]) is not None]
        kept = None if self.selected is None or self.selected >= len(moved) else moved[self.selected]
        self.current, self.selected = shown, kept
        self._wrong = frozenset()
        self._drop_reply()
        if shown is None:
            self._graph.set_diagram(None)
        else:
            done = OpenCircuit(shown.circuit, shown.inputs, shown.upstream)
            self._graph.set_diagram(diagram(shown.circuit, drill_downs), gate_values(done))
        self._graph.set_selected(kept)
        self._cards.set_reading(None)
        self._cards.set_pinned_readings([r for i in pins if shown and (r := gate_reading(shown, i)) is not None])
        if shown is None:
            self.show_cards()
        else:
            self.show(shown)

    def show(self, shown: OpenCircuit) -> None:
        """Show other numbers of the same circuit."""
        before, self.current = self.current, shown
        has_moved = before is not None and (before.inputs, before.upstream) != (shown.inputs, shown.upstream)
        if has_moved or shown.quiz is None or (self._is_missed and self._answered_key not in shown.hidden):
            self._drop_reply()
        wrong = self._wrong & shown.hidden
        if wrong != self._wrong:
            self._wrong = wrong
            self._graph.set_wrong(wrong)
        self._graph.set_values(gate_values(shown, hides_winners=self.hides_winners))
        self.show_cards()

    def show_cards(self) -> None:
        """Show the cards of the selected and the pinned gates."""
        shown = self.current
        is_any_open = self.selected is not None or bool(self._cards.pinned_ids)
        self._cards.setVisible(is_any_open and not self.hides_cards)
        if self._keeps_legible:
            self._graph.set_legible(is_any_open)
        if shown is None:
            return
        pins = [reading for i in self._cards.pinned_ids if (reading := gate_reading(shown, i)) is not None]
        if len(pins) == len(self._cards.pinned_ids):
            self._cards.set_pinned_readings(pins)
        self._cards.set_reading(None if self.selected is None else gate_reading(shown, self.selected))
        if self._shows_neighbours:
            self._show_neighbours(shown)
        for gate in self._cards.pinned_ids:
            _blank(self._cards.card(gate), blanks_of_card(shown, gate))
        if self.selected is not None and self._cards.current.reading is not None:
            _blank(self._cards.current, blanks_of_card(shown, self.selected))

    def _show_neighbours(self, shown: OpenCircuit) -> None:
        """Show the gates that the selected one feeds, from which its upstream comes, and then those that feed it."""
        gate = self.selected
        around: list[int] = []
        if gate is not None and gate not in self._cards.pinned_ids:
            feeds = [target for target, _ in shown.circuit.consumers[gate]]
            fed = [source for source in shown.circuit.nodes[gate].inputs if shown.circuit.nodes[source].is_gate]
            around = [i for i in dict.fromkeys((*feeds, *fed)) if i not in self._cards.pinned_ids]
        readings = (gate_reading(shown, i) for i in around[:MOST_NEIGHBOURS])
        for card in self._cards.set_neighbours([reading for reading in readings if reading is not None]):
            if card.reading is not None:
                _blank(card, blanks_of_card(shown, card.reading.id))

    @property
    def quiz_state(self) -> QuizState | None:
        """What there is to say about the quiz."""
        return None if self.current is None else circuits_quiz.state_of(self.current, self._verdict)

    @property
    def _is_missed(self) -> bool:
        """Whether the last answer was wrong or could not be read."""
        return bool(self.refusal) or (self._verdict is not None and not self._verdict.right)

    def _drop_reply(self) -> None:
        self._verdict, self.refusal, self._answered_key = None, "", None

    # ---- gestures ------------------------------------------------------------------------------

    def select(self, gate: int | None) -> None:
        """Open the card of `gate`."""
        self.selected = gate
        self._graph.set_selected(gate)
        self.show_cards()

    def _on_gate_clicked(self, gate: int) -> None:
        """Open the card of `gate`, or close it where it is open."""
        self.select(None if gate == self.selected else gate)

    def ask(self, gate: int, which: str) -> None:
        """Hide a number, so that it can be predicted."""
        if self.current is None or (gate, which) in self.current.hidden:
            return
        asked = circuits_quiz.with_blank(self.current, gate, which)
        if asked is not self.current:
            self._drop_reply()
            self.show(asked)
            self._answered()

    def _on_answer_typed(self, gate: int, which: str, typed: str) -> None:
        if self.current is None or self.current.quiz is None:
            return
        self._answered_key = gate, which
        try:
            shown, self._verdict = circuits_quiz.answered(self.current, gate, which, typed)
            self.refusal = ""
        except ValueError as error:
            self.refusal = str(error)
            self._answered()
            return
        self._judge(shown, (gate, which), self._verdict.right)

    def _on_field_opened(self, gate: int, which: str) -> None:
        """Say no more that an answer was wrong once another number is asked."""
        if self._is_missed and self._answered_key != (gate, which):
            self._drop_reply()
            self._answered()

    def _on_card_answered(self, gate: int, which: str, typed: str, right: bool) -> None:
        key = None if self.current is None else asked_by_card(self.current, gate, which)
        if self.current is None or key is None:
            return
        self._answered_key, self.refusal = key, ""
        shown, self._verdict = circuits_quiz.noted_on_card(self.current, key, typed, right)
        self._judge(shown, key, right)

    def _judge(self, shown: OpenCircuit, key: tuple[int, str], right: bool) -> None:
        self._wrong = self._wrong - {key} if right else self._wrong | {key}
        self._graph.set_wrong(self._wrong)
        self.show(shown)
        self._answered()

    def _on_input_clicked(self, gate: int, slot: int) -> None:
        if self.current is not None:
            self.select(self.current.circuit.nodes[gate].inputs[slot])


def _blank(card: GateCard, blanks: frozenset[str]) -> None:
    """Hide what the quiz asks for; what it no longer asks for is shown, unless the card is predicted by itself."""
    if not card.predict.isChecked():
        card.set_blanks(blanks)
