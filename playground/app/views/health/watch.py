"""HealthWatch: finds dead and saturated units, vanishing and exploding gradients, for the views that show them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from playground.analysis.health import Examination
from playground.app.views.health import reading
from playground.app.views.scheduling import READINGS, Aspect, Scheduler
from playground.engine.network import Network
from playground.engine.trainer import TrainingData
from playground.session.session import Session
from widgets.values import Badge, NodeKey

_TIMES = 4


class HealthWatch:
    """Keeps the latest health of the session's run, a few times a second while training plays."""

    def __init__(self, session: Session, scheduler: Scheduler, widgets: Iterable[QWidget]) -> None:
        """Watch `session` while one of `widgets` is visible; their presenters are made after this."""
        self._session = session
        self._version = -1
        self._network: Network | None = None
        self._train: TrainingData | None = None
        self._loss = ""
        self._by: Examination | None = None
        self.health = reading.Health((), (), "")
        self.badges: dict[NodeKey, Badge] = {}  # those of a layer under unit −1
        watched = tuple(widgets)
        scheduler.add(watched, self._follow, Aspect.DOCUMENT)
        scheduler.add(watched, self._look, READINGS, times=_TIMES)

    def _follow(self, changed: Aspect) -> None:
        """Look at a new structure at once: what was found names units that are gone."""
        if self._session.run.network is not self._network:
            self._look(changed)

    def _look(self, _changed: Aspect) -> None:
        snapshot = self._session.snapshot()
        if snapshot.version == self._version:
            return
        loss, train = snapshot.document.training.loss, snapshot.data.train
        is_same = snapshot.network is self._network and train is self._train and loss == self._loss
        if self._by is None or not is_same:
            self._by, self._loss, self._train = reading.examination(snapshot), loss, train
        self._version, self._network = snapshot.version, snapshot.network
        self.health = reading.examine(snapshot, self._by)
        self.badges = reading.badges(snapshot, self.health)
