"""LessonProgress: what a learner has done, in one file of the program's own folder, written at each step."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import msgspec

from playground.files import storage
from playground.files.error_messages import DocumentError
from playground.files.folders import own_folder
from playground.lessons.drills.ladder import Standing
from playground.lessons.lesson import Lesson, Recall
from playground.lessons.recall import Card, after, due, first

FILE, DAMAGED = "progress.json", "damaged-progress.json"
MOST_BYTES = 8 * 2**20


@dataclass(frozen=True, slots=True)
class LessonRecord:
    """What is known of one lesson; steps are named by their headings, so that a newer version finds its own."""

    step: int = 0
    heading: str = ""  # of that step
    done: tuple[str, ...] = ()  # headings of the steps that are done
    answers: dict[str, str] = field(default_factory=dict)  # by the headings of their steps: a choice's index, a number
    shown: tuple[str, ...] = ()  # headings of the steps whose number the program has shown
    is_finished: bool = False


@dataclass(frozen=True, slots=True)
class CardRecord:
    """A card that comes back."""

    answer: str
    card: Card


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that the file holds."""

    format: int = 1
    open: str = ""  # the lesson that was open when the window was left
    hidden: tuple[str, ...] = ()  # the panels that it keeps out of sight
    drills: dict[str, Standing] = field(default_factory=dict)
    cards: dict[str, CardRecord] = field(default_factory=dict)  # by their questions
    lessons: dict[str, LessonRecord] = field(default_factory=dict)


