"""View: what is looked at: selection, hovered node and display, which change apart from each other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from playground.document.display import Display
from playground.document.document import Document, Node
from playground.document.prepared_data import PreparedData
from playground.document.selection import Selection, carried_node, has_node
from playground.engine.network import Network


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at."""

    selection: Selection = field(default_factory=Selection)  # the inspected node or edge, and the example that is read
    hovered: Node | None = None  # the node under the cursor, whose map fills the output view
    display: Display = field(default_factory=Display)  # what edges and neurons show

    def carried(self, before: Document, after: Document) -> View:
        """Return this view with its nodes and edge as `after` numbers them; what is gone is let go."""
        hovered = carried_node(self.hovered, before, after)
        return replace(self, selection=self.selection.carried(before, after), hovered=hovered)

    def within(self, network: Network, data: PreparedData) -> View:
        """Return this view without what `network` and `data` do not have."""
        hovered = self.hovered if self.hovered is not None and has_node(network, self.hovered) else None
        return replace(self, selection=self.selection.within(network, data), hovered=hovered)
