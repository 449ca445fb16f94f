"""Which quantity a number of a view is, and the blank in its place while it is hidden."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from playground.app.views.names import quantity_title
from playground.document.document import Edge, Node
from playground.document.quantity import KINDS, Quantity, quantity
from playground.document.selection import Example
from playground.training.hidden import Hidden
from playground.training.snapshot import Snapshot
from widgets.values.veil import UNKNOWN, Blank

Named = tuple[str, Node | Edge, Example | None]
"""A quantity, or a part of one; its place; the example that it is of where it need not be the selected one."""

_WHOLE = {
    "term": "input_gradient",
    "data_gradient": "batch_gradient",
    "regularization": "batch_gradient",
}
"""What a part of a quantity is asked, and explained, as."""


def as_quantity(named: Named, depth: int) -> Quantity | None:
    """Return what a number is asked and explained as; None for what is no quantity."""
    of, where, example = named
    of = _WHOLE.get(of, of)
    return quantity(of, where, depth, None if example is None else example.index) if of in KINDS else None


def blank_of(hidden: Hidden, named: Named, snapshot: Snapshot) -> Blank | None:
    """Return what stands in place of a hidden number; None where it may be shown."""
    of, where, example = named
    here = hidden if example is None else hidden.at(example)
    if not here.hides(of, where):
        return None
    found = as_quantity(named, snapshot.network.depth)
    if found is None:
        return Blank("This number")
    is_asked, title = here.asks(of, where), quantity_title(snapshot, found)
    is_next = is_asked and (hidden.asked[0].of, hidden.asked[0].at) == (of, found.at)
    return Blank(title[:1].upper() + title[1:], is_asked, is_next)


def blanked(matrix: np.ndarray, cells: Iterable[tuple[int, int]]) -> np.ndarray:
    """Return a copy of `matrix` without the numbers in `cells`."""
    shown = np.array(matrix)
    for cell in cells:
        shown[cell] = UNKNOWN
    return shown


def asked_as(hidden: Hidden, named: Named, depth: int) -> Quantity | None:
    """Return the question that an answer at a number is for; None where it is not asked."""
    of, where, example = named
    here = hidden if example is None else hidden.at(example)
    found = as_quantity(named, depth)
    if found is None or not here.asks(of, where):
        return None
    return next((one for one in here.asked if (one.of, one.at) == (found.of, found.at)), None)
