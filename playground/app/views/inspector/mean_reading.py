"""Follow a batch gradient: one term an example, their mean, the regularization, and the update with its numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from playground.app.views.names import edge_label
from playground.document.document import Edge
from playground.document.selection import Example
from playground.engine.messages import grouped, message
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.regularizers import REGULARIZERS
from playground.training.hidden import Hidden
from playground.training.setup import frozen_flags
from playground.training.snapshot import Snapshot
from playground.training.step_cursor import EdgeUpdate, StepCursor
from widgets.style import numbers
from widgets.values import EdgeKey, MeanReading, MeanTerm, UpdateStep
from widgets.values.card import EVERYTHING

MOST_TERMS = 512
"""So many examples have a row of their own; the others of a larger batch share one."""

_SETTINGS = {"μ": "momentum", "ρ": "rho", "β₁": "beta1", "β₂": "beta2", "ε": "epsilon", "d": "weight_decay"}
_HIDDEN_WITH = {"w": "weight", "gradient": "batch_gradient", "delta": "update", "next_w": "next_weight"}
"""Which number of an update is hidden with which quantity."""
_SYMBOL = re.compile(r"β₁|β₂|[μρεηdgwvms]|ᵗ")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
Write = Callable[[float], str]


def mean_card(
    snapshot: Snapshot, edge: Edge, example: Example, cursor: StepCursor | None = None, hidden: Hidden | None = None
) -> MeanReading:
    """Return how the pending batch makes the gradient of `edge`, and what the optimizer does with it.

    Of what is `hidden` the lines of the update leave the results open.
    """
    update, record = StepCursor(snapshot).update_of(edge), snapshot.pending
    known = EVERYTHING
    if cursor is not None:
        known = frozenset(stage for stage in EVERYTHING if cursor.knows(stage, edge.layer))
    count, terms = len(record.indices), _terms(snapshot, edge)
    with np.errstate(all="ignore"):  # a diverged run has terms that are infinite
        shown = float(np.sum([term.gradient for term in terms[:MOST_TERMS]]))
        total = (
            float(np.sum([term.gradient for term in terms])) if len(terms) == count else count * update.data_gradient
        )
        rest = total - shown
    training = snapshot.document.training
    optimizer = OPTIMIZERS[training.optimizer.name]
    return MeanReading(
        key=EdgeKey(*edge),
        title=edge_label(snapshot, edge),
        batch=message("pending batch, iteration {iteration}", iteration=grouped(record.after.iteration)),
        count=count,
        terms=terms[:MOST_TERMS],
        rest=None if count <= MOST_TERMS else rest,
        total=total,
        mean=update.data_gradient,
        regularization=update.regularization_gradient,
        penalty=message("a bias has none") if edge.source < 0 else REGULARIZERS[training.regularizer].derivative,
        gradient=update.gradient,
        rule=message("{optimizer}: {formula}", optimizer=optimizer.label, formula=optimizer.formula),
        steps=_steps(snapshot, edge, _without(update, edge, hidden) if hidden else update),
        has_dropout=any(layer.spec.dropout > 0.0 for layer in snapshot.network.layers),
        chosen=example.index,
        known=known,
    )


def _terms(snapshot: Snapshot, edge: Edge) -> tuple[MeanTerm, ...]:
    """Return the term of each example that the record keeps, in the order of the batch."""
    record, count = snapshot.pending, len(snapshot.pending.indices)
    row = snapshot.network.layers[edge.layer - 1].row(edge.target, edge.piece)
    with np.errstate(all="ignore"):
        deltas = (record.layers[edge.layer - 1].delta[:, row] * count).tolist()  # the record's are of the mean
    reads = record.inputs if edge.layer == 1 else record.layers[edge.layer - 2].output
    inputs = [1.0] * len(deltas) if edge.source < 0 else reads[:, edge.source].tolist()
    return tuple(
        MeanTerm(int(index), delta, x, delta * x)
        for index, delta, x in zip(snapshot.batch, deltas, inputs, strict=False)
    )


def _without(update: EdgeUpdate, edge: Edge, hidden: Hidden) -> EdgeUpdate:
    """Return `update` with nothing in place of what is hidden."""
    known = {name: math.nan for name, of in _HIDDEN_WITH.items() if hidden.hides(of, edge)}
    slots = update.slots
    if hidden.hides("batch_gradient", edge):
        slots = tuple((symbol, before, math.nan) for symbol, before, _ in slots)
        known["clipped"] = math.nan
    return replace(update, slots=slots, **known)


def _steps(snapshot: Snapshot, edge: Edge, update: EdgeUpdate) -> tuple[UpdateStep, ...]:
    """Return the update line by line: the gradient, the optimizer's rule with its numbers, the next weight."""
    spec, updates = snapshot.document.training.optimizer, snapshot.pending.after.updates
    symbols = {symbol: float(getattr(spec, name)) for symbol, name in _SETTINGS.items()}
    symbols |= {"η": update.rate, "g": update.clipped, "w": update.w}
    symbols |= {symbol: before for symbol, before, _ in update.slots}
    after = {symbol: value for symbol, _, value in update.slots}
    is_frozen = _is_frozen(snapshot, edge)
    steps = [_given_gradient(update, is_frozen=is_frozen)]
    rule = OPTIMIZERS[spec.name].formula
    if "ᵗ" in rule:
        steps.append(_same(message("t = {updates}, the number of this update", updates=grouped(updates))))
    for clause in rule.split(", "):
        name, formula = re.split(r" [←=] ", clause)
        if name in after:
            steps.append(_line(name, formula, symbols, updates, after[name]))
        elif is_frozen:
            steps.append(_same(message("Δw = 0: a frozen weight stays")))
        else:
            steps.append(_line(name, formula, symbols | after, updates, update.delta))
    ends = {"w": update.w, "d": update.delta}
    steps.append(_line("next w", "w + d", ends, updates, update.next_w))
    return tuple(steps)


