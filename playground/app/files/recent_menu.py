"""RecentMenu: the recent files, below *Open…*; filled each time it opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from playground.files.file_names import shown
from playground.files.recent import RecentFiles


class RecentMenu(QMenu):
    """Opens a file that was opened or saved before."""

    def __init__(self, recent: RecentFiles, open_path: Callable[[Path], object], parent: QWidget) -> None:
        """Hand the chosen file to `open_path`."""
        super().__init__("Open re&cent", parent)
        self._recent, self._open_path = recent, open_path
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        for number, path in enumerate(self._recent.paths(), 1):
            key = f"&{number}" if number < 10 else "1&0"
            action = self.addAction(f"{key}  {shown(path.name).replace('&', '&&')}")
            action.setToolTip(shown(path))
            action.triggered.connect(lambda _checked=False, path=path: self._open_path(path))
        if self.isEmpty():
            self.addAction("No file yet").setEnabled(False)
        else:
            self.addSeparator()
            self.addAction("&Clear this list").triggered.connect(self._recent.clear)
