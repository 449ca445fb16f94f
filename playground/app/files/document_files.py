"""Files: which document a window has, whether it would be lost, and everything of the *File* menu."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QMimeData, QObject, QStandardPaths
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMenu

from playground.app.files.file_dialogs import CANCEL, SAVE, FileDialogs
from playground.app.files.recent_menu import RecentMenu
from playground.app.window.view_memory import ViewMemory
from playground.document.document import Document
from playground.engine.state import RunState
from playground.files import storage
from playground.files.error_messages import DocumentError, one_line
from playground.files.file_claim import FileClaim
from playground.files.recent import RecentFiles
from playground.files.saved import Saved
from playground.session.saving import open_saved, to_saved
from widgets.frame.notice_bar import NoticeBar
from widgets.style import numbers
from widgets.values import Choice

if TYPE_CHECKING:
    from playground.app.window.main_window import MainWindow

UNTITLED = "Untitled"
TABLE_SUFFIXES = (".csv", ".tsv", ".txt", ".npz", ".npy")
SAVE_AS = Choice("save_as", "Save as…", "Choose another name or folder (Ctrl+Shift+S).")

Then = Callable[[], object]


@dataclass(frozen=True, slots=True, eq=False)
class _Safe:
    """What is safe on disk, in a link or in the program itself: asked about before it is left is only the rest."""

    document: Document
    state: RunState

    def is_at(self, document: Document, state: RunState) -> bool:
        """Tell whether `document` and `state` are this very moment."""
        return (
            self.state.iteration == state.iteration
            and (self.document is document or self.document == document)
            and np.array_equal(self.state.parameters, state.parameters)
        )


class Files(QObject):
    """The document of one window as a file.

    Every refusal is a notice that names the place, and leaves the present document untouched.

    Attributes
    ----------
    dialogs : FileDialogs
        Every question; tests put their answers here.
    claim : FileClaim
        The file that the window has.
    notice : NoticeBar
        What went wrong with a file, and what can be done.
    view : ViewMemory
    """

    def __init__(self, window: MainWindow) -> None:
        """Begin without a file; the present document of `window` is safe in the program."""
        super().__init__(window)
        self._window, self._session = window, window.session
        self.dialogs = FileDialogs(window)
        self.claim = FileClaim()
        self.recent = RecentFiles()
        self.view = ViewMemory(window)
        self.notice = NoticeBar()
        window.panels.center.body.insertWidget(0, self.notice)
        self._answers: dict[str, Then] = {}
        self._leaving = False
        self._last_edit = self._session.undo_stack.undoText()
        self._shown: object = None
        self._safe: _Safe | None = None
        self.settle()
        self.notice.action_clicked.connect(self._on_action_clicked)
        self._session.stepped.connect(self.refresh)
        self._session.document_changed.connect(self.refresh)
        self._session.undo_stack.undoTextChanged.connect(self._on_undo_text_changed)
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        self.recent_menu = self._recent_menu()

    # ---- what is open --------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """What the title calls the document."""
        return self.claim.path.name if self.claim.path else UNTITLED

    @property
    def is_modified(self) -> bool:
        """Whether edits or training would be lost with the window; stepping back or Undo may take that away."""
        run = self._session.run
        if self._safe is None or self._safe.state.iteration != run.iteration:
            return True
        return not self._safe.is_at(run.document, run.snapshot().state)

    def settle(self, saved: Saved | None = None) -> None:
        """Count the present moment, or `saved`, as safe."""
        state = saved.state if saved else None
        self._safe = _Safe(saved.document if saved else self._session.document,
                           state or self._session.run.trainer.state())  # fmt: skip
        self.refresh()

    def refresh(self) -> None:
        """Show name and state in title and status line."""
        modified = self.is_modified
        shown = (self.name, modified, self._last_edit if modified else "", self.claim.path)
        if shown == self._shown:
            return
        self._shown = shown
        self._window.setWindowTitle(f"{self.name}[*] — Backprop Playground")
        self._window.setWindowModified(modified)
        self._window.actions_by_key["revert"].setEnabled(modified and self.claim.path is not None)
        state = "Edited" if modified else "Saved" if self.claim.path else "New"
        undo = f" · {shown[2]} · Ctrl+Z undoes it" if shown[2] else ""
        place = str(self.claim.path) if self.claim.path else "In no file yet: Ctrl+S saves it."
        self._window.panels.status.set_document(f"{state} · {self.name}{undo}", f"{state}{undo}\n{place}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a document or a table that is dropped on the window."""
        if isinstance(event, QDropEvent):  # entering and moving are drops that are not done yet
            path = _dragged_path(event.mimeData())
            if path is not None:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.open_path(path)
                return True
        return super().eventFilter(watched, event)

    # ---- leaving -------------------------------------------------------------------------------

    def leave(self, then: Then) -> None:
        """Do `then`, which takes the present document away; ask before, if something would be lost."""
        if not self.is_modified:
            then()
            return

        def answered(answer: str) -> None:
            if answer == SAVE:
                self.save(then)
            elif answer != CANCEL:
                then()

        self.dialogs.ask_to_keep(self.name, self._lost(), answered)

    def may_close(self) -> bool:
        """Tell whether the window may close now; if not, the person is asked, and it closes after the answer."""
        if self._leaving or not self.is_modified:
            self.claim.release()
            return True

        def close() -> None:
            self._leaving = True
            self._window.close()

        self.leave(close)
        return self._leaving

    def _lost(self) -> str:
        before = self._safe.state.iteration if self._safe else 0
        trained = self._session.run.iteration - before
        if trained > 0:
            return f"Otherwise {numbers.grouped(trained)} iterations of training, and edits, are lost."
        return "Otherwise the edits are lost."

    # ---- the File menu -------------------------------------------------------------------------

    def new(self) -> None:
        """Begin with the first document of the program, in no file."""
        self.leave(lambda: self.adopt(Saved()))

    def open(self) -> None:
        """Ask which file to open."""
        self.dialogs.open_file(self.folder(), self.open_path)

    def open_path(self, path: Path) -> None:
        """Open the document at `path`; a table goes to the import."""
        if path.suffix.lower() in TABLE_SUFFIXES:
            self._import(path)
        else:
            self.leave(lambda: self.load(path))

    def load(self, path: Path) -> bool:
        """Open the document at `path` without asking; tell whether that was possible."""
        is_same = self.claim.path is not None and path.resolve() == self.claim.path.resolve()
        claim = self.claim if is_same else FileClaim()
        try:
            saved = claim.load(path)
            try:
                self._take(saved)
            except ValueError as error:
                raise DocumentError(f"{path.name}: {error}") from None
        except DocumentError as error:
            if claim is not self.claim:
                claim.release()
            if not path.exists():
                self.recent.forget(path)
            self.refuse("Not opened", error)
            return False
        if claim is not self.claim:
            self.claim.release()
            self.claim = claim
        self.recent.add(path)
        self.settle()
        if not claim.is_ours:
            self.tell("Read only", f"{path.name} is open in another window: changes here can be saved under another "
                      "name.", {SAVE_AS: self.save_as})  # fmt: skip
        return True

    def save(self, then: Then | None = None) -> None:
        """Save to the present file, or ask for one; then do `then`."""
        if self.claim.path is None:
            self.save_as(then)
        else:
            self._write(self.claim.path, then)

    def save_as(self, then: Then | None = None) -> None:
        """Ask for a file and save there; then do `then`."""
        suggestion = self.claim.path or self.folder() / f"{self._session.document.data.name}{storage.SUFFIX}"
        self.dialogs.save_file(suggestion, lambda path: self._write(path, then))

    def revert(self) -> None:
        """Go back to the file as it was saved."""
        path = self.claim.path
        if path is not None and self.is_modified:
            self.dialogs.ask_to_revert(
                path.name, self._lost().replace("Otherwise ", "").capitalize(),
                lambda answer: None if answer == CANCEL else self.load(path),
            )  # fmt: skip

    def adopt(self, saved: Saved) -> bool:
        """Make `saved`, which is in no file but safe elsewhere, the present document; tell whether it was possible."""
        try:
            self._take(saved)
        except ValueError as error:
            self.refuse("Not opened", error)
            return False
        self.claim.release()
        self.settle()
        return True

    def recover(self, saved: Saved, origin: Path | None, saved_at: datetime) -> bool:
        """Take back work that came from the file `origin`; all of it is unsaved. Tell whether it was possible.

        The file is taken along unless it is gone, or younger than the work.
        """
        if not self.adopt(saved):
            return False
        if origin is not None and _changed_at(origin) <= saved_at.timestamp() + 1.0:  # it has whole seconds
            with suppress(DocumentError):
                self.claim.load(origin)
        self._safe = None
        self.refresh()
        return True

    # ---- notices -------------------------------------------------------------------------------

    def refuse(self, word: str, error: Exception, answers: dict[Choice, Then] | None = None) -> None:
        """Say what was wrong, in a notice."""
        self.tell(word, one_line(str(error)), answers)

    def tell(self, word: str, text: str, answers: dict[Choice, Then] | None = None, *, quiet: bool = False) -> None:
        """Show a notice with a button for each of `answers`; `quiet` is not a warning."""
        self._answers = {choice.key: then for choice, then in (answers or {}).items()}
        self.notice.set_notice(word, text, tuple(answers or ()), quiet=quiet)

    def _on_action_clicked(self, key: str) -> None:
        self.notice.clear()
        then = self._answers.get(key)
        if then is not None:
            then()

    def _on_undo_text_changed(self, text: str) -> None:
        self._last_edit = text
        self.refresh()

    # ---- inside --------------------------------------------------------------------------------

    def _take(self, saved: Saved) -> None:
        if self._window.slow_motion.is_active:
            self._window.slow_motion.cancel()
        open_saved(self._session, saved)
        self.notice.clear()
        self.view.show(saved.view.settings)
        if self._session.comparison_run is not None:
            self._window.views.open("compare")

    def _write(self, path: Path, then: Then | None) -> None:
        saved = to_saved(self._session, self.view.settings())
        try:
            self.claim.save(path, saved)
        except DocumentError as error:
            self.refuse("Not saved", error, {SAVE_AS: lambda: self.save_as(then)})
            return
        self.notice.clear()
        self.recent.add(path)
        self.settle(saved)
        if then is not None:
            then()

    def _import(self, path: Path) -> None:
        hook = getattr(self._window, "import_file", None)
        if hook is None:
            self.tell("Not opened", f"{path.name}: this is a table, not a document; open a {storage.SUFFIX} file.")
        else:
            hook(path)

    def folder(self) -> Path:
        """Return the folder to begin in: the document's, or the one of the last."""
        if self.claim.path is not None:
            return self.claim.path.parent
        lately = [path.parent for path in self.recent.paths() if path.parent.is_dir()]
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return lately[0] if lately else Path(documents or Path.home())

    def _recent_menu(self) -> RecentMenu:
        menu = RecentMenu(self.recent, self.open_path, self._window)
        file_menu = self._window.findChild(QMenu, "menu_file")
        if file_menu is not None:
            actions = file_menu.actions()
            file_menu.insertMenu(actions[actions.index(self._window.actions_by_key["open"]) + 1], menu)
        return menu


def _dragged_path(dragged: QMimeData) -> Path | None:
    urls = dragged.urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path and path.suffix.lower() in (storage.SUFFIX, *TABLE_SUFFIXES) else None


def _changed_at(path: Path) -> float:
    """Return when the file was changed, in seconds; infinity when there is none."""
    try:
        return path.stat().st_mtime
    except OSError:
        return inf
