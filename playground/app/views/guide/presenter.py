"""Guide ↔ session: offers the first lesson once, and leads through the tour."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from playground.app.views.guide.tour import STOPS, Act
from playground.app.views.lessons.targets import Targets
from playground.document.selection import Selection
from playground.engine.messages import message
from playground.files.settings import Settings
from playground.lessons.lesson import Lesson, has_cards
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.lessons.guide_card import GuideCardView
from widgets.lessons.ring import Ring
from widgets.values import Choice
from widgets.values.lessons import GuideCard

EXPLORE = Choice("explore", "Explore", "Close this card for good; lessons stay in the Learn menu.")
END = Choice("end", "End the tour", "Close this card; Help → Tour begins again.")
CLOSE = Choice("end", "Close", "Close this card.")
DONE = Choice("done", "Close", "Close this card; the next lesson stays in the Learn menu.")
FIRST = GuideCard(
    "New to backpropagation?",
    "Lesson 1 shows what a neuron computes: predict, then see.",
    (Choice("lesson", "Start lesson 1 (10 minutes)", "Open the first lesson; your document is put aside."), EXPLORE),
)


_EXPLORING: tuple[Act, ...] = ("play", "slow_motion")


class GuidePresenter:
    """Shows one card at a time in `card`, and points at what it means with `ring`."""

    def __init__(
        self,
        session: Session,
        slow_motion: SlowMotion,
        settings: Settings,
        card: GuideCardView,
        ring: Ring,
        targets: Targets,
        start_first_lesson: Callable[[], object],
    ) -> None:
        """Show nothing yet."""
        self._session, self._slow_motion, self._settings = session, slow_motion, settings
        self._card, self._ring, self._targets = card, ring, targets
        self._start_first_lesson = start_first_lesson
        self._stop: int | None = None  # of the tour; as many as there are: it is over
        self._seen = session.selection
        self._go_on: Callable[[], object] | None = None  # to what comes after a lesson that is finished
        card.answered.connect(self._on_answered)
        session.playing_changed.connect(lambda playing: self._on_act("play" if playing else "pause"))
        session.selection_changed.connect(self._on_selection_changed)
        slow_motion.moved.connect(lambda: self._on_act("slow_motion"))

    def greet(self) -> None:
        """Offer the first lesson, unless the user has answered that before."""
        if not self._settings.is_greeted:
            self._card.set_card(FIRST)

    def say_finished(
        self, lesson: Lesson, following: tuple[int, Lesson] | None, take: Callable[[Lesson], object]
    ) -> None:
        """Say that `lesson` is finished, and offer to `take` the `following` one, which comes with its number."""
        template = "“{title}” is finished."
        if has_cards(lesson):
            template = "“{title}” is finished. Its questions come back tomorrow: Learn → Review."
        answers: tuple[Choice, ...] = (DONE,)
        if following is not None:
            number, after = following
            label = message("Start lesson {number} ({minutes} minutes)", number=number, minutes=after.minutes)
            tip = message("Open “{title}”; your document is put aside.", title=after.title)
            answers = (Choice("next", label, tip), DONE)
        self._go_on = partial(take, following[1]) if following else lambda: None
        self._card.set_card(GuideCard(message("Well done."), message(template, title=lesson.title), answers))
        self._card.take_focus()

    def withdraw(self) -> None:
        """Take the offer back: a file is open, or the user explores without it. A tour goes on."""
        if self._stop is None and (self._go_on is not None or not self._settings.is_greeted):
            self.dismiss()

    def dismiss(self) -> None:
        """Take the card away: the user has found the lessons, or is at something else."""
        self._settings.is_greeted = True
        self._end()

    def start_tour(self) -> None:
        """Lead through the tour, from iteration 0."""
        self._settings.is_greeted = True
        self._slow_motion.cancel()
        self._session.reset()
        self._session.select(node=None, edge=None)
        self._seen = self._session.selection
        self._go_to(0)

    # ---- inside --------------------------------------------------------------------------------

    def _go_to(self, stop: int) -> None:
        self._stop = stop
        done = tuple(index < stop for index in range(len(STOPS)))
        if stop == len(STOPS):
            self._ring.clear()
            text = message("You have seen it all: train, inspect, choose an example, take a step apart.")
            lesson = FIRST.answers[0]
            self._card.set_card(GuideCard(message("That was the tour."), text, (lesson, CLOSE), done))
            return
        word = message("Tour, {stop} of {stops}", stop=stop + 1, stops=len(STOPS))
        self._card.set_card(GuideCard(word, STOPS[stop].text, (END,), done))
        target = self._targets.of_place(STOPS[stop].place)
        if target is not None:
            self._ring.point_at(*target)

    def _on_act(self, act: Act) -> None:
        if act in _EXPLORING:
            self.withdraw()
        if self._stop is not None and self._stop < len(STOPS) and STOPS[self._stop].act == act:
            self._go_to(self._stop + 1)

    def _on_selection_changed(self, selection: Selection) -> None:
        before, self._seen = self._seen, selection
        if selection.node is not None and selection.node != before.node:
            self._on_act("select")
        if selection.example != before.example:
            self._on_act("example")

    def _on_answered(self, key: str) -> None:
        go_on = self._go_on
        self.dismiss()
        if key == "lesson":
            self._start_first_lesson()
        elif key == "next" and go_on is not None:
            go_on()

    def _end(self) -> None:
        if self._stop is not None:
            self._ring.clear()
        self._stop = self._go_on = None
        self._card.set_card(None)
