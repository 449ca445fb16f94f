"""The path of the Circuit tab: from the whole network down to the place that is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace

from playground.app.views.circuits.unrolled import NETWORK, PENALTY, Place
from playground.document.document import Node


@dataclass(frozen=True, slots=True)
class DrillPath:
    """Where the user is: the places that were opened one in the other, and whether the whole network is shown."""

    places: tuple[Place, ...] = ()
    is_whole: bool = False

    @property
    def place(self) -> Place | None:
        """The place that is shown."""
        return NETWORK if self.is_whole else self.places[-1] if self.places else None

    def with_whole(self, on: bool) -> DrillPath:
        """Return this path at the whole network, or back at its last place."""
        return replace(self, is_whole=on)

    def into(self, place: Place) -> DrillPath:
        """Return the path to `place`, opened from here; from the whole network it is the first."""
        return DrillPath((place,) if self.is_whole else (*self.places, place))

    def back_to(self, key: str) -> DrillPath | None:
        """Return the path up to the place called `key`; None where it is not on it."""
        if key == key_of(NETWORK):
            return self.with_whole(True)
        known = [key_of(place) for place in self.places]
        return DrillPath(self.places[: known.index(key) + 1]) if key in known else None

    def following(self, node: Node | None) -> DrillPath:
        """Return the path after `node` was selected: the same where it is on show, else from `node` alone."""
        here = self.places[-1] if self.places else None
        if node is None:
            return replace(self, places=())
        is_loss_of_penalty = here == PENALTY and len(self.places) > 1 and self.places[-2].node == node
        if here is not None and (is_loss_of_penalty if here == PENALTY else here.node == node):
            return self
        return DrillPath((Place("node", node),))


def key_of(place: Place) -> str:
    """Return the key of a breadcrumb."""
    return f"{place.kind} {place.node.layer} {place.node.unit}"
