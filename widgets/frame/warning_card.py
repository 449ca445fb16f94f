"""What a warning means, in sentences with the network's own numbers, and buttons that do something about it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import Label
from widgets.style import boxes, style, tips
from widgets.style.letting_go import let_go
from widgets.values import Badge, NodeKey

WIDTH = 340


class WarningCard(QFrame):
    """A small window beside the warning; Escape or a click elsewhere closes it.

    Signals
    -------
    fix_picked(object, str)
        The NodeKey of the warning (unit −1: a layer), and the key of the button.
    """

    fix_picked = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "panel")
        self.setAccessibleName("Warning")
        self.title, self.text = Label(), Label()
        self.title.setProperty("role", "error")
        self.text.setWordWrap(True)
        self.buttons: dict[str, Button] = {}
        self._row = boxes.row(spacing=style.GRID)
        boxes.column(self.title, self.text, self._row, owner=self, spacing=8, margins=(14, 12, 14, 12))

    def open_for(self, key: NodeKey, badge: Badge, place: QRect) -> None:
        """Explain `badge` of `key` beside `place`, a rectangle of the screen."""
        for button in self.buttons.values():
            self._row.removeWidget(button)
            let_go(button)
        self.buttons = {fix.key: Button(fix.label, fix.tooltip) for fix in badge.fixes}
        for fix, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, fix=fix: self._on_clicked(key, fix))
            self._row.addWidget(button)
        self.title.setText(badge.word)
        self.text.setText("\n".join(badge.sentences))
        self.text.setFixedWidth(round(WIDTH * style.current().scale))
        self.ensurePolished()
        self.adjustSize()
        screen = QGuiApplication.screenAt(place.center()) or self.screen()
        self.move(tips.beside(self.size(), [place], place.center(), screen.availableGeometry()))
        self.show()
        for button in list(self.buttons.values())[:1]:
            button.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that has the focus with Enter too; Escape closes the card."""
        focused = [button for button in self.buttons.values() if button.hasFocus()]
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focused:
            focused[0].click()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, key: NodeKey, fix: str) -> None:
        self.hide()
        self.fix_picked.emit(key, fix)


def on_screen(widget: QWidget, rect: QRect) -> QRect:
    """Return `rect` of `widget` in the coordinates of the screen."""
    return QRect(widget.mapToGlobal(rect.topLeft()) if rect.isValid() else widget.mapToGlobal(QPoint()), rect.size())
