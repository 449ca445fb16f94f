"""Circuits view ↔ an expression on the desk: text, inputs, the walk through both passes, mistakes, quiz, nudge."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import suppress
from typing import TypeGuard

from playground.app.views.circuits import open_circuit as desks
from playground.app.views.circuits import panels
from playground.app.views.circuits import quiz as circuits_quiz
from playground.app.views.circuits.history import UNDO_LIMIT, EditDesk, Sheet
from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.app.views.circuits.open_circuit_presenter import DeskPresenter
from playground.circuits.bundles import Regrouping
from playground.circuits.examples import EXAMPLES
from playground.circuits.graph import CircuitError
from playground.session.clock import Metronome
from playground.session.undo_stack import UndoStack
from widgets.circuit_view import CircuitView
from widgets.values.circuits import CircuitInput

FIRST = next(iter(EXAMPLES))
MAX_KEPT = 20_000


class CircuitsPresenter:
    """Holds the desk of the Circuits view.

    Attributes
    ----------
    metronome : Metronome
        Beats while the walk plays.
    undo_stack : UndoStack
        The edits of the desk, oldest first; at most ``UNDO_LIMIT``.
    """

    def __init__(self, view: CircuitView, metronome: Metronome) -> None:
        """Connect `view` and open the first example."""
        self._view, self.metronome = view, metronome
        self._gates = DeskPresenter(view.graph, view.cards, self._on_answered)
        self._inputs: tuple[CircuitInput, ...] = ()
        self._nudged, self._epsilon = "", 0.01
        self._dragging = False
        self._text, self._drags = "", 0
        self.undo_stack = UndoStack(metronome, UNDO_LIMIT)
        view.expression.set_examples(panels.example_choices())
        view.steps.set_pace(metronome.pace)
        self._connect()
        self.open_example(FIRST)
        self.undo_stack.clear()

    @property
    def desk(self) -> OpenCircuit:
        """The circuit on the desk."""
        assert self._gates.desk is not None
        return self._gates.desk

    def _connect(self) -> None:
        view = self._view
        expression, inputs, steps, teaching = view.expression, view.inputs, view.steps, view.teaching
        expression.expression_entered.connect(self.open_expression)
        expression.expression_edited.connect(self._on_expression_edited)
        expression.example_picked.connect(self.open_example)
        expression.upstream_changed.connect(self._on_upstream_changed)
        inputs.input_pressed.connect(lambda _name: self._set_dragging(True))
        inputs.input_changed.connect(self._on_input_changed)
        inputs.input_released.connect(lambda _name: self._set_dragging(False))
        view.nudge.input_picked.connect(self._on_nudge_picked)
        view.nudge.epsilon_changed.connect(self._on_epsilon_changed)
        steps.first_requested.connect(self.go_to_start)
        steps.back_requested.connect(self.step_back)
        steps.forward_requested.connect(self.step)
        steps.last_requested.connect(self.go_to_end)
        steps.play_toggled.connect(self.play)
        steps.pace_changed.connect(self.metronome.set_pace)
        self.metronome.beat.connect(self._on_beat)
        teaching.fold_requested.connect(self.fold)
        teaching.unfold_requested.connect(self.unfold)
        teaching.forget_to_add_toggled.connect(lambda on: self._on_mistake(on, self.desk.forget_to_zero))
        teaching.forget_to_zero_toggled.connect(lambda on: self._on_mistake(self.desk.forget_to_add, on))
        teaching.quiz_toggled.connect(self.set_quiz)
        teaching.reveal_requested.connect(self.reveal_next)
        view.graph.gate_double_clicked.connect(self.toggle_bundle)

    # ---- what is on the desk -------------------------------------------------------------------

    def open_expression(self, text: str) -> None:
        """Build the circuit of `text`; where it has none, say why and leave the present one."""
        known = self._gates.desk.inputs if self._gates.desk else {}
        try:
            desk = desks.typed(text, known, self.desk.upstream)
        except CircuitError as error:
            self._view.expression.set_error(panels.expression_error(error))
            return
        self._edit(text, desk, "Type an expression")

    def open_example(self, key: str) -> None:
        """Put a worked example on the desk."""
        example = EXAMPLES[key]
        desk = desks.typed(example.expression, example.inputs, example.upstream)
        self._edit(example.expression, desk, f"Example {example.label}")

    def open_desk(self, desk: OpenCircuit) -> None:
        """Put a circuit that was not typed on the desk, at its numbers of this moment."""
        self._edit("", OpenCircuit(desk.circuit, desk.inputs, desk.upstream), "Open a circuit of the network")

    def settings(self) -> dict[str, object]:
        """Return what a file keeps: the expression and its numbers; nothing for a circuit of the network.

        Nor for a text of more than ``MAX_KEPT`` bytes, which no expression in Latin letters has.
        """
        if not self._text or len(self._text.encode()) > MAX_KEPT:
            return {}
        return {"expression": self._text, "inputs": dict(self.desk.inputs), "upstream": self.desk.upstream}

    def restore(self, settings: Mapping[str, object]) -> None:
        """Put on the desk what a file kept; what cannot be read changes nothing."""
        text, inputs, upstream = settings.get("expression"), settings.get("inputs", {}), settings.get("upstream", 1.0)
        if not isinstance(text, str) or not isinstance(inputs, Mapping) or not _is_number(upstream):
            return
        known = {str(name): float(value) for name, value in inputs.items() if _is_number(value)}
        with suppress(CircuitError):  # an expression of another program version
            self._put(Sheet.of(text, desks.typed(text, known, float(upstream))))
            self.undo_stack.clear()

    def _edit(self, text: str, desk: OpenCircuit, what: str) -> None:
        """Put another circuit on the desk, as an edit that can be taken back."""
        before = Sheet.of(self._text, self._gates.desk) if self._gates.desk else None
        after = Sheet.of(text, desk)
        self._put(after)
        if before is not None:
            self.undo_stack.do(EditDesk(before, after, what, self._put))

    def _adjust(self, desk: OpenCircuit, what: str, gesture: int = 0) -> None:
        """Show the same circuit after an edit that can be taken back."""
        before = Sheet.of(self._text, self.desk)
        self._refresh(desk)
        self.undo_stack.do(EditDesk(before, Sheet.of(self._text, desk), what, self._put, gesture))

    def _put(self, sheet: Sheet) -> None:
        desk = sheet.desk(self._gates.desk)
        self._text = sheet.text
        self._view.expression.set_expression(sheet.text)
        self._view.expression.set_upstream(sheet.upstream)
        if self._gates.desk is not None and desk.circuit is self._gates.desk.circuit:
            self._refresh(desk)
        else:
            self._open(desk)

    def _on_upstream_changed(self, upstream: float) -> None:
        self._adjust(self.desk.with_inputs(self.desk.inputs, upstream), "Change the upstream gradient")

    def _on_input_changed(self, name: str, value: float) -> None:
        if self.desk.inputs[name] != value:
            self._adjust(self.desk.with_input(name, value), f"Change {name}", self._drags if self._dragging else 0)

    def _open(self, desk: OpenCircuit) -> None:
        self._pause()
        self._inputs = panels.inputs_of(desk)
        names = tuple(desk.inputs)
        self._nudged = self._nudged if self._nudged in names else next(iter(names), "")
        self._view.nudge.set_inputs(names, self._nudged)
        self._view.inputs.set_inputs(self._inputs)
        self._view.expression.set_error(None)
        self._gates.show_structure(desk)
        self._gates.select(desk.circuit.output)
        self._show_rest()

    def _refresh(self, desk: OpenCircuit) -> None:
        """Show the same circuit with other numbers, or at another step."""
        self._gates.show(desk)
        error = desk.error
        self._view.expression.set_error(None if error is None else panels.expression_error(error))
        self._show_rest()

    def _show_rest(self) -> None:
        desk, view = self.desk, self._view
        view.inputs.set_inputs(panels.with_values(self._inputs, desk))
        view.inputs.set_gradients(panels.input_gradients(desk), panels.name_of_result(desk))
        view.steps.set_progress(panels.progress(desk))
        view.teaching.set_folding(desks.can_fold(desk.circuit), desks.can_open(desk.circuit))
        view.teaching.set_mistakes(desk.forget_to_add, desk.forget_to_zero, panels.told_mistakes(desk))
        view.teaching.set_count(panels.count(desk))
        view.teaching.set_quiz(self._gates.quiz_state)
        view.nudge.set_reading(panels.nudge_reading(desk, self._nudged, self._epsilon, in_a_hurry=self._dragging))

    # ---- the walk ------------------------------------------------------------------------------

    def step(self) -> None:
        """Compute the next gate."""
        self._pause()
        self._walk(self.desk.done + 1)

    def step_back(self) -> None:
        """Take the last gate back."""
        self._pause()
        self._walk(self.desk.done - 1)

    def go_to_start(self) -> None:
        """Know only the inputs."""
        self._pause()
        self._walk(0)

    def go_to_end(self) -> None:
        """Know everything."""
        self._pause()
        self._walk(self.desk.total)

    def play(self, on: bool) -> None:
        """Go on gate by gate at the chosen pace; from the start again where both passes are done."""
        if not on or not self.desk.total:
            self._pause()
            return
        if self.desk.done >= self.desk.total:
            self._walk(0)
        self.metronome.start()
        self._view.steps.set_playing(True)

    def toggle_play(self) -> None:
        """Play or pause."""
        self.play(not self.metronome.is_running)

    def _on_beat(self) -> None:
        self._walk(self.desk.done + 1)
        if self.desk.done >= self.desk.total:
            self._pause()

    def _pause(self) -> None:
        self.metronome.stop()
        self._view.steps.set_playing(False)

    def pause(self) -> None:
        """Stop where the walk is."""
        self._pause()

    def _walk(self, position: int) -> None:
        self._refresh(self.desk.at(position))
        active = self.desk.state.active
        if active is not None:
            self._gates.select(active)

    # ---- folding, mistakes, quiz, nudge --------------------------------------------------------

    def fold(self) -> None:
        """Fold what can be folded."""
        self._regroup(desks.fold_all(self.desk.circuit))

    def unfold(self) -> None:
        """Open every bundle."""
        self._regroup(desks.open_all(self.desk.circuit))

    def toggle_bundle(self, gate: int) -> None:
        """Open the bundle at `gate`, or fold the gates that end there."""
        regrouping = desks.toggled_bundle(self.desk.circuit, gate)
        if regrouping is not None:
            self._regroup(regrouping)

    def _regroup(self, regrouping: Regrouping) -> None:
        self._pause()
        before = Sheet.of(self._text, self.desk)
        self._gates.show_structure(self.desk.regrouped(regrouping), moved=regrouping.ids)
        self._refresh(self.desk)
        self.undo_stack.do(EditDesk(before, Sheet.of(self._text, self.desk), "Fold or open a bundle", self._put))

    def toggle_forget_to_add(self) -> None:
        """Keep only the last contribution at a branch, or add them again."""
        self._on_mistake(not self.desk.forget_to_add, self.desk.forget_to_zero)

    def toggle_forget_to_zero(self) -> None:
        """Let a second backward pass pile up, or zero the gradients before it."""
        self._on_mistake(self.desk.forget_to_add, not self.desk.forget_to_zero)

    def toggle_quiz(self) -> None:
        """Begin or end the quiz."""
        self.set_quiz(self.desk.quiz is None)

    def _on_mistake(self, forget_to_add: bool, forget_to_zero: bool) -> None:
        desk = self.desk.with_mistakes(forget_to_add=forget_to_add, forget_to_zero=forget_to_zero)
        self._adjust(desk, "Make a mistake on purpose" if desk.makes_mistakes else "Make no mistake")

    def set_quiz(self, on: bool) -> None:
        """Hide the whole backward pass, or show it again."""
        self._pause()
        self._refresh(circuits_quiz.with_backward_quiz(self.desk) if on else self.desk.with_quiz(None))

    def reveal_next(self) -> None:
        """Show the next hidden number, in the order of working out."""
        self._refresh(circuits_quiz.with_one_revealed(self.desk))

    def ask_value(self) -> None:
        """Hide the value of the gate under the keyboard's cursor."""
        self._ask("value")

    def ask_gradient(self) -> None:
        """Hide the gradient of the gate under the keyboard's cursor."""
        self._ask("gradient")

    def _ask(self, which: str) -> None:
        gate = self._view.graph.focused_gate
        if gate is not None:
            self._gates.ask(gate, which)

    def _on_answered(self) -> None:
        refusal = self._gates.refusal
        self._view.expression.set_error(panels.refusal(refusal) if refusal else None)
        self._show_rest()

    def _on_expression_edited(self, text: str) -> None:
        """Follow the typing: an error that stands there goes as soon as the text is in order."""
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


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
