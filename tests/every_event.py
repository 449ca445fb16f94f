"""One event of each kind that can reach a widget, for tests of what must not hear it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, QSize, Qt, QTimerEvent
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QEnterEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QHoverEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QMoveEvent,
    QPaintEvent,
    QPointingDevice,
    QRegion,
    QResizeEvent,
    QShortcutEvent,
    QShowEvent,
    QStatusTipEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from tests.drops import drag_point

PLAIN = Qt.KeyboardModifier.NoModifier
KEYS = (
    "Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown", "Return", "Enter", "Space", "Escape", "Tab",
    "Backtab", "Delete", "Backspace", "A", "F2", "Menu",
)  # fmt: skip
BARE = (
    "ActivationChange", "ApplicationFontChange", "ApplicationPaletteChange", "EnabledChange", "FontChange",
    "LanguageChange", "LayoutDirectionChange", "LayoutRequest", "Leave", "LocaleChange", "PaletteChange",
    "ParentChange", "Polish", "PolishRequest", "ReadOnlyChange", "ShowToParent", "HideToParent", "StyleChange",
    "ToolTipChange", "UngrabMouse", "UpdateRequest", "User", "WindowActivate", "WindowDeactivate", "WindowBlocked",
    "WindowUnblocked", "WindowStateChange", "WindowTitleChange", "ZOrderChange",
)  # fmt: skip


def every_event() -> list[QEvent]:
    """Return new events: keys, mouse, wheel, focus, menus, drags, changes, show and hide, close."""
    at, left, none = QPointF(3, 3), Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    mime, copy = QMimeData(), Qt.DropAction.CopyAction
    events: list[QEvent] = []
    for name in KEYS:
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            events.append(QKeyEvent(kind, Qt.Key[f"Key_{name}"], PLAIN, name if len(name) == 1 else ""))
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease,
                 QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):  # fmt: skip
        events.append(QMouseEvent(kind, at, at, left, left, PLAIN))
    for kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
        events.append(QFocusEvent(kind, Qt.FocusReason.TabFocusReason))
    for kind in (QEvent.Type.HoverEnter, QEvent.Type.HoverMove, QEvent.Type.HoverLeave):
        events.append(QHoverEvent(kind, at, at, at, PLAIN))
    for kind in (QEvent.Type.ToolTip, QEvent.Type.WhatsThis):
        events.append(QHelpEvent(kind, QPoint(3, 3), QPoint(3, 3)))
    drop = QDropEvent(at, copy, mime, left, PLAIN)
    events += [
        QWheelEvent(at, at, QPoint(), QPoint(0, 120), none, PLAIN, Qt.ScrollPhase.NoScrollPhase, False),
        QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(3, 3), QPoint(3, 3), PLAIN),
        QEnterEvent(at, at, at, QPointingDevice.primaryPointingDevice()),
        QDragEnterEvent(drag_point(3, 3), copy, mime, left, PLAIN),
        QDragMoveEvent(drag_point(3, 3), copy, mime, left, PLAIN),
        QDragLeaveEvent(),
        drop,
        QInputMethodEvent("x", []),
        QShortcutEvent(QKeySequence("Ctrl+A"), 1),
        QStatusTipEvent("tip"),
        QTimerEvent(1),
        QMoveEvent(QPoint(1, 1), QPoint(0, 0)),
        QResizeEvent(QSize(9, 9), QSize(8, 8)),
        QShowEvent(),
        QPaintEvent(QRegion(0, 0, 9, 9)),
        QHideEvent(),
        *(QEvent(QEvent.Type[name]) for name in BARE),
        QCloseEvent(),
    ]
    drop.mime = mime  # which the drags only point to
    return events


def send_every_event(widget: QWidget) -> int:
    """Send one event of each kind to `widget`, as long as it is there; return how many were sent."""
    sent = 0
    for event in every_event():
        if isValid(widget):
            QCoreApplication.sendEvent(widget, event)
            sent += 1
    return sent
