"""The line above the phases: what the current phase computes, in one sentence with its numbers, and its formula.

The sentence follows one neuron at the example: the selected one, or else the first of the phase's layer.
"""

from __future__ import annotations

import numpy as np

from playground.app.views.inspector.given_gradient import given_gradient, is_frozen, is_given_whole
from playground.app.views.inspector.update_lines import update_lines
from playground.app.views.names import class_text, edge_label, node_label
from playground.document.document import Edge, Node
from playground.document.selection import Selection
from playground.engine.activations import LAYER_ACTIVATIONS
from playground.engine.losses import LOSSES
from playground.engine.messages import message, plural
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.trace import GradientTrace, LayerTrace
from playground.training.snapshot import Snapshot
from playground.training.step_cursor import EdgeUpdate, StepCursor
from widgets.plane.plane_canvas import MOST_HALOS
from widgets.style import numbers
from widgets.values import PhaseCaption

_MOST_TERMS = 3
"""A longer sum is not written out."""
four, bracketed = numbers.four, numbers.bracketed


def caption(cursor: StepCursor, selection: Selection, *, is_hidden: bool = False) -> PhaseCaption:
    """Return what the current phase computes: a sentence, shorter ways to say it, and the formula.

    While one of its numbers `is_hidden`, the sentence says none.
    """
    says = {"batch": _batch, "forward": _forward, "loss": _loss, "backward": _backward, "update": _update}
    sentences, formula = says[cursor.phase.kind](cursor, selection)
    label = cursor.phase.label
    if is_hidden:
        sentences = [message("numbers are hidden: predict them, or reveal them (F7)")]
    return PhaseCaption(cursor.phase.kind, tuple(f"{label}: {sentence}" for sentence in sentences), formula)


def narrated(selection: Selection, layer: int) -> Node:
    """Return the neuron of `layer` that a sentence is about: the selected one, or else the first."""
    node = selection.node
    return node if node is not None and node.layer == layer else Node(layer, 0)


def narrated_edge(cursor: StepCursor, selection: Selection) -> Edge:
    """Return the edge that the sentence of the update is about: the selected one, or else the first of the neuron."""
    if selection.edge is not None:
        return selection.edge
    node = selection.node
    layer = node.layer if node is not None and 1 <= node.layer <= cursor.n_layers else 1
    return Edge(layer, 0, narrated(selection, layer).unit)


def _batch(cursor: StepCursor, _selection: Selection) -> tuple[list[str], str]:
    count, epoch = len(cursor.record.indices), cursor.snapshot.state.epoch
    places = {"epoch": numbers.grouped(epoch)}
    short = plural(count, "the next example of epoch {epoch}", "the next {count} examples of epoch {epoch}", **places)
    marked = message("marked in the output view") if count <= MOST_HALOS else message("too many to mark")
    text = message("{examples}, {marked}; the network shows the numbers of one example", examples=short, marked=marked)
    return [text, short], message("L_B = (1/N) Σ Lᵢ over the batch, N = {count}", count=numbers.grouped(count))


def _forward(cursor: StepCursor, selection: Selection) -> tuple[list[str], str]:
    _, layer, unit, row = _of(cursor, selection)
    entry = LAYER_ACTIVATIONS[layer.layout.activation]
    places = {
        "node": node_label(cursor.snapshot, Node(layer.layout.index, unit)),
        "label": entry.label,
        "z": _result(layer.z[row]),
        "a": _result(layer.a[unit]),
    }
    weights, inputs = layer.weights[row].tolist(), layer.inputs.tolist()
    terms = [f"{four(w)}·{bracketed(x)}" for w, x in zip(weights, inputs, strict=False)]
    total = _sum([*terms, four(weights[-1])])
    sentences = [message("{node} has z {z}, and {label} makes a {a} of it", **places)]
    if len(terms) < _MOST_TERMS:
        text = "{node} takes Σ w·x + b from the left, z = {sum} {z}, and {label} makes a {a} of it"
        sentences.insert(0, message(text, sum=total, **places))
    else:
        text = "{node} takes Σ w·x + b of {count} inputs from the left, z {z}, and {label} makes a {a} of it"
        sentences.insert(0, message(text, count=len(terms), **places))
    return sentences, message("z = Σ w·x + b, {formula}", formula=entry.formula)


def _loss(cursor: StepCursor, selection: Selection) -> tuple[list[str], str]:
    snapshot, record = cursor.snapshot, cursor.record
    trace, count = snapshot.trace(selection.example), len(record.indices)
    if len(trace.target) == 1:
        output = node_label(snapshot, Node(cursor.n_layers, 0))
        made = message("{output} {a}", output=output, a=_result(trace.scores[0]))
        goal = message("target {target}", target=four(trace.target[0]))
    else:
        made = message("the {count} outputs", count=len(trace.target))
        goal = class_text(snapshot.data.sample.class_names[int(np.argmax(trace.target))])
    places = {"made": made, "goal": goal, "loss": _result(trace.example_loss)}
    short = message("{made} against {goal} gives Lᵢ {loss}", **places)
    batch = plural(
        count,
        "L_B is the mean over the batch of 1: {mean}",
        "the mean over the batch of {count} is L_B {mean}",
        mean=_result(record.data_loss),
    )
    penalty = message("λR {penalty}", penalty=_result(record.regularization_loss))
    return [f"{short}; {batch}, {penalty}", f"{short}; {batch}", short], LOSSES[snapshot.document.training.loss].formula


