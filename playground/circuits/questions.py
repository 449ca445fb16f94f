"""Questions in words about a circuit, with answers to choose from: which gate routes, where gradients add."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from playground.circuits.gates import GATES, TIES
from playground.circuits.graph import Circuit
from playground.circuits.naming import differentiated, names
from playground.circuits.numerals import equation, factor, numeral
from playground.circuits.passes import Evaluation
from playground.engine.messages import message

MOST_OPTIONS = 4
_OTHERS = ("add", "multiply", "max", "negate")
"""Gates whose patterns are offered beside the right one."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what is asked, the `options`, which of them is `right`, and `why`."""

    text: str
    options: tuple[str, ...]
    right: int
    why: str


def questions(circuit: Circuit, evaluation: Evaluation) -> tuple[Question, ...]:
    """Return the questions that this circuit gives reason to ask; the right options do not keep to one place."""
    by_verb = _by_verb(circuit)
    asked = (
        *_which_gate(circuit, by_verb),
        *_what_it_does(by_verb),
        *_who_wins(circuit, evaluation),
        *_branches(circuit, evaluation),
        *_which_way(circuit, evaluation),
        *_costs(circuit),
    )
    return tuple(_turned(question, k) for k, question in enumerate(asked))


def _verb(op: str) -> str:
    """Return what a gate does to the upstream gradient, in a word: ``routes``."""
    return GATES[op].pattern.partition(":")[0]


def _why(op: str) -> str:
    return message("The {gate} gate {pattern}.", gate=GATES[op].label, pattern=GATES[op].pattern)


def _gates(circuit: Circuit) -> dict[str, int]:
    """Return the first gate of each kind through which a gradient goes."""
    found: dict[str, int] = {}
    for i, node in enumerate(circuit.nodes):
        if node.is_gate and circuit.varies[i]:
            found.setdefault(node.op, i)
    return found


def _by_verb(circuit: Circuit) -> dict[str, list[str]]:
    """Return the kinds of gates by what they do."""
    found: dict[str, list[str]] = {}
    for op in _gates(circuit):
        found.setdefault(_verb(op), []).append(op)
    return found


def _can_be_told_apart(by_verb: Mapping[str, Sequence[str]], verb: str) -> bool:
    """Return whether just one kind of gate does `verb`; many scale in some way."""
    return len(by_verb[verb]) == 1 and len(by_verb) > 1 and verb != "scales"


def _which_gate(circuit: Circuit, by_verb: Mapping[str, Sequence[str]]) -> Iterator[Question]:
    """Ask which gate routes, which distributes …, where just one kind here does."""
    gates, called = _gates(circuit), names(circuit)
    for verb, ops in by_verb.items():
        if not _can_be_told_apart(by_verb, verb):
            continue
        others = [op for other, (op, *_) in by_verb.items() if other != verb][: MOST_OPTIONS - 1]
        shown = tuple(
            message("{name}: {gate}", name=called[gates[op]], gate=GATES[op].label) for op in (ops[0], *others)
        )
        yield Question(message("Which of these gates {verb}?", verb=verb), shown, 0, _why(ops[0]))


def _what_it_does(by_verb: Mapping[str, Sequence[str]]) -> Iterator[Question]:
    """Ask what a gate of the lecture does, where nothing asked which gate does that."""
    for verb, ops in by_verb.items():
        for op in () if _can_be_told_apart(by_verb, verb) else (op for op in ops if op in _OTHERS):
            others = tuple(_verb(other) for other in _OTHERS if other != op)
            text = message("What does the {gate} gate do with its upstream gradient?", gate=GATES[op].label)
            yield Question(text, (_verb(op), *others[: MOST_OPTIONS - 1]), 0, _why(op))


def _who_wins(circuit: Circuit, evaluation: Evaluation) -> Iterator[Question]:
    """Ask which input of a max or min gate gets no gradient."""
    called = names(circuit)
    for i, node in enumerate(circuit.nodes):
        won = evaluation.winners[i]
        if node.op not in TIES or won is None or not circuit.varies[i] or len(set(node.inputs)) < len(node.inputs):
            continue
        inputs = [called[j] for j in node.inputs][:MOST_OPTIONS]
        if won >= len(inputs):
            continue
        fed = ", ".join(f"{called[j]} {equation(evaluation.values[j])}" for j in node.inputs)
        text = message(
            "Which input of {gate} gets the whole upstream?", gate=f"{called[i]} = {node.op}({', '.join(inputs)})"
        )
        yield Question(
            text, tuple(inputs), won, message("{fed}: {winner} wins, the others get 0.", fed=fed, winner=inputs[won])
        )


def _branches(circuit: Circuit, evaluation: Evaluation) -> Iterator[Question]:
    """Ask what becomes of the gradients of a value that branches."""
    called, result = names(circuit), differentiated(circuit, evaluation.upstream)
    for i, wires in enumerate(circuit.consumers):
        shares = [evaluation.wires[gate][slot] for gate, slot in wires]
        total = evaluation.gradients[i]
        if len(wires) < 2 or not circuit.varies[i] or total is None or None in shares:
            continue
        terms = " + ".join(factor(share) for share in shares if share is not None)
        yield Question(
            message("{name} branches into {count} wires. Its gradient is …", name=called[i], count=len(wires)),
            (
                message("the sum of what the wires bring back"),
                message("the last contribution"),
                message("the largest contribution"),
            ),
            0,
            message("Gradients add at a branch: ∂{result}/∂{name} = {terms} {total}.",
                    result=result, name=called[i], terms=terms, total=equation(total)),
        )  # fmt: skip
        return


def _which_way(circuit: Circuit, evaluation: Evaluation) -> Iterator[Question]:
    """Ask what the sign of an input's gradient means."""
    called, result = names(circuit), differentiated(circuit, evaluation.upstream)
    for name, i in circuit.inputs.items():
        gradient = evaluation.gradients[i]
        if gradient is None:
            continue
        options = message("it grows"), message("it falls"), message("it stays as it is")
        yield Question(
            message("{name} grows a little. What does {result} do?", name=name, result=result),
            options,
            0 if gradient > 0.0 else 1 if gradient < 0.0 else 2,
            message("∂{result}/∂{name} {number}: {result} changes by about {factor} times as much as {name}.",
                    result=result, name=name, number=equation(gradient), factor=numeral(gradient)),
        )  # fmt: skip
        if called[circuit.output] != name:
            return


def _costs(circuit: Circuit) -> Iterator[Question]:
    n = len(circuit.inputs)
    if n < 2:
        return
    yield Question(
        message("How many forward passes do central differences need for {count} gradients?", count=n),
        tuple(numeral(float(passes)) for passes in dict.fromkeys((2 * n, 1, n))),
        0,
        message("Each input is moved up and down once: 2 × {count}. Backprop needs one forward and one backward pass.",
                count=n),
    )  # fmt: skip


def _turned(question: Question, by: int) -> Question:
    """Return `question` with its options in another order."""
    options: Sequence[str] = question.options
    by %= len(options)
    return Question(
        question.text,
        (*options[by:], *options[:by]),
        (question.right - by) % len(options),
        question.why,
    )
