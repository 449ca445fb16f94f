"""The steps of a sweep in words: what each did with its numbers, and what the classic mistakes changed."""

from __future__ import annotations

from collections.abc import Sequence

from playground.circuits.graph import Circuit
from playground.circuits.naming import differentiated, names
from playground.circuits.numerals import equation, factor, numeral
from playground.circuits.reading import value_equation
from playground.circuits.sweep import CircuitState, Sweep
from playground.circuits.unary import drawn_label
from playground.engine.messages import message

MOST_NAMED = 4
MOST_TERMS = 6


def step_text(sweep: Sweep, position: int) -> str:
    """Return what the step that led to `position` did, with its numbers."""
    if position == 0:
        return message("The inputs are given; nothing is computed yet.")
    step = sweep.steps[position - 1]
    circuit, i = sweep.circuit, step.node
    called = names(circuit)
    name, result = called[i], differentiated(circuit, sweep.evaluation.upstream)
    after = sweep.state(position)
    if step.kind == "forward":
        return message("Forward: {equation}", equation=value_equation(circuit, sweep.evaluation.values, i))
    if step.kind == "seed":
        template = "Backward begins at the output: ∂{result}/∂{name} {number}, given from outside"
        return message(template, result=result, name=name, number=equation(sweep.evaluation.upstream))
    if step.kind == "again":
        return message("Another backward pass, and the inputs' gradients were not set back to zero")
    if step.kind == "add":
        return message("{name} branches: {sum}", name=name, sum=_sum(circuit, result, after, i))
    arriving = after.gradients[i]
    return message(
        "Backward through {gate}: upstream {upstream}; {shares}",
        gate=drawn_label(circuit, i),
        upstream="?" if arriving is None else numeral(arriving),
        shares=_shares(circuit, sweep.state(position - 1), after, i),
    )


def mistakes_text(sweep: Sweep) -> str:
    """Return what the mistakes that are switched on did to the inputs' gradients; empty without any."""
    if not sweep.forget_to_add and sweep.passes == 1:
        return ""
    final = sweep.state(len(sweep.steps)).gradients
    result = differentiated(sweep.circuit, sweep.evaluation.upstream)
    parts = []
    for name, i in sweep.circuit.inputs.items():
        wrong, right = final[i], sweep.evaluation.gradients[i]
        if wrong is not None and right is not None and wrong != right:
            template = "∂{result}/∂{name} {wrong} instead of {right}"
            parts.append(message(template, result=result, name=name, wrong=equation(wrong), right=numeral(right)))
    if not parts:
        return _no_harm(sweep)
    template = "Gradients piled up: {gradients}."
    if sweep.forget_to_add:
        template = "Contributions were overwritten: {gradients}."
    if sweep.forget_to_add and sweep.passes > 1:
        template = "Contributions were overwritten, gradients piled up: {gradients}."
    return message(template, gradients=_listed(parts))


def _no_harm(sweep: Sweep) -> str:
    if not any(len(wires) > 1 for wires in sweep.circuit.consumers):
        return message("No branch here: forgetting to add changes nothing.")
    if sweep.passes > 1:
        return message("By chance both mistakes lead to the right numbers here.")
    return message("Here the mistake changes no input's gradient.")


def _sum(circuit: Circuit, result: str, state: CircuitState, i: int) -> str:
    """Return ``∂f/∂x = 1 + 2 = 3``."""
    shares = [state.wire_gradients[gate][slot] for gate, slot in circuit.consumers[i]]
    shown = [factor(share) for share in shares if share is not None]
    if len(shown) > MOST_TERMS:
        shown = [*shown[: MOST_TERMS - 1], "…", shown[-1]]
    total = state.gradients[i]
    return f"∂{result}/∂{names(circuit)[i]} = {' + '.join(shown)}" + ("" if total is None else f" {equation(total)}")


def _shares(circuit: Circuit, before: CircuitState, after: CircuitState, i: int) -> str:
    """Return what each input of gate `i` gets."""
    parts, called = [], names(circuit)
    for source, share in zip(circuit.nodes[i].inputs, after.wire_gradients[i], strict=True):
        if share is not None:
            is_overwritten = before.gradients[source] is not None and after.gradients[source] is not None
            template = "{name} gets {number}, overwriting what was there" if is_overwritten else "{name} gets {number}"
            parts.append(message(template, name=called[source], number=numeral(share)))
    return _listed(parts)


def _listed(parts: Sequence[str]) -> str:
    if len(parts) <= MOST_NAMED:
        return ", ".join(parts)
    return message("{parts}, and {count} more", parts=", ".join(parts[:MOST_NAMED]), count=len(parts) - MOST_NAMED)
