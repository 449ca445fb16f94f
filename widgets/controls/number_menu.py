"""What can be asked of any number: where it came from, and to predict it; by its context menu, or by a key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from widgets.style.letting_go import let_go_when_closed

WHY, PREDICT = "why", "predict"
_KEYS = {"w": WHY, "W": WHY, "?": WHY, "h": PREDICT, "H": PREDICT}
_PLAIN = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
Ask = Callable[[str], object]


def wish_of(event: QKeyEvent) -> str | None:
    """Return what a key asks of the focused number: ``why``, ``predict``, or None for another key."""
    return _KEYS.get(event.text()) if not event.modifiers() & ~_PLAIN else None


def number_menu(parent: QWidget, ask: Ask, *, can_predict: bool) -> QMenu:
    """Return the menu of one number, which calls `ask` with what was chosen."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    let_go_when_closed(menu)
    why = menu.addAction("Why?\tW", lambda: ask(WHY))
    why.setToolTip("Show where this number came from.")
    predict = menu.addAction("Predict it\tH", lambda: ask(PREDICT))
    predict.setToolTip("Hide this number everywhere, and type what you expect.")
    predict.setEnabled(can_predict)
    return menu


def open_number_menu(parent: QWidget, at: QPoint, ask: Ask, *, can_predict: bool = True) -> None:
    """Open the menu of the number at a point of `parent`."""
    number_menu(parent, ask, can_predict=can_predict).popup(parent.mapToGlobal(at))
