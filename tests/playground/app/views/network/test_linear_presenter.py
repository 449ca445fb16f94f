"""The line under the network says what linear layers amount to, and is hidden otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import MagicMock

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from playground.app.views.network.linear_presenter import LinearPresenter
from playground.app.views.scheduling import Scheduler
from playground.document.changes import with_layer
from playground.session.session import Session
from widgets.style import numbers


@pytest.fixture
def line(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    made = MagicMock()
    made.center = stand_in(QWidget)
    LinearPresenter(session, scheduler, made.center, made)
    return made


def test_it_is_hidden_while_an_activation_bends(line: Any) -> None:
    line.setVisible.assert_called_once_with(False)
    line.setText.assert_called_once_with("")


def test_linear_layers_are_multiplied_into_one(session: Session, line: Any) -> None:
    session.change(with_layer(1, activation="linear"), "Take linear")
    first, second = session.snapshot().matrices()
    w = second[:, :-1] @ first[:, :-1]
    text = line.setText.call_args.args[0]
    line.setVisible.assert_called_with(True)
    assert text.startswith("All activations are linear, so the 2 layers together are ŷ = ")
    for value in np.abs(w[0]):
        assert f"{numbers.live(float(value))}·x" in text
