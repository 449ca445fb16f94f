"""Circuits: nodes in the order in which they are computed.

A node's inputs always come before it, so the forward pass is one loop and the backward pass is the same
loop in reverse (``passes``): no recursion. Inputs are ordered tuples: ``x * x`` has two wires.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

from playground.circuits.gates import CONSTANT, GATES, INPUT, gate
from playground.circuits.numerals import numeral

MAX_GATES = 5_000
MAX_WIRES = 50_000


class CircuitError(ValueError):
    """A fault of a circuit at its present inputs, in one line.

    Attributes
    ----------
    node : int or None
        Id of the faulty gate.
    column : int or None
        Column of the fault in the typed text, from 1.
    """

    def __init__(self, message: str, node: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.node, self.column = node, column


@dataclass(frozen=True, slots=True)
class Node:
    """One node: a named input, a constant or a gate."""

    op: str  # ``"input"``, ``"constant"`` or a key of ``gates.GATES``
    inputs: tuple[int, ...] = ()  # ids of the nodes that feed it, in order
    name: str = ""  # name of an input; of a gate, the name of its output (``z``, ``a₁⁽¹⁾``), or nothing
    value: float = 0.0  # of a constant
    column: int = 0  # where it stands in the typed text, from 1; 0 when it was not typed
    given: float | None = None  # the value that the typed text gives an input

    @property
    def is_gate(self) -> bool:
        """Whether the node computes something."""
        return self.op not in (INPUT, CONSTANT)

    @property
    def symbol(self) -> str:
        """The sign to draw: the name of an input, the number of a constant, the sign of a gate."""
        if self.op == INPUT:
            return self.name
        return numeral(self.value) if self.op == CONSTANT else GATES[self.op].symbol


@dataclass(frozen=True, eq=False)
class Circuit:
    """A graph of scalar gates; ``nodes[i]`` has id i and is fed by nodes with smaller ids.

    Raises
    ------
    ValueError
        For an unknown gate, a wrong count of inputs, an input that comes later, two inputs of one name,
        a node (but the output) that feeds nothing, or more than 5,000 gates or 50,000 wires.
    """

    nodes: tuple[Node, ...]
    output: int
    beyond: str = ""  # what the upstream from outside is the gradient of, where the circuit is a part of something

    def __post_init__(self) -> None:
        """Check that it is a circuit."""
        if not 0 <= self.output < len(self.nodes):
            raise ValueError(f"circuit: output {self.output} is not one of its {len(self.nodes)} nodes")
        names: set[str] = set()
        for i, node in enumerate(self.nodes):
            _check_node(i, node, names)
        if self.n_gates > MAX_GATES:
            raise ValueError(f"circuit: {self.n_gates} gates are more than {MAX_GATES}; take a smaller part")
        if self.n_wires > MAX_WIRES:
            raise ValueError(f"circuit: {self.n_wires} wires are more than {MAX_WIRES}; take a smaller part")
        for i, wires in enumerate(self.consumers):
            if bool(wires) == (i == self.output):
                what = "is the output and must feed nothing" if wires else "feeds nothing; leave it out"
                raise ValueError(f"node {i} ({self.nodes[i].symbol}): {what}")

    @cached_property
    def n_gates(self) -> int:
        """Number of nodes that compute something."""
        return sum(node.is_gate for node in self.nodes)

    @cached_property
    def n_wires(self) -> int:
        """Number of wires, which is the number of local gradients."""
        return sum(len(node.inputs) for node in self.nodes)

    @cached_property
    def inputs(self) -> dict[str, int]:
        """Ids of the named inputs, in the order of their first use."""
        return {node.name: i for i, node in enumerate(self.nodes) if node.op == INPUT}

    @cached_property
    def given(self) -> dict[str, float]:
        """The values that the typed text gives its inputs, by name."""
        return {node.name: node.given for node in self.nodes if node.given is not None}

    @cached_property
    def consumers(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each node the wires that leave it, as (gate, slot), in the order of the backward pass."""
        leaving: list[list[tuple[int, int]]] = [[] for _ in self.nodes]
        for i in range(len(self.nodes) - 1, -1, -1):
            for slot, source in enumerate(self.nodes[i].inputs):
                leaving[source].append((i, slot))
        return tuple(tuple(wires) for wires in leaving)

    @cached_property
    def varies(self) -> tuple[bool, ...]:
        """Whether a node depends on a named input; what does not is constant and needs no gradient."""
        depends: list[bool] = []
        for node in self.nodes:
            depends.append(node.op == INPUT or any(depends[j] for j in node.inputs))
        return tuple(depends)

    def place(self, i: int) -> str:
        """Name node `i` for a message: ``column 5, gate log`` or ``gate 7 (log)``."""
        node = self.nodes[i]
        kind = GATES[node.op].label if node.is_gate else node.op
        named = f" {node.name}" if node.name else ""
        return f"column {node.column}, gate {kind}{named}" if node.column else f"gate {i} ({kind}{named})"


def _check_node(i: int, node: Node, names: set[str]) -> None:
    if node.op == INPUT:
        if node.inputs or not node.name or node.name in names:
            raise ValueError(f"node {i}: an input needs a name of its own and no wires, got {node.name!r}")
        names.add(node.name)
    elif node.op == CONSTANT:
        if node.inputs or not math.isfinite(node.value):
            raise ValueError(f"node {i}: a constant needs a finite value and no wires, got {node.value!r}")
    else:
        entry = gate(node.op)
        if not entry.takes(len(node.inputs)):
            raise ValueError(f"node {i}: {entry.label} does not take {len(node.inputs)} inputs")
        if not all(0 <= j < i for j in node.inputs):
            raise ValueError(f"node {i}: its inputs {node.inputs} must come before it")


class Builder:
    """Collects nodes in order; every method returns the id of the node."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._inputs: dict[str, int] = {}

    def input(self, name: str, column: int = 0) -> int:
        """Return the input `name`, the same one each time."""
        if name not in self._inputs:
            self._inputs[name] = self._append(Node(INPUT, name=name, column=column))
        return self._inputs[name]

    def name(self, i: int, name: str, column: int = 0) -> None:
        """Name the value of node `i`; a number becomes an input with that value, and a first name stays."""
        node = self.nodes[i]
        if node.op == CONSTANT:
            self.nodes[i] = Node(INPUT, name=name, column=column, given=node.value)
            self._inputs[name] = i
        elif node.is_gate and not node.name:
            self.nodes[i] = replace(node, name=name)

    def constant(self, value: float, column: int = 0) -> int:
        """Add a constant."""
        return self._append(Node(CONSTANT, value=float(value), column=column))

    def gate(self, op: str, *inputs: int, name: str = "", column: int = 0) -> int:
        """Add a gate."""
        return self._append(Node(op, inputs, name, column=column))

    def circuit(self, output: int | None = None, beyond: str = "") -> Circuit:
        """Return the circuit; its output is the last node by default."""
        return Circuit(tuple(self.nodes), len(self.nodes) - 1 if output is None else output, beyond)

    def reaching(self) -> tuple[Circuit, dict[int, int]]:
        """Return the circuit of the nodes that reach the last one, and their new ids by the old ones."""
        last = len(self.nodes) - 1
        wanted = {last}
        for i in range(last, -1, -1):
            if i in wanted:
                wanted.update(self.nodes[i].inputs)
        ids = {old: new for new, old in enumerate(sorted(wanted))}
        nodes = (replace(self.nodes[old], inputs=tuple(ids[j] for j in self.nodes[old].inputs)) for old in ids)
        return Circuit(tuple(nodes), len(ids) - 1), ids

    def _append(self, node: Node) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1
