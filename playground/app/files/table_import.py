"""TableImport: a file becomes points of one's own, after a look at it; nothing is lost before all of it is read."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from playground.document import catalogue
from playground.document.data_choice import with_table
from playground.document.own_data import table_of
from playground.files.error_messages import one_line
from playground.session.jobs import Job
from playground.session.session import Session
from widgets.dialogs.import_dialog import ImportDialog
from widgets.style import numbers
from widgets.values.data_import import ImportColumn, ImportForm, ImportPreview

MAX_BYTES = 256 * 2**20
_SHOWN = 4


class TableImport(QObject):
    """One dialog over the window from the choice of a file to the end of its reading.

    Attributes
    ----------
    dialog : ImportDialog or None
        The one that is open.
    job : Job or None
        The reading that goes on.
    """

    def __init__(self, session: Session, parent: QWidget, refuse: Callable[[str], object]) -> None:
        """Import into `session`; `refuse` says why a file cannot even be looked at."""
        super().__init__(parent)
        self._session, self._parent, self._refuse = session, parent, refuse
        self._table: catalogue.ImportTable | None = None
        self._faults: tuple[str, ...] = ()
        self._name = ""
        self.dialog: ImportDialog | None = None
        self.job: Job | None = None

    def open(self, path: Path) -> None:
        """Look at the file at `path` and ask what to learn from it."""
        self.close()
        try:
            self._table = catalogue.open_table(_bytes_of(path))
        except OSError as error:
            self._refuse(f"{path.name}: {error.strerror or 'it cannot be read'}; choose a file that can be read.")
            return
        except (ValueError, MemoryError) as error:
            self._refuse(f"{path.name}: {one_line(str(error)) or 'it needs more memory than there is'}")
            return
        self._name = path.name
        dialog = self.dialog = ImportDialog(self._parent)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.import_clicked.connect(self._on_import_clicked)
        dialog.cancelled.connect(self._on_cancelled)
        dialog.finished.connect(lambda _code: self._forget(dialog))
        preview = self._table.preview
        dialog.set_preview(_shown(path.name, preview))
        dialog.set_form(_form(preview.suggested))
        dialog.open()

    def close(self) -> None:
        """End a reading and put the dialog away."""
        if self.job is not None:
            self.job.cancel()
        if self.dialog is not None:
            self.dialog.close()

    # ---- inside --------------------------------------------------------------------------------

    def _on_import_clicked(self, form: ImportForm) -> None:
        if self._table is None or self.dialog is None or self.job is not None:
            return
        choice = catalogue.ImportChoice(form.features, form.target, form.task, form.standardize, form.skip_bad)
        self._faults = ()
        self.dialog.set_error("")
        self.dialog.set_progress(0.0)
        job = self.job = Job(self._reading(self._table, choice), f"Reading {self._name}", self)
        job.progressed.connect(self.dialog.set_progress)
        job.finished.connect(self._on_finished)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_ended)
        job.start()

    def _reading(
        self, table: catalogue.ImportTable, choice: catalogue.ImportChoice
    ) -> Generator[float, None, catalogue.Imported]:
        try:
            return (yield from table.read(choice))
        except catalogue.BadCellsError as error:
            self._faults = error.cells
            raise

    def _on_finished(self, imported: catalogue.Imported) -> None:
        try:
            table = table_of(imported, self._name)
        except ValueError as error:
            self._on_failed(one_line(str(error)))
            return
        if not self._session.change(with_table(table), f"Import {self._name}"):
            self._on_failed("These points cannot be learned by this network: choose other columns.")
            return
        if imported.n_skipped:
            rows = f"{numbers.grouped(imported.n_skipped)} row{'s' if imported.n_skipped > 1 else ''}"
            self._session.note(f"{self._name}: left out {rows} with bad cells, first {imported.skipped[0]}")
        else:
            self._session.note(f"Imported {table.describe()}.")
        if self.dialog is not None:
            self.dialog.set_progress(None)
            self.dialog.accept()

    def _on_failed(self, message: str) -> None:
        if self.dialog is not None:
            self.dialog.set_error(message, self._faults)

    def _on_ended(self) -> None:
        job, self.job = self.job, None
        if job is not None:
            job.deleteLater()
        if self.dialog is not None:
            self.dialog.set_progress(None)

    def _on_cancelled(self) -> None:
        if self.job is not None:
            self.job.cancel()

    def _forget(self, dialog: ImportDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None
        if self.job is None:
            self._table = None


def _bytes_of(path: Path) -> bytes:
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise ValueError(f"{size / 2**20:.0f} MiB are more than {MAX_BYTES // 2**20} MiB; leave rows or columns out.")
    return path.read_bytes()


def _form(choice: catalogue.ImportChoice) -> ImportForm:
    return ImportForm(choice.features, choice.target, choice.task, choice.standardize, choice.skip_bad)


def _shown(name: str, preview: catalogue.Preview) -> ImportPreview:
    columns = tuple(ImportColumn(c.name, c.kind, ", ".join(c.values[:_SHOWN])) for c in preview.columns)
    return ImportPreview(name, preview.form, columns, preview.rows, preview.notes)
