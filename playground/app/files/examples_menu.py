"""ExamplesMenu: ready documents, below the recent files."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from playground.document.document import Document
from playground.document.ready import READY


class ExamplesMenu(QMenu):
    """Opens a document that comes with the program."""

    def __init__(self, begin: Callable[[Document, str], object], parent: QWidget) -> None:
        """Hand the chosen document, and what it is called, to `begin`."""
        super().__init__("Exa&mples", parent)
        self.setToolTipsVisible(True)
        for ready in READY.values():
            action = self.addAction(ready.label)
            action.setToolTip(ready.note)
            action.triggered.connect(lambda _checked=False, ready=ready: begin(ready.make(), ready.label))
