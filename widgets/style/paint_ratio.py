"""How finely a painter draws: on a screen as the screen is, into a picture as large as a person asked for."""

from __future__ import annotations

from PySide6.QtGui import QPaintEngine, QPainter
from PySide6.QtWidgets import QWidget

VECTOR_RATIO = 3.0
"""Pictures inside a vector drawing have so many pixels per unit."""


def is_vector(painter: QPainter) -> bool:
    """Tell whether `painter` writes lines and text, not pixels."""
    engine = painter.paintEngine()
    return engine is not None and engine.type() == QPaintEngine.Type.SVG


def ratio_of(painter: QPainter, widget: QWidget) -> float:
    """Return the pixels per logical pixel that kept layers of `widget` need under `painter`."""
    if is_vector(painter):
        return VECTOR_RATIO
    return max(widget.devicePixelRatioF(), painter.deviceTransform().m11())
