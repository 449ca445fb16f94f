"""A batch gradient is followed to the last bit: its terms, their mean, the regularization, and the update's numbers."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from playground.app.views.inspector import mean_reading
from playground.app.views.inspector.mean_reading import mean_card
from playground.app.views.inspector.reading import card
from playground.document.changes import with_data, with_layer, with_training
from playground.document.data_choice import with_dataset
from playground.document.document import Document, Edge, Node
from playground.document.selection import Example
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.regularizers import REGULARIZERS
from playground.engine.schedules import SCHEDULES
from playground.engine.spec import LayerSpec, OptimizerSpec, ScheduleSpec
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from playground.training.snapshot import Snapshot
from widgets.values import MeanReading, NeuronReading

AT = Example(3)
EDGES = (Edge(1, 0, 1), Edge(1, -1, 0), Edge(2, 2, 0), Edge(2, -1, 0))
_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def trained(*changes: object, steps: int = 3, hidden: tuple[LayerSpec, ...] = (LayerSpec(3, "tanh"),)) -> Snapshot:
    document = replace(Document(), hidden=hidden)
    for change in changes:
        document = change(document)  # type: ignore[operator]
    session = Session(document)
    session.step(steps)
    return session.snapshot()


def numeric_gradient(snapshot: Snapshot, edge: Edge, example: int) -> float:
    """Return ∂Lᵢ/∂w of one example by central differences over the document's own losses, without dropout."""
    network = snapshot.network
    at = network.layers[edge.layer - 1].position(edge.target, edge.source, edge.piece)
    ends = []
    for nudge in (1e-5, -1e-5):
        parameters = snapshot.state.parameters.copy()
        parameters[at] += nudge
        a = snapshot.data.sample.points[example]
        for layer, matrix in zip(network.layers, network.matrices(parameters), strict=True):
            z = matrix[:, :-1] @ a + matrix[:, -1]
            a = np.tanh(z) if layer.index <= network.depth else z
        loss = LOSSES[snapshot.document.training.loss]
        target = loss.encode(snapshot.data.sample.labels[example : example + 1], snapshot.data.sample.n_classes)
        ends.append(_loss(loss.name, a, target[:, 0]))
    return (ends[0] - ends[1]) / 2e-5


def _loss(name: str, scores: np.ndarray, target: np.ndarray) -> float:
    if name == "squared":
        return float(0.5 * ((scores - target) ** 2).sum())
    if name == "logistic":
        return float(np.log1p(np.exp(-scores * np.where(target > 0, 1, -1))).sum())
    if name == "softmax":
        return float(np.log(np.exp(scores).sum()) - scores[int(target.argmax())])
    right = int(target.argmax())
    return float(sum(max(0.0, s - scores[right] + 1.0) for k, s in enumerate(scores) if k != right))


def pulled(regularizer: str, penalty: float, ratio: float, w: float) -> float:
    """Return λ·∂R/∂w."""
    absolute, square = {"none": (0, 0), "l1": (1, 0), "l2": (0, 1), "elastic_net": (ratio, 1 - ratio)}[regularizer]
    return penalty * (absolute * math.copysign(1.0, w) * (w != 0.0) + square * 2.0 * w)


def value_of(text: str) -> tuple[float, float]:
    """Return both sides of ``clause = plugged = value`` in full digits, the plugged one computed by Python."""
    plugged, value = text.replace("\n", "").split(" = ")[-2:]
    code = re.sub(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda found: f"**{found[1].translate(_POWERS)}", plugged)
    code = re.sub(r"√([0-9.e−]+)", r"math.sqrt(\1)", code).replace("√(", "math.sqrt(")
    code = code.replace("−", "-").replace("·", "*")
    return eval(code, {"math": math}), float(value.replace("−", "-"))  # noqa: S307


