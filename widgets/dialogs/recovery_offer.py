"""Work recovered from an earlier session, with its picture, and what to do with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import Label, heading, secondary
from widgets.style import boxes, numbers
from widgets.style.letting_go import let_go_when_closed

RECOVER, DISCARD, LATER, OPEN_FILE = "recover", "discard", "later", "open file"


class RecoveryOffer(QDialog):
    """One question; the dialog is deleted with its answer.

    Parameters
    ----------
    text : str
        Which work it is, and from when.
    picture : QImage
        The window at that time; a null image shows nothing.
    more : int
        How many others there are.
    later : str
        That its file is newer, if it is: the file can be opened instead.

    Signals
    -------
    answered(str)
        ``"recover"``, ``"open file"``, ``"discard"`` or ``"later"``; Escape and the window's cross are later.
    """

    answered = Signal(str)

    def __init__(
        self, text: str, picture: QImage, more: int = 0, parent: QWidget | None = None, *, later: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Recover your work")
        let_go_when_closed(self)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._answer = LATER
        self.text, self.more = Label(text), secondary()
        self.text.setWordWrap(True)
        self.more.setText(
            numbers.plural(
                more,
                "{count} older one is offered after Discard, or at the next start.",
                "{count} older ones are offered after Discard, or at the next start.",
            )
        )
        self.more.setVisible(more > 0)
        self.picture = Label()
        self.picture.setAccessibleName("A picture of the window at that time")
        self.picture.setPixmap(QPixmap.fromImage(picture))
        self.picture.setVisible(not picture.isNull())
        self.recover = Button("Recover", "Open this work and continue where it stopped.", role="primary")
        self.discard = Button("Discard", "Delete this work permanently.")
        self.open_file = Button("Open the file", "Open the newer file; this work stays for the next start.")
        self.newer = Label(later)
        self.newer.setWordWrap(True)
        for part in (self.newer, self.open_file):
            part.setVisible(bool(later))
        self.later = Button("Later", "Keep it and ask again at the next start (Esc).")
        buttons = boxes.row(self.discard, boxes.STRETCH, self.later, self.open_file, self.recover)
        parts = heading("The program ended unexpectedly"), self.text, self.newer, self.picture, self.more, buttons
        boxes.column(*parts, owner=self, spacing=10, margins=(18, 16, 18, 14))
        answers = (
            (self.recover, RECOVER), (self.open_file, OPEN_FILE), (self.discard, DISCARD), (self.later, LATER)
        )  # fmt: skip
        for button, answer in answers:
            button.setAutoDefault(answer == RECOVER)
            button.clicked.connect(lambda _checked=False, answer=answer: self._on_clicked(answer))
        self.recover.setDefault(True)
        self.finished.connect(lambda _code: self.answered.emit(self._answer))

    def _on_clicked(self, answer: str) -> None:
        self._answer = answer
        self.accept()
