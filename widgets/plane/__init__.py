"""The output over the plane: a picture, the data, a probe to drag."""

from __future__ import annotations

from widgets.plane.output_plane import OutputPlane

__all__ = ["OutputPlane"]
