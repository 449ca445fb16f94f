"""How finely a painter draws: at the ratio of the screen, or of the picture that is exported."""

from __future__ import annotations

from PySide6.QtGui import QPaintEngine, QPainter
from PySide6.QtWidgets import QWidget

VECTOR_RATIO = 3.0
"""Pictures inside a vector drawing have so many pixels per unit."""


def is_vector(painter: QPainter) -> bool:
    """Return whether `painter` writes lines and text, not pixels."""
    engine = painter.paintEngine()
    return engine is not None and engine.type() == QPaintEngine.Type.SVG


def is_on_pixels(painter: QPainter) -> bool:
    """Return whether `painter` begins on a whole pixel: else the lines of a kept picture would blur."""
    to_device = painter.deviceTransform()
    return to_device.dx().is_integer() and to_device.dy().is_integer()


def ratio_of(painter: QPainter, widget: QWidget) -> float:
    """Return the pixels per logical pixel that cached layers of `widget` need under `painter`."""
    if is_vector(painter):
        return VECTOR_RATIO
    return max(widget.devicePixelRatioF(), painter.deviceTransform().m11())
