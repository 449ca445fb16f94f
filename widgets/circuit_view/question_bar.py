"""A question in words with its options as buttons; after a choice, what is right and why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from widgets.controls.button import Button
from widgets.controls.labels import Note, ScaledLabel, secondary
from widgets.style import boxes, style
from widgets.values.circuits import QuestionState


class QuestionBar(QWidget):
    """One question at a time.

    Signals
    -------
    option_picked(int)
        Which option was chosen, counted from 0.
    next_requested()
        The next question; after the last one, the end.
    """

    option_picked = Signal(int)
    next_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[str, ...] = ()
        self.count, self.text = secondary(wrap=False), ScaledLabel(10.0, style.sans, bold=True)
        self.options: list[Button] = []
        self.why = Note("")
        self.next = Button("Next question", "Go to the next question.", "step", role="primary", icon_after=True)
        self._row = boxes.row(spacing=6)
        head = boxes.row(self.count, (self.text, 1), spacing=8)
        foot = boxes.row(self._row, boxes.STRETCH, self.next, spacing=8)
        boxes.column(head, foot, self.why, owner=self, spacing=4)
        self.next.clicked.connect(self.next_requested)
        self.hide()

    def set_question(self, question: QuestionState | None) -> None:
        """Show a question, open or answered; None shows none. Never emits."""
        self.setVisible(question is not None)
        if question is None:
            self._shown = ()
            return
        if question.options != self._shown:
            self._rebuild(question.options)
        is_open = question.chosen is None
        self.count.setText(f"{question.number} / {question.count} · {question.score} right")
        self.text.setText(question.text)
        for k, button in enumerate(self.options):
            mark = "✓ " if k == question.right else "✗ " if k == question.chosen else ""
            button.set_face(f"{mark}{question.options[k]}", "")
            button.setEnabled(is_open)
        self.why.setText(
            "" if is_open else f"{'✓ Right.' if question.chosen == question.right else '✗ No.'} {question.why}"
        )
        self.next.set_face("End the quiz" if question.number == question.count else "Next question", "step")
        self.next.setEnabled(not is_open)

    def _rebuild(self, options: tuple[str, ...]) -> None:
        boxes.clear(self._row)
        self._shown = options
        self.options = [Button(option, f"Answer: {option}") for option in options]
        for k, button in enumerate(self.options):
            button.clicked.connect(lambda _checked=False, k=k: self.option_picked.emit(k))
            self._row.addWidget(button)
