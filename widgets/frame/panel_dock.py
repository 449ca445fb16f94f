"""PanelDock: a dock that looks like a panel; its heading is the handle to move it by."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QDockWidget, QFrame, QScrollArea, QScrollBar, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import heading
from widgets.style import boxes, style
from widgets.style.tips import Tip

_GRIP_WIDTH = 28
_GRIP_HEIGHT = 11
_INSET = 12
BAR = 10
"""Width of a scroll bar, which stands in the inset."""
_LEAST_LINES, _LEAST_COLUMNS = 7, 48
"""How much of its content a panel shows in the smallest window, in letters; the rest can be scrolled to."""


class DockHeading(QFrame):
    """The top of a dock: its title at the left and small controls at the right, or a grip alone.

    A dock that floats has no frame of the desktop: then its heading is a title bar, with a way back.

    Signals
    -------
    put_back_clicked()
        The floating dock shall return into its window.
    """

    put_back_clicked = Signal()

    def __init__(self, title: str, tooltip: str, parent: QWidget | None = None, *, grip: bool) -> None:
        """Show `title` in capitals, or a grip while the dock does not float."""
        super().__init__(parent)
        self.setProperty("role", "dock_heading")
        self._title, self._has_grip = heading(title), grip
        self._back = Button("Put back", f"Put {title} back into the window (or double-click here).", role="flat")
        self._back.clicked.connect(lambda: self.put_back_clicked.emit())
        self._controls: list[QWidget] = []
        self.slot = boxes.row(self._title, boxes.STRETCH, spacing=12)
        self._row = boxes.row((self.slot, 1), self._back, owner=self, spacing=12)
        self.setToolTip(tooltip)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.set_floating(False)

    def set_floating(self, floating: bool) -> None:
        """Be the title bar of a dock that floats."""
        self._is_grip = self._has_grip and not floating
        self._back.setVisible(floating)
        self._row.setContentsMargins(*((0, _GRIP_HEIGHT, 0, 0) if self._is_grip else (12, 8, 12, 2)))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up the title before a control is cut."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        controls = [0 if part.isHidden() else part.sizeHint().width() for part in self._controls]
        needed = self._title.sizeHint().width() + sum(controls) + self.slot.spacing() * len(controls)
        has_room = not controls or needed <= self.width() - 2 * _INSET
        self._title.setVisible(not self._is_grip and has_room)

    def add_control(self, control: QWidget) -> None:
        """Put a small control at the right."""
        self._controls.append(control)
        self.slot.addWidget(control)

    def tip_at(self, _point: QPoint) -> Tip:
        """Return what the panel shows; the tooltip keeps off all of the panel."""
        dock = self.parentWidget()
        panel = self.rect() if dock is None else QRect(self.mapFromGlobal(dock.mapToGlobal(QPoint())), dock.size())
        return Tip(self.toolTip(), self.rect(), (panel,))

    def minimumSizeHint(self) -> QSize:
        """Allow the dock to become narrow."""
        return QSize(80, super().minimumSizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the drag to the dock."""
        event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Leave floating to the dock."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame, and the grip where there is no title."""
        super().paintEvent(event)
        if self._is_grip:
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(style.blend(style.current().secondary, style.current().panel, 0.5), 3.0,
                                    c=Qt.PenCapStyle.RoundCap))  # fmt: skip
                middle = self.width() / 2.0
                painter.drawLine(int(middle - _GRIP_WIDTH / 2), 6, int(middle + _GRIP_WIDTH / 2), 6)


class QuietScrollBar(QScrollBar):
    """A bar that always has its place, so that nothing moves when it is needed, and is drawn only then."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw nothing while there is nothing to scroll."""
        if self.maximum() > self.minimum():
            super().paintEvent(event)


