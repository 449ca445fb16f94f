"""The Circuits view: an expression, its inputs, its graph, its cards, and the steps through both passes."""

from widgets.circuit_view.view import CircuitView

__all__ = ["CircuitView"]
