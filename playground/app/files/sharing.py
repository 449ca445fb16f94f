"""Sharing: links out and in, addresses of TensorFlow Playground, and the menu of the *Share* button."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from playground.app.files.document_files import Files
from playground.app.files.hidden_controls import HiddenControls
from playground.app.notices import GIVES_AWAY, Answers, Notices
from playground.files.error_messages import DocumentError
from playground.files.links import document_link as links
from playground.files.links import tfplayground
from playground.files.links.address import is_address
from playground.files.links.parameters import APPROXIMATED, IGNORED, READ, Note
from playground.files.links.tfplayground import Translation
from playground.session.saving import to_saved
from playground.session.session import Session
from widgets.dialogs.notes_dialog import NotesDialog
from widgets.style import numbers
from widgets.values import Choice

HOLDS = {
    "state": "settings, weights and the optimizer's memory",
    "weights": "settings and weights (the optimizer's memory would make it too long)",
    "settings": "settings (the weights would make it too long)",
}
SHOW = Choice("show_hidden", "Show them", "Shows the controls that the address hides (View → Show hidden controls).")
NOTES = Choice("notes", "Show the list", "Shows what each parameter of the address became.")


class Sharing(QObject):
    """The links of one document."""

    def __init__(
        self, session: Session, files: Files, notices: Notices, controls: HiddenControls, parent: QWidget
    ) -> None:
        """Serve `session`; what is opened goes through `files` and may hide `controls`; dialogs stand over `parent`."""
        super().__init__(parent)
        self._session, self._files, self._notices, self._parent = session, files, notices, parent
        self._controls = controls
        self._refused = ""  # a text that could not be opened: it can be corrected
        self.menu = QMenu("Share", parent)  # opens below the *Share* button
        self.menu.setToolTipsVisible(True)

    def fill_menu(self, groups: Sequence[Sequence[QAction]]) -> None:
        """Put `groups` of actions into the menu, with lines between them."""
        for group in groups:
            self.menu.addSeparator()
            self.menu.addActions(group)

    def open_menu(self, button: QWidget) -> None:
        """Open the menu below `button`."""
        self.menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def copy_link(self) -> None:
        """Put the current document into the clipboard, as one line of text."""
        try:
            link = links.encode(to_saved(self._session))
        except DocumentError as error:
            self._notices.refuse("No link", error)
            return
        QGuiApplication.clipboard().setText(link.text)
        size = numbers.grouped(len(link.text))
        said = f"Link copied: {HOLDS[link.holds]} in {size} characters"
        self._notices.say(f"{said}. {GIVES_AWAY}" if self._session.prediction.hidden() else said)

    def open_link(self) -> None:
        """Ask for a link or an address; the last refused text, or a link in the clipboard, is the suggestion."""
        copied = QGuiApplication.clipboard().text()
        known = links.is_link(copied) or is_address(copied)
        self._files.dialogs.ask_for_link(self._refused or (copied if known else ""), self.open_text)

    def open_text(self, text: str) -> None:
        """Open the document of a ``playground:`` link or of a TensorFlow Playground address."""
        try:
            found = tfplayground.read(text)
        except DocumentError as error:
            self._refused = text
            self._notices.refuse("Not opened", error)
            return
        self._refused = ""

        def take() -> None:
            if self._files.adopt(found.saved) and found.notes:
                self._report(found)

        self._files.leave(take)

    def _report(self, found: Translation) -> None:
        counts = Counter(note.kind for note in found.notes)
        words = " · ".join(f"{counts[kind]} {kind}" for kind in (READ, APPROXIMATED, IGNORED) if counts[kind])
        said = [f"The address of TensorFlow Playground: {words}.", found.warning]
        answers: Answers = {NOTES: lambda: self._show_notes(found.notes)}
        if self._controls.keys:
            said.append("It keeps some controls out of sight.")
            answers[SHOW] = lambda: self._controls.hide(())
        self._notices.show("Opened", " ".join(filter(None, said)), answers, quiet=not found.warning)

    def _show_notes(self, notes: Sequence[Note]) -> None:
        rows = tuple((note.parameter, note.value, note.kind, note.text) for note in notes)
        NotesDialog("What the address became", ("Parameter", "Value", "Here", "Why"), rows, self._parent).open()
