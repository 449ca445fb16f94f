"""Stand-ins for widgets: the signals of a widget, and mocks of its methods, so that a presenter is tested alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import MagicMock

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from playground.app.views.scheduling import Scheduler
from playground.session.session import Session


class StandIn(QObject):
    """What a presenter sees of a widget: `isVisible` says yes until it is told otherwise."""

    def __init__(self, kind: type[QWidget]) -> None:
        super().__init__()
        self._kind = kind
        self.isVisible = MagicMock(return_value=True)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or not hasattr(self._kind, name):
            raise AttributeError(f"{self._kind.__name__} has no {name}")
        made = MagicMock(name=name)
        setattr(self, name, made)
        return made


@pytest.fixture
def stand_in() -> Callable[[type[QWidget]], Any]:
    """Return a maker of stand-ins for a class of widgets."""

    def make(kind: type[QWidget]) -> Any:
        signals = {
            name: value
            for base in reversed(kind.__mro__)
            for name, value in vars(base).items()
            if isinstance(value, Signal) and base.__module__.startswith("widgets")
        }
        return type(f"{kind.__name__}StandIn", (StandIn,), signals)(kind)

    return make


@pytest.fixture
def scheduler(session: Session) -> Scheduler:
    return Scheduler(session)
