"""The line of questions while numbers are hidden: what is asked, a field for it, what became of the last answer."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QWidget

from widgets.controls.button import Button
from widgets.controls.elided_label import ElidedLabel
from widgets.controls.labels import Label, ScaledLabel
from widgets.style import boxes, style
from widgets.style.themed import Themed, restyle
from widgets.values.veil import PredictState

_ROLES = {"right": "", "wrong": "error", "plain": "secondary"}


class PredictBar(Themed, QFrame):
    """Asks one hidden number after the other; there while something is hidden, and until its last reply is read.

    Signals
    -------
    answered(str)
        What was typed for the number that is asked.
    reveal_clicked()
        The user wants to see the number.
    end_clicked()
        The user wants to see everything, or has read the last reply.
    """

    answered = Signal(str)
    reveal_clicked = Signal()
    end_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.setProperty("quiet", True)
        self.setAccessibleName("Predict")
        self.count = Label()
        self.count.setStyleSheet("font-weight: bold;")
        self.question, self.reply = ElidedLabel(), ScaledLabel(8.0, style.sans)
        self.reply.setWordWrap(True)
        self.reply.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.reply.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.field = QLineEdit()
        self.field.setMaxLength(60)
        self.field.setPlaceholderText("answer")
        self.field.returnPressed.connect(self._on_returned)
        self.check = Button("Check", "Compare your answer (Enter); about three right digits are enough.")
        self.reveal = Button("Reveal", "Show this number and go on to the next one (F7).")
        self.end = Button("Show all", "Show every hidden number and end the prediction (F8).")
        self.check.clicked.connect(self._on_returned)
        self.reveal.clicked.connect(lambda: self.reveal_clicked.emit())
        self.end.clicked.connect(lambda: self.end_clicked.emit())
        asking = boxes.row(self.count, (self.question, 1), self.reveal, self.end, spacing=8)
        answering = boxes.row(self.field, self.check, (self.reply, 1), spacing=8)
        boxes.column(asking, answering, owner=self, spacing=2, margins=(10, 4, 10, 4))
        self.take_theme()
        self.hide()

    def set_state(self, state: PredictState) -> None:
        """Show the question and the reply; nothing to ask and nothing to say hides the line. Never emits."""
        is_asking = bool(state.question)
        if not is_asking or state.question != self.question.text():
            self.field.clear()
        self.count.setText(f"Predict {state.number} of {state.count}" if is_asking else "Predict")
        self.question.setText(f"{state.question}: {state.waits}" if state.waits else state.question)
        self.field.setAccessibleName(f"Your answer: {state.question}")
        self.field.setToolTip(f"Type the {state.question} and press Enter. Arithmetic such as 0.5*−2 is read too.")
        for part in (self.field, self.check, self.reveal):
            part.setVisible(is_asking and not state.waits)
        self.end.set_face("Show all" if is_asking else "Close", "")
        self.reply.setText(state.reply)
        self.reply.setToolTip(state.reply)
        restyle(self.reply, "role", _ROLES[state.tone])
        self.setVisible(is_asking or bool(state.reply))

    def begin_typing(self) -> None:
        """Give the keyboard to the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends the prediction."""
        if event.key() == Qt.Key.Key_Escape:
            self.end_clicked.emit()
        else:
            super().keyPressEvent(event)

    def take_theme(self) -> None:
        """Keep room for a number with its digits."""
        self.reply.setFixedHeight(2 * QFontMetrics(style.sans(8.0)).lineSpacing())
        self.field.setFont(style.mono(9.0))
        self.field.setFixedWidth(self.field.fontMetrics().horizontalAdvance("−0.00000000") + 30)

    def minimumSizeHint(self) -> QSize:
        """Let the question give way before the buttons do."""
        return QSize(320, super().minimumSizeHint().height())

    def _on_returned(self) -> None:
        if text := self.field.text().strip():
            self.field.selectAll()
            self.answered.emit(text)
