"""The way of the Tab key: as the window is read, from the transport over data, network and inspector to the output."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QTabBar, QWidget

from playground.document.document import Document

if TYPE_CHECKING:
    from playground.app.window.main_window import MainWindow

ROW = 20
"""Pixels that the tops of two controls of one row may differ by."""


class TabOrder(QObject):
    """Keeps the order of one window: parts that are made later would otherwise come last, wherever they stand."""

    def __init__(self, window: MainWindow) -> None:
        """Follow the layers of `window`; ``arrange`` once everything is made."""
        super().__init__(window)
        self._window = window
        window.session.document_changed.connect(self._on_document_changed)
        for dock in window.docks.values():
            dock.dockLocationChanged.connect(self.arrange)

    def arrange(self) -> None:
        """Join everything that takes the focus in reading order."""
        window = self._window
        _leave_out_unused_tabs(window)
        docks = (window.docks[name] for name in ("inspector", "output", "curves", "flow"))
        regions = (window.panels.transport, window.docks["setup"], window.panels.center, *docks)
        controls = [control for region in regions for control in _in_reading_order(region)]
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
    children = part.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    for child in sorted(children, key=lambda child: (child.y() // ROW, child.x())):
        if not child.isWindow():
            yield from _in_reading_order(child)


def _leave_out_unused_tabs(window: MainWindow) -> None:
    """Keep the focus from tab bars of docks that hold one dock only: Qt leaves them outside the window."""
    for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
        bar.setFocusPolicy(Qt.FocusPolicy.TabFocus if bar.count() > 1 else Qt.FocusPolicy.NoFocus)
