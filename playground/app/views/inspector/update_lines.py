"""The update of one weight line by line: gradient, rate, the optimizer's rule with its numbers, next weight.

Every line says where its number came from: as a quantity that can be followed, or in one sentence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace

from playground.app.views.inspector.given_gradient import Write, given_gradient, is_frozen
from playground.document.document import Edge
from playground.engine.messages import grouped, message
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.schedules import SCHEDULES
from playground.training.hidden import Hidden
from playground.training.snapshot import Snapshot
from playground.training.step_cursor import EdgeUpdate, StepCursor
from widgets.style import numbers
from widgets.values import UpdateStep

_SETTINGS = {"μ": "momentum", "ρ": "rho", "β₁": "beta1", "β₂": "beta2", "ε": "epsilon", "d": "weight_decay"}
_HIDDEN_WITH = {"w": "weight", "gradient": "batch_gradient", "delta": "update", "next_w": "next_weight"}
"""Which number of an update is hidden with which quantity."""
_SYMBOL = re.compile(r"β₁|β₂|[μρεηdgwvms]|ᵗ")
_OF_SCHEDULE = re.compile(r"η₀|[γTtf](?![a-z])")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def update_lines(snapshot: Snapshot, edge: Edge, hidden: Hidden | None = None) -> tuple[UpdateStep, ...]:
    """Return the lines of the pending update of `edge`; of what is `hidden` they leave the results open."""
    update = StepCursor(snapshot).update_of(edge)
    if hidden:
        update = _without(update, edge, hidden)
    spec, updates = snapshot.document.training.optimizer, snapshot.pending.after.updates
    symbols = {symbol: float(getattr(spec, name)) for symbol, name in _SETTINGS.items()}
    symbols |= {"η": update.rate, "g": update.clipped, "w": update.w}
    symbols |= {symbol: before for symbol, before, _ in update.slots}
    after = {symbol: value for symbol, _, value in update.slots}
    steps = [_given(snapshot, edge, update), *_rate(snapshot, update)]
    rule = OPTIMIZERS[spec.name].formula
    if "ᵗ" in rule:
        text = message("t = {updates}, the number of this update", updates=grouped(updates))
        steps.append(UpdateStep(text, text, origin=message("t counts the updates since the weights were new.")))
    for clause in rule.split(", "):
        name, formula = re.split(r" [←=] ", clause)
        if name in after:
            line = _line(name, formula, symbols, updates, after[name])
            origin, has_earlier = _left_by(snapshot, name, symbols[name]), updates > 1
            steps.append(replace(line, origin=origin, has_earlier=has_earlier))
        elif is_frozen(snapshot, edge):
            steps.append(_same(message("Δw = 0: a frozen weight stays"), "update"))
        else:
            steps.append(replace(_line(name, formula, symbols | after, updates, update.delta), of="update"))
    ends = {"w": update.w, "d": update.delta}
    steps.append(replace(_line("next w", "w + d", ends, updates, update.next_w), of="next_weight"))
    return tuple(steps)


def _left_by(snapshot: Snapshot, name: str, before: float) -> str:
    """Return where the state of the optimizer before this update came from."""
    places = {"name": name, "before": numbers.four(before)}
    if snapshot.pending.after.updates <= 1:
        return message("{name} was {before} before: this is the first update, and {name} begins at 0.", **places)
    text = message(
        "{name} was {before} before: iteration {iteration} left it there.",
        iteration=grouped(snapshot.state.iteration), **places,
    )  # fmt: skip
    return text


def _rate(snapshot: Snapshot, update: EdgeUpdate) -> list[UpdateStep]:
    """Return how a schedule makes the rate of this iteration, with its numbers; no line while it is constant."""
    training = snapshot.document.training
    spec, schedule = training.schedule, SCHEDULES[training.schedule.name]
    if schedule.name == "constant":
        return []
    t = snapshot.state.iteration
    law, _, beyond = schedule.formula.removeprefix("η = ").partition(", ")
    if beyond and t > spec.interval:
        law = beyond.removesuffix(" beyond T")
    known = {"η₀": training.learning_rate, "γ": spec.gamma, "T": spec.interval, "t": t, "f": spec.floor}

    def plugged(write: Write) -> str:
        text = _OF_SCHEDULE.sub(lambda found: write(float(known[found[0]])), law)
        return f"η = {law} = {text}"

    sign = "=" if numbers.is_exact(update.rate) else numbers.APPROXIMATELY
    origin = message(
        "η comes from the learning rate η₀ and the schedule {label} at iteration t = {t}: both stand under Training.",
        label=schedule.label, t=grouped(t),
    )  # fmt: skip
    return [
        UpdateStep(
            f"{plugged(numbers.four)} {sign} {numbers.four(update.rate)}",
            f"{plugged(numbers.full)}\n = {numbers.full(update.rate)}",
            origin=origin,
        )
    ]


def _without(update: EdgeUpdate, edge: Edge, hidden: Hidden) -> EdgeUpdate:
    """Return `update` with nothing in place of what is hidden."""
    known = {name: math.nan for name, of in _HIDDEN_WITH.items() if hidden.hides(of, edge)}
    slots = update.slots
    if hidden.hides("batch_gradient", edge):
        slots = tuple((symbol, before, math.nan) for symbol, before, _ in slots)
        known["clipped"] = math.nan
    return replace(update, slots=slots, **known)


def _given(snapshot: Snapshot, edge: Edge, update: EdgeUpdate) -> UpdateStep:
    step = _both(lambda write: "".join(given_gradient(snapshot, edge, update, write)))
    return replace(step, of="batch_gradient")


def _same(text: str, of: str) -> UpdateStep:
    return UpdateStep(text, text, of)


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
