"""Small notes under a card: on one line where they fit, otherwise each begins a line of its own."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.gradient_card.boxes_view import colour_of
from widgets.style import style
from widgets.style.themed import Themed

POINTS = 7.5
_UNPLACED = 100
"""The width that Qt gives a widget until a layout has placed it: no note is wrapped into that."""


class NotesLine(Themed, QWidget):
    """Shortened notes whose tooltip has them in full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes: tuple[str, ...] = ()
        self._problem = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_notes(self, notes: tuple[str, ...]) -> None:
        """Show `notes`; nothing happens when they are the same as before."""
        notes = tuple(note for note in notes if note)
        if notes != self._notes:
            self._notes = notes
            self.setToolTip("\n".join(notes))
            self.setAccessibleName("\n".join(notes))
            self.take_theme()

    def show_problem(self, problem: str) -> None:
        """Show what is wrong with typed text in place of the notes; empty brings the notes back."""
        if problem != self._problem:
            self._problem = problem
            self.setAccessibleName(problem or "\n".join(self._notes))
            self.update()

    def _lines(self) -> list[str]:
        joined = "  ·  ".join(self._notes)
        if style.sans_room(POINTS).width(joined) <= self.width():
            return [joined] if joined else []
        if self.width() <= _UNPLACED:
            return list(self._notes)
        return [line for note in self._notes for line in self._wrapped(note)]

    def _wrapped(self, note: str) -> list[str]:
        """Return the lines of `note`, which break between words."""
        room, lines = style.sans_room(POINTS), [""]
        for word in note.split(" "):
            longer = f"{lines[-1]} {word}".lstrip()
            if room.width(longer) <= self.width() or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def take_theme(self) -> None:
        """Be as high as the lines in the current type."""
        height = style.sans_room(POINTS).height
        self.setFixedHeight(max(1, math.ceil(height * len(self._lines()))))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the notes."""
        with QPainter(self) as painter:
            painter.setFont(style.sans(POINTS))
            painter.setPen(QColor(style.current().warning) if self._problem else colour_of("secondary"))
            room = style.sans_room(POINTS)
            for i, line in enumerate([self._problem] if self._problem else self._lines()):
                place = QRectF(0, i * room.height, self.width(), room.height)
                painter.drawText(place, room.elided(line, self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use one line or more, as the width allows."""
        self.take_theme()

    def sizeHint(self) -> QSize:
        """Return the height of the current lines."""
        return QSize(300, self.height())
