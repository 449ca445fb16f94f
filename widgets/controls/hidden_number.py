"""A number that can be hidden: shown, or a box with "?" that takes an answer and says right or wrong."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAccessibleWidget, QLineEdit, QWidget
from shiboken6 import VoidPtr, isValid

from widgets.controls import described
from widgets.controls.described import Described, PressAction
from widgets.controls.judgement import Judgement, judge
from widgets.style import numbers, style

Meaning = Literal["value", "gradient", "local"]
LETTERS = 9
BLANK = "·"


class HiddenNumber(Described, QWidget):
    """One number of a card, coloured by its meaning; blank when it is not computed yet.

    Signals
    -------
    answered(str, str)
        What was typed, and ``"right"``, ``"wrong"`` or ``"unreadable"``. A right answer shows the number.
    """

    answered = Signal(str, str)

    def __init__(self, name: str, meaning: Meaning, parent: QWidget | None = None, *, points: float = 9.5) -> None:
        super().__init__(parent)
        self._name, self._meaning, self._points = name, meaning, points
        self._number: float | None = None
        self._letters = LETTERS
        self._hidden = False
        self._judgement: Judgement | None = None
        self._editor: QLineEdit | None = None
        self._describe()

    def description(self) -> QAccessibleInterface:
        """Return a number to a screen reader; a button while it waits for an answer."""
        return _Spoken(self)

    @property
    def number(self) -> float | None:
        """The number at full precision, None while it is not computed."""
        return self._number

    @property
    def is_hidden_number(self) -> bool:
        """Whether a "?" stands in its place."""
        return self._hidden

    @property
    def shown_text(self) -> str:
        """What can be read: the number to four digits, ``?``, or ``·`` where nothing is computed."""
        if self._number is None:
            return BLANK
        return "?" if self._hidden else numbers.approximately(self._number)

    def set_name(self, name: str) -> None:
        """Name the number for tooltips and screen readers."""
        if name != self._name:
            self._name = name
            self._describe()

    def set_number(self, number: float | None) -> None:
        """Show another number; hidden stays hidden."""
        if number != self._number:
            self._number = number
            self._describe()
            self._make_room()
            self.update()

    def set_hidden(self, hidden: bool) -> None:
        """Hide the number behind "?", or show it."""
        if hidden == self._hidden:
            return
        self._hidden, self._judgement = hidden, None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if hidden else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if hidden else Qt.CursorShape.ArrowCursor)
        if not hidden:
            self._close()
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for four digits, or the longest number so far: live numbers do not push their neighbours."""
        metrics = QFontMetrics(style.mono(self._points, bold=True))
        return QSize(metrics.horizontalAdvance("0") * self._letters + 8, metrics.height() + 6)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the number or the box that waits."""
        theme = style.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(style.mono(self._points, bold=self._meaning != "local"))
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            if self._hidden and self._number is not None:
                wrong = self._judgement in ("wrong", "unreadable")
                box = QRectF(1, 2, 52, self.height() - 4)
                pen = QPen(QColor(theme.warning if wrong else theme.accent), 2.0 if self.hasFocus() else 1.0)
                painter.setPen(pen)
                painter.setBrush(QColor(theme.accent_soft))
                painter.drawRoundedRect(box, 4, 4)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "✗ ?" if wrong else "?")
                return
            colour = {"value": theme.forward, "gradient": theme.gradient, "local": theme.local}[self._meaning]
            painter.setPen(QColor(theme.secondary if self._number is None else colour))
            text = self.shown_text + (" ✓" if self._judgement == "right" else "")
            painter.drawText(self.rect().adjusted(2, 0, 0, 0), left, text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the box for an answer."""
        self.open_editor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or F2 open the box; a digit opens it and is typed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.open_editor()
        elif event.text() and event.text() in "0123456789.-−+":
            self.open_editor(event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus is gone."""
        self.update()

    def open_editor(self, text: str = "") -> None:
        """Open the field for an answer; nothing happens where nothing is hidden."""
        if not self._hidden or self._number is None:
            return
        if self._editor is None:
            self._editor = QLineEdit(self)
            self._editor.setMaxLength(40)
            self._editor.setFont(style.mono(self._points))
            self._editor.setAccessibleName(f"Your answer: {self._name}")
            self._editor.returnPressed.connect(self._on_returned)
            self._editor.editingFinished.connect(self._on_left)
        self._editor.setGeometry(self.rect())
        self._editor.setText(text)
        self._editor.show()
        self._editor.setFocus()

    def _on_returned(self) -> None:
        if self._editor is None or self._number is None:
            return
        typed = self._editor.text().strip()
        if not typed:
            return
        judgement = judge(typed, self._number)
        if judgement == "right":
            self.set_hidden(False)
        else:
            self._editor.selectAll()  # stays open: typing replaces the answer
        self._judgement = judgement
        self.update()
        self.answered.emit(typed, judgement)

    def _on_left(self) -> None:
        if self._editor is not None and not self._editor.hasFocus():
            self._close()

    def _close(self) -> None:
        if self._editor is not None and not self._editor.isHidden():
            self._editor.hide()

    def _make_room(self) -> None:
        """Grow for a number with an exponent; never shrink."""
        if self._number is not None and (needed := len(numbers.approximately(self._number))) > self._letters:
            self._letters = needed
            self.updateGeometry()

    def _describe(self) -> None:
        if self._number is None:
            text = f"{self._name} not computed yet"
        elif self._hidden:
            text = f"{self._name} hidden: press Enter and type your answer; three right digits are enough"
        else:
            text = f"{self._name} = {numbers.full(self._number)}"
        self.setToolTip(text)
        self.setAccessibleName(text)


class _Spoken(QAccessibleWidget):
    def __init__(self, number: HiddenNumber) -> None:
        super().__init__(number)
        self._number = number
        self._action = PressAction(number.open_editor, lambda: isValid(number) and number.is_hidden_number)

    def role(self) -> QAccessible.Role:
        """Say that a hidden number can be pressed."""
        return QAccessible.Role.Button if self._number.is_hidden_number else QAccessible.Role.StaticText

    def interface_cast(self, kind: QAccessible.InterfaceType) -> VoidPtr:  # type: ignore[override]
        """Return what can be done to it, or what every widget has."""
        if kind == QAccessible.InterfaceType.ActionInterface:
            return described.address(self._action)
        return super().interface_cast(kind) or described.NOTHING  # type: ignore[return-value]
