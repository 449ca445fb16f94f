"""The desktop: which screens there are, because a window is left differently on a laptop and on a projector."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


def desktop_name() -> str:
    """Return the sizes of all screens: ``1600x1000``, ``1366x768_1920x1080``."""
    return "_".join("x".join(map(str, screen.size().toTuple())) for screen in QGuiApplication.screens())