def _backward(cursor: StepCursor, selection: Selection) -> tuple[list[str], str]:
    trace, layer, unit, row = _of(cursor, selection)
    node = node_label(cursor.snapshot, Node(layer.layout.index, unit))
    places = {
        "node": node,
        "upstream": four(layer.upstream[unit]),
        "local": bracketed(layer.local[row]),
        "delta": _result(layer.downstream[row]),
    }
    short = message("{node} has δ = upstream × local = {upstream} · {local} {delta}", **places)
    if layer.layout.index == cursor.n_layers:
        text = "{node} takes ∂Lᵢ/∂{node} from the loss, times its own f′(z): δ = {upstream} · {local} {delta}"
        sentences = [message(text, **places), short]
    else:
        after = trace.layer(layer.layout.index + 1)
        pairs = zip(after.downstream.tolist(), after.weights[:, unit].tolist(), strict=True)
        terms = [f"{four(delta)}·{bracketed(w)}" for delta, w in pairs]
        if len(terms) <= _MOST_TERMS:
            places["upstream"] = f"({_sum(terms)})" if len(terms) > 1 else terms[0]
        text = "{node} takes Σ δₖ·wₖ from the right, times its own f′(z): δ = {upstream} · {local} {delta}"
        sentences = [message(text, **places), short]
    if layer.layout.index == 1:
        source = node_label(cursor.snapshot, Node(0, 0))
        gradient = _result(trace.input_gradient[0])
        ends = message("∂Lᵢ/∂{source} {gradient} moves nothing", source=source, gradient=gradient)
        sentences.insert(0, f"{sentences[0]}; {ends}")
    local = LAYER_ACTIVATIONS[layer.layout.activation].derivative
    return sentences, message("δ = ∂Lᵢ/∂z = ∂Lᵢ/∂a · ∂a/∂z, {local}; for each weight ∂Lᵢ/∂w = δ·x", local=local)


def _update(cursor: StepCursor, selection: Selection) -> tuple[list[str], str]:
    snapshot, training = cursor.snapshot, cursor.snapshot.document.training
    edge = narrated_edge(cursor, selection)
    update = cursor.update_of(edge)
    sums = message(
        "{edge}: w + Δw = {w} + {delta} {next}",
        edge=edge_label(snapshot, edge), w=four(update.w), delta=bracketed(update.delta), next=_result(update.next_w),
    )  # fmt: skip
    plain = message("−η·g ≈ {plain}, η = {rate}", plain=four(update.plain), rate=four(update.rate))
    # The rule of the optimizer with its numbers, between g and the next weight.
    parts = [*_gradient(snapshot, edge, update), plain, *_decay(snapshot, edge, update)]
    parts += [step.rounded for step in update_lines(snapshot, edge)[1:-1]]
    sentences = ["; ".join([sums, *parts[:count]]) for count in range(len(parts), 0, -1)]
    given, _ = given_gradient(snapshot, edge, update, four)
    return [*sentences, f"{sums}; {given}", sums], OPTIMIZERS[training.optimizer.name].formula


def _gradient(snapshot: Snapshot, edge: Edge, update: EdgeUpdate) -> list[str]:
    """Return what g is: the sum that the batch gradient is, and before it what clipping or freezing leaves of that."""
    places = {"data": four(update.data_gradient), "penalty": bracketed(update.regularization_gradient)}
    if is_given_whole(update):
        return [message("g = ∂L_B/∂w + λ·∂R/∂w ≈ {data} + {penalty}", **places)]
    given = "".join(given_gradient(snapshot, edge, update, four))
    return [given, message("batch gradient = ∂L_B/∂w + λ·∂R/∂w ≈ {data} + {penalty}", **places)]


def _decay(snapshot: Snapshot, edge: Edge, update: EdgeUpdate) -> list[str]:
    """Return the weight decay as a term of its own, where the optimizer has one and the weight moves."""
    if update.decay == 0.0 or is_frozen(snapshot, edge):
        return []
    return [message("weight decay −η·d·w ≈ {decay}", decay=four(update.decay))]


def _of(cursor: StepCursor, selection: Selection) -> tuple[GradientTrace, LayerTrace, int, int]:
    """Return the example's trace, the phase's layer in it, the neuron, and its row: of Maxout the winning piece."""
    trace, index = cursor.snapshot.trace(selection.example), cursor.phase.layer
    layer, unit = trace.layer(index), narrated(selection, index).unit
    return trace, layer, unit, layer.layout.row(unit, int(layer.winners[unit]))


def _result(value: float) -> str:
    """Return ``= 2`` or ``≈ 0.3126``."""
    return f"{'=' if numbers.is_exact(value) else numbers.APPROXIMATELY} {four(value)}"


def _sum(terms: list[str]) -> str:
    """Return `terms` with a plus before each, or a minus where one begins with it."""
    return " + ".join(terms).replace(f"+ {numbers.MINUS}", f"{numbers.MINUS} ")
