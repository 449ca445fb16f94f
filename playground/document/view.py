"""View: what is looked at: selection, hovered node, display and veil, which change apart from each other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from playground.document.display import Display
from playground.document.document import Document, Node
from playground.document.prepared_data import PreparedData
from playground.document.selection import Selection, carried_node, has_node, is_renumbered
from playground.document.veil import Veil
from playground.engine.network import Network


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at."""

    selection: Selection = field(default_factory=Selection)  # the inspected node or edge, and the example that is read
    hovered: Node | None = None  # the node under the cursor, whose map fills the output view
    display: Display = field(default_factory=Display)  # what edges and neurons show
    veil: Veil = field(default_factory=Veil)  # the numbers that are to be predicted, and hidden until then

    def carried(self, before: Document, after: Document) -> View:
        """Return this view with its nodes and edge as `after` numbers them; what is gone is let go."""
        hovered = carried_node(self.hovered, before, after)
        veil = Veil() if is_renumbered(before, after) else self.veil
        return replace(self, selection=self.selection.carried(before, after), hovered=hovered, veil=veil)

    def within(self, network: Network, data: PreparedData) -> View:
        """Return this view without what `network` and `data` do not have."""
        hovered = self.hovered if self.hovered is not None and has_node(network, self.hovered) else None
        selection, veil = self.selection.within(network, data), self.veil.within(network, data)
        return replace(self, selection=selection, hovered=hovered, veil=veil)
