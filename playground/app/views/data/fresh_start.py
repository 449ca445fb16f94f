"""Other data: what becomes of the trained weights, and the loss that many classes ask for, each with a button."""

from __future__ import annotations

from playground.app.notices import Answers, Notices
from playground.app.views.data import scale
from playground.app.views.data.scale import STANDARDIZE
from playground.document.changes import with_training
from playground.document.data_choice import with_standardization
from playground.document.document import DataSettings, Document
from playground.engine.losses import LOSSES
from playground.session.session import Session
from widgets.values import Choice

KEEP = Choice("keep", "Keep weights", "Train on from the weights that the data before have made; Ctrl+Z undoes it.")
SOFTMAX = Choice("softmax", "Use softmax", "Softmax cross-entropy: Lᵢ = −ln p of the right class; Ctrl+Z undoes it.")
_OF_MANY = ("softmax", "hinge")
"""Losses that compare the classes with each other."""


class FreshStart:
    """Says what other data changed, until the user answers or the data change again."""

    def __init__(self, session: Session, notices: Notices) -> None:
        """Follow the data of `session`."""
        self._session, self._notices = session, notices
        self._data: DataSettings | None = None
        self._text = ""
        self._said: tuple[str, str, Answers] = ("", "", {})  # the notice without what the settings ask for
        self._has_many, self._is_far = self._asks_for_softmax(), self._cause() != ""
        session.document_changed.connect(self._on_document_changed)
        session.started_afresh.connect(self._on_started_afresh)

    def _on_started_afresh(self, why: str) -> None:
        text = f"Training started afresh: the trained weights do not fit, because {why}. Ctrl+Z goes back."
        self._show("New data", text, {KEEP: self._session.edits.keep_weights})

    def _on_document_changed(self, before: Document, after: Document) -> None:
        if self._data is not None and after.data != self._data:
            self._data = None
            if self._notices.is_shown(self._text):
                self._notices.clear()
        elif self._data is not None and self._notices.is_shown(self._text) and self._composed()[0] != self._text:
            self._put()
        had_many, self._has_many = self._has_many, self._asks_for_softmax()
        had_far, self._is_far = self._is_far, self._cause() != ""
        is_news = (self._has_many and not had_many) or (self._is_far and not had_far)
        if is_news and before.data != after.data:
            self._show("New data", "", {})

    def _show(self, word: str, text: str, answers: Answers) -> None:
        self._data, self._said = self._session.document.data, (word, text, answers)
        self._put()

    def _put(self) -> None:
        """Show what holds at the present settings; nothing where nothing is left to say."""
        self._text, answers = self._composed()
        if self._text:
            self._notices.show(self._said[0], self._text, answers, quiet=True)
        else:
            self._notices.clear()

    def _composed(self) -> tuple[str, Answers]:
        session, (_, text, said) = self._session, self._said
        answers = dict(said)
        if why := self._cause():
            text = f"{text} {why}".strip()
            answers[STANDARDIZE] = lambda: session.change(with_standardization(True), "Standardize")
        if self._asks_for_softmax():
            n, loss = session.run.data.sample.n_classes, LOSSES[session.document.training.loss].label
            text = f"{text} {n} classes: softmax gives each a probability; the loss is {loss}.".strip()
            answers[SOFTMAX] = lambda: session.change(with_training(loss="softmax"), "Use softmax")
        return text, answers

    def _cause(self) -> str:
        return scale.cause(self._session.run.data.sample) if self._session.document.table is not None else ""

    def _asks_for_softmax(self) -> bool:
        return self._session.run.data.sample.n_classes > 2 and self._session.document.training.loss not in _OF_MANY
