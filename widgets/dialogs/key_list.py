"""A list of keys or symbols, grouped by subject, and what the program is: dialogs that only say something."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import Label, heading, secondary
from widgets.style import boxes, style
from widgets.style.letting_go import let_go_when_closed

Rows = Sequence[tuple[str, str]]
LONGEST = 64
"""Characters of a meaning that stays on one line."""


class SayingDialog(QDialog):
    """What stands in `inside`, and a button that closes it."""

    def __init__(self, title: str, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        let_go_when_closed(self)
        close = Button("Close", "Close this dialog (Esc).", role="primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = boxes.row(boxes.STRETCH, close)
        boxes.column((inside, 1), row, owner=self, spacing=12, margins=(18, 16, 18, 14))
        close.setFocus()


class KeyList(SayingDialog):
    """Keys or symbols and what they mean, subjects side by side in two columns, which scroll on a low screen."""

    def __init__(self, title: str, groups: Sequence[tuple[str, Rows]], note: str, parent: QWidget) -> None:
        inside = QWidget()
        half = sum(len(rows) + 2 for _, rows in groups) / 2
        columns: tuple[list[QWidget], list[QWidget]] = ([], [])
        so_far = 0
        for subject, rows in groups:
            columns[so_far + (len(rows) + 2) / 2 > half].append(_group(subject, rows))
            so_far += len(rows) + 2
        sides = [boxes.column(*column, boxes.STRETCH, spacing=14) for column in columns]
        boxes.column(boxes.row(*sides, spacing=32), secondary(note), owner=inside, spacing=14)
        area = boxes.scroll_area(inside)
        super().__init__(title, area, parent)
        room = self.screen().availableSize()
        hint = inside.sizeHint()
        area.setMinimumWidth(min(hint.width() + 16, room.width() - 80))
        self.resize(hint.width() + 64, min(hint.height() + 90, room.height() - 80))


def _group(title: str, rows: Rows) -> QWidget:
    part = QWidget()
    grid = QGridLayout(part)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    grid.addWidget(heading(title), 0, 0, 1, 2)
    for i, (keys, meaning) in enumerate(rows, 1):
        name = Label(keys)
        name.setFont(style.sans(9.0, bold=True))
        grid.addWidget(name, i, 0, Qt.AlignmentFlag.AlignTop)
        words = Label(meaning)
        words.setWordWrap(len(meaning) > LONGEST)
        grid.addWidget(words, i, 1)
    return part
