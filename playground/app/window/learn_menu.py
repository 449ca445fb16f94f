"""LearnMenu: the lessons with minutes and progress, filled each time it opens; the button *Learn* opens it too."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from playground.app.views.lessons.reading import count_text, detail_of
from playground.app.window.lessons_opener import LessonsOpener

IN_A_LESSON = ("next_step", "previous_step", "leave_lesson")
"""The actions that mean something only while a lesson is taken."""


class LearnMenu:
    """Keeps the lessons at the head of the *Learn* menu, and its actions enabled while they mean something."""

    def __init__(self, menu: QMenu, lessons: LessonsOpener, actions: Mapping[str, QAction]) -> None:
        """Fill `menu` whenever it opens; its own `actions` stand below."""
        review = actions["review"]
        self._menu, self._lessons = menu, lessons
        self._within = [actions[key] for key in IN_A_LESSON]
        self._rest = menu.actions()
        self._entries: list[QAction] = []
        self._practice = QMenu("Pra&ctice", menu)
        self._practice.setToolTipsVisible(True)
        menu.insertMenu(review, self._practice)
        self._rest.insert(self._rest.index(review), self._practice.menuAction())
        self._review = review
        self._practice.aboutToShow.connect(self._fill_practice)
        menu.aboutToShow.connect(self.fill)
        lessons.player.step_entered.connect(self._on_step_entered)
        self._on_step_entered()

    def open_at(self, button: QWidget) -> None:
        """Open the menu below `button`."""
        self._menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def fill(self) -> None:
        """Put the lessons in their present state at the head."""
        progress, lessons = self._lessons.player.progress, self._lessons.shipped()
        if not self._entries:
            self._entries = [self._entry_of(lesson.name) for lesson in lessons]
            self._menu.insertSeparator(self._rest[0])
        for number, (lesson, entry) in enumerate(zip(lessons, self._entries, strict=True), start=1):
            is_done = progress.is_finished(lesson)
            detail = detail_of(lesson, progress.step_of(lesson), is_done=is_done)
            entry.setText(f"{number} · {lesson.title}\t{detail}".replace("&", "&&"))
            entry.setToolTip(f"{lesson.title}: {detail}.")
        due = len(progress.due_cards())
        self._review.setText(f"&Review\t{count_text(due)} due" if due else "&Review")

    def _on_step_entered(self) -> None:
        for action in self._within:
            action.setEnabled(self._lessons.player.visit is not None)

    def _entry_of(self, name: str) -> QAction:
        action = QAction(self._menu)
        action.triggered.connect(lambda: self._lessons.open(name))
        self._menu.insertAction(self._rest[0], action)
        return action

    def _fill_practice(self) -> None:
        from playground.lessons.drills.ladder import KINDS  # here: a start without practice loads none
        from playground.lessons.drills.task import LEVELS

        self._practice.clear()
        for kind in KINDS.values():
            level = self._lessons.player.progress.standing_of(kind.name).level
            action = self._practice.addAction(f"{kind.label}\tlevel {level} of {LEVELS}".replace("&", "&&"))
            action.setToolTip(f"Generated tasks, as hard as you are good: {kind.label}.")
            action.triggered.connect(lambda _checked=False, name=kind.name: self._lessons.practise(name))
