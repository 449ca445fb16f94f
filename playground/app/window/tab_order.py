"""Tab order: reading order, from the transport over data, network and inspector to the output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QWidget

from playground.document.document import Document
from playground.session.session import Session
from widgets.style.parts import direct_parts_of

ROW = 20
"""Pixels that the tops of two controls of one row may differ by."""


class TabOrder(QObject):
    """Keeps the order of one window: controls that are made later would otherwise come last."""

    def __init__(self, window: QMainWindow, session: Session, regions: Sequence[QWidget]) -> None:
        """Order `regions` as given, again whenever layers or docks change; ``arrange`` once all of it is made."""
        super().__init__(window)
        self._window, self._regions = window, regions
        self._later = QTimer(self, singleShot=True, interval=0)  # docks move one by one
        self._later.timeout.connect(self.arrange)
        session.document_changed.connect(self._on_document_changed)
        for region in regions:
            if isinstance(region, QDockWidget):
                region.dockLocationChanged.connect(lambda _area: self._later.start())

    def arrange(self) -> None:
        """Connect everything that takes the focus in reading order."""
        _leave_out_unused_tabs(self._window)
        controls = [control for region in self._regions for control in _in_reading_order(region)]
        for place in {control.window() for control in controls}:  # a floating panel has an order of its own
            for before, after in pairwise(control for control in controls if control.window() is place):
                QWidget.setTabOrder(before, after)

    def _on_document_changed(self, before: Document, after: Document) -> None:
        if len(before.hidden) != len(after.hidden):
            self.arrange()


def _in_reading_order(part: QWidget) -> Iterator[QWidget]:
    """Yield what takes the focus in `part`, row by row and from left to right."""
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None:
        yield part
    children = direct_parts_of(part, QWidget)
    for child in sorted(children, key=lambda child: (child.y() // ROW, child.x())):
        if not child.isWindow():
            yield from _in_reading_order(child)


def _leave_out_unused_tabs(window: QMainWindow) -> None:
    """Keep the focus off tab bars that hold one dock only: Qt leaves them outside the window."""
    for bar in direct_parts_of(window, QTabBar):
        bar.setFocusPolicy(Qt.FocusPolicy.TabFocus if bar.count() > 1 else Qt.FocusPolicy.NoFocus)