def followed(snapshot: Snapshot, edge: Edge) -> tuple[MeanReading, float]:
    """Return the terms of `edge`, and the number on the neuron's card that was clicked."""
    of_neuron = card(snapshot, Node(edge.layer, edge.target), AT)
    assert isinstance(of_neuron, NeuronReading)
    clicked = {row.key: row.update_gradient for row in of_neuron.edges}
    made = mean_card(snapshot, edge, AT)
    return made, clicked[made.key]


@pytest.mark.parametrize("regularizer", REGULARIZERS)
@pytest.mark.parametrize("loss", LOSSES)
def test_the_terms_are_those_of_the_examples_and_end_in_the_clicked_number(loss: str, regularizer: str) -> None:
    snapshot = trained(with_training(loss=loss, regularizer=regularizer, penalty=0.03, l1_ratio=0.25))
    for edge in EDGES:
        made, clicked = followed(snapshot, edge)
        assert [term.example for term in made.terms] == snapshot.batch.tolist()
        expected = [numeric_gradient(snapshot, edge, int(index)) for index in snapshot.batch]
        assert [term.gradient for term in made.terms] == pytest.approx(expected, rel=1e-5, abs=1e-8)
        assert all(term.gradient == term.delta * term.x for term in made.terms)
        assert made.total / made.count == pytest.approx(made.mean, rel=1e-12, abs=1e-16)
        weight = snapshot.matrices()[edge.layer - 1][edge.target, edge.source]
        pull = 0.0 if edge.source < 0 else pulled(regularizer, 0.03, 0.25, weight)
        assert made.regularization == pytest.approx(pull, rel=1e-12)
        assert made.gradient == clicked
        assert made.mean + made.regularization == pytest.approx(clicked, rel=1e-15)
        assert (made.rest, made.chosen, made.has_dropout) == (None, 3, False)


@pytest.mark.parametrize("steps", [0, 1, 12])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_line_of_the_rule_with_its_numbers_is_true_and_ends_in_the_next_weight(name: str, steps: int) -> None:
    snapshot = trained(with_training(optimizer=OptimizerSpec(name)), steps=steps)
    for edge in EDGES:
        made, clicked = followed(snapshot, edge)
        first, *rule, last = [step for step in made.steps if not step.full.startswith("t = ")]
        assert (f"t = {steps + 1}, the number of this update" in [step.full for step in made.steps]) == ("adam" in name)
        assert value_of(first.full.replace("g", "0"))[1] == clicked
        assert len(rule) == len(OPTIMIZERS[name].slots) + 1
        for step in (*rule, last):
            plugged, value = value_of(step.full)
            assert plugged == pytest.approx(value, rel=1e-9, abs=1e-18), step.full
        record = snapshot.pending
        at = snapshot.network.layers[edge.layer - 1].position(edge.target, edge.source)
        assert value_of(last.full)[1] == record.after.parameters[at]
        ends = [value_of(step.full)[1] for step in rule]
        assert ends == [*(float(slot[at]) for slot in record.after.slots), float(record.delta[at])]


def test_a_clipped_and_a_frozen_gradient_are_said_to_be_so() -> None:
    clipped = mean_card(trained(with_training(clip_value=1e-4)), EDGES[0], AT)
    assert re.match(r"g = −?0\.0001, clipped from −?0\.\d+: each to ±0\.0001$", clipped.steps[0].rounded)
    frozen = mean_card(trained(lambda document: replace(document, frozen=(EDGES[0],))), EDGES[0], AT)
    assert frozen.steps[0].rounded == "g = 0: a frozen weight is given no gradient"
    assert frozen.steps[1].rounded == "Δw = 0: a frozen weight stays"
    plugged, value = value_of(frozen.steps[-1].full)
    assert plugged == value


