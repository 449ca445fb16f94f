"""The frame of the Circuits view; it only brings its parts together."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from widgets.circuit_graph import CircuitGraph
from widgets.circuit_view.expression_bar import ExpressionBar
from widgets.circuit_view.inputs_panel import InputsPanel
from widgets.circuit_view.nudge_panel import NudgePanel
from widgets.circuit_view.step_bar import StepBar
from widgets.circuit_view.teaching_bar import TeachingBar
from widgets.frame.panel import Panel, SideColumn
from widgets.gates.gate_cards import GateCards
from widgets.style import boxes


class CircuitView(QWidget):
    """Everything of the Circuits view; its parts carry the ``set_…`` methods and the signals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Circuits")
        self.expression = ExpressionBar()
        self.inputs = InputsPanel()
        self.nudge = NudgePanel()
        self.steps = StepBar()
        self.teaching = TeachingBar()
        self.graph = CircuitGraph()
        self.graph.keep_large()
        self.cards = GateCards()
        self._build()

    def _build(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(self._graph_panel())
        self.splitter.addWidget(self.cards)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setSizes([480, 250])
        self.splitter.setChildrenCollapsible(False)
        boxes.row(self._side(), (self.splitter, 1), owner=self, spacing=8, margins=(8, 8, 8, 8))

    def _side(self) -> QWidget:
        sections = []
        for title, part in (("Inputs", self.inputs), ("Nudge", self.nudge)):
            panel = Panel(title, framed=False)
            panel.body.addWidget(part)
            sections.append(panel)
        side = SideColumn(tuple(sections))
        side.setMaximumWidth(280)
        return side

    @property
    def title(self) -> str:
        """What the circuit is of."""
        return self._circuit.accessibleName()

    def set_title(self, title: str) -> None:
        """Say what the circuit is of; nothing for an expression. Never emits."""
        self._circuit.set_title(f"Circuit of {title}" if title else "Circuit")
        self.expression.set_origin(title)

    def add_control(self, widget: QWidget) -> None:
        """Put `widget` at the right of the heading."""
        self._circuit.add_to_header(widget)

    def _graph_panel(self) -> QWidget:
        self._circuit = panel = Panel("Circuit")
        panel.body.setSpacing(8)
        boxes.add(panel.body, self.expression, self.steps, (self.graph, 1), self.teaching)
        return panel
