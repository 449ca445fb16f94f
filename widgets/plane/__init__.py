"""The output over the plane: a picture, the data, a probe to drag."""

from __future__ import annotations

from widgets.plane.boundary_plot import BoundaryPlot

__all__ = ["BoundaryPlot"]
