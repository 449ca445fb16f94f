"""Every question about files that is asked in a dialog: none blocks, each answer arrives in a callback.

Training and drawing continue under an open question. Tests replace it by an object with the same methods.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from playground.document.catalogue import TABLE_SUFFIXES
from playground.files import document_file
from playground.files.file_names import LESSON_SUFFIX
from widgets.dialogs import question
from widgets.dialogs.file_prompt import ask_what_to_open, ask_where_to_save
from widgets.dialogs.link_prompt import LinkPrompt
from widgets.values import Choice

SAVE, DISCARD, CANCEL = "save", "discard", question.CANCEL
TABLES = f"Tables ({' '.join('*' + suffix for suffix in TABLE_SUFFIXES)})"
LESSONS = f"Lessons (*{LESSON_SUFFIX})"
ALL = "All files (*)"


class FileDialogs:
    """The dialogs of one window, over it."""

    def __init__(self, parent: QWidget) -> None:
        """Ask over `parent`."""
        self._parent = parent

    def open_file(self, folder: Path, done: Callable[[Path], object]) -> None:
        """Ask which file to open, beginning in `folder`."""
        ask_what_to_open(self._parent, "Open", folder, [document_file.FILTER, TABLES, ALL], done)

    def open_lesson(self, folder: Path, done: Callable[[Path], object]) -> None:
        """Ask which lesson to open, beginning in `folder`."""
        ask_what_to_open(self._parent, "Open a lesson", folder, [LESSONS, ALL], done)

    def save_lesson(self, suggestion: Path, done: Callable[[Path], object]) -> None:
        """Ask where to write a lesson."""
        ask_where_to_save(self._parent, "Write a lesson", suggestion, [LESSONS, ALL], done)

    def save_file(self, suggestion: Path, done: Callable[[Path], object]) -> None:
        """Ask where to save the document."""
        ask_where_to_save(self._parent, "Save as", suggestion, [document_file.FILTER, ALL], done)

    def open_table(self, folder: Path, done: Callable[[Path], object]) -> None:
        """Ask which table to import, beginning in `folder`."""
        ask_what_to_open(self._parent, "Import a table", folder, [TABLES, ALL], done)

    def save_table(self, suggestion: Path, done: Callable[[Path], object]) -> None:
        """Ask where to write the points as a table."""
        ask_where_to_save(self._parent, "Export the points", suggestion, ["Tables (*.csv)", ALL], done)

    def ask_to_keep(self, name: str, otherwise: str, done: Callable[[str], object]) -> None:
        """Ask whether to save `name` first; `otherwise` says what becomes of the changes if not."""
        self._ask(f"Save the changes to {name}?", otherwise, (_CANCEL, _DISCARD, _SAVE), done)

    def ask_to_revert(self, name: str, otherwise: str, done: Callable[[str], object]) -> None:
        """Ask whether to go back to what is on disk; the answer is ``"discard"`` or ``"cancel"``."""
        self._ask(f"Revert to the saved {name}?", otherwise, (_REVERT, _CANCEL), done)

    def ask_to_forget(self, done: Callable[[], object]) -> None:
        """Ask whether to forget which lessons are done; `done` is called for yes."""
        self._ask(
            "Forget your progress?", "Which lessons, steps and cards you have done will be forgotten for good.",
            (_FORGET, _CANCEL), lambda answer: done() if answer == _FORGET.key else None,
        )  # fmt: skip

    def ask_for_link(self, first: str, done: Callable[[str], object]) -> None:
        """Ask for a link or an address, with `first` in the field."""
        prompt = LinkPrompt(first, self._parent)
        prompt.text_given.connect(done)
        prompt.open()

    def _ask(self, text: str, more: str, choices: Sequence[Choice], done: Callable[[str], object]) -> None:
        dialog = question.Question(text, more, choices, self._parent)
        dialog.answered.connect(done)
        dialog.open()


_SAVE = Choice(SAVE, "Save", "Save it, then go on (Enter).")
_DISCARD = Choice(DISCARD, "Discard", "Go on without saving.")
_REVERT = Choice(DISCARD, "Revert", "Return to the saved file.")
_FORGET = Choice(DISCARD, "Forget", "Begin again with every lesson.")
_CANCEL = Choice(CANCEL, "Cancel", "Go back and change nothing (Esc).")
