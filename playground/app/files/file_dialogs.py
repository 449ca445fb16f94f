"""Every question about files that is asked in a dialog: none blocks, each answer arrives in a callback.

Training and drawing continue under an open question. Tests replace it by an object with the same methods.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QInputDialog, QMessageBox, QPlainTextEdit, QWidget

from playground.document.catalogue import TABLE_SUFFIXES
from playground.files import document_file
from widgets.dialogs.file_prompt import ask_what_to_open, ask_where_to_save
from widgets.style.letting_go import let_go_when_closed

SAVE, DISCARD, CANCEL = "save", "discard", "cancel"
TABLES = f"Tables ({' '.join('*' + suffix for suffix in TABLE_SUFFIXES)})"
ALL = "All files (*)"


class FileDialogs:
    """The dialogs of one window, over it."""

    def __init__(self, parent: QWidget) -> None:
        """Ask over `parent`."""
        self._parent = parent

    def open_file(self, folder: Path, done: Callable[[Path], object]) -> None:
        """Ask which file to open, beginning in `folder`."""
        ask_what_to_open(self._parent, "Open", folder, [document_file.FILTER, TABLES, ALL], done)

    def save_file(self, suggestion: Path, done: Callable[[Path], object]) -> None:
        """Ask where to save the document."""
        ask_where_to_save(self._parent, "Save as", suggestion, [document_file.FILTER, ALL], done)

    def open_table(self, folder: Path, done: Callable[[Path], object]) -> None:
        """Ask which table to import, beginning in `folder`."""
        ask_what_to_open(self._parent, "Import a table", folder, [TABLES, ALL], done)

    def save_table(self, suggestion: Path, done: Callable[[Path], object]) -> None:
        """Ask where to write the points as a table."""
        ask_where_to_save(self._parent, "Export the points", suggestion, ["Tables (*.csv)", ALL], done)

    def ask_to_keep(self, name: str, lost: str, done: Callable[[str], object]) -> None:
        """Ask whether to save `name` first; `lost` says what would be lost."""
        buttons = QMessageBox.StandardButton
        box = self._box(f"Save the changes to {name}?", lost, buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        self._answers(box, {buttons.Save: SAVE, buttons.Discard: DISCARD}, done)

    def ask_to_revert(self, name: str, lost: str, done: Callable[[str], object]) -> None:
        """Ask whether to go back to what is on disk; the answer is ``"discard"`` or ``"cancel"``."""
        buttons = QMessageBox.StandardButton
        box = self._box(f"Revert to the saved {name}?", lost, buttons.Discard | buttons.Cancel)
        box.button(buttons.Discard).setText("Revert")
        box.setDefaultButton(buttons.Cancel)
        self._answers(box, {buttons.Discard: DISCARD}, done)

    def ask_for_link(self, first: str, done: Callable[[str], object]) -> None:
        """Ask for a link or an address, with `first` in the field."""
        dialog = QInputDialog(self._parent)
        dialog.setWindowTitle("Open link")
        dialog.setLabelText("Paste a link that begins with playground: or an address of TensorFlow Playground.")
        dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput)
        dialog.setTextValue(first)
        dialog.setOkButtonText("Open")
        dialog.resize(560, 220)
        for field in dialog.findChildren(QPlainTextEdit):
            field.setAccessibleName("Link or address")
            field.setToolTip("A whole document in one line of text; line breaks in it do not matter.")
            field.setTabChangesFocus(True)
            field.selectAll()
        dialog.textValueSelected.connect(done)
        _show(dialog)

    # ---- inside --------------------------------------------------------------------------------

    def _box(self, text: str, more: str, buttons: QMessageBox.StandardButton) -> QMessageBox:
        box = QMessageBox(self._parent)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Backprop Playground")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        box.setInformativeText(more)
        box.setStandardButtons(buttons)
        return box

    def _answers(
        self, box: QMessageBox, answers: dict[QMessageBox.StandardButton, str], done: Callable[[str], object]
    ) -> None:
        box.finished.connect(lambda code: done(answers.get(QMessageBox.StandardButton(code), CANCEL)))
        _show(box)


def _show(dialog: QDialog) -> None:
    let_go_when_closed(dialog)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.open()
