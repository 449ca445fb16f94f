"""LessonsOpener: opens lessons in their dock, beside the network, and puts the layout back when they end."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from playground.app.files.document_files import Files
from playground.app.notices import Notices
from playground.app.views.lessons.own_file import OwnLessonFile
from playground.app.views.lessons.player import LessonPlayer
from playground.app.views.lessons.practice import PRACTICE, REVIEW, practice_lesson, review_lesson
from playground.app.views.lessons.stage import LESSON
from playground.app.views.scheduling import Scheduler
from playground.app.window.dock_layout import DockLayout
from playground.app.window.dock_sizes import DockSizes
from playground.app.window.view_docks import ViewDocks
from playground.files import document_file, lesson_file, storage
from playground.files.error_messages import DocumentError
from playground.files.file_names import shown
from playground.lessons.lesson import Lesson
from playground.lessons.library import in_order
from playground.lessons.writing import lesson_from
from playground.session.saving import to_saved
from playground.session.session import Session
from widgets.frame.panel_dock import PanelDock
from widgets.frame.transport_bar import TransportBar

if TYPE_CHECKING:
    from playground.app.views.lessons.presenter import LessonPresenter

SPOKEN_OF = ("inspector", "output", "curves")
"""The docks that lessons speak of without showing them first."""
READING_WIDTH = 300
"""Pixels of the panel in which a line reads well, in the type scale."""


class LessonsOpener(QObject):
    """What the *Learn* menu does."""

    opened = Signal()  # a lesson is open, or another step of it

    def __init__(
        self,
        session: Session,
        player: LessonPlayer,
        dock: PanelDock,
        sizes: DockSizes,
        layout: DockLayout,
        files: Files,
        notices: Notices,
        views: ViewDocks,
        parent: QWidget,
    ) -> None:
        """Open the lessons of `player` in `dock`, which is one of `views`."""
        super().__init__(parent)
        self._session = session
        self.player, self._dock, self._sizes, self._layout = player, dock, sizes, layout
        self._files, self._notices, self._views = files, notices, views
        self.own_file = OwnLessonFile(self)
        self._presenter: LessonPresenter | None = None
        self._shipped: tuple[Lesson, ...] | None = None
        self._was_hidden, self._width = False, 0
        self.own_file.read.connect(self._on_read)
        player.begun.connect(lambda: self._layout.bring_forward(SPOKEN_OF))
        player.step_entered.connect(self._on_step_entered)
        player.ended.connect(self._on_ended)
        files.stayed.connect(self._on_stayed)
        dock.toggleViewAction().triggered.connect(lambda shown: None if shown else self._on_dock_closed())

    def make_panel(self, scheduler: Scheduler, transport: TransportBar) -> tuple[QWidget, object]:
        """Return the panel of lessons, and what fills it; `transport` shows the goal of a lesson."""
        from playground.app.views.lessons.presenter import LessonPresenter
        from widgets.lessons.lesson_panel import LessonPanel

        panel = LessonPanel()
        presenter = self._presenter = LessonPresenter(
            self._session, scheduler, self.player, panel, transport, self.shipped, self.open
        )
        self.own_file.fault_changed.connect(presenter.set_fault)
        presenter.set_fault(self.own_file.fault)
        return panel, presenter

    def shipped(self) -> tuple[Lesson, ...]:
        """Return the lessons of the program, in the order in which they are taken."""
        if self._shipped is None:
            self._shipped = lesson_file.shipped()
        return self._shipped

    def read_shipped(self) -> Generator[None, None, None]:
        """Read the lessons of the program, one a step, so that their list opens at once."""
        lessons = []
        for lesson in lesson_file.each_shipped():
            lessons.append(lesson)
            yield
        self._shipped = self._shipped or in_order(lessons)

    # ---- the Learn menu ------------------------------------------------------------------------

    def show_list(self) -> None:
        """Show the lessons."""
        self.player.leave()
        self._show()

    def open(self, name: str, at: int | None = None) -> bool:
        """Take the lesson `name` of the program, where the learner left it; return whether there is one."""
        lesson = self._named(name)
        return lesson is not None and self.take(lesson, at=at)

    def practise(self, kind: str) -> None:
        """Take generated tasks of `kind`."""
        self.take(practice_lesson(kind))

    def review(self) -> None:
        """Take the cards that are due."""
        if cards := self.player.progress.due_cards():
            self.take(review_lesson(cards))
        else:
            self._notices.say("No card is due today: cards of finished lessons come back after 1, 3, 7 and 21 days.")

    def open_first(self) -> None:
        """Take the first lesson of the program."""
        for lesson in self.shipped()[:1]:
            self.take(lesson)

    def following(self, lesson: Lesson) -> tuple[int, Lesson] | None:
        """Return the lesson of the program that comes after `lesson`, with its number; None after the last."""
        numbered = list(enumerate(self.shipped(), start=1))
        after = (numbered[number] for number, one in numbered[:-1] if one.name == lesson.name)
        return next(after, None)

    def resume(self) -> None:
        """Take the lesson that was open when the window was left, be it by a crash."""
        progress = self.player.progress
        for key in progress.hidden_panels:
            self._views.show_dock(key)
        if (name := progress.open_lesson) and self.open(name):
            self._was_hidden, self._width = True, 0
            return
        if name:
            progress.close()
        self._sizes.forget_reading()

    def take(self, lesson: Lesson, folder: Path | None = None, at: int | None = None) -> bool:
        """Take `lesson`; return whether that is possible."""
        try:
            self.player.open(lesson, folder, at)
        except (ValueError, DocumentError) as error:
            self._notices.refuse("Lesson not opened", error)
            return False
        return True

    def open_file(self, path: Path) -> None:
        """Take the lesson in the user's own file, and read it again whenever that is saved."""
        self.player.leave()
        self._show()
        self.own_file.open(path)

    def ask_for_file(self) -> None:
        """Ask which file, and take its lesson."""
        self._files.dialogs.open_lesson(self._files.folder, self.open_file)

    def next(self) -> None:
        """Go on in the lesson."""
        self.player.next()

    def back(self) -> None:
        """Go back in the lesson."""
        self.player.back()

    def leave(self) -> None:
        """Leave the lesson."""
        self.player.leave()

    def ask_to_forget(self) -> None:
        """Forget all progress, once the user has said that this is meant."""
        self._files.dialogs.ask_to_forget(self.player.forget)

    def write_lesson(self) -> None:
        """Ask for a file, begin a lesson there with what the window shows, and open it."""
        self._files.dialogs.save_lesson(self._files.folder / f"my-lesson{lesson_file.SUFFIX}", self._write)

    def _write(self, path: Path) -> None:
        beside = path.with_suffix(document_file.SUFFIX)
        written = lesson_from(self._session.document, self._session.view, beside.name)
        try:
            if written.needs_document:
                document_file.save(beside, to_saved(self._session))
            storage.write(path, written.text.encode())
        except DocumentError as error:
            self._notices.refuse("Lesson not written", error)
            return
        self.open_file(path)
        self._notices.say(
            f"{shown(path.name)} is written: open it in your editor; each time you save, it is read again."
        )

    # ---- inside --------------------------------------------------------------------------------

    def _named(self, name: str) -> Lesson | None:
        if name == REVIEW:
            cards = self.player.progress.due_cards()
            return review_lesson(cards) if cards else None
        if name.startswith(PRACTICE):
            return practice_lesson(name.removeprefix(PRACTICE))
        return next((one for one in self.shipped() if one.name == name), None)

    def _on_read(self, lesson: Lesson) -> None:
        path = self.own_file.path
        assert path is not None
        visit = self.player.visit
        if visit is not None and visit.lesson.name == lesson.name:
            self.player.reload(lesson)
        else:
            self.take(lesson, path.parent)

    def _on_step_entered(self) -> None:
        if self.player.visit is not None:
            self._show()
            self.opened.emit()

    def _show(self) -> None:
        """Show the dock, wide enough to read; how it was is remembered."""
        if LESSON not in self._layout.kept:
            self._was_hidden, self._width = self._dock.isHidden(), self._sizes.left_width()
            self._layout.kept.add(LESSON)
        if not self._dock.content.isVisible():
            self._sizes.release()  # else a window that is still opening hides it again, as it was last time
            self._views.open(LESSON)
            self._sizes.read_at_left(READING_WIDTH)
            if self._presenter is not None:
                self._presenter.take_focus()

    def _on_stayed(self) -> None:
        """Go on with the lesson that was left for the question whether the window may close."""
        name = self.player.progress.open_lesson
        if name and self.player.visit is None:
            self.open(name)

    def _on_dock_closed(self) -> None:
        self._was_hidden = True
        self.player.leave()
        self._put_layout_back()

    def _on_ended(self, _lesson: Lesson) -> None:
        if self._was_hidden:
            self._dock.hide()
        self._put_layout_back()
        self._layout.put_back()

    def _put_layout_back(self) -> None:
        self.own_file.close()
        self._layout.kept.discard(LESSON)
        self._sizes.end_reading(self._width)
