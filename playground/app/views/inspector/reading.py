"""The gradient card's values: a neuron, an input or the loss at one example."""

from __future__ import annotations

from dataclasses import replace

from playground.app.views.inspector.given_gradient import given_gradient, how_clipped, is_clipping, is_frozen
from playground.app.views.names import edge_label, example_text, named_label, named_rows, node_label, node_title
from playground.document.document import LOSS, Edge, Node
from playground.document.selection import Example
from playground.engine import features
from playground.engine.activations import ACTIVATIONS, LAYER_ACTIVATIONS
from playground.engine.losses import LOSSES
from playground.engine.notation import piece_of
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.regularizers import REGULARIZERS
from playground.training.snapshot import Snapshot
from playground.training.step_cursor import StepCursor
from playground.training.what_if import WhatIfSnapshot
from widgets.style import numbers
from widgets.values import EdgeKey, EdgeRow, InputReading, LossReading, LossRow, NeuronReading, UpstreamTerm
from widgets.values.card import EVERYTHING


def card(
    snapshot: Snapshot, node: Node, example: Example, cursor: StepCursor | None = None, edge: Edge | None = None
) -> NeuronReading | InputReading | LossReading:
    """Return the card of `node` at `example`, in slow motion with what the phases to that of `cursor` compute.

    The note on the update says the clipped gradient of `edge`, where it leads to `node`.
    """
    made: NeuronReading | InputReading | LossReading
    if node == LOSS:
        made, layer = _loss(snapshot, example), len(snapshot.network.layers)
    elif node.layer == 0:
        made, layer = _input(snapshot, node, example), 0
    else:
        made, layer = _neuron(snapshot, node, example, _update_note(snapshot, node, edge, cursor)), node.layer
    if cursor is None:
        return made
    return replace(made, known=frozenset(stage for stage in EVERYTHING if cursor.knows(stage, layer)))


def _neuron(snapshot: Snapshot, node: Node, example: Example, update_note: str) -> NeuronReading:
    trace = snapshot.trace(example).layer(node.layer)
    layout = trace.layout
    row = layout.row(node.unit, int(trace.winners[node.unit]))
    entry = LAYER_ACTIVATIONS[layout.activation]
    return NeuronReading(
        title=node_title(snapshot, node),
        example=example_text(snapshot, example),
        activation=entry.label,
        local_formula=entry.derivative,
        local_note=_local_note(snapshot, node, example),
        z=float(trace.z[row]),
        a=float(trace.a[node.unit]),
        upstream=float(trace.upstream[node.unit]),
        local=float(trace.local[row]),
        downstream=float(trace.downstream[row]),
        upstream_terms=_terms(snapshot, node, example),
        upstream_note=_upstream_note(snapshot, node),
        edges=_edges(snapshot, node, example),
        update_note=update_note,
    )


def _local_note(snapshot: Snapshot, node: Node, example: Example) -> str:
    trace = snapshot.trace(example).layer(node.layer)
    layout = trace.layout
    if isinstance(snapshot, WhatIfSnapshot) and snapshot.what_if.node == node:
        return "a is held by the what-if: z does not reach it, so the local gradient is 0"
    if layout.is_maxout:
        return f"piece {int(trace.winners[node.unit]) + 1} of {layout.pieces} wins and gets the whole upstream gradient"
    if layout.activation in ("relu", "leaky_relu") and trace.z[node.unit] == 0.0:
        return "at z = 0 exactly the derivative is the one of the left side"
    return f"{ACTIVATIONS[layout.activation].label}: {'; '.join(ACTIVATIONS[layout.activation].traits)}"


def _terms(snapshot: Snapshot, node: Node, example: Example) -> tuple[UpstreamTerm, ...]:
    """List δₖ·wₖ of every row k of the next layer; none after the output."""
    if node.layer > snapshot.network.depth:
        return ()
    after, names = snapshot.trace(example).layer(node.layer + 1), named_rows(snapshot, node.layer + 1)
    return tuple(
        UpstreamTerm(
            label=names[k],
            delta=float(after.downstream[k]),
            weight=float(after.weights[k, node.unit]),
            product=float(after.input_terms[k, node.unit]),
            is_piece=after.layout.is_maxout,
        )
        for k in range(after.layout.rows)
    )