def _is_frozen(snapshot: Snapshot, edge: Edge) -> bool:
    flags = frozen_flags(snapshot.document, snapshot.network)
    at = snapshot.network.layers[edge.layer - 1].position(edge.target, edge.source, edge.piece)
    return flags is not None and bool(flags[at])


def _given_gradient(update: EdgeUpdate, *, is_frozen: bool) -> UpdateStep:
    if is_frozen:
        return _same(message("g = 0: a frozen weight is given no gradient"))
    if update.clipped == update.gradient or update.gradient != update.gradient:
        sign = "=" if numbers.is_exact(update.gradient) else numbers.APPROXIMATELY
        return UpdateStep(f"g {sign} {numbers.four(update.gradient)}", f"g = {numbers.full(update.gradient)}")
    return _both(lambda write: message("g = {clipped}, clipped from {gradient}",
                                       clipped=write(update.clipped), gradient=write(update.gradient)))  # fmt: skip


def _same(text: str) -> UpdateStep:
    return UpdateStep(text, text)


def _both(text: Callable[[Write], str]) -> UpdateStep:
    return UpdateStep(text(numbers.four), text(numbers.full))


def _line(name: str, formula: str, symbols: dict[str, float], updates: int, value: float) -> UpdateStep:
    """Return ``name = formula with the numbers of `symbols` = value``, rounded and with every digit."""

    def plugged(write: Write) -> str:
        return _SYMBOL.sub(lambda found: _in_place(found, symbols, updates, write), formula)

    used = [symbols[symbol] for symbol in _SYMBOL.findall(formula) if symbol != "ᵗ"]
    sign = "=" if all(map(numbers.is_exact, (*used, value))) else numbers.APPROXIMATELY
    return UpdateStep(
        f"{name} = {plugged(numbers.four)} {sign} {numbers.four(value)}",
        f"{name} = {plugged(numbers.full)}\n = {numbers.full(value)}",
    )


def _in_place(found: re.Match[str], symbols: dict[str, float], updates: int, write: Write) -> str:
    """Return the number for one symbol of a formula, in brackets where its minus or its power of ten asks for them."""
    if found[0] == "ᵗ":
        return str(updates).translate(_RAISED)
    text = write(symbols[found[0]])
    before, behind = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    is_negative = text.startswith(numbers.MINUS) and before not in ("", "(")
    is_raised = behind in ("²", "ᵗ") and (text.startswith(numbers.MINUS) or "e" in text)
    return f"({text})" if is_negative or is_raised or (before == "√" and "e" in text) else text
