"""Lesson panel ↔ player: the page of the present step, its goal watched live, and what the learner does."""

from __future__ import annotations

from collections.abc import Callable

from playground.app.views.lessons import goal_reading, reading
from playground.app.views.lessons.player import LessonPlayer
from playground.app.views.lessons.practice import REVIEW
from playground.app.views.scheduling import READINGS, Aspect, Scheduler
from playground.lessons.lesson import Goal, Lesson
from playground.session.session import Session
from widgets.frame.transport_bar import TransportBar
from widgets.lessons.lesson_panel import LessonPanel
from widgets.values.lessons import LessonGoal, LessonList, LessonRow

GOAL_LOOKS = 5.0
"""How often a second a goal is looked at while training plays."""


class LessonPresenter:
    """Shows what `player` plays; without a lesson, the list of them."""

    def __init__(
        self,
        session: Session,
        scheduler: Scheduler,
        player: LessonPlayer,
        panel: LessonPanel,
        transport: TransportBar,
        lessons: Callable[[], tuple[Lesson, ...]],
        open_lesson: Callable[[str], object],
    ) -> None:
        """Connect `panel` to `player`; `transport` shows the goal.

        The list is of `lessons`, and picking one calls `open_lesson`.
        """
        self._session, self._player, self._panel, self._transport = session, player, panel, transport
        self._lessons = lessons
        self._goal: LessonGoal | None = None
        self._fault = ""
        panel.back_clicked.connect(player.back)
        panel.next_clicked.connect(player.next)
        panel.leave_clicked.connect(player.leave)
        panel.help_clicked.connect(player.answers.help)
        panel.chosen.connect(player.answers.choose)
        panel.answered.connect(player.answers.answer)
        panel.card_opened.connect(player.answers.open_card)
        panel.card_judged.connect(player.answers.judge_card)
        panel.lesson_picked.connect(open_lesson)
        self._view = scheduler.add(panel, self._show, Aspect.OWN)
        self._watch = scheduler.add(
            transport, self._look_at_goal, READINGS | Aspect.SELECTION, times=GOAL_LOOKS, light=True
        )
        player.changed.connect(self._on_changed)
        player.step_entered.connect(self._on_step_entered)
        player.progress_changed.connect(self._view.refresh)

    def take_focus(self) -> None:
        """Give the focus to what the step waits for."""
        self._panel.take_focus()

    def set_fault(self, fault: str) -> None:
        """Show why the file of the lesson cannot be read as it is now; empty when it can."""
        if fault != self._fault:
            self._fault = fault
            self._view.refresh()

    # ---- inside --------------------------------------------------------------------------------

    def _on_changed(self) -> None:
        self._look_at_goal(Aspect.OWN)
        self._view.refresh()

    def _on_step_entered(self) -> None:
        self._on_changed()
        self._panel.take_focus()

    def _look_at_goal(self, _changed: Aspect) -> None:
        """Judge the goal of the present step, and let the player know when it is reached."""
        visit = self._player.visit
        question = visit.step.question if visit else None
        goal = None
        if visit is not None and isinstance(question, Goal):
            goal = goal_reading.goal_of(
                question, self._session.snapshot(), self._session.selection, visit.state.successes,
                is_done=visit.state.is_done,
            )  # fmt: skip
        if goal != self._goal:
            self._goal = goal
            self._transport.set_goal(goal_reading.chip_of(goal))
            self._view.refresh()
        if goal is not None and goal.is_reached:
            self._player.answers.reach()

    def _show(self, _changed: Aspect) -> None:
        player, visit = self._player, self._player.visit
        if visit is None:
            self._panel.set_list(self._list())
            return
        done = tuple(visit.states[i].is_done if i in visit.states else False for i in range(len(visit.lesson.steps)))
        self._panel.set_page(
            reading.page_of(
                visit.lesson, visit.index, visit.state, done, depth=self._session.document.depth,
                can_go_on=player.can_go_on, is_running=player.is_running, goal=self._goal, drill=visit.drill,
                fault=self._fault,
            )
        )  # fmt: skip

    def _list(self) -> LessonList:
        rows = []
        for number, lesson in enumerate(self._lessons(), start=1):
            is_done, step = self._player.progress.is_finished(lesson), self._player.progress.step_of(lesson)
            rows.append(LessonRow(lesson.name, f"{number} · {lesson.title}",
                                  reading.detail_of(lesson, step, is_done=is_done), is_done))  # fmt: skip
        if due := len(self._player.progress.due_cards()):
            rows.insert(0, LessonRow(REVIEW, "Review", f"{reading.count_text(due)} due"))
        return LessonList("Lessons", reading.LIST_LEAD, tuple(rows), self._fault)
