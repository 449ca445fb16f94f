"""Asking for a file, in a dialog that does not hold up training; the answer arrives in a callback."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QFileInfo, Qt
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QToolButton, QWidget

from widgets.style import style
from widgets.style.letting_go import let_go_when_closed
from widgets.style.parts import parts_of

Done = Callable[[Path], object]
_BUTTONS = {
    "backButton": "chevron_left", "forwardButton": "chevron_right", "toParentButton": "up",
    "newFolderButton": "new_folder", "listModeButton": "list", "detailModeButton": "table",
}  # fmt: skip
"""The icons of the buttons of Qt's own dialog."""


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


class _Icons(QFileIconProvider):
    """Folders and files in the look of the program."""

    def icon(self, what: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        """Return the icon of a file or folder, or of a kind of place."""
        if isinstance(what, QFileInfo):
            return style.icon("open" if what.isDir() else "file")
        kinds = QAbstractFileIconProvider.IconType
        names = {kinds.Folder: "open", kinds.Desktop: "computer", kinds.Computer: "computer"}
        return style.icon(names.get(what, "file"))


def _ask(dialog: QFileDialog, done: Done) -> None:
    if buttons := parts_of(dialog, QToolButton):  # Qt's own dialog, where the desktop has none
        dialog.setIconProvider(_ICONS)
        for button in buttons:
            if (picture := _BUTTONS.get(button.objectName())) is not None:
                button.setIcon(style.icon(picture))
    let_go_when_closed(dialog)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.fileSelected.connect(lambda name: done(Path(name)) if name else None)
    dialog.open()


_ICONS = _Icons()
