"""OpenCircuit: a circuit with its inputs, and how many steps of both passes are done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from playground.circuits.bundles import Regrouping
from playground.circuits.gates import GATES
from playground.circuits.graph import Circuit, CircuitError
from playground.circuits.parser.expression import parse
from playground.circuits.passes import Evaluation, evaluate, forward
from playground.circuits.quiz import Quiz
from playground.circuits.quiz import at as quiz_at
from playground.circuits.sweep import CircuitState, Sweep, complete
from playground.circuits.waiting import without_waiting

SPREADS = ((2.0, 3.0, -1.0, 0.5, -2.0, 1.5), (2.0, 3.0, 1.5, 0.5), (0.4, 0.5, 0.6), (5.0, 7.0, 3.0))
"""Values of new inputs: the first row at which the expression has a value."""


@dataclass(frozen=True, eq=False)
class OpenCircuit:
    """A circuit, its inputs, and how far both passes have come; every change makes a new one.

    Attributes
    ----------
    forget_to_add, forget_to_zero : bool
        The two classic mistakes.
    """

    circuit: Circuit
    inputs: Mapping[str, float]  # value of each named input
    upstream: float = 1.0  # the gradient that arrives at the output from outside
    position: int | None = None  # steps that are done; None when both passes are complete
    forget_to_add: bool = False
    forget_to_zero: bool = False
    quiz: Quiz | None = None  # the hidden numbers, to be predicted
    asked: tuple[int, str] | None = None  # the one of them whose turn it is
    _known: Evaluation | None = field(default=None, repr=False)

    # ---- numbers -------------------------------------------------------------------------------

    @cached_property
    def _outcome(self) -> Evaluation | CircuitError:
        if self._known is not None:
            return self._known
        try:
            return evaluate(self.circuit, self.inputs, self.upstream)
        except CircuitError as error:
            return error

    @property
    def evaluation(self) -> Evaluation | None:
        """Every number, or None where a gate has no value or no gradient."""
        return None if isinstance(self._outcome, CircuitError) else self._outcome

    @property
    def error(self) -> CircuitError | None:
        """The error at a gate that has no value or no gradient at these inputs."""
        return self._outcome if isinstance(self._outcome, CircuitError) else None

    @property
    def fault(self) -> CircuitError | None:
        """The error, or why a gradient does not exist where everything else does."""
        missing = self.evaluation.missing if self.evaluation else ()
        return self.error or (missing[0] if missing else None)

    @cached_property
    def sweep(self) -> Sweep | None:
        """The steps of both passes."""
        if self.evaluation is None:
            return None
        return Sweep(
            self.circuit,
            self.evaluation,
            forget_to_add=self.forget_to_add,
            passes=2 if self.forget_to_zero else 1,
        )

    @property
    def makes_mistakes(self) -> bool:
        """Whether one of the classic mistakes is switched on."""
        return self.forget_to_add or self.forget_to_zero

    @cached_property
    def total(self) -> int:
        """Number of steps of both passes; 0 where a number cannot be computed."""
        return len(self.sweep) if self.sweep else 0

    @property
    def done(self) -> int:
        """Number of steps that are done."""
        return self.total if self.position is None else min(self.position, self.total)

    @cached_property
    def state(self) -> CircuitState:
        """What is known at this position; the numbers before the failing gate where there is one."""
        if self.evaluation is None:
            return _state_before_error(self.circuit, self.inputs, self.error)
        if self.position is None and not self.makes_mistakes:
            return without_waiting(self.circuit, complete(self.evaluation), self.hidden)
        assert self.sweep is not None
        return without_waiting(self.circuit, self.sweep.state(self.done), self.hidden)

    @property
    def hidden(self) -> frozenset[tuple[int, str]]:
        """The numbers that wait for an answer."""
        return self.quiz.hidden if self.quiz else frozenset()

    # ---- changes -------------------------------------------------------------------------------

    def with_inputs(self, inputs: Mapping[str, float], upstream: float | None = None) -> OpenCircuit:
        """Return this circuit at other numbers; step and quiz stay where they are."""
        after = replace(self, inputs=inputs, upstream=self.upstream if upstream is None else upstream, _known=None)
        if self.quiz is None or after.evaluation is None:
            return after
        return replace(after, quiz=quiz_at(self.quiz, after.evaluation), _known=after.evaluation)

    def with_input(self, name: str, value: float) -> OpenCircuit:
        """Return this circuit with another value of one input."""
        return self.with_inputs({**self.inputs, name: value})

    def at(self, position: int) -> OpenCircuit:
        """Return this circuit with `position` steps done (all of them for any larger number)."""
        place = None if position >= self.total else max(0, position)
        return replace(self, position=place, _known=self.evaluation)

    def with_mistakes(self, *, forget_to_add: bool, forget_to_zero: bool) -> OpenCircuit:
        """Return this circuit with these mistakes; a quiz ends, because it asks for the right numbers."""
        return replace(
            self, forget_to_add=forget_to_add, forget_to_zero=forget_to_zero, quiz=None, _known=self.evaluation
        )

    def with_quiz(self, quiz: Quiz | None, asked: tuple[int, str] | None = None) -> OpenCircuit:
        """Return this circuit with another quiz, or without one; `asked` is the number whose turn it is."""
        return replace(self, quiz=quiz, asked=asked, _known=self.evaluation)

    def regrouped(self, regrouping: Regrouping) -> OpenCircuit:
        """Return the folded or opened circuit; its gates have other ids, both passes stand at the start or the end."""
        return OpenCircuit(
            regrouping.circuit,
            self.inputs,
            self.upstream,
            0 if self.position == 0 else None,
            forget_to_add=self.forget_to_add,
            forget_to_zero=self.forget_to_zero,
        )


def circuit_of(text: str, known: Mapping[str, float] | None = None, upstream: float = 1.0) -> OpenCircuit:
    """Return the circuit of an expression; inputs keep their `known` values where it has a value with them.

    A value that the text gives (``x = -2``) comes before a known one.

    Raises
    ------
    CircuitError
        If the text is not an expression, or has no value at any of the first inputs.
    """
    circuit = parse(text)
    first: OpenCircuit | None = None
    for spread in SPREADS:
        for kept in (known or {}, {}):
            inputs = {name: kept.get(name, spread[k % len(spread)]) for k, name in enumerate(circuit.inputs)}
            inputs |= circuit.given
            shown = OpenCircuit(circuit, inputs, upstream)
            if shown.fault is None:
                return shown
            if first is None or (first.error is not None and shown.error is None):
                first = shown
    assert first is not None
    if first.error is not None:
        raise first.error
    return first


def _state_before_error(circuit: Circuit, inputs: Mapping[str, float], error: CircuitError | None) -> CircuitState:
    """Return the values up to the gate that has none (all, where only a gradient fails); no gradient is known."""
    n = len(circuit.nodes)
    wires = tuple((None,) * len(node.inputs) for node in circuit.nodes)
    values: tuple[float | None, ...]
    try:
        values = forward(circuit, inputs)
    except CircuitError as failure:
        values = _values_before(circuit, inputs, 0 if failure.node is None else failure.node)
    return CircuitState(values, (None,) * n, wires, (None,) * n, None if error is None else error.node)


def _values_before(circuit: Circuit, inputs: Mapping[str, float], last: int) -> tuple[float | None, ...]:
    values: list[float | None] = []
    for i, node in enumerate(circuit.nodes):
        if not node.is_gate:
            values.append(inputs.get(node.name, node.value))
        elif i < last:
            values.append(GATES[node.op].forward([v for j in node.inputs if (v := values[j]) is not None]))
        else:
            values.append(None)
    return tuple(values)
