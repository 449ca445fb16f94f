"""Confusion matrix ↔ session: counted a few times a second, while it is seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.app.views.confusion import reading
from playground.app.views.scheduling import READINGS, Aspect, Scheduler
from playground.document.selection import Example
from playground.session.session import Session
from widgets.matrices.confusion_matrix import ConfusionMatrix
from widgets.plane.output_plane import OutputPlane


class ConfusionPresenter:
    """Shows which classes the network takes for which."""

    def __init__(self, session: Session, scheduler: Scheduler, matrix: ConfusionMatrix, plot: OutputPlane) -> None:
        """Connect `matrix` to `session`; a click on a cell rings its examples on `plot`."""
        self._session, self._matrix, self._plot = session, matrix, plot
        self._ringed: NDArray[np.int64] | None = None
        self._part = "test"
        matrix.cell_clicked.connect(self._on_cell_clicked)
        matrix.part_picked.connect(self._on_part_picked)
        session.stepped.connect(self._drop_rings)
        session.document_changed.connect(self._drop_rings)
        self._table = scheduler.add(matrix, self.show_frame, READINGS, times=5)

    def show_frame(self, _changed: Aspect) -> None:
        """Count the current classifications."""
        counted = reading.matrix(self._session.snapshot(), self._part)
        if counted is None:
            self._matrix.set_nothing(reading.REGRESSION)
        else:
            self._matrix.set_confusion(counted)

    def _drop_rings(self) -> None:
        """Remove the rings: they belong to another state."""
        if self._ringed is not None:
            if self._plot.plane.misclassified is self._ringed:
                self._plot.set_misclassified(None)
            self._ringed = None

    def _on_cell_clicked(self, true: int, said: int) -> None:
        """Ring the examples of the cell and read one of them; each further click reads the next."""
        session = self._session
        snapshot = session.snapshot()
        found = reading.members(snapshot, self._part, true, said)
        names = snapshot.data.sample.class_names
        what = f"{self._part} examples of {names[true]} predicted as {names[said]}"
        if not len(found):
            session.note(f"There are no {what}.")
            return
        now = session.selection.example.index
        place = int(np.searchsorted(np.sort(found), -1 if now is None else now, side="right")) % len(found)
        self._ringed = np.sort(found)
        self._plot.set_test_data_shown(self._part == "test" or self._plot.plane.with_test)
        self._plot.set_misclassified(self._ringed)
        session.select(example=Example(int(self._ringed[place])))
        session.note(f"{place + 1} of {len(found)} {what}; click again for the next.")

    def _on_part_picked(self, part: str) -> None:
        self._part = part
        self._table.refresh()
