"""Learner: what a monkey does in lessons, in practice and review, with hidden numbers and with *Why?*.

Each gesture goes to a place that blind clicking would seldom reach, and does something there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QRadioButton, QWidget

from playground.document.changes import with_data
from playground.document.ready import READY, ReadyDocument
from playground.lessons.drills.ladder import KINDS
from widgets.controls.button import Button
from widgets.lessons.lesson_panel import LessonPanel
from widgets.style.parts import parts_of

if TYPE_CHECKING:
    from tests.soak.monkey import Monkey

T = TypeVar("T")
NUMBERS = ("0", "1", "-1", "0.5", "3/4", "1e-3", "−2", "nan", "x")
ASKING = (Qt.Key.Key_W, Qt.Key.Key_H, Qt.Key.Key_Question, Qt.Key.Key_W)
WALKING = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return)


class Learner:
    """The part of `monkey` that learns."""

    def __init__(self, monkey: Monkey) -> None:
        """Learn in the window of `monkey`."""
        self._monkey, self._parts = monkey, monkey.window.parts

    def gestures(self) -> tuple[tuple[int, Callable[[], str]], ...]:
        """Return each gesture with its weight among all."""
        return (
            (4, self.lesson), (14, self.study), (2, self.leave), (4, self.predict), (4, self.why),
            (2, self.templates), (4, self.page), (3, self.gates),
        )  # fmt: skip

    def places(self) -> list[tuple[str, Callable[[], object]]]:
        """Return what a tour opens once: each lesson, each kind of practice, each ready document."""
        lessons = self._parts.lessons
        found: list[tuple[str, Callable[[], object]]] = []
        found += [(f"lesson {one.name}", lambda one=one: lessons.take(one, at=0)) for one in lessons.shipped()]
        found += [(f"practice {kind}", lambda kind=kind: lessons.practise(kind)) for kind in KINDS]
        found.append(("leave the lesson", lessons.leave))
        found += [(ready.label, lambda one=ready: self._open(one)) for ready in READY.values()]
        found.append(("templates of digits", self._show_digits))
        return found

    # ---- lessons ---------------------------------------------------------------------------------

    def lesson(self) -> str:
        """Take a lesson at any step, tasks of any kind, the cards that are due, or a lesson of the own."""
        lessons, chance = self._parts.lessons, self._monkey.random.random()
        if chance < 0.5:
            lesson = self._one(lessons.shipped())
            step = int(self._monkey.random.integers(len(lesson.steps)))
            lessons.take(lesson, at=step if self._monkey.random.random() < 0.7 else None)
            return f"lesson {lesson.name} at {step}"
        if chance < 0.8:
            kind = self._one(tuple(KINDS))
            lessons.practise(kind)
            return f"practise {kind}"
        key = self._one(("review", "lessons", "open_lesson", "write_lesson", "forget_progress"))
        self._parts.actions[key].trigger()
        return f"learn: {key}"

    def study(self) -> str:
        """Answer what is asked, ask for help, or go on, in the panel of the lesson."""
        panel = next(iter(parts_of(self._monkey.window, LessonPanel)), None)
        if panel is None or not panel.isVisible():
            return self.lesson()
        done = []
        for _ in range(int(self._monkey.random.integers(1, 6))):
            if QApplication.activePopupWidget() is not None or not panel.isVisible():
                break
            done.append(self._study(panel))
            QApplication.processEvents()
        return f"study {done}"

    def leave(self) -> str:
        """Go another way out of a lesson: leave it, undo it, hide its panel, begin a new document."""
        parts = self._parts
        way = self._one(("leave", "undo", "dock", "new", "finish"))
        if way == "leave":
            parts.lessons.leave()
        elif way == "undo":
            parts.session.undo_stack.undo()
        elif way == "dock":
            parts.docks["lesson"].toggleViewAction().trigger()
        elif way == "finish":
            parts.lessons.player.finish_running()
        else:
            parts.actions["new"].trigger()
        return f"leave the lesson: {way}"

    def _study(self, panel: LessonPanel) -> str:
        chance = self._monkey.random.random()
        if chance < 0.3 and panel.next.isEnabled():
            QTest.keyClick(panel, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
            return "next"
        if chance < 0.4:
            QTest.keyClick(panel, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
            return "back"
        kind = self._one((Button, Button, QRadioButton, QLineEdit, QAbstractButton))
        able = [one for one in parts_of(panel, kind)
                if one.isEnabled() and not one.visibleRegion().isEmpty() and one is not panel.leave]  # fmt: skip
        if not able:
            return "nothing"
        target = self._one(able)
        if isinstance(target, QLineEdit):
            return self._type(target)
        name = target.accessibleName() or target.text()
        target.setFocus()
        QTest.keyClick(target, self._one((Qt.Key.Key_Space, Qt.Key.Key_Return)))
        return f"press {name}"

    # ---- numbers ---------------------------------------------------------------------------------

    def predict(self) -> str:
        """Hide numbers, type some, reveal others."""
        actions, bar = self._parts.actions, self._parts.panels.predict
        if not bar.isVisible():
            actions["predict"].trigger()
        done = []
        for _ in range(int(self._monkey.random.integers(1, 5))):
            if bar.field.isVisible() and bar.field.isEnabled() and self._monkey.random.random() < 0.7:
                done.append(self._type(bar.field))
            else:
                actions["reveal"].trigger()
                done.append("reveal")
        if self._monkey.random.random() < 0.4:
            actions["predict"].trigger()
            done.append("end")
        return f"predict {done}"

    def why(self) -> str:
        """Ask numbers where they came from, and go back on the way."""
        able = [one for one in parts_of(self._monkey.window, QWidget)
                if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
                and not isinstance(one, QLineEdit) and not one.visibleRegion().isEmpty()]  # fmt: skip
        if not able:
            return "why: nowhere"
        widget = self._one(able)
        name = f"{type(widget).__name__} {widget.accessibleName()}"
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        keys = [self._one(WALKING if self._monkey.random.random() < 0.5 else ASKING) for _ in range(6)]
        for key in keys:
            if QApplication.activePopupWidget() is None:
                QTest.keyClick(QApplication.focusWidget() or self._monkey.window, key)
        if self._monkey.random.random() < 0.5:
            self._parts.actions["why_back"].trigger()
        return f"why {[key.name for key in keys]} from {name}"

    # ---- views -----------------------------------------------------------------------------------

    def templates(self) -> str:
        """Look at the weights as images, where the inputs are pixels or where they are not, and pick one."""
        if self._monkey.random.random() < 0.7:
            self._show_digits()
            shown = "digits"
        else:
            ready = self._one(tuple(READY.values()))
            self._open(ready)
            shown = ready.label
            self._parts.views.open("templates")
        QApplication.processEvents()
        return f"templates of {shown}: {self._monkey.click_in(self._parts.docks['templates'])}"

    def page(self) -> str:
        """Use anything on a page of the inspector."""
        tabs = self._parts.panels.inspector.tabs
        index = int(self._monkey.random.integers(tabs.count()))
        self._parts.docks["inspector"].show()
        tabs.setCurrentIndex(index)
        QApplication.processEvents()
        return f"page {tabs.tabText(index)}: {self._monkey.click_in(self._parts.panels.inspector)}"

    def gates(self) -> str:
        """Give commands to the circuit by their names: a sweep, a step, a fold, a quiz, a mistake."""
        opener = self._parts.circuits
        if opener.made is None or not opener.made.isVisible():
            self._parts.actions["circuits"].trigger()
        circuits = opener.window
        actions = [one for one in circuits.actions() if one.isEnabled()]
        done = []
        for _ in range(int(self._monkey.random.integers(1, 6))):
            if QApplication.activePopupWidget() is None and circuits.isVisible():
                action = self._one(actions)
                action.trigger()
                done.append(action.text())
                QApplication.processEvents()
        return f"gates {done}"

    def _show_digits(self) -> None:
        self._parts.session.change(with_data(name="digits"), "digits")
        self._parts.views.open("templates")

    def _open(self, ready: ReadyDocument) -> None:
        self._parts.files.begin(ready.make(), ready.label)

    # ---- inside ----------------------------------------------------------------------------------

    def _type(self, field: QLineEdit) -> str:
        text = self._one(NUMBERS)
        field.setFocus()
        field.selectAll()
        field.insert(text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        return f"type {text}"

    def _one(self, things: Sequence[T]) -> T:
        return things[int(self._monkey.random.integers(len(things)))]
