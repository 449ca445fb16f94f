"""Which quantity each number of a card is, and the card without those that are hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from playground.app.views.prediction.blanks import Named, blank_of
from playground.document.document import LOSS, Edge, Node
from playground.document.selection import Example
from playground.engine.network import Network
from playground.training.hidden import Hidden
from playground.training.snapshot import Snapshot
from widgets.values import InputReading, LossReading, MeanReading, NeuronReading
from widgets.values.veil import UNKNOWN, Blank, Place

Reading = NeuronReading | InputReading | LossReading | MeanReading
_Row = TypeVar("_Row")

_OF_NODE = {"z": "pre_activation", "a": "value"}
_OF_NODE |= {name: name for name in ("upstream", "local", "downstream")}
_OF_INPUT = {"value": "value", "gradient": "input_gradient"}
_OF_OUTPUT = {"score": "value", "middle": "piece", "gradient": "upstream"}
_OF_EDGE = {
    "weight": "weight",
    "weight_gradient": "gradient",
    "input_gradient": "input_gradient",
    "update_gradient": "batch_gradient",
    "next_weight": "next_weight",
}
_OF_TERM = {"out_weight": "weight", "product": "term"}
_OF_MEAN = {"mean": "data_gradient", "total": "data_gradient", "regularization": "regularization"}
_OF_MEAN |= {"batch": "batch_gradient"}


def numbers_of(reading: Reading, network: Network, node: Node, edge: Edge | None) -> Iterator[tuple[Place, Named]]:
    """Yield which quantity each number of the card of `node` is; of the mean of `edge` where it is followed."""
    if isinstance(reading, MeanReading):
        assert edge is not None
        yield from (((field, 0), (of, edge, None)) for field, of in _OF_MEAN.items())
        source = Node(edge.layer - 1, edge.source)
        for row, term in enumerate(reading.terms):
            example = Example(term.example)
            yield ("delta", row), ("downstream", Node(edge.layer, edge.target), example)
            yield ("term", row), ("gradient", edge, example)
            if edge.source >= 0:
                yield ("x", row), ("value", source, example)
        if reading.rest is not None:
            yield ("term", len(reading.terms)), ("data_gradient", edge, None)
        yield from ((("step", row), (step.of, edge, None)) for row, step in enumerate(reading.steps) if step.of)
    elif isinstance(reading, LossReading):
        yield ("example_loss", 0), ("loss", LOSS, None)
        for row in range(len(reading.rows)):
            yield from (((name, row), (of, Node(network.depth + 1, row), None)) for name, of in _OF_OUTPUT.items())
    else:
        of_node = _OF_INPUT if isinstance(reading, InputReading) else _OF_NODE
        yield from (((field, 0), (of, node, None)) for field, of in of_node.items())
        terms = reading.terms if isinstance(reading, InputReading) else reading.upstream_terms
        for row in range(len(terms)):
            unit, piece = row % network.layers[node.layer].units, row // network.layers[node.layer].units
            yield ("delta", row), ("downstream", Node(node.layer + 1, unit), None)
            out = Edge(node.layer + 1, node.unit, unit, piece)
            yield from (((field, row), (of, out, None)) for field, of in _OF_TERM.items())
        if isinstance(reading, NeuronReading):
            for row, line in enumerate(reading.edges):
                into = Edge(*line.key)
                yield from (((field, row), (of, into, None)) for field, of in _OF_EDGE.items() if _has(of, into))
                if into.source >= 0:
                    yield ("x", row), ("value", Node(into.layer - 1, into.source), None)


def _has(of: str, edge: Edge) -> bool:
    return of != "input_gradient" or edge.source >= 0


def veiled(reading: Reading, snapshot: Snapshot, node: Node, edge: Edge | None, hidden: Hidden) -> Reading:
    """Return the card without the numbers that are hidden: in their places are blanks."""
    found: dict[Place, Blank] = {}
    for place, named in numbers_of(reading, snapshot.network, node, edge):
        if blank := blank_of(hidden, named, snapshot):
            found[place] = blank
    if not found:
        return reading
    scalars = _scalars(reading)
    changes: dict[str, Any] = {scalars[field]: UNKNOWN for field, _ in found if field in scalars}
    changes |= {name: _masked(getattr(reading, name), found, fields) for name, fields in _rows(reading).items()}
    if ("local", 0) in found and isinstance(reading, NeuronReading):
        changes["local_note"] = ""
    return replace(reading, **changes, blanks=found)


def _scalars(reading: Reading) -> dict[str, str]:
    """Return the attribute of each field that stands alone on a card."""
    if isinstance(reading, MeanReading):
        return {"mean": "mean", "total": "total", "regularization": "regularization", "batch": "gradient"}
    names = _OF_INPUT if isinstance(reading, InputReading) else _OF_NODE
    return {"example_loss": "example_loss"} if isinstance(reading, LossReading) else {name: name for name in names}


_TERMS = {"delta": "delta", "out_weight": "weight", "product": "product"}
_EDGES = {name: name for name in ("x", *_OF_EDGE)}


def _rows(reading: Reading) -> dict[str, dict[str, str]]:
    """Return the rows of a card, and which of their attributes each field is."""
    if isinstance(reading, MeanReading):
        return {"terms": {"delta": "delta", "x": "x", "term": "gradient"}}
    if isinstance(reading, LossReading):
        return {"rows": {name: name for name in _OF_OUTPUT}}
    return {"terms": _TERMS} if isinstance(reading, InputReading) else {"upstream_terms": _TERMS, "edges": _EDGES}


def _masked(rows: tuple[_Row, ...], found: dict[Place, Blank], fields: dict[str, str]) -> tuple[_Row, ...]:
    return tuple(
        replace(row, **{name: UNKNOWN for field, name in fields.items() if (field, index) in found})  # type: ignore[type-var]
        for index, row in enumerate(rows)
    )
