"""The list of lessons: what the panel shows while no lesson is open."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import Label, secondary
from widgets.lessons.prose import Prose
from widgets.style import boxes, style
from widgets.values.lessons import LessonList, LessonRow


class TitleButton(Button):
    """A button that gives way: a title that does not fit ends in an ellipsis; the tooltip has all of it."""

    def __init__(self, title: str, tooltip: str, parent: QWidget | None = None) -> None:
        super().__init__(title, tooltip, parent=parent)
        self._title = title
        self.setProperty("align", "left")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Allow the button to shrink to a few letters."""
        return QSize(48, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as much as fits."""
        super().resizeEvent(event)
        around = self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())
        self.setText(self.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, self.width() - around))


class LessonListView(QWidget):
    """A button for each lesson, with its minutes and progress below its name.

    Signals
    -------
    picked(str)
        The key of the row that the user pressed.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading, self.lead = Label(), Prose()
        self.heading.setProperty("role", "title")
        self.heading.setWordWrap(True)
        self.buttons: dict[str, Button] = {}
        self._rows: tuple[LessonRow, ...] = ()
        self._list = boxes.column(spacing=style.GRID)
        boxes.column(self.heading, self.lead, self._list, boxes.STRETCH, owner=self, spacing=style.GRID)

    def set_list(self, shown: LessonList) -> None:
        """Show `shown`. Never emits."""
        self.heading.setText(shown.heading)
        self.lead.set_markdown(shown.lead)
        if shown.rows == self._rows:
            return
        self._rows = shown.rows
        boxes.clear(self._list)
        self.buttons = {}
        for row in shown.rows:
            button = self.buttons[row.key] = TitleButton(row.title, f"Open {row.title}.\n{row.detail}")
            button.setAccessibleDescription(row.detail)
            button.clicked.connect(lambda _checked=False, key=row.key: self.picked.emit(key))
            detail = secondary(f"{'✓ ' if row.is_done else ''}{row.detail}")
            detail.setContentsMargins(11, 0, 0, 0)
            holder = QWidget()
            boxes.column(button, detail, owner=holder, spacing=1)
            self._list.addWidget(holder)
            holder.show()
