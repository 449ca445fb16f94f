"""The clipped gradient stands on the card, below it and in the Update phase: from it the rule leads to Δw by hand."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from playground.app.views.inspector.mean_reading import mean_card
from playground.app.views.inspector.reading import card
from playground.app.views.slow_motion import reading as slow_motion
from playground.document.changes import with_training
from playground.document.document import Document, Edge, Node
from playground.document.selection import Example, Selection
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.spec import OptimizerSpec
from playground.session.session import Session
from playground.training.snapshot import Snapshot
from playground.training.step_cursor import StepCursor
from widgets.gradient_card.mean_sheet import mean_sheet
from widgets.style.numbers import bracketed, four
from widgets.values import NeuronReading
from widgets.values.veil import HIDDEN_TEXT, Blank

AT, EDGE = Example(3), Edge(1, 1, 1)
NODE = Node(1, 1)
CLIPS: dict[str, dict[str, float]] = {
    "value": {"clip_value": 0.003},
    "norm": {"clip_norm": 0.05},
    "both": {"clip_norm": 0.005, "clip_value": 0.003},
}
CLIPPED = re.compile(
    r"g = (\S+), clipped from ([^\s:]+)(?:: (?:each to ±([^\s,]+))?(?:, )?(?:all by .* ‖g‖ = (\S+))?)?(?=; )"
)


def trained(name: str, clips: dict[str, float], steps: int = 6) -> Snapshot:
    training = with_training(optimizer=OptimizerSpec(name), regularizer="elastic_net", penalty=0.003, **clips)
    session = Session(training(Document()))
    session.step(steps)
    return session.snapshot()


def update_note(snapshot: Snapshot, edge: Edge | None = EDGE, phase: int | None = None) -> str:
    cursor = None if phase is None else StepCursor(snapshot, phase)
    made = card(snapshot, NODE, AT, cursor, edge)
    assert isinstance(made, NeuronReading)
    return made.update_note


def captions(snapshot: Snapshot) -> tuple[str, ...]:
    cursor = StepCursor(snapshot)
    return slow_motion.caption(cursor.at(cursor.last), Selection(NODE, EDGE, AT)).sentences


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def by_hand(spec: OptimizerSpec, g: float, w: float, slots: list[float], rate: float, t: int) -> tuple[float, float]:
    """Return Δw of the definition of each optimizer, and the part of it that is weight decay."""
    mu, rho, b1, b2, eps = spec.momentum, spec.rho, spec.beta1, spec.beta2, spec.epsilon
    decay = -rate * spec.weight_decay * w if spec.name == "adamw" else 0.0
    if spec.name == "sgd":
        return -rate * g, decay
    if spec.name in ("momentum", "nesterov"):
        v = mu * slots[0] + g
        return -rate * (v if spec.name == "momentum" else g + mu * v), decay
    if spec.name in ("adagrad", "rmsprop"):
        s = slots[0] + g * g if spec.name == "adagrad" else rho * slots[0] + (1 - rho) * g * g
        return -rate * g / (math.sqrt(s) + eps), decay
    m, v = b1 * slots[0] + (1 - b1) * g, b2 * slots[1] + (1 - b2) * g * g
    return -rate * (m / (1 - b1**t)) / (math.sqrt(v / (1 - b2**t)) + eps) + decay, decay


@pytest.mark.parametrize("clips", CLIPS.values(), ids=CLIPS)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_rule_with_the_numbers_that_are_shown_gives_the_update(name: str, clips: dict[str, float]) -> None:
    snapshot = trained(name, clips)
    record, spec = snapshot.pending, snapshot.document.training.optimizer
    at = snapshot.network.layers[0].position(EDGE.target, EDGE.source)
    said = captions(snapshot)[0]
    found = CLIPPED.search(said)
    assert found is not None
    g, given = number(found[1]), number(found[2])
    all_gradients = np.clip(record.gradient, -clips.get("clip_value", np.inf), clips.get("clip_value", np.inf))
    norm = float(np.linalg.norm(all_gradients))
    share = min(1.0, clips.get("clip_norm", np.inf) / (norm + 1e-6))
    assert found[3] == (four(clips["clip_value"]) if "clip_value" in clips else None)
    assert found[4] == (four(norm) if share < 1.0 else None)
    assert given == pytest.approx(record.gradient[at], rel=1e-3)
    assert g == pytest.approx(all_gradients[at] * share, rel=1e-3)
    assert abs(g) < 0.9 * abs(given)
    slots = [float(slot[at]) for slot in record.before.slots]
    delta, decay = by_hand(spec, g, float(record.before.parameters[at]), slots, record.rate, record.after.updates)
    shown = re.search(r"w \+ Δw = \S+ \+ \(?([^\s)]+)\)? ", said)
    assert shown is not None
    assert number(shown[1]) == pytest.approx(delta, rel=5e-3)
    assert (f"weight decay −η·d·w ≈ {four(decay)}; " in said) == (name == "adamw")
    assert re.search(rf"; Δw = .* ≈ {four(float(record.delta[at]))}$", said)


@pytest.mark.parametrize("clips", CLIPS.values(), ids=CLIPS)
def test_the_card_its_caption_and_the_phase_name_the_same_clipped_gradient(clips: dict[str, float]) -> None:
    snapshot = trained("adamw", clips)
    at = snapshot.network.layers[0].position(EDGE.target, EDGE.source)
    g, given = float(snapshot.pending.clipped[at]), float(snapshot.pending.gradient[at])
    said = f"g = {four(g)}, clipped from {four(given)}"
    assert f"; x₂ → a₂⁽¹⁾: {said}: " in update_note(snapshot)
    assert not update_note(snapshot).startswith("batch gradient g =")
    assert all(said in sentence for sentence in captions(snapshot)[:-1])
    made = mean_card(snapshot, EDGE, AT)
    box = mean_sheet(made).boxes[-1]
    assert box.note == (("clipped to g =", "secondary"), (g, "gradient"))
    assert box.derivation().endswith(made.steps[0].full)
    blank = {("batch", 0): Blank("The batch gradient")}
    assert mean_sheet(replace(made, blanks=blank)).boxes[-1].note[-1] == (HIDDEN_TEXT, "gradient")


def test_clipping_that_changes_nothing_is_not_said() -> None:
    snapshot = trained("adamw", {"clip_value": 10.0, "clip_norm": 100.0})
    made = mean_card(snapshot, EDGE, AT)
    assert (made.given_note, made.given) == ("it moves the weight", None)
    at = snapshot.network.layers[0].position(EDGE.target, EDGE.source)
    parts = snapshot.pending.data_gradient[at], snapshot.pending.regularization_gradient[at]
    assert f"; g = ∂L_B/∂w + λ·∂R/∂w ≈ {four(parts[0])} + {bracketed(parts[1])}; −η·g ≈ " in captions(snapshot)[0]
    assert f"; x₂ → a₂⁽¹⁾: g ≈ {four(float(snapshot.pending.gradient[at]))}; m ← " in update_note(snapshot)


def test_without_an_edge_of_the_neuron_the_caption_says_how_gradients_are_clipped() -> None:
    snapshot = trained("adam", CLIPS["both"])
    for edge in (None, Edge(2, 1, 0)):
        assert "; g = clipped batch gradient: each to ±0.003, all by 0.005/(‖g‖" in update_note(snapshot, edge)


def test_slow_motion_keeps_the_clipped_gradient_for_the_update() -> None:
    snapshot = trained("adam", CLIPS["both"])
    last = StepCursor(snapshot).last
    assert "g is what clipping leaves of it; m ← " in update_note(snapshot, phase=last - 1)
    assert "clipped from" in update_note(snapshot, phase=last)
    early = mean_card(snapshot, EDGE, AT, StepCursor(snapshot, last - 1))
    assert (early.given_note, early.given) == ("the update clips it", None)


def test_a_frozen_weight_is_given_no_gradient_anywhere() -> None:
    session = Session(replace(with_training(optimizer=OptimizerSpec("adamw"))(Document()), frozen=(EDGE,)))
    session.step(3)
    snapshot = session.snapshot()
    said = "g = 0: a frozen weight is given no gradient"
    assert f"x₂ → a₂⁽¹⁾: {said}; m ← " in update_note(snapshot)
    assert f"; {said}; " in captions(snapshot)[0]
    assert "weight decay" not in captions(snapshot)[0]
    assert mean_card(snapshot, EDGE, AT).given_note == "a frozen weight stays"
