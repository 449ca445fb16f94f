"""A question of a lesson: choices, or a field for a number, and the button that answers."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QRadioButton, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import Label
from widgets.lessons.prose import Prose
from widgets.style import boxes, style
from widgets.values.lessons import LessonQuestion


class ChoiceRow(QWidget):
    """One choice, whose words wrap; a click on the words picks it."""

    def __init__(self, button: QRadioButton, words: Label, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button = button
        boxes.row((button, 0, Qt.AlignmentFlag.AlignTop), (words, 1), owner=self, spacing=2)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pick the choice."""
        if self._button.isEnabled() and self.rect().contains(event.position().toPoint()):
            self._button.setFocus()
            self._button.click()


class QuestionView(QFrame):
    """Asks one question; Enter answers, and the arrows choose.

    Signals
    -------
    chosen(int)
        The user picked a choice; it is not an answer yet.
    answered(str)
        The user pressed the button or Enter; what was typed, empty where nothing is typed.
    """

    chosen = Signal(int)
    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question: LessonQuestion | None = None
        self._has_returned = False  # whether Enter was pressed in the field just now
        self.ask = Prose()
        self.choices: list[QRadioButton] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(lambda index: self.chosen.emit(index))
        self._list = boxes.column(spacing=4)
        self.field = QLineEdit()
        self.field.setProperty("role", "answer")
        self.field.setMaxLength(40)
        self.field.setPlaceholderText("your number")
        self.field.setToolTip("Type a number: 0.25, −1.2, 3/4 or 1e-3. Enter checks it.")
        self.field.returnPressed.connect(self._on_returned)
        self.button = Button("Check", "Check the answer (Enter).", role="primary")
        self.button.clicked.connect(self._answer)
        row = boxes.row((self.field, 1), self.button, spacing=style.GRID)
        boxes.column(self.ask, self._list, row, owner=self, spacing=style.GRID)
        self.hide()

    def set_question(self, question: LessonQuestion | None) -> None:
        """Ask `question`, or nothing; what the user is typing stays while the question does. Never emits."""
        before, self._question = self._question, question
        self.setVisible(question is not None)
        if question is None:
            return
        self.ask.set_markdown(question.ask)
        if before is None or before.choices != question.choices:
            self._make_choices(question.choices)
        self._group.setExclusive(False)  # so that none may be picked
        for index, choice in enumerate(self.choices):
            choice.setChecked(index == question.chosen)
            choice.setEnabled(not question.is_frozen or index == question.chosen)
        self._group.setExclusive(True)
        self._fill_field(before, question)
        self.button.set_face(question.button.label, "", question.button.tooltip)
        self.button.setVisible(not question.is_frozen)
        self.button.setEnabled(question.is_ready and (not question.choices or question.chosen is not None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the key that has answered from what has the focus now: the field lets it pass."""
        if self._has_returned and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._has_returned = False
        else:
            super().keyPressEvent(event)

    def take_focus(self) -> None:
        """Give the focus to what is answered with."""
        if self.field.isVisibleTo(self) and self.field.isEnabled():
            self.field.setFocus()
        elif self.choices:
            picked = self._group.checkedButton() or self.choices[0]
            picked.setFocus()
        else:
            self.button.setFocus()

    def _make_choices(self, texts: tuple[str, ...]) -> None:
        for choice in self.choices:
            self._group.removeButton(choice)
        boxes.clear(self._list)
        self.choices = [QRadioButton() for _ in texts]
        for index, (choice, text) in enumerate(zip(self.choices, texts, strict=True)):
            words = Label(text)
            words.setWordWrap(True)
            words.setBuddy(choice)
            choice.setAccessibleName(text)
            choice.setToolTip(text)
            self._group.addButton(choice, index)
            self._list.addWidget(ChoiceRow(choice, words))

    def _fill_field(self, before: LessonQuestion | None, question: LessonQuestion) -> None:
        self.field.setVisible(question.takes_number)
        self.field.setReadOnly(question.is_frozen)
        self.field.setAccessibleName(f"Your answer: {self.ask.accessibleName()}")
        is_same = before is not None and (before.ask, before.takes_number) == (question.ask, question.takes_number)
        if question.typed or not is_same:
            with QSignalBlocker(self.field):
                if self.field.text() != question.typed:
                    self.field.setText(question.typed)

    def _on_returned(self) -> None:
        self._has_returned = True
        self._answer()

    def _answer(self) -> None:
        if self._question is not None and not self._question.is_frozen and self.button.isEnabled():
            self.answered.emit(self.field.text().strip() if self._question.takes_number else "")
