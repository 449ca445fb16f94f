"""The widgets that the window shows from the start, by name; filled by presenters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.app.views.output.marks_reading import CHOICES as OVERLAYS
from playground.app.views.training.fields import SEED
from widgets.controls.elided_label import ElidedLabel
from widgets.controls.overlay_menu import OverlayMenu
from widgets.frame.inspector import Inspector
from widgets.frame.notice_bar import NoticeBar
from widgets.frame.panel import Panel, SideColumn
from widgets.frame.phase_caption import PhaseCaptionLine
from widgets.frame.phase_strip import PhaseStrip
from widgets.frame.predict_bar import PredictBar
from widgets.frame.status_line import StatusLine
from widgets.frame.transport_bar import TransportBar
from widgets.gradient_card.gradient_card import GradientCard
from widgets.lessons.guide_card import GuideCardView
from widgets.network_graph import NetworkGraph
from widgets.plane.output_plane import OutputPlane
from widgets.plots.flow_plot import FlowPlot
from widgets.setup.dataset_gallery import DatasetGallery
from widgets.setup.training_panel import TrainingPanel


class Panels:
    """The widgets of one window."""

    def __init__(self, parent: QWidget) -> None:
        """Build every widget that is visible at first."""
        self.transport = TransportBar(parent)
        self.gallery = DatasetGallery()
        self.training = TrainingPanel(SEED)
        self.setup = SideColumn((self.gallery, self.training))
        self.setup.setProperty("role", "bare")
        self.network = NetworkGraph(title="")
        self.phases = PhaseStrip()
        self.notice = NoticeBar()
        self.phase_text = PhaseCaptionLine()
        self.phase_text.hide()
        self.predict = PredictBar()
        self.linear_line = ElidedLabel()
        self.linear_line.setProperty("role", "secondary")
        self.linear_line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.linear_line.hide()
        self.guide = GuideCardView()
        self.circuit_place = QWidget()  # of a lesson's circuit, beside the network in the center
        self.center = self._center()
        self.card = GradientCard()
        self.inspector = Inspector()
        self.inspector.add_page(
            "gradients",
            "Gradients",
            self.card,
            "Upstream × local = downstream at one example, with every number",
            names_itself=True,
            needs_selection=True,
        )
        self.output = OutputPlane()
        self.overlays = OverlayMenu(OVERLAYS)
        # Empty; the curves are added after the first paint, because their library takes 0.2 s to load.
        self.curves = QWidget()
        QVBoxLayout(self.curves).setContentsMargins(0, 0, 0, 0)
        self.flow = FlowPlot()
        self.status = StatusLine(parent)

    def _center(self) -> Panel:
        panel = Panel("Network")
        panel.add_to_header(self.network.pickers)
        self.network.set_foot(self.phase_text)
        panel.body.addWidget(self.guide)
        panel.body.addWidget(self.notice)
        panel.body.addWidget(self.network, 1)
        panel.body.addWidget(self.predict)
        panel.body.addWidget(self.linear_line)
        panel.body.addWidget(self.phases)  # last, so that no line that comes moves what is clicked
        panel.setWhatsThis(
            "The network: the inputs, a column per hidden layer, the outputs and the loss. Each unit is a small map "
            "of its activation over the plane; lines are weights, dashed where negative, wider where larger. "
            "Click a unit or a line to inspect it, drag a line to change its weight, right-click for more."
        )
        return panel
