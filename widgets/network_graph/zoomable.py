"""The drawn network under a lens: the wheel, a pinch and a drag change how large it is drawn and which part of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QNativeGestureEvent, QWheelEvent

from widgets.network_graph.canvas import GraphCanvas
from widgets.network_graph.scene import Key

WHEEL = 1.0015
"""How much nearer an eighth of a degree of the wheel comes."""


class ZoomableGraph(GraphCanvas):
    """Zooms with Ctrl and the wheel or a pinch; the wheel alone moves what is larger than its place.

    Signals
    -------
    looked()
        A gesture has moved the columns.
    """

    looked = Signal()

    def look_closer(self, factor: float, at: QPointF) -> None:
        """Zoom at a point, and report it; a factor of 0 lets the network fill its place."""
        if factor:
            self.zoom_by(factor, at)
        else:
            self.fit()
        self.looked.emit()

    def look_by_wheel(self, event: QWheelEvent) -> bool:
        """Zoom with Ctrl, otherwise move; return whether the network is another part of it now."""
        before, turn = self.camera, event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.look_closer(WHEEL ** turn.y(), event.position())
            return True
        self.move_by(QPointF(turn) / 2.0)
        return self.camera != before

    def move_by(self, step: QPointF) -> None:
        """Move the network, and report it."""
        self.pan_by(step)
        self.looked.emit()

    def show_place(self, key: Key) -> None:
        """Bring a node or an edge into view, and report it."""
        self.bring_into_view(key)
        self.looked.emit()

    def event(self, event: QEvent) -> bool:
        """Zoom with a pinch."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.look_closer(1.0 + event.value(), event.position())
            return True
        return super().event(event)
