"""The questions in words about the open circuit, one after the other."""

from __future__ import annotations

from collections.abc import Callable

from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.circuits.questions import Question, questions
from widgets.circuit_view.question_bar import QuestionBar
from widgets.values.circuits import QuestionState


class QuestionRound:
    """Asks the questions of the `current` circuit; `show` shows one of them, or with None that the round is over."""

    def __init__(
        self, current: Callable[[], OpenCircuit], show: Callable[[QuestionState | None], None], bar: QuestionBar
    ) -> None:
        """Connect `bar`."""
        self._current, self._show = current, show
        self._asked: tuple[Question, ...] = ()
        self._place, self._score = 0, 0
        self._chosen: int | None = None
        bar.option_picked.connect(self._on_option_picked)
        bar.next_requested.connect(self._on_next_requested)

    @property
    def is_running(self) -> bool:
        """Whether a question is asked."""
        return bool(self._asked)

    def begin(self) -> None:
        """Ask the first question, where the circuit has a value."""
        current = self._current()
        if current.evaluation is not None:
            self._asked = questions(current.circuit, current.evaluation)
            self._place, self._score, self._chosen = 0, 0, None
            self._show(self._state())

    def end(self) -> None:
        """Ask no more."""
        self._asked, self._chosen = (), None
        self._show(None)

    def _state(self) -> QuestionState | None:
        if not self._asked:
            return None
        question = self._asked[self._place]
        state = question.text, question.options, self._place + 1, len(self._asked), self._score
        if self._chosen is None:
            return QuestionState(*state)
        return QuestionState(*state, self._chosen, question.right, question.why)

    def _on_option_picked(self, option: int) -> None:
        if self._asked and self._chosen is None:
            self._chosen = option
            self._score += option == self._asked[self._place].right
            self._show(self._state())

    def _on_next_requested(self) -> None:
        if self._place + 1 >= len(self._asked):
            self.end()
        else:
            self._place, self._chosen = self._place + 1, None
            self._show(self._state())
