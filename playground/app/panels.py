"""Every widget of the window, by name; built here, placed by ``layout``, filled by presenters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from playground.app.readings.output_marks import CHOICES as OVERLAYS
from widgets.boundary_plot.boundary_plot import BoundaryPlot
from widgets.circuit_tab import CircuitTab
from widgets.dataset_gallery import DatasetGallery
from widgets.elided_label import ElidedLabel
from widgets.flow_plot import FlowPlot
from widgets.gradcheck_view import GradientCheckView
from widgets.gradient_card.gradient_card import GradientCard
from widgets.inspector import Inspector
from widgets.jacobian_view import JacobianView
from widgets.network_graph import NetworkGraph
from widgets.notice_bar import NoticeBar
from widgets.overlay_menu import OverlayMenu
from widgets.panel import Panel, SideColumn
from widgets.phase_strip import PhaseStrip
from widgets.status_line import StatusLine
from widgets.tensor_view import TensorView
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
        self.linear_line = ElidedLabel()
        self.linear_line.setProperty("role", "secondary")
        self.linear_line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.linear_line.hide()
        self.center = self._center()
        self.card = GradientCard()
        self.inspector = Inspector()
        self.inspector.add_page(
            "gradients",
            "Gradients",
            self.card,
            "Upstream × local = downstream at one example, with every number",
            names_itself=True,
        )
        self.circuit = CircuitTab()
        self.inspector.add_page(
            "circuit",
            "Circuit",
            self.circuit,
            "The selected neuron, input or loss as scalar gates at one example, live: values above, gradients below",
        )
        self.tensors, self.jacobian, self.check = TensorView(), JacobianView(), GradientCheckView()
        self.inspector.add_page(
            "tensors",
            "Tensors",
            self.tensors,
            "The layers as bricks with forward and backward, and every tensor of the pending batch with its shape",
        )
        self.inspector.add_page(
            "jacobian",
            "Jacobian",
            self.jacobian,
            "∂out/∂in as a matrix at one example, and how little of it differs from 0",
        )
        self.inspector.add_page(
            "check",
            "Gradient check",
            self.check,
            "Every gradient beside (L(w + ε) − L(w − ε)) / 2ε: 2·P forward passes against one forward and one backward",
        )
        self.output = BoundaryPlot()
        self.overlays = OverlayMenu(OVERLAYS)
        self.curves = QWidget()
        QVBoxLayout(self.curves).setContentsMargins(0, 0, 0, 0)
        self.flow = FlowPlot()
        self.status = StatusLine(parent)

    def _center(self) -> Panel:
        panel = Panel("Network")
        panel.add_to_header(self.network.pickers)
        panel.body.addWidget(self.notice)
        panel.body.addWidget(self.network, 1)
        panel.body.addWidget(self.linear_line)
        panel.body.addWidget(self.phases)
        panel.body.addWidget(self.phase_text)
        return panel
