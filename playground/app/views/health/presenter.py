"""Warnings ↔ session: the buttons of a warning change the document."""

from __future__ import annotations

from playground.app.views.health import fixes
from playground.session.session import Session
from widgets.network_graph import NetworkGraph
from widgets.plots.flow_plot import FlowPlot


class WarningsPresenter:
    """Does what the user picks in a warning of the network or of the gradient flow."""

    def __init__(self, session: Session, graph: NetworkGraph, flow: FlowPlot) -> None:
        """Connect the warnings of `graph` and `flow` to `session`."""
        for signal in (graph.canvas.fix_picked, flow.fix_picked):
            signal.connect(lambda key, fix: fixes.apply(session, key, fix))
