"""Sharing: links out and in, addresses of TensorFlow Playground, and the menu of the *Share* button."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from playground.files.error_messages import DocumentError
from playground.files.links import document_link as links
from playground.files.links import tfplayground
from playground.files.links.tfplayground import ADAPTED, NO_COUNTERPART, TAKEN, Note
from playground.session.saving import to_saved
from widgets.dialogs.notes_dialog import NotesDialog
from widgets.style import numbers
from widgets.values import Choice

if TYPE_CHECKING:
    from playground.app.window.main_window import MainWindow

HOLDS = {
    "state": "settings, weights and the optimizer's memory",
    "weights": "settings and weights (the optimizer's memory would make it too long)",
    "settings": "settings (the weights would make it too long)",
}
MENU = ("copy_link", "open_link", "", "save_as")
NOTES = Choice("notes", "Show the list", "What became of each parameter of the address.")


class Sharing(QObject):
    """The links of one window, over its files.

    Attributes
    ----------
    menu : QMenu
        Opens under the *Share* button; other rooms may add their actions.
    """

    def __init__(self, window: MainWindow) -> None:
        """Connect the *Share* button of `window`."""
        super().__init__(window)
        self._window = window
        self.menu = QMenu("Share", window)
        self.menu.setToolTipsVisible(True)
        for key in MENU:
            if key:
                self.menu.addAction(window.actions_by_key[key])
            else:
                self.menu.addSeparator()
        window.panels.transport.share_clicked.connect(self._on_share_clicked)

    def copy_link(self) -> None:
        """Put the present document into the clipboard, as one line of text."""
        try:
            link = links.encode(to_saved(self._window.session))
        except DocumentError as error:
            self._window.files.refuse("No link", error)
            return
        QGuiApplication.clipboard().setText(link.text)
        size = numbers.grouped(len(link.text))
        self._window.session.note(f"Link copied: {HOLDS[link.holds]} in {size} characters")

    def open_link(self) -> None:
        """Ask for a link or an address; one in the clipboard is offered."""
        offered = QGuiApplication.clipboard().text()
        known = links.is_link(offered) or tfplayground.is_address(offered)
        self._window.files.dialogs.ask_for_link(offered if known else "", self.open_text)

    def open_text(self, text: str) -> None:
        """Open the document of a ``playground:`` link or of a TensorFlow Playground address."""
        files = self._window.files
        notes: tuple[Note, ...] = ()
        try:
            if tfplayground.is_address(text) and not links.is_link(text):
                translation = tfplayground.translate(text)
                saved, notes = translation.saved, translation.notes
            else:
                saved = links.decode(text)
        except DocumentError as error:
            files.refuse("Not opened", error)
            return

        def take() -> None:
            if files.adopt(saved) and notes:
                self._tell_of(notes)

        files.leave(take)

    def _tell_of(self, notes: tuple[Note, ...]) -> None:
        counts = Counter(note.kind for note in notes)
        words = " · ".join(f"{counts[kind]} {kind}" for kind in (TAKEN, ADAPTED, NO_COUNTERPART) if counts[kind])
        text = f"The address of TensorFlow Playground: {words}."
        self._window.files.tell("Opened", text, {NOTES: lambda: self._show_notes(notes)}, quiet=True)

    def _show_notes(self, notes: tuple[Note, ...]) -> None:
        rows = tuple((note.parameter, note.value, note.kind, note.text) for note in notes)
        dialog = NotesDialog("What became of the address", ("Parameter", "Value", "Here", "Why"), rows, self._window)
        dialog.open()

    def _on_share_clicked(self) -> None:
        button = self._window.panels.transport.share
        self.menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))