class LessonProgress:
    """Reads the file once, and writes it whole with each change; where that fails, progress holds until the end."""

    def __init__(
        self,
        report: Callable[[str], object] = lambda _problem: None,
        base: Path | None = None,
        today: Callable[[], int] = lambda: date.today().toordinal(),
    ) -> None:
        """Keep the file in our data folder, or in `base`; `report` takes what goes wrong, once."""
        self._report, self._base, self._today = report, base, today
        self._known: Records | None = None
        self._is_reported = False

    @property
    def records(self) -> Records:
        """What is known."""
        if self._known is None:
            self._known = self._read()
        return self._known

    @property
    def open_lesson(self) -> str:
        """The name of the lesson that was open when the window was left; empty for none."""
        return self.records.open

    @property
    def hidden_panels(self) -> tuple[str, ...]:
        """The panels that that lesson has kept out of sight."""
        return self.records.hidden

    def step_of(self, lesson: Lesson) -> int:
        """Return the step at which the learner left `lesson`, found by its heading where the file has changed."""
        known = self._of(lesson)
        headings = [step.heading for step in lesson.steps]
        if known.heading in headings and headings[min(known.step, len(headings) - 1)] != known.heading:
            return headings.index(known.heading)
        return min(known.step, len(headings) - 1)

    def done_of(self, lesson: Lesson) -> frozenset[int]:
        """Return the steps that are done."""
        done = self._of(lesson).done
        return frozenset(index for index, step in enumerate(lesson.steps) if step.heading in done)

    def is_finished(self, lesson: Lesson) -> bool:
        """Return whether the learner has come to the end of `lesson`."""
        return self._of(lesson).is_finished

    def reach(self, lesson: Lesson, index: int) -> None:
        """Remember that the learner is at step `index` of `lesson`, which is open."""
        step = replace(self._of(lesson), step=index, heading=lesson.steps[index].heading)
        self._keep(replace(self._with(lesson, step), open=lesson.name))

    def answers_of(self, lesson: Lesson) -> dict[int, str]:
        """Return what was answered at the steps that are done."""
        answers = self._of(lesson).answers
        return {i: answers[step.heading] for i, step in enumerate(lesson.steps) if step.heading in answers}

    def shown_of(self, lesson: Lesson) -> frozenset[int]:
        """Return the steps that are done whose number the program has shown."""
        shown = self._of(lesson).shown
        return frozenset(index for index, step in enumerate(lesson.steps) if step.heading in shown)

    def settle(self, lesson: Lesson, index: int, answer: str = "", *, is_shown: bool = False) -> None:
        """Remember that step `index` is done, what its `answer` was, and whether the program has shown it."""
        known, heading = self._of(lesson), lesson.steps[index].heading
        after = replace(
            known,
            done=_with(known.done, heading),
            answers={**known.answers, heading: answer} if answer else known.answers,
            shown=_with(known.shown, heading) if is_shown else known.shown,
        )
        if after != known:
            self._keep(self._with(lesson, after))

    def standing_of(self, drill: str) -> Standing:
        """Return how far the learner is in a kind of drill."""
        return self.records.drills.get(drill, Standing())

    def stand(self, drill: str, standing: Standing) -> None:
        """Remember how far the learner is in a kind of drill."""
        if standing != self.standing_of(drill):
            self._keep(replace(self.records, drills={**self.records.drills, drill: standing}))

    # ---- cards ---------------------------------------------------------------------------------

    def due_cards(self) -> tuple[tuple[str, str], ...]:
        """Return question and answer of every card that is due today, the longest due first."""
        cards = self.records.cards
        return tuple(
            (ask, cards[ask].answer) for ask in due({ask: one.card for ask, one in cards.items()}, self._today())
        )

    def judge(self, card: Recall, *, knew: bool) -> None:
        """Remember whether the learner knew a card: it comes back tomorrow, or after a longer time."""
        cards, today = dict(self.records.cards), self._today()
        known = cards.pop(card.ask, None)
        if known is None:
            cards[card.ask] = CardRecord(card.answer, first(today))
        elif (later := after(known.card, knew=knew, today=today)) is not None:
            cards[card.ask] = CardRecord(card.answer, later)
        self._keep(replace(self.records, cards=cards))

    # ---- the whole -----------------------------------------------------------------------------

    def finish(self, lesson: Lesson) -> None:
        """Remember that `lesson` is done; it begins at its first step when it is taken again."""
        self._keep(self._with(lesson, LessonRecord(is_finished=True)))

    def close(self) -> None:
        """Remember that no lesson is open."""
        if self.records.open:
            self._keep(replace(self.records, open="", hidden=()))

    def hide(self, docks: tuple[str, ...]) -> None:
        """Remember which panels the lesson keeps out of sight: after a crash they come back."""
        if docks != self.records.hidden:
            self._keep(replace(self.records, hidden=docks))

    def forget(self) -> None:
        """Forget everything."""
        self._keep(Records())

    # ---- inside --------------------------------------------------------------------------------

    def _of(self, lesson: Lesson) -> LessonRecord:
        return self.records.lessons.get(lesson.name, LessonRecord())

    def _with(self, lesson: Lesson, record: LessonRecord) -> Records:
        return replace(self.records, lessons={**self.records.lessons, lesson.name: record})

    def _path(self) -> Path:
        return own_folder("lessons", self._base) / FILE

    def _read(self) -> Records:
        try:
            path = self._path()
            if not path.exists():
                return Records()
            data = storage.read(path, MOST_BYTES, "file of progress")
        except DocumentError as error:
            self._tell(f"{error}. Lessons start from the beginning in this window")
            return Records()
        try:
            return msgspec.json.decode(data, type=Records)
        except (msgspec.DecodeError, RecursionError):
            with suppress(OSError):
                path.replace(path.with_name(DAMAGED))
            kept = f"it is kept in {DAMAGED}, and lessons start from the beginning"
            self._tell(f"{path}: the progress of lessons cannot be read; {kept}")
            return Records()

    def _keep(self, records: Records) -> None:
        self._known = records
        try:
            storage.write(self._path(), msgspec.json.encode(records), private=True)
        except DocumentError as error:
            self._tell(f"Progress of lessons is not kept: {error}")

    def _tell(self, problem: str) -> None:
        if not self._is_reported:
            self._is_reported = True
            self._report(problem)


def _with(headings: tuple[str, ...], heading: str) -> tuple[str, ...]:
    return headings if heading in headings else (*headings, heading)
