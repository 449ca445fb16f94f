"""Notices: what the window has to say about files, links and exports."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from playground.files.error_messages import one_line
from widgets.frame.notice_bar import NoticeBar
from widgets.values import Choice

GIVES_AWAY = "Nothing in it is hidden: it may give away the numbers that you predict."
"""Said of every file or link but a picture of the screen, while something is hidden."""
Answers = dict[Choice, Callable[[], object]]
"""What each button of a notice does."""


class Notices(QObject):
    """Passing messages, and notices that stay until they are answered."""

    said = Signal(str)  # a passing message, for the status line

    def __init__(self, parent: QObject | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.bar = NoticeBar()  # shows the notice; whoever builds the window places it
        self._answers: dict[str, Callable[[], object]] = {}
        self.bar.action_clicked.connect(self._on_action_clicked)

    def say(self, text: str) -> None:
        """Show `text` in passing."""
        self.said.emit(text)

    def show(self, word: str, text: str, answers: Answers | None = None, *, quiet: bool = False) -> None:
        """Show a notice with a button for each of `answers`; a `quiet` one is not a warning."""
        self._answers = {choice.key: run for choice, run in (answers or {}).items()}
        self.bar.set_notice(word, text, tuple(answers or ()), quiet=quiet)

    def refuse(self, word: str, error: Exception, answers: Answers | None = None) -> None:
        """Show in a notice why something was not done."""
        self.show(word, one_line(str(error)), answers)

    def is_shown(self, text: str) -> bool:
        """Return whether the notice shows `text`."""
        return not self.bar.isHidden() and self.bar.text.text() == text

    def clear(self) -> None:
        """Remove the notice."""
        self.bar.clear()

    def _on_action_clicked(self, key: str) -> None:
        self.clear()
        run = self._answers.get(key)
        if run is not None:
            run()
