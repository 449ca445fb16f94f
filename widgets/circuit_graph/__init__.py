"""The drawn circuit: gates, wires, a value above and a gradient below each wire."""

from widgets.circuit_graph.view import CircuitGraph

__all__ = ["CircuitGraph"]