@pytest.mark.parametrize("iteration", [0, 3, 7])
@pytest.mark.parametrize("name", [name for name in SCHEDULES if name != "constant"])
def test_the_rate_of_a_schedule_stands_with_its_numbers(name: str, iteration: int) -> None:
    schedule = ScheduleSpec(name, interval=5, gamma=0.5, floor=0.25)
    snapshot = trained(with_training(schedule=schedule, learning_rate=0.3), steps=iteration)
    made = mean_card(snapshot, EDGES[0], AT)
    line = next(step for step in made.steps if step.full.startswith("η = "))
    plugged, value = line.full.removeprefix("η = ").replace("\n", "").split(" = ")[1:]
    code = re.sub(r"⌊(.*?)⌋", r"math.floor(\1)", plugged).replace("cos", "math.cos").replace("π", "math.pi")
    code = code.replace("½(", "0.5*(").replace("^", "**").replace("·", "*").replace("−", "-")
    assert eval(code, {"math": math}) == pytest.approx(float(value), rel=1e-12)  # noqa: S307
    assert float(value) == snapshot.pending.rate
    assert line.origin.startswith("η comes from the learning rate η₀")


def test_clipping_by_norm_shows_the_norm_that_decides() -> None:
    snapshot = trained(with_training(clip_norm=1e-3, clip_value=0.05))
    text = mean_card(snapshot, EDGES[0], AT).steps[0].full
    found = re.match(
        r"g = (\S+), clipped from (\S+): each to ±0\.05, all by 0\.001/\(‖g‖ \+ 1e−6\), ‖g‖ = (\S+)$", text
    )
    assert found is not None
    clipped, given, norm = (float(one.replace("−", "-")) for one in found.groups())
    assert clipped == pytest.approx(max(min(given, 0.05), -0.05) * 0.001 / (norm + 1e-6), rel=1e-12)


def test_every_line_says_where_its_number_came_from() -> None:
    for name, steps in [(name, steps) for name in OPTIMIZERS for steps in (0, 4)]:
        made = mean_card(trained(with_training(optimizer=OptimizerSpec(name)), steps=steps), EDGES[0], AT)
        assert all(bool(step.of) != bool(step.origin) for step in made.steps)
        assert [step.of for step in made.steps if step.of] == ["batch_gradient", "update", "next_weight"]


def test_dropout_leaves_out_what_the_iteration_drops() -> None:
    snapshot = trained(with_layer(1, dropout=0.5))
    made, clicked = followed(snapshot, Edge(2, 2, 0))
    dropped = snapshot.pending.layers[0].dropped
    assert dropped is not None
    assert [term.gradient == 0.0 for term in made.terms] == dropped[:, 2].tolist()
    assert made.has_dropout
    assert made.total / made.count == pytest.approx(clicked, rel=1e-12)


def test_the_pieces_of_maxout_have_terms_of_their_own() -> None:
    snapshot = trained(with_layer(1, activation="maxout"))
    for piece in range(snapshot.network.layers[0].pieces):
        made, clicked = followed(snapshot, Edge(1, 0, 1, piece))
        assert made.total / made.count == pytest.approx(clicked, rel=1e-12, abs=1e-16)


@pytest.mark.parametrize("batch_size", [512, 513, 9000])
def test_the_examples_of_a_large_batch_without_a_row_share_one(batch_size: int) -> None:
    snapshot = trained(with_data(points=20_000), with_training(batch_size=batch_size), steps=0)
    made, clicked = followed(snapshot, EDGES[0])
    assert (made.count, len(made.terms)) == (batch_size, mean_reading.MOST_TERMS)
    assert (made.rest is None) == (batch_size == 512)
    shown = sum(term.gradient for term in made.terms) + (made.rest or 0.0)
    assert shown / made.count == pytest.approx(clicked, rel=1e-9)


def test_slow_motion_hides_the_update_until_it_is_computed(qapp: object) -> None:
    session = Session(Document())
    motion = SlowMotion(session, session)
    motion.start()
    assert motion.cursor is not None
    known = mean_card(session.snapshot(), EDGES[0], AT, motion.cursor).known
    assert "given" in known
    assert "update" not in known
    assert "backward" not in known


def test_a_truth_table_is_a_batch_of_four_rows() -> None:
    made = mean_card(trained(with_dataset("and")), EDGES[0], AT)
    assert sorted(term.example for term in made.terms) == [0, 1, 2, 3]
    assert made.batch == "pending batch, iteration 4"
