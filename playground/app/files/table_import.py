"""TableImport: imports points from a table after a preview; the old points stay until all of it is read."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from threading import Thread
from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from playground.app.files.table_options import options_of, with_option
from playground.app.notices import Notices
from playground.document import catalogue
from playground.document.data_choice import with_table
from playground.document.document import Document
from playground.document.own_data import Table, table_of
from playground.files import storage
from playground.files.error_messages import DocumentError, one_line
from playground.files.file_names import shown
from playground.session.jobs import Job
from playground.session.preparation import next_epoch, prepared
from playground.session.session import Session
from widgets.dialogs.import_dialog import ImportDialog
from widgets.style import numbers
from widgets.style.letting_go import let_go, let_go_when_closed
from widgets.values.data_import import ImportColumn, ImportForm, ImportPreview

MAX_BYTES = 256 * 2**20
_SHOWN = 4
_WAIT_S = 0.004

Result = TypeVar("Result")


class TableImport(QObject):
    """One dialog, from the choice of a file until it is read."""

    def __init__(self, session: Session, notices: Notices, parent: QWidget) -> None:
        """Import into `session`, with the dialog over `parent`."""
        super().__init__(parent)
        self._session, self._notices, self._parent = session, notices, parent
        self._table: catalogue.ImportTable | None = None
        self._faults: tuple[str, ...] = ()
        self._is_done = False  # whether the session has the points
        self._name, self._data = "", b""
        self._wanted = catalogue.GUESSED  # how the user says that the file is written
        self.dialog: ImportDialog | None = None
        self.job: Job | None = None  # the reading in progress

    def open(self, path: Path) -> None:
        """Preview the table at `path` and ask what to import from it."""
        self.close()
        name, self._wanted = shown(path.name), catalogue.GUESSED
        try:
            data = storage.read(path, MAX_BYTES, "table")
        except DocumentError as error:
            self._notices.refuse("Not read", error)
            return
        job = self.job = Job(self._opening(name, data), f"Reading {name}", self)
        job.failed.connect(lambda text: self._notices.show("Not read", f"{name}: {one_line(text)}"))
        job.ended.connect(self._on_ended)
        job.start()

    def close(self) -> None:
        """Cancel the reading and close the dialog."""
        if self.job is not None:
            self.job.cancel()
        if self.dialog is not None:
            self.dialog.close()

    # ---- inside --------------------------------------------------------------------------------

    def _opening(self, name: str, data: bytes) -> Generator[float, None, None]:
        """Look at a table in a thread, then make the dialog in steps and ask."""
        table = yield from _in_thread(lambda: catalogue.open_table(data))
        dialog = ImportDialog(self._parent)
        try:
            yield 1.0
            self._name = name
            self._show_table(dialog, table.preview)
            yield 1.0
        except GeneratorExit:
            let_go(dialog)
            raise
        self._data, self._table = data, table
        self._ask(dialog)

    def _ask(self, dialog: ImportDialog) -> None:
        self._notices.clear()
        self.dialog = dialog
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        let_go_when_closed(dialog)
        dialog.option_picked.connect(self._on_option_picked)
        dialog.import_clicked.connect(self._on_import_clicked)
        dialog.cancelled.connect(self._on_cancelled)
        dialog.finished.connect(lambda _code: self._forget(dialog))
        dialog.open()

    def _show_table(self, dialog: ImportDialog, preview: catalogue.Preview) -> None:
        dialog.set_preview(_shown(self._name, preview, self._wanted))
        dialog.set_form(_form(preview.suggested))

    def _on_option_picked(self, key: str, text: str) -> None:
        """Read the first rows again as the user says the file is written; keep the choice of columns where it fits."""
        if self._table is None or self.dialog is None or self.job is not None:
            return
        before, form = self._table.preview, self.dialog.form
        self._wanted = with_option(self._wanted, before.format, key, text)
        try:
            self._table = catalogue.open_table(self._data, self._wanted)
        except ValueError as error:
            self.dialog.set_preview(_shown(self._name, before, self._wanted))
            self.dialog.set_error(one_line(str(error)))
            return
        self.dialog.set_error("")
        self._show_table(self.dialog, self._table.preview)
        if [(c.name, c.kind) for c in before.columns] == [(c.name, c.kind) for c in self._table.preview.columns]:
            self.dialog.set_form(form)

    def _on_import_clicked(self, form: ImportForm) -> None:
        if self._table is None or self.dialog is None or self.job is not None:
            return
        choice = catalogue.ImportChoice(form.features, form.target, form.task, form.standardize, form.skip_bad)
        self._faults, self._is_done = (), False
        self.dialog.set_error("")
        self.dialog.set_progress(0.0)
        job = self.job = Job(self._reading(self._table, choice), f"Reading {self._name}", self)
        job.progressed.connect(self.dialog.set_progress)
        # Later than the first picture of the points, which is long enough.
        job.finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_ended)
        job.start()

    def _reading(
        self, table: catalogue.ImportTable, choice: catalogue.ImportChoice
    ) -> Generator[float, None, tuple[catalogue.Imported, Table]]:
        """Read, make what the edit needs beside the events, then edit: at once they would stop the window."""
        try:
            imported = yield from table.read(choice)
        except catalogue.BadCellsError as error:
            self._faults = error.cells
            raise
        before, epoch = self._session.document, next_epoch(self._session)
        own, kept = yield from _in_thread(lambda: _made(imported, self._name, before, epoch))
        self._is_done = self._session.change(with_table(own), f"Import {self._name}")
        del kept  # it holds the arrays until the edit has taken them
        yield 1.0
        return imported, own

    def _on_finished(self, read: tuple[catalogue.Imported, Table]) -> None:
        imported, table = read
        if not self._is_done:
            self._on_failed("This network cannot learn these points: choose other columns.")
            return
        if imported.n_skipped:
            self._notices.say(_skipped(self._name, imported))
        else:
            self._notices.say(f"Imported {table.describe()}.")
        if self.dialog is not None:
            self.dialog.set_progress(None)
            self.dialog.accept()

    def _on_failed(self, message: str) -> None:
        if self.dialog is not None:
            cure = "Correct the file, or tick “Leave out rows with bad cells”." if self._faults else ""
            self.dialog.set_error(f"{message}. {cure}" if cure else message, self._faults)

    def _on_ended(self) -> None:
        self.job = None
        if self.dialog is not None and not self._is_done:
            self.dialog.set_progress(None)

    def _on_cancelled(self) -> None:
        if self.job is not None and not self._is_done:  # else the dialog closes with the next event
            self.job.cancel()

    def _forget(self, dialog: ImportDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None
        if self.job is None:
            self._table, self._data = None, b""


def _made(imported: catalogue.Imported, name: str, before: Document, epoch: int) -> tuple[Table, object]:
    """Return the table that came out of a file, and what the edit of `before` will find made."""
    own = table_of(imported, name)
    hash(own)  # which finds and keeps what tells it from others
    try:
        return own, prepared(before, with_table(own)(before), epoch)
    except ValueError:  # the edit itself says why not
        return own, None


def _in_thread(work: Callable[[], Result]) -> Generator[float, None, Result]:
    """Return what `work` returns, done in a thread: its arrays, or what it loads, take long."""
    found: list[Result] = []
    failed: list[Exception] = []

    def do() -> None:
        try:
            found.append(work())
        except Exception as error:  # raised again below, in the thread of the window
            failed.append(error)

    thread = Thread(target=do, name="table", daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_WAIT_S)  # then the window answers
            yield 0.0
    finally:
        thread.join()
    for error in failed:
        raise ValueError("it needs more memory than there is") if isinstance(error, MemoryError) else error
    return found[0]


def _skipped(name: str, imported: catalogue.Imported) -> str:
    first = imported.skipped[0]
    if imported.n_skipped == 1:
        return f"{name}: 1 row with bad cells was left out: {first}"
    return f"{name}: {numbers.grouped(imported.n_skipped)} rows with bad cells were left out, first {first}"


def _form(choice: catalogue.ImportChoice) -> ImportForm:
    return ImportForm(choice.features, choice.target, choice.task, choice.standardize, choice.skip_bad)


def _shown(name: str, preview: catalogue.Preview, wanted: catalogue.TableFormat) -> ImportPreview:
    columns = tuple(
        ImportColumn(column.name, column.kind, _detail(column), column.could_be_input, preview.reasons.get(i, ""))
        for i, column in enumerate(preview.columns)
    )
    options = options_of(wanted, preview.format)
    return ImportPreview(name, preview.form, columns, preview.rows, preview.notes, options)


def _detail(column: catalogue.TableColumn) -> str:
    values = ", ".join(column.values[:_SHOWN])
    return " · ".join(part for part in (column.way, values) if part)
