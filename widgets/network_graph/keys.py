"""Which keys keyboard navigation takes for itself; every other one is the window's."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from widgets.network_graph.navigation import Direction

DIRECTIONS: dict[int, Direction] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
TAB_REASONS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
MENU = Qt.Key.Key_M
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def wants(event: QKeyEvent, *, navigating: bool) -> bool:
    """Return whether the graph takes `event`: Enter begins keyboard navigation; the other keys need it."""
    if event.modifiers() not in _PLAIN:
        return False
    if not navigating:
        return event.key() in ENTER
    return event.key() in (*DIRECTIONS, *ENTER, Qt.Key.Key_E, Qt.Key.Key_F2, MENU, Qt.Key.Key_Escape)
