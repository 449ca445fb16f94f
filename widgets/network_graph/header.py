"""A column's header: its title in bold over up to two rows of controls."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.controls.labels import Label
from widgets.controls.value_slider import ValueSlider
from widgets.style import boxes, style, tips

WIDEST_CONTROL = 124
COMBO = (
    "QComboBox { padding: 2px 2px 2px 5px; } QComboBox:focus { padding: 1px 1px 1px 4px; }"
    "QComboBox::drop-down { width: 15px; }"
)
"""The sheet of an activation's combo box, which has little room."""
NARROW = 72
"""Below this width, at ordinary type, a title gets smaller."""


class ColumnSlider(ValueSlider):
    """A slider with its typed number beside it, as narrow as a column; a tooltip says why a number is refused."""

    def _build(self) -> None:
        self.label.setParent(self)
        self.label.hide()
        self.error.setParent(self)
        self.error.hide()
        self.slider.setAccessibleName(self.field.label)
        self.slider.setMinimumWidth(20)
        boxes.row((self.slider, 1), self.editor, owner=self, spacing=2)

    def _on_number_refused(self, reason: str) -> None:
        if reason:
            tips.show(self.editor, tips.Tip(reason, self.editor.rect()))


class Header(QWidget):
    """A column's title in bold over up to two rows of controls."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(title, self)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.rows = boxes.column(self.title, owner=self, spacing=2, margins=(2, 0, 2, 0))
        self.refresh()

    def refresh(self) -> None:
        """Take the fonts of the theme; a narrow column's title is smaller, so that it keeps off the next one."""
        narrow = 0 < self.width() < NARROW * style.current().scale
        self.title.setFont(style.sans(8.0 if narrow else 9.0, bold=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the controls together in the middle of a wide column."""
        super().resizeEvent(event)
        aside = max(2, (self.width() - round(WIDEST_CONTROL * style.current().scale)) // 2)
        self.rows.setContentsMargins(aside, 0, aside, 0)
        self.refresh()
