"""Teaching with a circuit: fold, make the two classic mistakes, ask a quiz, count the work."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QMenu, QWidget

from widgets.circuit_view.question_bar import QuestionBar
from widgets.controls.button import Button
from widgets.controls.elided_label import ElidedLabel
from widgets.controls.labels import Note
from widgets.style import boxes, numbers
from widgets.values import Choice
from widgets.values.circuits import QuestionState, QuizState

TIPS = {
    "add": "A demonstration of a mistake: where a value branches, keep only the last contribution instead of the sum.",
    "zero": "A demonstration of a mistake: keep the gradients of the last backward pass and add the new ones on top.",
    "fold": "Fold what can be folded: the staged sigmoid (−1·, exp, +1, 1/x) becomes one σ gate, local σ(1 − σ).",
    "unfold": "Open every bundle into its gates; the gradients stay the same.",
    "reveal": "Show the next hidden number, in the order in which they can be worked out.",
    "quiz": "Numbers to fill in, or questions with answers to choose from; every answer is explained.",
    "end": "End the quiz and show everything.",
}
QUIZZES = (
    Choice("forward", "Forward pass", "Hide the values of the gates: click a ? and type what the gate computes."),
    Choice("backward", "Backward pass", "Hide the gradients: click a ? and type downstream = upstream × local."),
    Choice("both", "Both passes", "Hide every value and every gradient: first forward, then backward."),
    Choice("words", "Questions in words", "Which gate routes? Where do gradients add? Choose an answer."),
)


class TeachingBar(QWidget):
    """Fold and unfold, the mistakes, the quiz and the count of derivative evaluations.

    Signals
    -------
    fold_requested(), unfold_requested()
        Bundle or expand.
    forget_to_add_toggled(bool), forget_to_zero_toggled(bool)
        The two mistakes.
    quiz_picked(str), quiz_ended()
        Begin a quiz, a key of ``QUIZZES``; end it.
    reveal_requested()
        Show the next hidden number.
    """

    fold_requested = Signal()
    unfold_requested = Signal()
    forget_to_add_toggled = Signal(bool)
    forget_to_zero_toggled = Signal(bool)
    quiz_picked = Signal(str)
    quiz_ended = Signal()
    reveal_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fold = Button("Fold", TIPS["fold"], "minus")
        self.unfold = Button("Unfold", TIPS["unfold"], "plus")
        self.forget_to_add = QCheckBox("forget to add")
        self.forget_to_zero = QCheckBox("forget to zero")
        self.forget_to_add.setToolTip(TIPS["add"])
        self.forget_to_zero.setToolTip(TIPS["zero"])
        self.quiz = Button("Quiz", TIPS["quiz"], "help")
        self.menu = QMenu(self)
        self.questions = QuestionBar()
        self.reveal = Button("Reveal next", TIPS["reveal"])
        self.count, self.verdict, self.mistake = ElidedLabel(), Note(""), Note()
        self._build()
        self.fold.clicked.connect(self.fold_requested)
        self.unfold.clicked.connect(self.unfold_requested)
        self.forget_to_add.toggled.connect(self.forget_to_add_toggled)
        self.forget_to_zero.toggled.connect(self.forget_to_zero_toggled)
        self.quiz.clicked.connect(self.quiz_ended)
        self.menu.triggered.connect(lambda action: self.quiz_picked.emit(str(action.data())))
        self.reveal.clicked.connect(self.reveal_requested)

    def set_folding(self, can_fold: bool, can_unfold: bool) -> None:
        """Enable folding and unfolding where there is something to fold or to unfold."""
        self.fold.setEnabled(can_fold)
        self.unfold.setEnabled(can_unfold)

    def set_mistakes(self, forget_to_add: bool, forget_to_zero: bool, effect: str = "") -> None:
        """Show which mistakes are on, and in a sentence what they do to the result. Never emits."""
        for box, on in ((self.forget_to_add, forget_to_add), (self.forget_to_zero, forget_to_zero)):
            with QSignalBlocker(box):
                box.setChecked(on)
        self.mistake.setText(effect)

    def set_count(self, backward: int, one_at_a_time: int) -> None:
        """Show the derivative evaluations of the backward pass beside one input at a time."""
        one, other = "Backprop computes {count} local derivative", "Backprop computes {count} local derivatives"
        computes = numbers.plural(backward, one, other)
        self.count.setText(f"{computes}; one input at a time would take {numbers.grouped(one_at_a_time)}.")

    def set_quiz(self, quiz: QuizState | None) -> None:
        """Show a running quiz and its last verdict; None ends it. Never emits."""
        self._offer_quizzes(quiz is None)
        for part in (self.verdict, self.reveal):
            part.setVisible(quiz is not None)
        if quiz is None:
            return
        score = f"{quiz.right} of {quiz.asked} right" + (
            f", {quiz.wrong} {'try' if quiz.wrong == 1 else 'tries'} missed" if quiz.wrong else ""
        )
        if quiz.verdict is None:
            self.verdict.setText(f"{score}. Type the number in the open field and press Enter, or click another ?.")
            return
        mark = "✓" if quiz.verdict.right else "✗"
        said = "" if quiz.verdict.right else f"{quiz.verdict.typed} is not it, try again. "
        self.verdict.setText(f"{score}  {mark} {said}{quiz.verdict.derivation}")

    def set_question(self, question: QuestionState | None) -> None:
        """Show a question in words; None ends them. Never emits."""
        self.questions.set_question(question)
        self._offer_quizzes(question is None)

    def _offer_quizzes(self, on: bool) -> None:
        """Let the button offer the quizzes, or end the one that runs."""
        self.quiz.setMenu(self.menu if on else None)  # type: ignore[arg-type]
        if on:
            self.quiz.set_face("Quiz", "help", TIPS["quiz"])
        else:
            self.quiz.set_face("End quiz", "close", TIPS["end"])

    def _build(self) -> None:
        self.menu.setToolTipsVisible(True)
        for choice in QUIZZES:
            action = self.menu.addAction(choice.label)
            action.setData(choice.key)
            action.setToolTip(choice.tooltip)
        self.quiz.setMenu(self.menu)
        self.count.setProperty("role", "secondary")
        self.count.setToolTip(
            "Local derivatives evaluated by one backward pass, all inputs at once, beside what pushing one input "
            "at a time through the circuit would take."
        )
        self.reveal.hide()
        mistakes = self.forget_to_add, self.forget_to_zero
        quiz = self.quiz, self.reveal, (self.count, 1)
        row = boxes.row(self.fold, self.unfold, 8, *mistakes, 8, *quiz, spacing=6)
        boxes.column(row, self.mistake, self.verdict, self.questions, owner=self, spacing=4)
