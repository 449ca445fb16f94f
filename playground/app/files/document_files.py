"""Files: which document a window has, whether it would be lost, and what the *File* menu does with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QWidget

from playground.app.files.file_dialogs import CANCEL, SAVE, FileDialogs
from playground.app.files.kept_place import Aside, Place, Safe
from playground.app.files.view_memory import ViewMemory
from playground.app.notices import Notices
from playground.document.catalogue import is_table_name
from playground.document.document import Document
from playground.files import document_file
from playground.files.error_messages import DocumentError
from playground.files.file_claim import FileClaim
from playground.files.file_names import shown
from playground.files.recent import RecentFiles
from playground.files.saved import Saved
from playground.session.saving import open_saved, to_saved
from playground.session.session import Session
from playground.session.undo_stack import Edit
from widgets.style import numbers
from widgets.values import Choice

UNTITLED = "Untitled"
SAVE_AS = Choice("save_as", "Save as…", "Choose another name or folder (Ctrl+Shift+S).")

Then = Callable[[], object]


class Files(QObject):
    """The document of one session as a file.

    Whatever cannot be opened or saved is refused in a notice, and the current document stays as it is.
    """

    leaving = Signal()  # the document is about to be left for another
    closing = Signal()  # the window asks whether it may close, while the document is put aside
    stayed = Signal()  # the user would rather not close it
    about_to_open = Signal()  # another document is about to replace the current one
    opened = Signal()  # it has
    changed = Signal()  # name or state of the file changed
    table_chosen = Signal(object)  # a table, at this path, was opened or dropped instead of a document

    def __init__(self, session: Session, notices: Notices, view: ViewMemory, parent: QWidget) -> None:
        """Begin without a file: the current document of `session` is safe in the program. Ask over `parent`."""
        super().__init__(parent)
        self._session, self._notices, self._window = session, notices, parent
        self.dialogs = FileDialogs(parent)  # every question; tests put their answers here
        self.claim = FileClaim()
        self.recent = RecentFiles()
        self.view = view  # how views show things, which is saved with the document
        self._is_leaving = False
        self._aside: Aside | None = None
        self._visit: Edit | None = None  # the step that put it aside
        self._safe: Safe | None = None
        self.settle()

    # ---- what is open --------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """What the title calls the document."""
        if self.claim.path is None:
            return self._aside.name if self._aside else UNTITLED
        return shown(self.claim.path.name)

    @property
    def is_modified(self) -> bool:
        """Whether edits or training would be lost with the window; a step back or Undo may end that."""
        if self._aside is not None:
            return self._aside.is_modified
        run = self._session.run
        if self._safe is None or self._safe.state.iteration != run.iteration:
            return True
        return not self._safe.is_at(run.document, run.snapshot().state)

    @property
    def own_claim(self) -> FileClaim:
        """The file of the user's own document, also while that is put aside."""
        return self.claim if self._aside is None else self._aside.claim

    @property
    def put_aside(self) -> Saved | None:
        """The user's own document while it is put aside."""
        return self._aside.saved if self._aside else None

    def settle(self, saved: Saved | None = None) -> None:
        """Count the current state, or `saved`, as safe."""
        state = saved.state if saved else None
        self._safe = Safe(saved.document if saved else self._session.document,
                           state or self._session.run.trainer.state())  # fmt: skip
        self.changed.emit()

    @property
    def folder(self) -> Path:
        """The folder that dialogs begin in: that of the document, or of the last file."""
        if self.claim.path is not None:
            return self.claim.path.parent
        recent = [path.parent for path in self.recent.paths() if path.parent.is_dir()]
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return recent[0] if recent else Path(documents or Path.home())

    # ---- leaving -------------------------------------------------------------------------------

    def leave(self, then: Then, is_last: bool = False) -> None:
        """Do `then`, which replaces the current document or is the last: closing; ask first if it is not saved."""
        self.leaving.emit()
        if not self.is_modified:
            then()
            return

        def on_answer(answer: str) -> None:
            if answer == SAVE:
                self.save(then)
            elif answer != CANCEL:
                then()
            elif is_last:
                self.stayed.emit()

        text = f"Otherwise {self._unsaved()} will be lost." if is_last else f"Without saving, {self._undoable()}"
        self.dialogs.ask_to_keep(self.name, text, on_answer)

    def may_close(self) -> bool:
        """Return whether the window may close now; if not, the user is asked, and it closes after the answer."""
        if self._is_leaving or not self.is_modified:
            self.claim.release()
            self.own_claim.release()
            return True

        if self._aside is not None:
            self.closing.emit()

        def close() -> None:
            self._is_leaving = True
            self._window.close()

        self.leave(close, is_last=True)
        return self._is_leaving

    def _undoable(self) -> str:
        return f"Ctrl+Z brings {self._unsaved()} back while this window is open."

    def _unsaved(self) -> str:
        trained = self._session.run.iteration - (self._safe.state.iteration if self._safe else 0)
        if trained < 1:
            return "all edits"
        return numbers.plural(
            trained, "{count} iteration of training and all edits", "{count} iterations of training and all edits"
        )

    # ---- the File menu -------------------------------------------------------------------------

    def new(self) -> None:
        """Begin with the first document of the program, in no file."""
        self.leave(lambda: self.adopt(Saved(), "New document"))

    def begin(self, document: Document, label: str) -> None:
        """Begin with `document`, which comes with the program and is called `label`, in no file."""
        self.leave(lambda: self.adopt(Saved(document), f"Open {label}"))

    def open(self) -> None:
        """Ask which file to open, and open it."""
        self.ask_for_document(self.open_path)

    def ask_for_document(self, done: Callable[[Path], object]) -> None:
        """Ask for a file, and hand it to `done`."""
        self.dialogs.open_file(self.folder, done)

    def open_path(self, path: Path) -> None:
        """Open the document at `path`; a table is passed on to be imported."""
        if is_table_name(path.name):
            self.table_chosen.emit(path)
        else:
            self.leave(lambda: self.load(path))

    def load(self, path: Path) -> bool:
        """Open the document at `path` without asking; return whether that was possible."""
        is_same = self.claim.path is not None and path.resolve() == self.claim.path.resolve()
        claim = self.claim if is_same else FileClaim()
        try:
            saved = claim.load(path)
            try:
                self._take(saved, f"Open {shown(path.name)}")
            except ValueError as error:
                raise DocumentError(f"{path.name}: {error}") from None
        except DocumentError as error:
            if claim is not self.claim:
                claim.release()
            if not path.exists():
                self.recent.forget(path)
            self._notices.refuse("Not opened", error)
            return False
        if claim is not self.claim:
            self.claim.release()
            self.claim = claim
        self.recent.add(path)
        self.settle()
        if not claim.is_ours:
            text = f"{shown(path.name)} is open in another window. Save your changes under another name."
            self._notices.show("Read only", text, {SAVE_AS: self.save_as})
        return True

    def save(self, then: Then | None = None) -> None:
        """Save to the current file, or ask for one; then do `then`."""
        if self.claim.path is None:
            self.save_as(then)
        else:
            self.write(self.claim.path, then)

    def save_as(self, then: Then | None = None) -> None:
        """Ask for a file and save there; then do `then`."""
        suggestion = self.claim.path or self.folder / f"{self._session.document.data.name}{document_file.SUFFIX}"
        self.dialogs.save_file(suggestion, lambda path: self.write(path, then))

    def write(self, path: Path, then: Then | None = None) -> None:
        """Save to `path`; then do `then`."""
        saved = to_saved(self._session, self.view.settings())
        try:
            self.claim.save(path, saved)
        except DocumentError as error:
            self._notices.refuse("Not saved", error, {SAVE_AS: lambda: self.save_as(then)})
            return
        self._notices.clear()
        self.recent.add(path)
        self.settle(saved)
        if then is not None:
            then()

    def revert(self) -> None:
        """Go back to the file as it was saved."""
        path = self.claim.path
        if path is not None and self.is_modified:
            self.dialogs.ask_to_revert(
                self.name, self._undoable(), lambda answer: None if answer == CANCEL else self.load(path)
            )

    def adopt(self, saved: Saved, text: str = "Open a link") -> bool:
        """Make `saved`, which has no file but is safe elsewhere, the current document; return whether that worked.

        Undo, which comes back to the present one, is called `text`.
        """
        try:
            self._take(saved, text)
        except ValueError as error:
            self._notices.refuse("Not opened", error)
            return False
        self.claim.release()
        self.settle()
        return True

    def recover(self, saved: Saved, origin: Path | None) -> bool:
        """Open recovered work, which belongs into the file `origin` and is all unsaved; return whether that worked.

        The file is that of the document unless it is gone.
        """
        if not self.adopt(saved, "Recover work"):
            return False
        if origin is not None:
            with suppress(DocumentError):
                self.claim.load(origin)
        self._safe = None
        self.changed.emit()
        return True

    # ---- lessons -------------------------------------------------------------------------------

    def visit(self, saved: Saved, name: str, moved: Callable[[bool], object]) -> None:
        """Put the document aside for `saved`, which is in no file and called `name`, as one undoable step.

        `moved` hears of it when Undo brings the document back (False), and when Redo puts it aside again (True).

        Raises
        ------
        ValueError
            When `saved` cannot be trained; nothing has changed then.
        """
        session, settings = self._session, self.view.settings()
        aside = Aside(to_saved(session, settings), name, self._place(settings), self.claim, self.is_modified)
        there: tuple[FileClaim, Safe | None] = FileClaim(), None

        def exchange() -> None:
            nonlocal there
            there, (self.claim, self._safe) = (self.claim, self._safe), there
            self._aside = aside if self._aside is None else None

        def come_back() -> None:
            exchange()
            if self._aside is None:
                self.view.show(aside.place.settings)
            moved(self._aside is not None)
            self.changed.emit()

        self.about_to_open.emit()
        self._visit = open_saved(session, saved, name, come_back, always=True)
        exchange()
        self.settle()

    def come_home(self) -> None:
        """Bring the document back that is put aside, exactly as it was."""
        aside = self._aside
        if aside is None or (self._visit is not None and self._session.undo_stack.undo_through(self._visit)):
            return
        # Undo has forgotten the way: the lesson needed more memory than it may keep.
        open_saved(self._session, aside.saved, "Leave the lesson", always=True)
        self.claim.release()
        self.claim, self._safe, self._aside = aside.claim, aside.place.safe, None
        self.view.show(aside.place.settings)
        self.changed.emit()

    # ---- inside --------------------------------------------------------------------------------

    def _take(self, saved: Saved, text: str) -> None:
        self.about_to_open.emit()
        there = self._place()

        def come_back() -> None:
            """Exchange the file, after the document has been exchanged by Undo or Redo."""
            nonlocal there
            here, there = there, self._place()
            self.claim.claim_again(here.path, here.stamp)
            self._safe = here.safe
            self._show(here.settings)
            self.changed.emit()

        open_saved(self._session, saved, text, come_back)
        self._show(saved.view.settings)

    def _place(self, settings: Mapping[str, object] | None = None) -> Place:
        kept = self.view.settings() if settings is None else settings
        return Place(self.claim.path, self.claim.stamp, self._safe, kept)

    def _show(self, settings: Mapping[str, object]) -> None:
        self._notices.clear()
        self.view.show(settings)
        self.opened.emit()
