"""Confusion matrix ↔ session: counted a few times a second, while it is seen."""

from __future__ import annotations

from playground.app.presenters.pace import Pace
from playground.app.readings import confusion as reading
from playground.session.session import Session
from widgets.confusion_matrix import ConfusionMatrix


class ConfusionPresenter:
    """Shows which classes the network takes for which."""

    def __init__(self, session: Session, matrix: ConfusionMatrix) -> None:
        """Connect `matrix` to `session`."""
        self._session, self._matrix = session, matrix
        self._pace = Pace(session, 5)
        self._part = "test"
        matrix.part_picked.connect(self._on_part_picked)
        session.stepped.connect(self.show_frame)

    def show_frame(self) -> None:
        """Count this moment."""
        if not self._matrix.isVisible() or not self._pace.is_due():
            return
        counted = reading.matrix(self._session.snapshot(), self._part)
        if counted is None:
            self._matrix.set_nothing(reading.REGRESSION)
        else:
            self._matrix.set_confusion(counted)

    def _on_part_picked(self, part: str) -> None:
        self._part = part
        self.show_frame()
