"""Letting go: a widget that will be deleted hears nothing any more, and nothing of it goes on.

``deleteLater`` alone leaves it alive until the next turn of the event loop: a key, a timer or a shortcut
would still reach it, while the lists of its owner know it no longer.
"""

from __future__ import annotations

from weakref import ref

from PySide6.QtCore import QAbstractAnimation, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QDialog, QMenu, QWidget
from shiboken6 import isValid

from widgets.style.parts import parts_of


class _Deafness(QObject):
    """Keeps every event but the last one from what it is installed on, and so from all earlier filters too."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let nothing through but the deletion."""
        return event.type() != QEvent.Type.DeferredDelete


def let_go(widget: QWidget) -> None:
    """Hide `widget`, pass its focus on, silence it with all that it holds, and delete it as soon as that is safe."""
    if not isValid(widget):
        return
    for part in _silence(widget):
        part.blockSignals(True)
    widget.hide()  # Qt gives the focus to the next widget
    widget.deleteLater()


def let_go_when_closed(widget: QDialog | QMenu) -> None:
    """Let go of `widget` when it is closed; it still says what it has to say: the answer, the picked action."""
    widget.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    known = ref(widget)  # a connection that held it would keep it for ever

    def on_closed() -> None:
        if (one := known()) is not None and isValid(one):
            _silence(one)

    (widget.aboutToHide if isinstance(widget, QMenu) else widget.finished).connect(on_closed)


def _silence(widget: QWidget) -> list[QObject]:
    """Let no event reach `widget` and what it holds, and stop what runs by itself; return all of them."""
    deafness = _Deafness()
    parts = [widget, *parts_of(widget, QObject)]
    for part in parts:
        part.installEventFilter(deafness)
        if isinstance(part, QTimer | QAbstractAnimation):
            part.stop()
        elif isinstance(part, QShortcut):
            part.setEnabled(False)
    deafness.setParent(widget)  # and goes with it
    return parts
