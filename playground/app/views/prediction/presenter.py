"""Line of questions ↔ session: asks the hidden numbers one after the other, and says what became of an answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from playground.app.views.names import quantity_title
from playground.app.views.prediction.questions import questions
from playground.app.views.scheduling import Aspect, Scheduler
from playground.document.quantity import Quantity
from playground.document.veil import Veil
from playground.session.prediction import Reply
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.frame.predict_bar import PredictBar
from widgets.style import numbers
from widgets.values.veil import PredictState


class PredictionPresenter:
    """Shows the question and the reply, and begins and ends predictions."""

    def __init__(
        self, session: Session, scheduler: Scheduler, slow_motion: SlowMotion, panel: QWidget, bar: PredictBar
    ) -> None:
        """Connect `bar`, which `panel` holds, to the predictions of `session`; `slow_motion` says what is computed."""
        self._session, self._slow, self._bar = session, slow_motion, bar
        self._prediction = session.prediction
        self._reply: Reply | None = None
        self.is_lesson: Callable[[], bool] = lambda: False  # whether a lesson asks, in its own panel
        self._prediction.replied.connect(self._on_replied)
        bar.answered.connect(self._on_answered)
        bar.reveal_clicked.connect(self.reveal_next)
        bar.end_clicked.connect(self._end)
        self._view = scheduler.add(panel, self.show, Aspect.VEIL | Aspect.DOCUMENT)
        slow_motion.moved.connect(self._view.refresh)
        slow_motion.ended.connect(self._view.refresh)

    def toggle(self) -> None:
        """Hide the numbers of the selection and ask for them; while something is hidden, show everything."""
        if self.is_lesson():
            self._session.note("A lesson is open: it asks in its own panel, where Show me shows a number.")
            return
        if self._prediction.veil.hidden:
            self._end()
            return
        self._reply = None
        self._session.pause()
        asked = questions(self._session.run.network, self._session.selection)
        self._session.set_veil(Veil())
        self._prediction.ask(asked)
        self._bar.begin_typing()

    def reveal_next(self) -> None:
        """Show the next hidden number; say where to begin when none is hidden."""
        hidden = self._prediction.veil.hidden
        if self.is_lesson() or not hidden:
            self._session.note("Nothing is hidden: F8 hides the numbers of what is selected.")
        elif (asked := self._asked()) is None:
            title = quantity_title(self._session.snapshot(), hidden[0])
            self._session.note(f"{title[:1].upper()}{title[1:]}: {self._waits(hidden[0])}.")
        else:
            self._prediction.reveal(asked)

    def show(self, _changed: Aspect) -> None:
        """Show the present question and the last reply."""
        veil = self._prediction.veil
        if self.is_lesson():
            self._bar.set_state(PredictState())
            return
        reply, tone = self._words()
        if not veil.hidden:
            self._bar.set_state(PredictState(reply=reply, tone=tone))
            return
        asked = [question.quantity for question in veil.questions]
        present = self._asked()
        shown = present or veil.hidden[0]
        question = quantity_title(self._session.snapshot(), shown)
        waits = "" if present else self._waits(shown)
        self._bar.set_state(PredictState(question, asked.index(shown) + 1, len(asked), reply, tone, waits))

    def _asked(self) -> Quantity | None:
        """Return the first hidden number that is computed by now: in slow motion not every one is."""
        cursor, depth = self._slow.cursor, self._session.run.network.depth
        hidden = self._prediction.veil.hidden
        return next((one for one in hidden if cursor is None or cursor.has(one.of, one.place(depth))), None)

    def _waits(self, quantity: Quantity) -> str:
        """Return which phase of slow motion computes a number that is not computed yet."""
        cursor, place = self._slow.cursor, quantity.place(self._session.run.network.depth)
        assert cursor is not None
        phase = next(one for at, one in enumerate(cursor.phases) if cursor.at(at).has(quantity.of, place))
        return f"computed in the phase {phase.label} (F10 goes on)"

    def _words(self) -> tuple[str, str]:
        """Return the last reply in words, and its tone."""
        reply, network, data = self._reply, self._session.run.network, self._session.run.data
        if reply is None or not reply.quantity.is_in(network, data):  # that network is gone
            return "", "plain"
        title = quantity_title(self._session.snapshot(), reply.quantity)
        if reply.judgement == "unreadable":
            return f"Your answer: {reply.explanation}", "wrong"
        if reply.value is None:
            return f"✗ Not yet: {reply.explanation or f'{reply.typed} is not the {title}.'}", "wrong"
        equals = "=" if numbers.is_exact(reply.value) else numbers.APPROXIMATELY
        verdict = "✓ Right" if reply.judgement == "right" else "Revealed"
        ended = "" if self._prediction.veil.hidden else self._result()
        return f"{verdict}: {title} {equals} {numbers.four(reply.value)}. {ended}".strip(), "right"

    def _result(self) -> str:
        veil = self._prediction.veil
        tries = numbers.plural(veil.wrong, "{count} answer was not right", "{count} answers were not right")
        right = f"You predicted {len(veil.solved)} of {len(veil.questions)}"
        return f"{right}; {tries}." if veil.wrong else f"{right}."

    def _on_answered(self, typed: str) -> None:
        if (asked := self._asked()) is not None:
            self._prediction.answer(asked, typed)

    def _on_replied(self, reply: Reply) -> None:
        if self.is_lesson():
            return
        self._reply = reply
        self._session.note(self._words()[0])
        self._view.refresh()

    def _end(self) -> None:
        self._reply = None
        self._prediction.end()
        self._view.refresh()
