"""Stand-ins for widgets, so that a presenter is tested alone; and one example's passes in NumPy, as an oracle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest.mock import MagicMock

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from playground.app.views.scheduling import Scheduler
from playground.session.session import Session
from playground.training.snapshot import Snapshot


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


@dataclass(frozen=True)
class Passes:
    """Forward and backward pass of one example through the first document's network: 2 inputs, tanh, ½(a − y)²."""

    x: np.ndarray
    z: np.ndarray
    a: np.ndarray
    output: float
    target: float
    d_output: float
    d_a: np.ndarray
    d_z: np.ndarray
    d_x: np.ndarray


@pytest.fixture
def passes() -> Callable[[Snapshot, int], Passes]:
    """Return what computes the passes of an example of a snapshot in NumPy alone."""

    def compute(snapshot: Snapshot, index: int) -> Passes:
        first, second = snapshot.matrices()
        sample = snapshot.data.sample
        x, target = sample.points[index], 2.0 * sample.labels[index] - 1.0
        z = first[:, :-1] @ x + first[:, -1]
        a = np.tanh(z)
        output = float(second[0, :-1] @ a + second[0, -1])
        d_a = (output - target) * second[0, :-1]
        d_z = d_a * (1.0 - a**2)
        return Passes(x, z, a, output, target, output - target, d_a, d_z, first[:, :-1].T @ d_z)

    return compute
