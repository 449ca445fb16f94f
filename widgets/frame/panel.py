"""A white rounded panel: an uppercase heading, a slot at its right, and a body."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QWidget

from widgets.controls.labels import heading, rule
from widgets.style import boxes, style

NARROWEST = 230


class Panel(QFrame):
    """A heading with a slot at its right, over a body.

    ``body`` is the layout to fill. ``framed=False`` leaves the rounded frame and the margins out, for a
    section inside a :class:`SideColumn`.
    """

    def __init__(self, title: str, parent: QWidget | None = None, *, framed: bool = True) -> None:
        super().__init__(parent)
        self.title = heading(title)
        self._slot = boxes.row(spacing=style.GRID)
        self.body = boxes.column(spacing=6)
        self.setAccessibleName(title)
        if framed:
            self.setProperty("role", "panel")
        header = boxes.row(self.title, boxes.STRETCH, self._slot)
        margins = (12, 10, 12, 12) if framed else (0, 0, 0, 0)
        boxes.column(header, (self.body, 1), owner=self, spacing=style.GRID, margins=margins)

    def set_title(self, title: str) -> None:
        """Show another heading."""
        self.title.setText(title.upper())
        self.title.setAccessibleName(title)
        self.setAccessibleName(title)

    def add_to_header(self, widget: QWidget) -> None:
        """Put `widget` at the right of the heading, after those already there."""
        self._slot.addWidget(widget)


class SideColumn(QFrame):
    """Unframed panels under each other in one rounded frame that scrolls, with a line between them."""

    def __init__(self, sections: tuple[QWidget, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._inside = QWidget()
        self._inside.installEventFilter(self)
        parts = [part for section in sections for part in (rule(), section)][1:]
        boxes.column(*parts, boxes.STRETCH, owner=self._inside, spacing=12, margins=(12, 4, 12, 8))
        self.area = boxes.scroll_area(self._inside)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        boxes.column(self.area, owner=self, margins=(1, 8, 1, 8))
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow as wide as the sections need, so that nothing is cut off at the right."""
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        bar = self.area.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(max(NARROWEST, self._inside.minimumSizeHint().width() + bar + 2))
