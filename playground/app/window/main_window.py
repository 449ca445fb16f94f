"""MainWindow: the frame of the program, and the events that only a window receives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QPoint, QRect, QSize
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from playground.app.window.actions import canvas_keys
from playground.app.window.desktop import desktop_name
from playground.files.settings import Settings
from widgets.style import style

if TYPE_CHECKING:
    from playground.app.window.parts import Parts
    from playground.session.session import Session

LEAST_SIZE = (900, 480)
FIRST_SIZE = (1600, 1000)
LOADING_BAR = (240, 4)
FRAME = QMargins(12, 40, 12, 12)
"""Room for the frame and the title bar that the window manager adds."""


class MainWindow(QMainWindow):
    """The window of one session; construction alone knows it.

    It can be shown at once, empty: its parts take several times longer to load and to make than its first paint.
    """

    parts: Parts  # everything in it, once it is built

    def __init__(self, settings: Settings) -> None:
        """Make an empty window where the last one stood; nothing is shown yet."""
        super().__init__()
        self.is_built = self.was_painted = False
        self._loaded = 0.0  # the share of what is loaded before the parts are made
        self.setObjectName("main_window")
        self.setWindowTitle("Backprop Playground")
        self.setMinimumSize(*LEAST_SIZE)
        self._canvas_keys = canvas_keys()
        layout = settings.layout(desktop_name())
        self._is_placed = layout is not None and self.restoreGeometry(layout.geometry)
        if not self._is_placed:
            self._take_first_size()

    def open(self) -> None:
        """Show the window where the last one stood; the first one fills a screen that has no room for more."""
        small = self.width() < FIRST_SIZE[0] or self.height() < FIRST_SIZE[1]
        if small and not self._is_placed:
            self.showMaximized()
        else:
            self.show()

    def show_loaded(self, share: float) -> None:
        """Draw how much is loaded, at once: nothing else can be painted meanwhile."""
        self._loaded = share
        self.repaint()

    @property
    def session(self) -> Session:
        """The session that the window shows."""
        return self.parts.session

    def take(self, parts: Parts, *, restores: bool) -> None:
        """Hold `parts`, restore the docks of the last window if it `restores` them, and serve events from now on."""
        self.parts = parts
        self.destroyed.connect(parts.session.shut_down)
        if not (restores and parts.memory.restore()):
            parts.sizes.apply()
        self.is_built = True

    def _take_first_size(self) -> None:
        """Leave room for the frame, whose size is not known before the window is shown."""
        room = self.screen().availableGeometry().marginsRemoved(FRAME)
        size = QSize(*FIRST_SIZE).boundedTo(room.size())
        self.resize(size)
        corner = room.topLeft() + QPoint(room.width() - size.width(), room.height() - size.height()) / 2
        self.move(corner - QPoint(0, FRAME.top() - FRAME.bottom()))  # the corner of the frame, not of what is in it

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let menu, transport and status run to the edges; panels keep a margin."""
        self.was_painted = True
        with QPainter(self) as painter:
            if not self.is_built:  # the style has filled the background
                self._paint_loaded(painter)
                return
            panel = QColor(style.current().panel)
            transport = self.parts.panels.transport
            bottom = transport.mapTo(self, transport.rect().bottomLeft()).y()
            painter.fillRect(0, 0, self.width(), bottom, panel)
            painter.fillRect(0, self.statusBar().y(), self.width(), self.statusBar().height(), panel)
        super().paintEvent(event)

    def _paint_loaded(self, painter: QPainter) -> None:
        bar = QRect(0, 0, *LOADING_BAR)
        bar.moveCenter(self.rect().center())
        painter.fillRect(bar, QColor(style.current().line))
        painter.fillRect(
            bar.adjusted(0, 0, -round(bar.width() * (1.0 - self._loaded)), 0), QColor(style.current().accent)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys that control training while a canvas has the focus, and Esc anywhere."""
        name = QKeySequence(event.keyCombination()).toString()
        key = self._canvas_keys.get(name) if self.is_built else None
        if key == "clear_selection" or (key and self._canvas_has_focus()):
            self.parts.actions[key].trigger()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the layout and end training; first ask about work that would be lost."""
        if not self.is_built:
            return
        self.session.pause()
        if not self.parts.files.may_close():
            event.ignore()
            return
        self.parts.recovery.end()
        self.parts.memory.keep()
        super().closeEvent(event)

    def _canvas_has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is None or focused.property("canvas") is True or focused is self
