"""The frame of the window: transport above, status below, the network in the center, and its docks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QStatusBar, QTabWidget, QToolBar, QWidget

from playground.app.window.panels import Panels
from playground.app.window.view_docks import make_view_docks
from widgets.frame.panel_dock import PanelDock
from widgets.style import boxes

MARGIN = 8


def set_frame(window: QMainWindow, panels: Panels) -> None:
    """Put transport, status line and network into `window`, and prepare it for docks."""
    bar = QToolBar("Transport", window)
    bar.setObjectName("transport")
    bar.setMovable(False)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    bar.addWidget(panels.transport)
    window.addToolBar(bar)
    window.setStatusBar(_status_bar(panels.status))
    window.setDockNestingEnabled(True)
    window.setAnimated(False)  # panels stand where they belong at once
    window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
    window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
    window.setContentsMargins(MARGIN, 0, MARGIN, 0)
    window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
    window.setCentralWidget(_with_margin(panels.center, panels.circuit_place))


def make_docks(panels: Panels) -> dict[str, PanelDock]:
    """Return every dock by its key: first those of the default layout, then the empty ones of ``VIEWS``."""
    docks = {
        "setup": PanelDock(
            "setup", "Data and training", panels.setup, grip=True, scrolls_itself=True,
            summary="the data set, its split into training and test, and how the network is trained",
        ),
        "inspector": PanelDock(
            "inspector", "Inspector", panels.inspector, grip=True,
            summary="one neuron, input or loss at one example: its gradients, gates, tensors and Jacobian",
        ),
        "output": PanelDock(
            "output", "Output", panels.output,
            summary="the network's output at each point of the plane, with the data; the cross is the probe",
        ),
        "curves": PanelDock(
            "curves", "Loss", panels.curves,
            summary="loss, its parts, accuracy and learning rate over the iterations; drag the line to go back in time",
        ),
        "flow": PanelDock(
            "flow", "Gradient flow", panels.flow,
            summary="how large the gradient of each layer is now, and how far an update moves its weights",
        ),
    }  # fmt: skip
    docks["output"].add_control(panels.output.tools)
    docks["output"].add_control(panels.overlays)
    docks["output"].heading.slot.setSpacing(8)
    return docks | make_view_docks()


def _with_margin(*parts: QWidget) -> QWidget:
    frame = QWidget()
    boxes.column(*parts, owner=frame, margins=(0, 8, 0, 0))
    return frame


def _status_bar(status: QWidget) -> QStatusBar:
    bar = QStatusBar()
    bar.setSizeGripEnabled(False)
    bar.setContentsMargins(0, 0, 0, 0)
    bar.addWidget(status, 1)
    return bar
