"""The reply to an answer, in a box of its own: a word says whether it is right, the colour only repeats it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from widgets.controls.labels import Label
from widgets.lessons.prose import Prose
from widgets.style import boxes
from widgets.style.themed import restyle
from widgets.values.lessons import LessonReply

_MARKS = {"right": "✓ ", "wrong": "✗ ", "note": ""}


class ReplyBox(QFrame):
    """A bold sentence over an explanation; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "reply")
        self.title, self.text = Label(), Prose()
        self.title.setWordWrap(True)
        self.title.setProperty("role", "reply_title")
        boxes.column(self.title, self.text, owner=self, spacing=4, margins=(10, 8, 10, 8))
        self.hide()

    def set_reply(self, reply: LessonReply | None) -> None:
        """Show `reply`, or nothing."""
        self.setVisible(reply is not None)
        if reply is None:
            return
        for part in (self, self.title):
            restyle(part, "tone", reply.tone)
        self.title.setText(f"{_MARKS[reply.tone]}{reply.title}")
        self.title.setVisible(bool(reply.title))
        self.text.set_markdown(reply.text)
        self.setAccessibleName(f"{reply.title} {self.text.accessibleName()}".strip())
