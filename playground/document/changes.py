"""Changes: functions from a document to the next, one for each kind of edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from playground.document.document import Document, Edge, PrunedWeight, StartWeight
from playground.engine.spec import LayerSpec, require

Change = Callable[[Document], Document]


def with_width(layer: int, width: int) -> Change:
    """Return the change that gives hidden layer `layer` (1…H) `width` units."""
    return with_layer(layer, width=width)


def with_layer(layer: int, **values: object) -> Change:
    """Return the change that sets fields of hidden layer `layer` (1…H); it refuses a layer that is not there."""

    def change(document: Document) -> Document:
        require(1 <= layer <= document.depth, f"hidden layer {layer}: the network has only {document.depth}")
        hidden = list(document.hidden)
        hidden[layer - 1] = replace(hidden[layer - 1], **values)  # type: ignore[arg-type]
        return replace(document, hidden=tuple(hidden))

    return change


def with_activation(name: str) -> Change:
    """Return the change that gives all hidden layers the activation `name`."""
    return lambda document: replace(document, hidden=tuple(replace(one, activation=name) for one in document.hidden))


def with_depth(depth: int) -> Change:
    """Return the change to `depth` hidden layers: layers come and go before the output."""

    def change(document: Document) -> Document:
        hidden = document.hidden[:depth]
        while len(hidden) < depth:
            last = hidden[-1] if hidden else LayerSpec()
            hidden += (replace(last, dropout=0.0),)
        return replace(document, hidden=hidden)

    return change


def with_feature(name: str, on: bool, order: tuple[str, ...]) -> Change:
    """Return the change that switches an input feature; `order` is the catalogue's order of features."""

    def change(document: Document) -> Document:
        chosen = set(document.features) | {name} if on else set(document.features) - {name}
        require(bool(chosen), "A network needs at least one input: switch another feature on first.")
        return replace(document, features=tuple(f for f in order if f in chosen))

    return change


def with_data(**values: object) -> Change:
    """Return the change that sets fields of the data."""
    return lambda document: replace(document, data=replace(document.data, **values))  # type: ignore[arg-type]


def with_training(**values: object) -> Change:
    """Return the change that sets fields of the training; leaving squared error makes the output linear."""

    def change(document: Document) -> Document:
        training = replace(document.training, **values)  # type: ignore[arg-type]
        output = document.output_activation if training.loss == "squared" else "linear"
        return replace(document, training=training, output_activation=output)

    return change


def with_start_weights(values: Mapping[Edge, float]) -> Change:
    """Return the change that sets weights before training begins."""

    def change(document: Document) -> Document:
        others = tuple(w for w in document.start_weights if w.edge not in values)
        return replace(document, start_weights=(*others, *(StartWeight(e, float(v)) for e, v in values.items())))

    return change


def with_frozen(edges: Iterable[Edge], on: bool = True) -> Change:
    """Return the change that freezes weights and biases, or frees them."""
    named = dict.fromkeys(edges)

    def change(document: Document) -> Document:
        others = tuple(edge for edge in document.frozen if edge not in named)
        return replace(document, frozen=(*others, *named) if on else others)

    return change


def with_pruned(values: Mapping[Edge, float]) -> Change:
    """Return the change that notes edges as pruned, each with the value that it had."""

    def change(document: Document) -> Document:
        known = {weight.edge for weight in document.pruned}
        added = tuple(PrunedWeight(edge, float(value)) for edge, value in values.items() if edge not in known)
        return replace(document, pruned=(*document.pruned, *added))

    return change


def with_revived(edges: Iterable[Edge]) -> Change:
    """Return the change that makes edges pruned no longer."""
    named = set(edges)
    return lambda document: replace(document, pruned=tuple(w for w in document.pruned if w.edge not in named))