class _Holder(QWidget):
    """Holds `content` without a layout: to one that wraps words Qt gives all the height it likes, and scrolls early."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        content.setParent(self)

    def minimumSizeHint(self) -> QSize:
        """Return what the content needs."""
        return self.content.minimumSizeHint().expandedTo(self.content.minimumSize())

    def sizeHint(self) -> QSize:
        """Return what the content would like."""
        return self.content.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give everything to the content."""
        self.content.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:
        """Pass on that the content needs another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


class LowScrollArea(QScrollArea):
    """An area in which `content` scrolls where the window is too small for it."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        """Show `content`."""
        super().__init__(parent)
        self._holder = _Holder(content)
        boxes.prepare_scroll_area(self, self._holder)
        self.setVerticalScrollBar(QuietScrollBar(Qt.Orientation.Vertical))
        self.setHorizontalScrollBar(QuietScrollBar(Qt.Orientation.Horizontal))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._holder.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        """Return what the content needs, but no more than a few lines and columns."""
        metrics = self.fontMetrics()
        most = QSize(_LEAST_COLUMNS * metrics.averageCharWidth(), _LEAST_LINES * metrics.height())
        return self._holder.minimumSizeHint().boundedTo(most)

    def sizeHint(self) -> QSize:
        """Return what the content would like."""
        return self._holder.sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass on that the content needs another size."""
        if watched is self._holder and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class PanelDock(QDockWidget):
    """A movable dock drawn as one rounded panel.

    Parameters
    ----------
    name : str
        Object name, under which the layout remembers it.
    title : str
        Name in the *View* menu; also the heading unless `grip` is set.
    content : QWidget
        What it holds.
    grip : bool
        Show a slim grip instead of a heading, for content that has headings of its own.
    scrolls_itself : bool
        Whether the content reaches to both sides, because it scrolls in a frame of its own.
    summary : str
        What it shows, in one sentence: for the heading's tooltip, the *View* menu and *What is this?*.

    Signals
    -------
    closed()
        The dock was closed, by the user or by another layout. Floating it or covering it with a tab does not close it.
    """

    closed = Signal()

    def __init__(
        self, name: str, title: str, content: QWidget, *, summary: str, grip: bool = False, scrolls_itself: bool = False
    ) -> None:
        """Frame `content`."""
        super().__init__(title)
        self.content = content
        self.setObjectName(name)
        self.setAccessibleName(title)
        tooltip = f"{title}: {summary}.\nDrag to move this panel; double-click to let it float."
        content.setWhatsThis(f"{summary}.")
        self.toggleViewAction().setToolTip(summary)
        self.heading = DockHeading(title, tooltip, self, grip=grip)
        self.heading.put_back_clicked.connect(lambda: self.setFloating(False))
        self.topLevelChanged.connect(self.heading.set_floating)
        self.setTitleBarWidget(self.heading)
        content.setParent(self)
        self._inset_above, self._scrolls_itself = 0 if grip else 2, scrolls_itself
        self._area: LowScrollArea | None = None
        # Qt moves the docks behind a tab out of sight but calls them visible: hide the content, so that
        # its presenter knows that it is not visible.
        self.visibilityChanged.connect(content.setVisible)
        self.setAllowedAreas(Qt.DockWidgetArea.AllDockWidgetAreas)

    def setVisible(self, visible: bool) -> None:
        """Frame the content when it is first shown: many docks never are."""
        if visible and self.widget() is None:
            self._frame_content()
        super().setVisible(visible)

    @property
    def is_behind(self) -> bool:
        """Whether it is open, but behind the tab of another dock."""
        return not self.isHidden() and not self.content.isVisible()

    def _frame_content(self) -> None:
        body = QFrame(self)
        body.setProperty("role", "dock_body")
        if self._scrolls_itself:
            boxes.column(self.content, owner=body, margins=(2, 0, 2, 8))
        else:
            self._area = LowScrollArea(self.content)
            boxes.column(self._area, owner=body, margins=(_INSET, self._inset_above, _INSET - BAR, 0))
        self.setWidget(body)

    def needed_height(self) -> int:
        """Return the height at which nothing of the content has to be scrolled to."""
        shown = self.content if self._area is None else self._area.viewport()
        return self.height() - shown.height() + self.content.minimumSizeHint().height()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Report that the dock was closed."""
        super().closeEvent(event)
        self.closed.emit()

    def add_control(self, control: QWidget) -> None:
        """Put a small control at the right of the heading."""
        self.heading.add_control(control)
