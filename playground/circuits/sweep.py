"""Both passes as single steps, forward and backward; what has not been computed is None.

A sweep is a list of steps, and a pure function from a position to what is known there, so that
stepping back is exact. Two classic mistakes can be switched on:

- *forget to add*: where a value branches, each contribution overwrites the one before;
- *forget to zero*: a second backward pass adds to the inputs' gradients of the first, which were not
  set back to zero (inner gradients start from zero, as in PyTorch, so each pass adds the right gradient once).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playground.circuits.graph import Circuit
from playground.circuits.passes import Evaluation

Kind = Literal["forward", "seed", "backward", "add", "again"]
MAX_PASSES = 10


@dataclass(frozen=True, slots=True)
class Step:
    """One step: compute gate `node` forward, seed the output, go back through a gate, add up a branch, start again."""

    kind: Kind
    node: int


@dataclass(frozen=True, slots=True)
class CircuitState:
    """What is known after some steps, by node; None has not been computed.

    ``wire_gradients[i][k]`` is what gate i sends back to its k-th input; ``active`` the node being computed.
    """

    values: tuple[float | None, ...]
    gradients: tuple[float | None, ...]
    wire_gradients: tuple[tuple[float | None, ...], ...]
    winners: tuple[int | None, ...]
    active: int | None = None


class Sweep:
    """The steps of one forward and `passes` backward passes over a circuit.

    Parameters
    ----------
    circuit, evaluation
        The circuit and its numbers.
    forget_to_add : bool
        Overwrite at branches instead of adding.
    passes : int
        Backward passes in a row; more than one shows *forget to zero*.
    """

    def __init__(
        self, circuit: Circuit, evaluation: Evaluation, *, forget_to_add: bool = False, passes: int = 1
    ) -> None:
        if not 1 <= passes <= MAX_PASSES:
            raise ValueError(f"passes: expected 1 to {MAX_PASSES}, got {passes}")
        self.circuit, self.evaluation = circuit, evaluation
        self.forget_to_add, self.passes = forget_to_add, passes
        self.steps = (*_forward_steps(circuit), *_backward_steps(circuit, forget_to_add, passes))

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def n_forward(self) -> int:
        """Position at which the forward pass is complete."""
        return self.circuit.n_gates

    def state(self, position: int) -> CircuitState:
        """Return what is known after `position` steps (0: the inputs only; len(sweep): everything)."""
        if not 0 <= position <= len(self.steps):
            raise ValueError(f"position: expected 0 to {len(self.steps)}, got {position}")
        known = _Known(self.circuit, self.evaluation, self.forget_to_add)
        for step in self.steps[:position]:
            known.do(step)
        return known.state(self.steps[position - 1].node if position else None)


def complete(evaluation: Evaluation) -> CircuitState:
    """Return everything that is known when both passes are done."""
    return CircuitState(evaluation.values, evaluation.gradients, evaluation.wires, evaluation.winners)


def _forward_steps(circuit: Circuit) -> tuple[Step, ...]:
    return tuple(Step("forward", i) for i, node in enumerate(circuit.nodes) if node.is_gate)


def _backward_steps(circuit: Circuit, forget_to_add: bool, passes: int) -> tuple[Step, ...]:
    once = [Step("seed", circuit.output)]
    for i in range(len(circuit.nodes) - 1, -1, -1):
        if len(circuit.consumers[i]) > 1 and not forget_to_add:
            once.append(Step("add", i))
        if circuit.nodes[i].is_gate:
            once.append(Step("backward", i))
    return (*once, *((Step("again", circuit.output), *once) * (passes - 1)))


class _Known:
    """Everything that has been computed so far."""

    def __init__(self, circuit: Circuit, evaluation: Evaluation, forget_to_add: bool) -> None:
        self._circuit, self._numbers, self._overwrite = circuit, evaluation, forget_to_add
        nodes = circuit.nodes
        self._values = [None if n.is_gate else v for n, v in zip(nodes, evaluation.values, strict=True)]
        self._winners: list[int | None] = [None] * len(nodes)
        self._left: dict[int, float] = {}
        self._clear()

    def _clear(self) -> None:
        nodes = self._circuit.nodes
        self._gradients: list[float | None] = [None] * len(nodes)
        self._wires: list[tuple[float | None, ...]] = [(None,) * len(node.inputs) for node in nodes]

    def do(self, step: Step) -> None:
        """Do one step."""
        i = step.node
        if step.kind == "forward":
            self._values[i] = self._numbers.values[i]
            self._winners[i] = self._numbers.winners[i]
        elif step.kind == "seed":
            self._arrive(i, self._numbers.upstream)
        elif step.kind == "backward":
            self._send_back(i)
        elif step.kind == "add":
            self._add_up(i)
        else:
            self._left = {j: g for j in self._circuit.inputs.values() if (g := self._gradients[j]) is not None}
            self._clear()

    def _send_back(self, i: int) -> None:
        arriving = self._gradients[i]
        local = self._numbers.locals[i]
        row = tuple(None if d is None or arriving is None else arriving * d for d in local)
        self._wires[i] = row
        for source, share in zip(self._circuit.nodes[i].inputs, row, strict=True):
            if len(self._circuit.consumers[source]) == 1 or self._overwrite:
                self._arrive(source, share)

    def _add_up(self, i: int) -> None:
        total: float | None = 0.0
        for gate, slot in self._circuit.consumers[i]:
            share = self._wires[gate][slot]
            total = None if total is None or share is None else total + share
        self._arrive(i, total)

    def _arrive(self, i: int, gradient: float | None) -> None:
        self._gradients[i] = None if gradient is None else gradient + self._left.get(i, 0.0)

    def state(self, active: int | None) -> CircuitState:
        """Freeze what is known."""
        return CircuitState(
            tuple(self._values), tuple(self._gradients), tuple(self._wires), tuple(self._winners), active
        )
