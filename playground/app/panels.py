"""Every widget of the window, by name; built here, placed by ``layout``, filled by presenters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from widgets.boundary_plot.boundary_plot import BoundaryPlot
from widgets.circuit_tab import CircuitTab
from widgets.dataset_gallery import DatasetGallery
from widgets.flow_plot import FlowPlot
from widgets.gradient_card.gradient_card import GradientCard
from widgets.inspector import Inspector
from widgets.network_graph import NetworkGraph
from widgets.notice_bar import NoticeBar
from widgets.panel import Panel, SideColumn
from widgets.phase_strip import PhaseStrip
from widgets.status_line import StatusLine
from widgets.training_panel import TrainingPanel
from widgets.transport_bar import TransportBar


class Panels:
    """The widgets of one window.

    Attributes
    ----------
    curves : QWidget
        An empty place; the curves move in after the first paint, because their library takes
        0.2 s to load.
    """

    def __init__(self, parent: QWidget) -> None:
        """Build every widget."""
        self.transport = TransportBar(parent)
        self.gallery = DatasetGallery()
        self.training = TrainingPanel()
        self.setup = SideColumn((self.gallery, self.training))
        self.setup.setProperty("role", "bare")
        self.network = NetworkGraph(title="")
        self.phases = PhaseStrip()
        self.notice = NoticeBar()
        self.phase_text = QLabel()
        self.phase_text.setWordWrap(True)
        self.phase_text.setProperty("role", "secondary")
        self.phase_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.phase_text.hide()
        self.center = self._center()
        self.card = GradientCard()
        self.inspector = Inspector()
        self.inspector.add_page(
            "gradients",
            "Gradients",
            self.card,
            "Upstream × local = downstream at one example, with every number",
            self.card.header,
        )
        self.circuit = CircuitTab()
        self.inspector.add_page(
            "circuit",
            "Circuit",
            self.circuit,
            "The selected neuron, input or loss as scalar gates at one example, live: values above, gradients below",
        )
        self.output = BoundaryPlot()
        self.curves = QWidget()
        QVBoxLayout(self.curves).setContentsMargins(0, 0, 0, 0)
        self.flow = FlowPlot()
        self.status = StatusLine(parent)

    def _center(self) -> Panel:
        panel = Panel("Network")
        panel.add_to_header(self.network.pickers)
        panel.body.addWidget(self.notice)
        panel.body.addWidget(self.network, 1)
        panel.body.addWidget(self.phases)
        panel.body.addWidget(self.phase_text)
        return panel