def _upstream_note(snapshot: Snapshot, node: Node) -> str:
    if node.layer > snapshot.network.depth:
        loss = LOSSES[snapshot.document.training.loss]
        return f"made by the loss: {loss.derivative}"
    after = snapshot.network.layers[node.layer]
    if after.is_maxout:
        template = "arrives from {count} pieces of the next layer's neurons: Σₖ δₖ·wₖ"
        return template.format(count=numbers.grouped(after.rows))
    return numbers.plural(
        after.rows,
        "arrives from {count} neuron in the next layer: Σₖ δₖ·wₖ",
        "arrives from {count} neurons in the next layer: Σₖ δₖ·wₖ",
    )


def _edges(snapshot: Snapshot, node: Node, example: Example) -> tuple[EdgeRow, ...]:
    trace, pending = snapshot.trace(example).layer(node.layer), snapshot.pending
    layout = trace.layout
    rows = []
    for piece in range(layout.pieces):
        row = layout.row(node.unit, piece)
        for source in (*range(layout.n_in), -1):
            at = layout.position(node.unit, source, piece)
            label = "bias" if source < 0 else node_label(snapshot, Node(node.layer - 1, source))
            rows.append(
                EdgeRow(
                    key=EdgeKey(*Edge(node.layer, source, node.unit, piece)),
                    label=piece_of(label, piece, layout.pieces),
                    x=1.0 if source < 0 else float(trace.inputs[source]),
                    weight=float(trace.weights[row, source]),
                    weight_gradient=float(trace.weight_gradients[row, source]),
                    input_gradient=None if source < 0 else float(trace.input_terms[row, source]),
                    update_gradient=float(pending.gradient[at]),
                    next_weight=float(pending.after.parameters[at]),
                )
            )
    return tuple(rows)


def _update_note(snapshot: Snapshot, node: Node, edge: Edge | None, cursor: StepCursor | None) -> str:
    training, pending = snapshot.document.training, snapshot.pending
    if training.optimizer.name == "sgd":
        clipped = "clipped " if is_clipping(snapshot) else ""
        rule = f"next w = w − {pending.rate:g} × {clipped}batch gradient"
    else:
        rule = OPTIMIZERS[training.optimizer.name].formula
    over = numbers.plural(len(pending.indices), "that of the one example", "mean over the {count} examples")
    made = f"{over} of the pending batch + λ·∂R/∂w"
    own = edge if edge is not None and (edge.layer, edge.target) == node else None
    if not is_clipping(snapshot) and (own is None or not is_frozen(snapshot, own)):
        return f"batch gradient g = {made}; {rule}"
    given = _given(snapshot, own) if cursor is None or cursor.is_update_known else "g is what clipping leaves of it"
    return f"batch gradient = {made}; {given}; {rule}"


def _given(snapshot: Snapshot, edge: Edge | None) -> str:
    if edge is None:
        return f"g = clipped batch gradient{how_clipped(snapshot, numbers.four)}"
    given = given_gradient(snapshot, edge, StepCursor(snapshot).update_of(edge), numbers.four)
    return f"{edge_label(snapshot, edge)}: {''.join(given)}"


def _input(snapshot: Snapshot, node: Node, example: Example) -> InputReading:
    trace = snapshot.trace(example)
    columns = snapshot.data.sample.points.shape[1]
    return InputReading(
        title=node_title(snapshot, node),
        example=example_text(snapshot, example),
        formula=features.feature(snapshot.document.features[node.unit], columns).formula,
        value=float(trace.inputs[node.unit]),
        gradient=float(trace.input_gradient[node.unit]),
        terms=_terms(snapshot, node, example),
    )


def _loss(snapshot: Snapshot, example: Example) -> LossReading:
    trace, training = snapshot.trace(example), snapshot.document.training
    loss, regularizer = LOSSES[training.loss], REGULARIZERS[training.regularizer]
    output = snapshot.network.depth + 1
    rows = tuple(
        LossRow(
            named_label(snapshot, Node(output, k)),
            float(trace.scores[k]),
            float(trace.target[k]),
            float(trace.pieces[k]),
            float(trace.score_gradients[k]),
        )
        for k in range(len(trace.scores))
    )
    return LossReading(
        title=f"loss L: {loss.label}",
        example=example_text(snapshot, example),
        formula=f"{loss.formula};  {loss.derivative}",
        middle_label=loss.piece,
        rows=rows,
        example_loss=trace.example_loss,
        data_loss=snapshot.losses.train,
        regularization_loss=snapshot.losses.regularization,
        output_symbol=loss.output_symbol,
        regularization_formula=f"λ·ΣR(W), λ = {training.penalty:g}",
        regularizer_formula=regularizer.formula,
    )
