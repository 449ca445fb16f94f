"""Small widgets side by side that continue in the next row where the width ends."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.style.letting_go import let_go


class FlowRow(QWidget):
    """Its height follows its width: as many rows as the widgets need."""

    SPACING = 2

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_widgets(self, widgets: list[QWidget]) -> None:
        """Show `widgets` and let go of those shown before."""
        for old in self._widgets:
            if old not in widgets:
                let_go(old)
        self._widgets = list(widgets)
        for widget in widgets:
            widget.setParent(self)
            widget.show()
        self.place()

    def place(self) -> None:
        """Lay the widgets out again."""
        x = y = 0
        height = 0
        for widget in self._widgets:
            hint = widget.sizeHint()
            if x and x + hint.width() > self.width():
                x, y, height = 0, y + height, 0
            widget.setGeometry(x, y, hint.width(), hint.height())
            x += hint.width() + self.SPACING
            height = max(height, hint.height())
        if self.minimumHeight() != y + height:
            self.setFixedHeight(y + height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the rows again."""
        self.place()

    def changeEvent(self, event: QEvent) -> None:
        """Take up a new type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.place()

    def minimumSizeHint(self) -> QSize:
        """Allow any width."""
        return QSize(40, self.minimumHeight())
