"""The network view: columns of neurons with their maps, edges, loss node, and the controls on them."""

from __future__ import annotations

from widgets.network_graph.network_graph import NetworkGraph

__all__ = ["NetworkGraph"]
