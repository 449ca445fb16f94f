"""DocumentStatus: the name and state of the document in the title, in the status line and on *Revert*."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from playground.app.files.document_files import Files
from playground.files.file_names import shown
from playground.session.session import Session
from widgets.frame.status_line import StatusLine


class DocumentStatus:
    """Follows the document of `files`, and writes only what changed."""

    def __init__(self, session: Session, files: Files, window: QWidget, status: StatusLine, revert: QAction) -> None:
        """Write to the title of `window` and to `status`; `revert` is enabled while there is something to revert."""
        self._files, self._window, self._status, self._revert = files, window, status, revert
        self._last_edit = session.undo_stack.undoText().replace("&&", "&")
        self._shown: object = None
        files.changed.connect(self.refresh)
        session.stepped.connect(self.refresh)
        session.document_changed.connect(self.refresh)
        session.undo_stack.undoTextChanged.connect(self._on_undo_text_changed)
        self.refresh()

    def refresh(self) -> None:
        """Show the current name and state."""
        name, path, modified = self._files.name, self._files.claim.path, self._files.is_modified
        edit = self._last_edit if modified else ""
        if (name, path, modified, edit) == self._shown:
            return
        self._shown = (name, path, modified, edit)
        title = name.replace("[*]", "[*][*]")  # Qt's mark of an edited document, doubled, stands for itself
        self._window.setWindowTitle(f"{title}[*] — Backprop Playground")
        self._window.setWindowModified(modified)
        self._revert.setEnabled(modified and path is not None)
        state = "Edited" if modified else "Saved" if path else "New"
        undo = f" · {edit} · Ctrl+Z undoes it" if edit else ""
        place = shown(path) if path else "In no file yet: Ctrl+S saves it."
        self._status.set_document(f"{state} · {name}{undo}", f"{state}{undo}\n{place}")

    def _on_undo_text_changed(self, text: str) -> None:
        self._last_edit = text.replace("&&", "&")
        self.refresh()
