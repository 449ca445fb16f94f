"""A second scale over the same iterations, which leaves the mouse to the first."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg


class ScaleView(pg.ViewBox):  # type: ignore[misc]
    """pyqtgraph's own view swallows drags and the wheel even with its mouse switched off."""

    def __init__(self) -> None:
        super().__init__(enableMenu=False, enableMouse=False, defaultPadding=0.0)
        self.disableAutoRange()
        self.setYRange(0.0, 1.0, padding=0)

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        """Leave the drag to the view below."""
        ev.ignore()

    def mouseClickEvent(self, ev: Any) -> None:
        """Leave the click to the view below."""
        ev.ignore()

    def wheelEvent(self, ev: Any, axis: int | None = None) -> None:
        """Leave the wheel to the view below."""
        ev.ignore()
