"""Warnings: the card that says what is wrong with a node or a layer, opened beside its badge."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QRectF, Signal
from PySide6.QtWidgets import QToolTip

from widgets.frame.warning_card import WarningCard, on_screen
from widgets.network_graph.labels import LAYER
from widgets.network_graph.scene import GraphScene, Key
from widgets.network_graph.zoomable import ZoomableGraph
from widgets.values import Badge, EdgeKey, NodeKey


class Warnings(QObject):
    """The warnings of a drawn network that something can be done about.

    Signals
    -------
    fix_picked(object, str)
        The NodeKey of a warning (unit −1: a layer), and the key of what the user wants to do about it.
    """

    fix_picked = Signal(object, str)

    def __init__(self, graph: ZoomableGraph) -> None:
        super().__init__(graph)
        self._graph = graph
        self._card: WarningCard | None = None

    @property
    def is_read(self) -> bool:
        """Whether the card is open."""
        return self._card is not None and self._card.isVisible()

    def explain(self, key: NodeKey, place: QRectF) -> bool:
        """Open the card of the warning on `key` beside `place`; return whether there is something to do about it."""
        badges = self._explained()
        if key not in badges:
            return False
        QToolTip.hideText()
        if self._card is None:
            self._card = WarningCard(self._graph)
            self._card.fix_picked.connect(self.fix_picked)
            self._card.turned.connect(self._on_turned)
        self._card.open_for(key, badges, on_screen(self._graph, with_tile(self._graph.scene, key, place)))
        return True

    def explain_at(self, here: Key) -> None:
        """Open the card of the warning on the node `here`, of the first in its layer, or of the first of all."""
        badges = sorted(self._explained())
        if not badges:
            return
        unit = here.target if isinstance(here, EdgeKey) else here.unit
        key = min(badges, key=lambda one: (one != (here.layer, unit), one.layer != here.layer))
        node = NodeKey(key.layer, max(key.unit, 0))
        self._graph.show_place(node)
        self.explain(key, self._graph.scene.box(node))
        self._on_turned(key)

    def _explained(self) -> dict[NodeKey, Badge]:
        frame = self._graph.scene.frame
        return {} if frame is None else {key: badge for key, badge in frame.badges.items() if badge.fixes}

    def _on_turned(self, key: NodeKey) -> None:
        """Mark the node whose warning is read."""
        if key.unit == LAYER:
            self._graph.set_hovered(None)
        else:
            self._graph.show_place(key)
            self._graph.set_hovered(key)


def with_tile(scene: GraphScene, key: NodeKey, badge: QRectF) -> QRect:
    """Return the place of a `badge` with the tile that it is about."""
    return (badge if key.unit == LAYER else badge.united(scene.box(key))).toAlignedRect()
