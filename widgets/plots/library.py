"""pyqtgraph, the one way in: everything that draws with it imports it from here, so that it loads in half the time."""

# ruff: noqa: E402 - what it is loaded with comes first

from __future__ import annotations

from widgets.plots import qt_names

qt_names.load()

import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent

__all__ = ["MouseClickEvent", "pg"]
