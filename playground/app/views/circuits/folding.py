"""Bundles of gates: which can be folded or opened in a circuit."""

from __future__ import annotations

from collections.abc import Callable

from playground.circuits import bundles
from playground.circuits.bundles import Regrouping
from playground.circuits.graph import Circuit


def toggled_bundle(circuit: Circuit, gate: int) -> Regrouping | None:
    """Open the bundle at `gate`, or fold the gates that end there; None where there is neither."""
    if gate in bundles.expandable(circuit):
        return bundles.expand(circuit, gate)
    return bundles.fold(circuit, gate) if gate in bundles.foldable(circuit) else None


def can_fold(circuit: Circuit) -> bool:
    """Return whether there is something to fold."""
    return bool(bundles.foldable(circuit))


def can_open(circuit: Circuit) -> bool:
    """Return whether there is a bundle to open."""
    return bool(bundles.expandable(circuit))


fold_all: Callable[[Circuit], Regrouping] = bundles.fold_all
open_all: Callable[[Circuit], Regrouping] = bundles.expand_all
