"""Edits of many weights by hand: freeze, prune and revive, perturb, set to a value; each one undo.

Every function takes the edges that it is about; ``edges_of`` lists those of a node or a layer.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from playground.document.changes import with_frozen, with_pruned, with_revived
from playground.document.document import MAX_SEED, Edge, Node
from playground.engine.network import Network
from playground.engine.spec import require_integer, require_number
from playground.session.session import Session

_PERTURB = 4
LARGEST_SCALE = 1e6


def edges_of(network: Network, place: Node | int, *, biases: bool = True) -> tuple[Edge, ...]:
    """Return the edges into a node, or into all units of a layer (1…H + 1); biases last of each unit.

    Raises
    ------
    ValueError
        When there is no such layer or unit, or it is an input, which has no weights.
    """
    layer = place.layer if isinstance(place, Node) else place
    require_integer("layer", layer, 1, len(network.layers))
    layout = network.layers[layer - 1]
    if isinstance(place, Node):
        require_integer(f"unit of {layout.name}", place.unit, 0, layout.units - 1)
    units = (place.unit,) if isinstance(place, Node) else tuple(range(layout.units))
    sources = (*range(layout.n_in), -1) if biases else tuple(range(layout.n_in))
    return tuple(
        Edge(layer, source, unit, piece) for unit in units for piece in range(layout.pieces) for source in sources
    )


def freeze(session: Session, edges: Iterable[Edge], on: bool = True) -> bool:
    """Keep training from changing `edges`, or let it again; return whether it was possible."""
    named = tuple(edges)
    what = "a weight" if len(named) == 1 else f"{len(named)} weights"
    return session.change(with_frozen(named, on), f"Freeze {what}" if on else f"Free {what}")


def prune(session: Session, edges: Iterable[Edge]) -> bool:
    """Set `edges` to 0 until they are revived."""
    pruned = {weight.edge for weight in session.document.pruned}
    values = _values(session, (edge for edge in edges if edge not in pruned))
    if not values:
        return True
    return session.edits.set_weights(dict.fromkeys(values, 0.0), _text("Prune", values), with_pruned(values))


def revive(session: Session, edges: Iterable[Edge]) -> bool:
    """Give pruned `edges` the values that they had, and let training change them again."""
    wanted = set(edges)
    values = {weight.edge: weight.value for weight in session.document.pruned if weight.edge in wanted}
    if not values:
        return True
    existing = _values(session, values, skip_missing=True)
    if not existing:  # the network has none of them now, so only the document changes
        return session.change(with_revived(values), _text("Revive", values))
    return session.edits.set_weights(
        {edge: values[edge] for edge in existing}, _text("Revive", values), with_revived(values)
    )


def perturb(session: Session, edges: Iterable[Edge], scale: float, seed: int) -> bool:
    """Add scale · n to each of `edges`, n from a standard normal generator of `seed`; pruned ones stay 0."""
    try:
        require_number("scale", scale, 0.0, LARGEST_SCALE)
        require_integer("seed", seed, 0, MAX_SEED)
    except ValueError as error:
        session.note(str(error))
        return False
    pruned = {weight.edge for weight in session.document.pruned}
    values = _values(session, (edge for edge in edges if edge not in pruned))
    noise = np.random.Generator(np.random.PCG64([seed, _PERTURB])).standard_normal(len(values))
    moved = {edge: value + scale * float(n) for (edge, value), n in zip(values.items(), noise, strict=True)}
    return not moved or session.edits.set_weights(moved, _text("Perturb", moved))


def set_all(session: Session, edges: Iterable[Edge], value: float) -> bool:
    """Set all of `edges` to `value`; pruned ones are pruned no longer."""
    values = dict.fromkeys(edges, float(value))
    return not values or session.edits.set_weights(values, _text("Set", values))


def _values(session: Session, edges: Iterable[Edge], *, skip_missing: bool = False) -> dict[Edge, float]:
    """Return the current values of `edges`, each once."""
    parameters, found = session.snapshot().state.parameters, {}
    for edge in edges:
        try:
            found[edge] = float(parameters[session.run.index_of(edge)])
        except ValueError:
            if not skip_missing:
                found[edge] = 0.0  # ``set_weights`` refuses it and names it
    return found


def _text(verb: str, values: dict[Edge, float]) -> str:
    return f"{verb} a weight" if len(values) == 1 else f"{verb} {len(values)} weights"
