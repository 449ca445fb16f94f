"""OwnPoints: points come in from tables and go out as tables."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from playground.app.files.document_files import Files
from playground.app.notices import Notices
from playground.document import catalogue
from playground.document.data_choice import exported
from playground.files import storage
from playground.files.file_names import shown
from playground.session.jobs import Job
from playground.session.session import Session

if TYPE_CHECKING:
    from playground.app.files.table_import import TableImport


class OwnPoints(QObject):
    """Imports and exports the points of one session."""

    def __init__(self, session: Session, files: Files, notices: Notices, parent: QWidget) -> None:
        """Serve `session`, with dialogs over `parent`."""
        super().__init__(parent)
        self._session, self._files, self._notices, self._parent = session, files, notices, parent
        self._imports: TableImport | None = None
        self.writing: Job | None = None  # a table that is being written

    @property
    def imports(self) -> TableImport:
        """The import, made when first used."""
        if self._imports is None:
            from playground.app.files.table_import import TableImport

            self._imports = TableImport(self._session, self._notices, self._parent)
        return self._imports

    def open_table(self, path: Path) -> None:
        """Preview the table at `path` and ask what to import from it."""
        self.imports.open(path)

    def ask_for_import(self) -> None:
        """Ask which table to import points from."""
        self._files.dialogs.open_table(self._files.folder, self.open_table)

    def ask_for_export(self) -> None:
        """Ask where to write the current points."""
        suggestion = self._files.folder / f"{self._session.document.data.name}.csv"
        self._files.dialogs.save_table(suggestion, self.export)

    def export(self, path: Path) -> None:
        """Write the current points, in their own units, as CSV to `path`."""
        job = self.writing = Job(_written(*exported(self._session.document.data), path), parent=self)
        job.finished.connect(lambda _none: self._notices.say(f"Saved {shown(path.name)} in {shown(path.parent)}."))
        job.failed.connect(lambda text: self._notices.show("Not saved", text))
        job.ended.connect(self._on_written)
        job.start()

    def _on_written(self) -> None:
        self.writing = None


def _written(data: catalogue.Dataset, target: str, path: Path) -> Generator[float, None, None]:
    """Write beside `path` and move the whole file there: until then the old file stays."""
    done = 0
    with storage.replacing(path) as put:
        for part in catalogue.csv_parts(data, target):
            put(part.encode())
            done += part.count("\n")
            yield done / (data.n_points + 2)
