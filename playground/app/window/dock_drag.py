"""What the mouse may hold, a dock or the tab of one, when docks find other places."""

from __future__ import annotations

from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QWidget

from widgets.style.parts import direct_parts_of


def end_drag(window: QMainWindow) -> None:
    """Take what the user drags out of the hand: Qt dies of docks of `window` that find other places meanwhile.

    A timer, a key or a new size of the window can come at any moment of a drag.
    """
    held = QWidget.mouseGrabber()
    for dock in direct_parts_of(window, QDockWidget):
        if dock is held:
            dock.setFloating(dock.isFloating())  # Qt's way to break off a drag
    hide_tab_bars(window)


def hide_tab_bars(window: QMainWindow) -> None:
    """Hide every tab bar of docks: Qt shows those it uses, leaves earlier ones in a corner, and dies when one moves."""
    for bar in direct_parts_of(window, QTabBar):
        bar.hide()
