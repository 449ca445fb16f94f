"""Asking for a file, in a dialog that does not hold up training; the answer arrives in a callback."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from widgets.style.letting_go import let_go_when_closed

Done = Callable[[Path], object]


def ask_where_to_save(parent: QWidget, title: str, suggestion: Path, filters: Sequence[str], done: Done) -> None:
    """Ask where to save, with `suggestion` as the first answer; the user must confirm an existing file.

    A name without an ending gets that of `suggestion`.
    """
    dialog = QFileDialog(parent, title, str(suggestion.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilters(filters)
    dialog.setDefaultSuffix(suggestion.suffix.removeprefix("."))
    dialog.selectFile(suggestion.name)
    _ask(dialog, done)


def ask_what_to_open(parent: QWidget, title: str, folder: Path, filters: Sequence[str], done: Done) -> None:
    """Ask which file to open, beginning in `folder`."""
    dialog = QFileDialog(parent, title, str(folder))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(filters)
    _ask(dialog, done)


def _ask(dialog: QFileDialog, done: Done) -> None:
    let_go_when_closed(dialog)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.fileSelected.connect(lambda name: done(Path(name)) if name else None)
    dialog.open()
