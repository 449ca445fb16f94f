"""The current health of a run, computed at most a few times a second and only for visible views."""

from __future__ import annotations

from playground.app.views.health import reading
from playground.app.views.scheduling import Throttle
from playground.engine.network import Network
from playground.engine.trainer import TrainingData
from playground.session.session import Session
from widgets.values import Badge, NodeKey

_TIMES = 4


class HealthWatch:
    """Keeps the latest health of the session's run; presenters of visible widgets ask for it."""

    def __init__(self, session: Session) -> None:
        """Watch `session`; nothing is computed before it is asked for."""
        self._session = session
        self._throttle = Throttle(session, _TIMES)
        self._version = -1
        self._network: Network | None = None
        self._train: TrainingData | None = None
        self._examples: TrainingData | None = None
        self._health = reading.Health((), (), "")
        self._badges: dict[NodeKey, Badge] = {}

    def health(self) -> reading.Health:
        """Return the current health; while training plays, it is at most a quarter of a second old."""
        self._look()
        return self._health

    def badges(self) -> dict[NodeKey, Badge]:
        """Return the warnings by node, those of a layer under unit −1."""
        self._look()
        return self._badges

    def _look(self) -> None:
        snapshot = self._session.snapshot()
        if snapshot.version == self._version:
            return
        if snapshot.network is self._network and not self._throttle.is_due():
            return
        if snapshot.data.train is not self._train or snapshot.network is not self._network:
            self._train, self._examples = snapshot.data.train, reading.sample(snapshot)
        assert self._examples is not None
        self._version, self._network = snapshot.version, snapshot.network
        self._health = reading.examine(snapshot, self._examples)
        self._badges = reading.badges(self._health)
