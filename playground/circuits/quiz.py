"""Predict first, then reveal: which numbers are hidden, and whether a typed answer is right.

A number is (gate id, which): ``"value"``, ``"gradient"`` (or ``"upstream"``), ``"wire_0"`` (or
``"downstream_0"``) for what a gate sends back to its first input, ``"local_0"`` for a local gradient,
``"term_0"`` for the first branch of an upstream.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from playground.circuits.gates import GATES
from playground.circuits.graph import Circuit
from playground.circuits.naming import differentiated, local_symbol, names
from playground.circuits.numerals import equation, factor
from playground.circuits.parser.expression import parse
from playground.circuits.passes import Evaluation, forward
from playground.circuits.reading import local_numbers, value_equation
from playground.engine.messages import message

Key = tuple[int, str]
RELATIVE = 5e-3
ABSOLUTE = 5e-4
_SAME = {"upstream": "gradient", "downstream": "wire"}


@dataclass(frozen=True, slots=True)
class Quiz:
    """A circuit with blanks.

    Attributes
    ----------
    solved, revealed : frozenset
        Those answered right; those shown without an answer.
    """

    circuit: Circuit
    evaluation: Evaluation
    asked: tuple[Key, ...]  # the numbers that were hidden, in the order in which they can be worked out
    solved: frozenset[Key] = frozenset()
    revealed: frozenset[Key] = frozenset()
    wrong: int = 0  # how many answers were wrong; each may be tried again

    @property
    def hidden(self) -> frozenset[Key]:
        """The numbers that are still blank."""
        return frozenset(self.asked) - self.solved - self.revealed

    @property
    def right(self) -> int:
        """How many were answered right."""
        return len(self.solved)

    def answer(self, gate: int, which: str, typed: str) -> tuple[Quiz, bool]:
        """Return the quiz after `typed` was given for a number, and whether that was right.

        Raises
        ------
        ValueError
            If `typed` is not a number; the quiz stays as it is.
        """
        right = judge(self.circuit, self.evaluation, gate, which, typed)
        return self.judged((gate, which), right), right

    def judged(self, key: Key, right: bool) -> Quiz:
        """Return the quiz after an answer that was right or wrong."""
        if not right:
            return replace(self, wrong=self.wrong + 1)
        return replace(self, solved=self.solved | ({key} & self.hidden))

    def reveal(self, gate: int, which: str) -> Quiz:
        """Show one number without an answer."""
        return replace(self, revealed=self.revealed | ({(gate, which)} & self.hidden))

    def reveal_next(self) -> Quiz:
        """Show the first blank, in the order of working out; the same quiz when there is none."""
        blank = next((key for key in self.asked if key in self.hidden), None)
        return self if blank is None else self.reveal(*blank)


def forward_quiz(circuit: Circuit, evaluation: Evaluation) -> Quiz:
    """Ask for the whole forward pass: the value of every gate that an input reaches."""
    return quiz(circuit, evaluation, ((i, "value") for i in range(len(circuit.nodes)) if _is_asked(circuit, i)))


def both_quiz(circuit: Circuit, evaluation: Evaluation) -> Quiz:
    """Ask for both passes, the forward one first."""
    ahead, back = forward_quiz(circuit, evaluation), backward_quiz(circuit, evaluation)
    return Quiz(circuit, evaluation, ahead.asked + back.asked)


def _is_asked(circuit: Circuit, i: int) -> bool:
    return circuit.nodes[i].is_gate and circuit.varies[i]


def backward_quiz(circuit: Circuit, evaluation: Evaluation) -> Quiz:
    """Ask for the whole backward pass: every gradient, and every contribution where a value branches."""
    asked: list[Key] = []
    for i in range(len(circuit.nodes) - 1, -1, -1):
        if not circuit.varies[i] or i == circuit.output:
            continue
        wires = circuit.consumers[i]
        if len(wires) > 1:
            asked += [(gate, f"wire_{slot}") for gate, slot in wires]
        asked.append((i, "gradient"))
    return quiz(circuit, evaluation, (key for key in asked if _exists(circuit, evaluation, key)))


def at(before: Quiz, evaluation: Evaluation) -> Quiz:
    """Return the quiz at other numbers, without those that do not exist there."""
    asked = tuple(key for key in before.asked if _exists(before.circuit, evaluation, key))
    return replace(
        before,
        evaluation=evaluation,
        asked=asked,
        solved=before.solved & frozenset(asked),
        revealed=before.revealed & frozenset(asked),
    )


def _exists(circuit: Circuit, evaluation: Evaluation, key: Key) -> bool:
    return _looked_up(circuit, evaluation, key[0], *split(key[1])) is not None


def quiz(circuit: Circuit, evaluation: Evaluation, asked: Iterable[Key]) -> Quiz:
    """Ask for chosen numbers; ValueError for one that does not exist."""
    keys = tuple(dict.fromkeys(asked))
    for gate, which in keys:
        number(circuit, evaluation, gate, which)
    return Quiz(circuit, evaluation, keys)


def judge(circuit: Circuit, evaluation: Evaluation, gate: int, which: str, typed: str) -> bool:
    """Return whether `typed` is right: within 0.5 % or 0.0005, so that three digits are enough."""
    guess, expected = typed_number(typed), number(circuit, evaluation, gate, which)
    slack = max(RELATIVE * abs(expected), min(ABSOLUTE, 0.1 * abs(expected)) if expected else ABSOLUTE)
    return abs(guess - expected) <= slack


def typed_number(typed: str) -> float:
    """Read an answer: a number, or arithmetic such as ``−4 * 3`` or ``1/3``; ValueError with the cure."""
    circuit = parse(typed)
    if circuit.inputs:
        raise ValueError(
            message("type a number, such as −0.25 or 1/3; {name!r} is not one", name=next(iter(circuit.inputs)))
        )
    return forward(circuit, {})[circuit.output]


def number(circuit: Circuit, evaluation: Evaluation, gate: int, which: str) -> float:
    """Return the number that (gate, which) stands for; ValueError when there is none."""
    found = _looked_up(circuit, evaluation, gate, *split(which))
    if found is None:
        raise ValueError(message("gate {gate} has no number {which!r} to ask for", gate=gate, which=which))
    return found


def derivation(circuit: Circuit, evaluation: Evaluation, gate: int, which: str) -> str:
    """Return the derivation of the number, with the numbers plugged in."""
    kind, k = split(which)
    called = names(circuit)
    expected = number(circuit, evaluation, gate, which)
    node = circuit.nodes[gate]
    if kind == "value":
        return (
            value_equation(circuit, evaluation.values, gate)
            if node.is_gate
            else f"{called[gate]} {equation(expected)}: given"
        )
    if kind == "local":
        template = GATES[node.op].local_formula(k)
        fed = [evaluation.values[j] for j in node.inputs]
        numbers = local_numbers(template, fed, k, evaluation.values[gate], expected)
        return f"{local_symbol(circuit, gate, k)}: {numbers}"
    if kind == "wire":
        return _product(circuit, evaluation, gate, k)
    wires = circuit.consumers[gate]
    if kind == "term":
        return _product(circuit, evaluation, *wires[k])
    result = differentiated(circuit, evaluation.upstream)
    if not wires:
        return f"∂{result}/∂{called[gate]} {equation(expected)}: the upstream, given from outside"
    if len(wires) == 1:
        return _product(circuit, evaluation, *wires[0])
    shares = [evaluation.wires[i][slot] or 0.0 for i, slot in wires]
    terms = [factor(share) for share in shares]
    shown = [*terms[:5], "…", terms[-1]] if len(terms) > 6 else terms
    return f"∂{result}/∂{called[gate]} = sum over the branches = {' + '.join(shown)} {equation(expected)}"


def _product(circuit: Circuit, evaluation: Evaluation, gate: int, slot: int) -> str:
    upstream, local = evaluation.gradients[gate] or 0.0, evaluation.locals[gate][slot] or 0.0
    source, result = names(circuit)[circuit.nodes[gate].inputs[slot]], differentiated(circuit, evaluation.upstream)
    return f"∂{result}/∂{source} = upstream × local = {factor(upstream)} × {factor(local)} {equation(upstream * local)}"


def split(which: str) -> tuple[str, int]:
    """Return the kind of number that `which` names, by its plain name, and its place."""
    kind, _, place = which.partition("_")
    if place and not place.isdigit():
        raise ValueError(
            message("there is no number {which!r}; choose value, gradient, wire_0, local_0 or term_0", which=which)
        )
    return _SAME.get(kind, kind), int(place or 0)


def _looked_up(circuit: Circuit, evaluation: Evaluation, gate: int, kind: str, k: int) -> float | None:
    if not 0 <= gate < len(circuit.nodes):
        return None
    rows = {"wire": evaluation.wires, "local": evaluation.locals}
    if kind == "value":
        return evaluation.values[gate]
    if kind == "gradient":
        return evaluation.gradients[gate]
    if kind in rows:
        row = rows[kind][gate]
        return row[k] if k < len(row) else None
    wires = circuit.consumers[gate]
    if kind == "term" and k < len(wires):
        i, slot = wires[k]
        return evaluation.wires[i][slot]
    return None
