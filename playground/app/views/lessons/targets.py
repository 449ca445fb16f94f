"""Targets: the widget, or the part of one, that a lesson means by a place, a node or an edge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QMainWindow, QTabBar, QWidget

from playground.document.document import Edge, Node
from playground.engine.features import FEATURES
from widgets.frame.inspector import Inspector
from widgets.frame.panel_dock import PanelDock
from widgets.frame.phase_strip import PhaseStrip
from widgets.frame.transport_bar import TransportBar
from widgets.network_graph import NetworkGraph
from widgets.plane.output_plane import OutputPlane
from widgets.setup.dataset_gallery import DatasetGallery
from widgets.setup.training_panel import TrainingPanel
from widgets.style.parts import parts_of
from widgets.values import EdgeKey, NodeKey

Target = tuple[QWidget, Callable[[], QRect] | None]
"""A widget, and what returns the part of it that is meant; None for all of it."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Finds things in one window."""

    window: QMainWindow
    transport: TransportBar
    gallery: DatasetGallery
    training: TrainingPanel
    network: NetworkGraph
    network_panel: QWidget
    phases: PhaseStrip
    inspector: Inspector
    output: OutputPlane
    docks: Mapping[str, PanelDock]

    def of_item(self, item: Node | Edge) -> Target:
        """Return the place of a node or an edge in the network."""
        key: NodeKey | EdgeKey = EdgeKey(*item) if isinstance(item, Edge) else NodeKey(*item)
        canvas = self.network.canvas
        return canvas, lambda: canvas.place_of_number(key) if canvas.has_item(key) else QRect()

    def of_place(self, key: str) -> Target | None:
        """Return a view or a control; None while there is no such thing."""
        if key in self.docks:
            return self._of_dock(self.docks[key])
        if key in self.inspector.keys:
            page = self.inspector.keys.index(key)
            return self.inspector.tabs, lambda: self.inspector.tabs.tabRect(page)
        controls = self.controls(key)
        return (controls[0], None) if controls else None

    def controls(self, key: str) -> tuple[QWidget, ...]:
        """Return the widgets of a control; none where there is none now."""
        bar, network = self.transport, self.network
        hidden = network.hidden_headers
        known: dict[str, tuple[QWidget, ...]] = {
            "transport": (bar,), "play": (bar.play,), "step": (bar.step,), "back": (bar.back,), "epoch": (bar.epoch,),
            "reset": (bar.reset,), "slow_motion": (bar.slow,), "speed": (bar.speed,),
            "network": (self.network_panel,), "phases": (self.phases,), "depth": (network.depth_header,),
            "width": tuple(header.slider for header in hidden),
            "activation": tuple(header.combo for header in hidden),
            "edges": (network.edge_picker,), "neurons": (network.neuron_picker,),
            "values": (network.values_switch,),
            "dataset": (self.gallery.first_tiles, self.gallery.more), "new_sample": (self.gallery.new_sample,),
            "points": (self.gallery.sliders["n_points"],), "train_share": (self.gallery.sliders["train_share"],),
            "seed": (self.training.seed,), "new_weights": (self.training.new_weights,),
            "show_test": (self.output.test_switch,), "discretize": (self.output.discretize_switch,),
        }  # fmt: skip
        if key in known:
            return known[key]
        made: dict[str, QWidget] = {
            **self.gallery.sliders, **self.gallery.extras, **self.training.boxes, **self.training.sliders,
        }  # fmt: skip
        return (made[key],) if key in made else (network.input_header,) if key in FEATURES else ()

    def _of_dock(self, dock: PanelDock) -> Target:
        """Return the dock, or the tab that it stands behind."""
        if dock.content.isVisible() or dock.isHidden():
            return dock, None
        for bar in parts_of(self.window, QTabBar):
            for index in range(bar.count()):
                if bar.isVisible() and bar.tabText(index) == dock.windowTitle():
                    return bar, lambda bar=bar, index=index: bar.tabRect(index)
        return dock, None
