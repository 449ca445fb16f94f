"""A goal of a lesson: what holds already, what does not, and why not yet."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from widgets.controls.labels import Label
from widgets.style import boxes
from widgets.style.themed import restyle
from widgets.values.lessons import LessonGoal


class GoalView(QFrame):
    """The conditions of a goal, each with a mark, and the reason in a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "reply")
        self.title, self.conditions, self.reason = Label(), Label(), Label()
        for part in (self.title, self.conditions, self.reason):
            part.setWordWrap(True)
        self.title.setProperty("role", "reply_title")
        boxes.column(self.title, self.conditions, self.reason, owner=self, spacing=4, margins=(10, 8, 10, 8))
        self.hide()

    def set_goal(self, goal: LessonGoal | None) -> None:
        """Show `goal`, or nothing."""
        self.setVisible(goal is not None)
        if goal is None:
            return
        for part in (self, self.title):
            restyle(part, "tone", "right" if goal.is_reached else "note")
        self.title.setText(goal.text)
        self.conditions.setText("\n".join(f"{'✓' if holds else '○'} {text}" for holds, text in goal.conditions))
        self.conditions.setVisible(bool(goal.conditions))
        self.reason.setText(goal.reason)
        self.reason.setVisible(bool(goal.reason) and not goal.conditions)
        self.setAccessibleName(f"{goal.text} {goal.reason}")
