"""The line under the network ↔ session: what a network of linear layers amounts to."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from playground.app.views.jacobian.reading import linear_sentence
from playground.app.views.scheduling import Throttle
from playground.session.session import Session

_TIMES = 10


class LinearPresenter:
    """Shows the collapsed matrix W′ while every activation is linear, and nothing otherwise."""

    def __init__(self, session: Session, line: QLabel) -> None:
        """Connect `line` to `session`."""
        self._session, self._line = session, line
        self._throttle = Throttle(session, _TIMES, light=True)
        session.refresh_requested.connect(self._on_stepped)
        self.show_line()

    def show_line(self) -> None:
        """Show the present sentence."""
        text = linear_sentence(self._session.snapshot())
        self._line.setText(text)
        why = "W⁽²⁾·(W⁽¹⁾·x) = (W⁽²⁾·W⁽¹⁾)·x: without a non-linearity, depth adds nothing."
        self._line.setToolTip(text and f"{text}\n{why}")
        self._line.setVisible(bool(text))

    def _on_stepped(self) -> None:
        if self._throttle.is_due():
            self.show_line()
