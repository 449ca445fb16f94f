"""Stop conditions ↔ session: the window that sets them, and the action that shows whether any is set."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from playground.document.document import Document
from playground.session.session import Session
from widgets.dialogs.stop_dialog import StopDialog
from widgets.values import StopForm


class StopPresenter:
    """Opens one window over `parent`; `action` carries a check mark while a condition is set."""

    def __init__(self, session: Session, parent: QWidget, action: QAction) -> None:
        """Serve the conditions of `session`."""
        self._session, self._parent, self._action = session, parent, action
        self.dialog: StopDialog | None = None  # made when first asked for
        session.document_changed.connect(self._on_document_changed)

    def open(self) -> None:
        """Show the window, the first condition ready for the keys."""
        if self.dialog is None:
            self.dialog = StopDialog(self._parent)
            self.dialog.form_changed.connect(self._on_form_changed)
        self._show()
        self.dialog.show()
        self.dialog.activateWindow()
        self.dialog.switches["iteration"].setFocus()

    def _show(self) -> None:
        conditions = self._session.stop_conditions
        self._action.setChecked(conditions.any)
        if self.dialog is not None:
            self.dialog.set_has_accuracy(not self._session.run.data.sample.is_regression)
            self.dialog.set_form(
                StopForm(
                    conditions.iteration, conditions.loss, conditions.accuracy, conditions.patience, conditions.part
                )
            )

    def _on_form_changed(self, form: StopForm) -> None:
        present = self._session.stop_conditions
        try:
            self._session.stop_conditions = replace(
                present,
                iteration=_whole(form.iteration),
                loss=form.loss,
                accuracy=form.accuracy,
                patience=_whole(form.patience),
                part="test" if form.part == "test" else "train",
            )
        except ValueError as error:
            self._session.note(str(error))
        self._show()

    def _on_document_changed(self, before: Document, after: Document) -> None:
        if self.dialog is not None and before.data != after.data:
            self._show()


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
