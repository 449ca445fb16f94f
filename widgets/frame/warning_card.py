"""What a warning means, in sentences with the network's own numbers, and buttons that do something about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import Label, Note
from widgets.style import boxes, style, tips
from widgets.style.letting_go import let_go
from widgets.values import Badge, NodeKey

WIDTH = 340


class WarningCard(QFrame):
    """A small window beside the warning, from which the others are reached; Escape or a click elsewhere closes it.

    Signals
    -------
    turned(object)
        The NodeKey of the warning that the user has gone to.
    fix_picked(object, str)
        The NodeKey of the warning (unit −1: a layer), and the key of the button.
    """

    turned = Signal(object)
    fix_picked = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._badges: dict[NodeKey, Badge] = {}
        self._key = NodeKey(0, 0)
        self.setProperty("role", "panel")
        self.setAccessibleName("Warning")
        self.title, self.place, self.text, self.peers = Label(), Label(), Label(), Note("secondary")
        self.title.setProperty("role", "error")
        self.place.setProperty("role", "secondary")
        self.text.setWordWrap(True)
        self.previous = Button("Previous warning", "Read the warning before this one.", "chevron_left")
        self.next = Button("Next warning", "Read the warning after this one.", "chevron_right")
        for button, step in ((self.previous, -1), (self.next, 1)):
            button.set_compact(True)
            button.clicked.connect(lambda _checked=False, step=step: self._turn(step))
        self.buttons: dict[str, Button] = {}
        self._row = boxes.row(spacing=style.GRID)
        head = boxes.row(self.title, boxes.STRETCH, self.place, self.previous, self.next, spacing=4)
        boxes.column(head, self.text, self.peers, self._row, owner=self, spacing=8, margins=(14, 12, 14, 12))

    def open_for(self, key: NodeKey, badges: Mapping[NodeKey, Badge], place: QRect) -> None:
        """Explain the badge of `key` beside `place`, a place of the screen; a button leads to the other `badges`."""
        self._badges = {one: badges[one] for one in sorted(badges)}
        self._explain(key)
        screen = QGuiApplication.screenAt(place.center()) or self.screen()
        self.move(tips.beside(self.size(), [place], place.center(), screen.availableGeometry()))
        self.show()
        self._focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that has the focus with Enter too; Page Up and Page Down turn; Escape closes the card."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        focused = [button for button in (self.previous, self.next, *self.buttons.values()) if button.hasFocus()]
        if event.key() in steps:
            self._turn(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focused:
            focused[0].click()
        else:
            super().keyPressEvent(event)

    def _explain(self, key: NodeKey) -> None:
        self._key, badge, keys = key, self._badges[key], list(self._badges)
        for button in self.buttons.values():
            self._row.removeWidget(button)
            let_go(button)
        self.buttons = {fix.key: Button(fix.label, fix.tooltip) for fix in badge.fixes}
        for fix, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, fix=fix: self._on_clicked(fix))
            self._row.addWidget(button)
            button.show()  # what is not shown yet gets no room
        self.title.setText(badge.word)
        self.place.setText(f"{keys.index(key) + 1} of {len(keys)}")
        for part in (self.place, self.previous, self.next):
            part.setVisible(len(keys) > 1)
        self.text.setText("\n".join(badge.sentences))
        peers = [one for one in keys if one.layer == key.layer and self._badges[one].word == badge.word]
        self.peers.setText(f"{len(peers)} {badge.word} in this layer: {listed(peers)}." if len(peers) > 1 else "")
        width = round(WIDTH * style.current().scale)
        self.text.setFixedWidth(width)
        self.peers.setFixedWidth(width)
        self.ensurePolished()
        self.adjustSize()

    def _turn(self, step: int) -> None:
        keys = list(self._badges)
        if len(keys) > 1:
            turner = next((button for button in (self.previous, self.next) if button.hasFocus()), None)
            self._explain(keys[(keys.index(self._key) + step) % len(keys)])
            self._focus() if turner is None else turner.setFocus(Qt.FocusReason.PopupFocusReason)
            self.turned.emit(self._key)

    def _focus(self) -> None:
        for button in list(self.buttons.values())[:1]:
            button.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_clicked(self, fix: str) -> None:
        self.hide()
        self.fix_picked.emit(self._key, fix)


def listed(units: Iterable[NodeKey]) -> str:
    """Return units of one layer in words, counted from 1: ``neurons 1–4, 7``."""
    runs: list[list[int]] = []
    for number in sorted(key.unit + 1 for key in units):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    names = [
        f"{first}–{last}" if last > first + 1 else ", ".join(map(str, sorted({first, last}))) for first, last in runs
    ]
    return f"neuron{'s' if len(runs) > 1 or runs[0][0] < runs[0][1] else ''} {', '.join(names)}"


def on_screen(widget: QWidget, rect: QRect) -> QRect:
    """Return `rect` of `widget` in the coordinates of the screen."""
    return QRect(widget.mapToGlobal(rect.topLeft()) if rect.isValid() else widget.mapToGlobal(QPoint()), rect.size())
