"""OwnPoints: painting is switched, tables come in and go out; everything about a person's own data in one window."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from playground.document import catalogue
from playground.document.data_choice import exported
from playground.session.jobs import Job

if TYPE_CHECKING:
    from playground.app.files.table_import import TableImport
    from playground.app.window.main_window import MainWindow

PAINT = "paint"


class OwnPoints(QObject):
    """Joins the data panel's *Paint* and *Import*, and the *File* menu's *Export*, to what they open.

    Attributes
    ----------
    writing : Job or None
        A table that is being written.
    """

    def __init__(self, window: MainWindow) -> None:
        """Serve `window`; painting is off at first, whatever the layout remembers."""
        super().__init__(window)
        self._window = window
        self._imports: TableImport | None = None
        self.writing: Job | None = None
        self._dock = window.views.docks[PAINT]
        self._dock.hide()
        self._dock.toggleViewAction().toggled.connect(self._on_paint_shown)
        window.panels.gallery.paint_toggled.connect(self.set_painting)
        window.panels.gallery.import_clicked.connect(self.ask_for_import)

    # ---- painting ------------------------------------------------------------------------------

    @property
    def is_painting(self) -> bool:
        """Whether presses on the output plane paint."""
        return self._dock.toggleViewAction().isChecked()

    def set_painting(self, on: bool) -> None:
        """Show the tools near the output view, or put them away."""
        self._dock.setVisible(on)
        if on:
            self._window.docks["output"].raise_()
            self._dock.raise_()

    def _on_paint_shown(self, on: bool) -> None:
        if not isValid(self._dock):
            return  # a visible window is deleted: Qt hides its docks when Python's side of them is gone
        self._window.panels.gallery.set_painting(on)
        presenter = self._window.views.presenters.get(PAINT)
        if presenter is not None:
            presenter.show_frame()

    # ---- tables --------------------------------------------------------------------------------

    @property
    def imports(self) -> TableImport:
        """The import, made when first asked for."""
        if self._imports is None:
            from playground.app.files.table_import import TableImport

            files = self._window.files
            self._imports = TableImport(self._window.session, self._window, lambda text: files.tell("Not read", text))
        return self._imports

    def ask_for_import(self) -> None:
        """Ask which table to take points from."""
        files = self._window.files
        files.dialogs.open_table(files.folder(), self._window.import_file)

    def ask_for_export(self) -> None:
        """Ask where to write the present points."""
        files = self._window.files
        suggestion = files.folder() / f"{self._window.session.document.data.name}.csv"
        files.dialogs.save_table(suggestion, self.export)

    def export(self, path: Path) -> None:
        """Write the present points, in their own units, as CSV to `path`."""
        job = self.writing = Job(_written(*exported(self._window.session.document.data), path), parent=self)
        say = self._window.session.noted.emit
        job.finished.connect(lambda _none: say(f"Saved {path.name} in {path.parent}."))
        job.failed.connect(lambda text: self._window.files.tell("Not saved", f"{path.name}: {text}"))
        job.ended.connect(self._on_written)
        job.start()

    def _on_written(self) -> None:
        job, self.writing = self.writing, None
        if job is not None:
            job.deleteLater()


def _written(data: catalogue.Dataset, target: str, path: Path) -> Generator[float, None, None]:
    """Write beside `path` and put it in its place when whole: what was there stays until then."""
    unfinished = path.with_name(f".{path.name}.part")
    done = 0
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            for part in catalogue.csv_parts(data, target):
                file.write(part)
                done += part.count("\n")
                yield done / (data.n_points + 2)
        os.replace(unfinished, path)
    except OSError as error:
        raise OSError(f"{error.strerror or 'it cannot be written'}; choose a folder that can be written to") from None
    finally:
        unfinished.unlink(missing_ok=True)
