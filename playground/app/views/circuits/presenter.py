"""Circuits view ↔ the open circuit: expression, inputs, folding, mistakes, quiz and nudge, with undo."""

from __future__ import annotations

from collections.abc import Mapping

from playground.app.views.circuits import edits, panels
from playground.app.views.circuits import quiz as circuits_quiz
from playground.app.views.circuits.edits import UNDO_LIMIT, CircuitSettings, EditCircuit
from playground.app.views.circuits.gates_presenter import GatesPresenter
from playground.app.views.circuits.open_circuit import OpenCircuit, circuit_of
from playground.app.views.circuits.question_round import QuestionRound
from playground.app.views.circuits.stepping import Stepping
from playground.circuits import bundles
from playground.circuits.bundles import Regrouping
from playground.circuits.examples import EXAMPLES
from playground.circuits.graph import CircuitError
from playground.circuits.naming import differentiated
from playground.circuits.passes import count_derivatives
from playground.session.clock import Metronome
from playground.session.undo_stack import UndoStack
from widgets.circuit_view import CircuitView
from widgets.values.circuits import CircuitInput, QuestionState

FIRST = next(iter(EXAMPLES))


class CircuitsPresenter:
    """Holds the open circuit of the Circuits view."""

    def __init__(self, view: CircuitView, metronome: Metronome) -> None:
        """Connect `view` and open the first example."""
        self._view = view
        self._gates = GatesPresenter(view.graph, view.cards, self._on_answered, shows_neighbours=True)
        self._inputs: tuple[CircuitInput, ...] = ()
        self._nudged, self._epsilon = "", 0.01
        self._upstream_is_typed = False  # for the expressions that are typed, not by an example or the network
        self._dragging = False
        self._text, self._title, self._drags = "", "", 0
        # The edits of the circuit, oldest first; at most ``UNDO_LIMIT``.
        self.undo_stack = UndoStack(metronome, UNDO_LIMIT)
        view.expression.set_examples(panels.example_choices())
        # Moves through both passes.
        self.stepping = Stepping(lambda: self.current, self._go_to_step, view.steps, metronome)
        self._connect()
        self.open_example(FIRST)
        self.undo_stack.clear()

    @property
    def current(self) -> OpenCircuit:
        """The circuit, its numbers, and the step at which it is shown."""
        assert self._gates.current is not None
        return self._gates.current

    def _connect(self) -> None:
        view = self._view
        expression, inputs, teaching = view.expression, view.inputs, view.teaching
        expression.expression_entered.connect(self.open_expression)
        expression.expression_edited.connect(self._on_expression_edited)
        expression.example_picked.connect(self.open_example)
        expression.upstream_changed.connect(self._on_upstream_changed)
        inputs.input_pressed.connect(lambda _name: self._set_dragging(True))
        inputs.input_changed.connect(self._on_input_changed)
        inputs.input_released.connect(lambda _name: self._set_dragging(False))
        view.nudge.input_picked.connect(self._on_nudge_picked)
        view.nudge.epsilon_changed.connect(self._on_epsilon_changed)
        teaching.fold_requested.connect(self.fold)
        teaching.unfold_requested.connect(self.unfold)
        teaching.forget_to_add_toggled.connect(lambda on: self._on_mistake(on, self.current.forget_to_zero))
        teaching.forget_to_zero_toggled.connect(lambda on: self._on_mistake(self.current.forget_to_add, on))
        teaching.quiz_picked.connect(self.begin_quiz)
        teaching.quiz_ended.connect(self.end_quiz)
        self.questions = QuestionRound(lambda: self.current, self._show_questions, teaching.questions)
        teaching.reveal_requested.connect(self.reveal_next)
        view.graph.gate_double_clicked.connect(self.toggle_bundle)

    # ---- which circuit is open ------------------------------------------------------------------

    def open_expression(self, text: str) -> None:
        """Build the circuit of `text`; where it has none, show why and keep the present one."""
        known = self._gates.current.inputs if self._gates.current else {}
        try:
            shown = circuit_of(text, known, self.current.upstream if self._upstream_is_typed else 1.0)
        except CircuitError as error:
            self._view.expression.set_error(panels.expression_error(error))
            return
        self._edit(text, shown, "Type an expression")

    def open_example(self, key: str) -> None:
        """Open a worked example."""
        example = EXAMPLES[key]
        self._upstream_is_typed = False
        shown = circuit_of(example.expression, example.inputs, example.upstream)
        self._edit(example.expression, shown, f"Example {example.label}")

    def show_circuit(self, shown: OpenCircuit, title: str) -> None:
        """Open a circuit of the network, at its present numbers; `title` says of what."""
        self._upstream_is_typed = False
        fresh = OpenCircuit(shown.circuit, shown.inputs, shown.upstream)
        self._edit("", fresh, "Open a circuit of the network", title)

    def settings(self) -> dict[str, object]:
        """Return what a file keeps: the expression and its numbers; nothing for a circuit of the network."""
        return edits.plain(self._text, self.current)

    def restore(self, settings: Mapping[str, object]) -> None:
        """Open what a file kept; what cannot be read changes nothing."""
        kept = edits.restored(settings)
        if kept is not None:
            self._put(kept)
            self.undo_stack.clear()

    def _edit(self, text: str, shown: OpenCircuit, what: str, title: str = "") -> None:
        """Open another circuit, as an undoable edit."""
        before = self._settings_of(self._gates.current) if self._gates.current else None
        after = CircuitSettings.of(text, shown, title)
        self._put(after)
        if before is not None:
            self.undo_stack.do(EditCircuit(before, after, what, self._put))

    def _adjust(self, shown: OpenCircuit, what: str, gesture: int = 0) -> None:
        """Show the same circuit after an undoable edit."""
        self._drop_questions()
        before = self._settings_of(self.current)
        self._refresh(shown)
        self.undo_stack.do(EditCircuit(before, self._settings_of(shown), what, self._put, gesture))

    def _settings_of(self, shown: OpenCircuit) -> CircuitSettings:
        return CircuitSettings.of(self._text, shown, self._title)

    def _put(self, settings: CircuitSettings) -> None:
        shown = settings.applied_to(self._gates.current)
        self._text, self._title = settings.text, settings.title
        self._view.set_title(settings.title)
        self._view.expression.set_expression(settings.text)
        self._view.expression.set_upstream(settings.upstream)
        if self._gates.current is not None and shown.circuit is self._gates.current.circuit:
            self._refresh(shown)
        else:
            self._open(shown)

    def _on_upstream_changed(self, upstream: float) -> None:
        self._upstream_is_typed = True
        self._adjust(self.current.with_inputs(self.current.inputs, upstream), "Change the upstream gradient")

    def _on_input_changed(self, name: str, value: float) -> None:
        if self.current.inputs[name] != value:
            self._adjust(self.current.with_input(name, value), f"Change {name}", self._drags if self._dragging else 0)

    def _open(self, shown: OpenCircuit) -> None:
        self.stepping.pause()
        self._drop_questions()
        self._inputs = panels.inputs_of(shown)
        names = tuple(shown.inputs)
        self._nudged = self._nudged if self._nudged in names else next(iter(names), "")
        self._view.nudge.set_inputs(names, self._nudged)
        self._view.inputs.set_inputs(self._inputs)
        self._view.expression.set_error(None if shown.fault is None else panels.expression_error(shown.fault))
        self._gates.show_structure(shown)
        self._gates.select(shown.sweep.steps[0].node if shown.sweep else shown.circuit.output)
        self._show_rest()

    def _refresh(self, shown: OpenCircuit) -> None:
        """Show the same circuit with other numbers, or at another step."""
        self._gates.show(shown)
        error = shown.fault
        self._view.expression.set_error(None if error is None else panels.expression_error(error))
        self._show_rest()

    def _show_rest(self) -> None:
        shown, view = self.current, self._view
        view.inputs.set_inputs(panels.with_values(self._inputs, shown))
        view.inputs.set_gradients(panels.input_gradients(shown), differentiated(shown.circuit, shown.upstream))
        view.steps.set_progress(panels.progress(shown))
        view.teaching.set_folding(bool(bundles.foldable(shown.circuit)), bool(bundles.expandable(shown.circuit)))
        view.teaching.set_mistakes(shown.forget_to_add, shown.forget_to_zero, panels.effect_of_mistakes(shown))
        view.teaching.set_count(*count_derivatives(shown.circuit))
        if not self.questions.is_running:
            view.teaching.set_quiz(self._gates.quiz_state)
        view.nudge.set_reading(panels.nudge_reading(shown, self._nudged, self._epsilon, is_dragging=self._dragging))

    # ---- steps ---------------------------------------------------------------------------------

    def _go_to_step(self, position: int) -> None:
        """Show the circuit with `position` steps done, and the card of the gate that was computed last, or is first."""
        self._drop_questions()
        self._refresh(self.current.at(position))
        sweep, active = self.current.sweep, self.current.state.active
        if active is None and self.current.done == 0 and sweep is not None:
            active = sweep.steps[0].node
        if active is not None:
            self._gates.select(active)

    # ---- folding, mistakes, quiz, nudge --------------------------------------------------------

    def fold(self) -> None:
        """Fold what can be folded."""
        self._regroup(bundles.fold_all(self.current.circuit))

    def unfold(self) -> None:
        """Open every bundle."""
        self._regroup(bundles.expand_all(self.current.circuit))

    def toggle_bundle(self, gate: int) -> None:
        """Open the bundle at `gate`, or fold the gates that end there."""
        regrouping = bundles.toggle(self.current.circuit, gate)
        if regrouping is not None:
            self._regroup(regrouping)

    def _regroup(self, regrouping: Regrouping) -> None:
        self.stepping.pause()
        self._drop_questions()
        before = self._settings_of(self.current)
        self._gates.show_structure(self.current.regrouped(regrouping), moved=regrouping.ids)
        self._refresh(self.current)
        after = self._settings_of(self.current)
        self.undo_stack.do(EditCircuit(before, after, "Fold or open a bundle", self._put_regrouped))

    def _put_regrouped(self, settings: CircuitSettings) -> None:
        """Show the same gates grouped in another way, at the end where both passes are done."""
        is_done = self.current.position is None
        self._put(settings)
        if is_done:
            self.stepping.go_to_end()

    def toggle_forget_to_add(self) -> None:
        """Keep only the last contribution at a branch, or add them again."""
        self._on_mistake(not self.current.forget_to_add, self.current.forget_to_zero)

    def toggle_forget_to_zero(self) -> None:
        """Add a second backward pass to the gradients of the first, or zero them before it."""
        self._on_mistake(self.current.forget_to_add, not self.current.forget_to_zero)

    def toggle_quiz(self) -> None:
        """Begin a quiz about the backward pass, or end the one that runs."""
        if self.current.quiz is None and not self.questions.is_running:
            self.begin_quiz("backward")
        else:
            self.end_quiz()

    def _on_mistake(self, forget_to_add: bool, forget_to_zero: bool) -> None:
        shown = self.current.with_mistakes(forget_to_add=forget_to_add, forget_to_zero=forget_to_zero)
        self._adjust(shown, "Make a mistake on purpose" if shown.makes_mistakes else "Make no mistake")

    def begin_quiz(self, kind: str) -> None:
        """Hide the numbers of a pass or both, or ask questions in words (``"words"``)."""
        self.stepping.pause()
        if kind == "words":
            self.questions.begin()
        else:
            self._refresh(circuits_quiz.with_quiz_of(self.current, kind))
            self._view.graph.ask_next()

    def end_quiz(self) -> None:
        """Show everything again."""
        if self.questions.is_running:
            self.questions.end()
        else:
            self._refresh(self.current.with_quiz(None))

    def _show_questions(self, question: QuestionState | None) -> None:
        """Show the circuit after its forward pass, without its cards, which answer; at the end, everything."""
        current = self.current.with_quiz(None)
        n_forward = current.sweep.n_forward if current.sweep else 0
        self._gates.hides_cards = question is not None
        self._gates.hides_winners = question is not None and question.chosen is None
        self._refresh(current.at(current.total if question is None else n_forward))
        self._view.teaching.set_question(question)

    def _drop_questions(self) -> None:
        """End the questions: the circuit is about to be another, or to stand elsewhere."""
        if self.questions.is_running:
            self.questions.end()

    def reveal_next(self) -> None:
        """Show the next hidden number, in the order of working out."""
        self._refresh(circuits_quiz.with_one_revealed(self.current))
        self._view.graph.ask_next()

    def ask_value(self) -> None:
        """Hide the value of the gate that has the keyboard focus."""
        self._ask("value")

    def ask_gradient(self) -> None:
        """Hide the gradient of the gate that has the keyboard focus."""
        self._ask("gradient")

    def _ask(self, which: str) -> None:
        gate = self._view.graph.focused
        if gate is not None:
            self._gates.ask(gate, which)
            self._view.graph.ask(gate, which)

    def _on_answered(self) -> None:
        refusal = self._gates.refusal
        self._view.expression.set_error(panels.refusal(refusal) if refusal else None)
        self._show_rest()

    def _on_expression_edited(self, text: str) -> None:
        """Follow the typing: an error disappears as soon as the text is correct."""
        if not self._view.expression.error.isHidden():
            self._view.expression.set_error(panels.error_in(text))

    def _on_nudge_picked(self, name: str) -> None:
        self._nudged = name
        self._show_rest()

    def _on_epsilon_changed(self, epsilon: float) -> None:
        self._epsilon = epsilon
        self._show_rest()

    def _set_dragging(self, on: bool) -> None:
        self._dragging = on
        self._drags += on
        if not on:
            self._show_rest()
