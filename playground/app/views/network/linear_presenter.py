"""The line under the network ↔ session: what a network of linear layers amounts to."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from playground.app.views.jacobian.reading import linear_sentence
from playground.app.views.scheduling import READINGS, Aspect, Scheduler
from playground.session.session import Session

_TIMES = 10


class LinearPresenter:
    """Shows the collapsed matrix W′ while every activation is linear, and nothing otherwise."""

    def __init__(self, session: Session, scheduler: Scheduler, center: QWidget, line: QLabel) -> None:
        """Show `session` in `line`, which is hidden when it says nothing; `center` is around it."""
        self._session, self._line = session, line
        scheduler.add(center, self.show_line, READINGS, times=_TIMES, light=True)

    def show_line(self, _changed: Aspect) -> None:
        """Show the current sentence."""
        text = linear_sentence(self._session.snapshot(), self._session.prediction.hidden())
        self._line.setText(text)
        why = "W⁽²⁾·(W⁽¹⁾·x) = (W⁽²⁾·W⁽¹⁾)·x: without a non-linearity, depth adds nothing."
        self._line.setToolTip(text and f"{text}\n{why}")
        self._line.setVisible(bool(text))
