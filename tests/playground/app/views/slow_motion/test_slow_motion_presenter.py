"""The strip and its caption show the current phase; a click on a phase goes there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import MagicMock

import pytest

from playground.app.views.scheduling import Scheduler
from playground.app.views.slow_motion.presenter import SlowMotionPresenter
from playground.document.document import Edge, Node
from playground.document.quantity import Quantity
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.frame.phase_strip import PhaseStrip
from widgets.frame.transport_bar import TransportBar


@pytest.fixture
def strip(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    made = stand_in(PhaseStrip)
    made.slow, made.caption, made.bar = SlowMotion(session), MagicMock(), stand_in(TransportBar)
    made.presenter = SlowMotionPresenter(session, scheduler, made.slow, made, made.caption, made.bar)
    return made


def test_the_switch_begins_at_the_batch_and_ends_without_a_step(session: Session, strip: Any) -> None:
    strip.bar.slow_motion_toggled.emit(True)
    strip.set_current.assert_called_with(0)
    strip.caption.setVisible.assert_called_with(True)
    assert strip.caption.set_caption.call_args.args[0].sentences[0].startswith("Batch: the next 16 examples")
    strip.bar.slow_motion_toggled.emit(False)
    strip.set_current.assert_called_with(None)
    strip.caption.setVisible.assert_called_with(False)
    strip.bar.set_slow_motion.assert_called_with(False)
    assert session.run.iteration == 0


def test_a_click_on_a_phase_goes_there(strip: Any) -> None:
    strip.phase_clicked.emit(2)
    assert strip.slow.cursor.index == 2
    strip.set_current.assert_called_with(2)
    strip.bar.set_slow_motion.assert_called_with(True)


def test_the_caption_of_the_update_follows_the_selected_edge(session: Session, strip: Any) -> None:
    strip.phase_clicked.emit(6)
    session.select(node=Node(1, 0), edge=Edge(1, 0, 0))
    text = strip.caption.set_caption.call_args.args[0].sentences[0]
    assert text.startswith("Update: x₁ → a₁⁽¹⁾: w + Δw = ")


HIDDEN = "numbers are hidden"


@pytest.mark.parametrize(
    ("of", "at", "silent"),
    [
        ("local", "h1.1", ["Backward 1"]),
        ("loss", "loss", ["Loss"]),
        ("upstream", "out.1", ["Backward 2", "Backward 1"]),
        ("value", "h1.1", ["Forward 1", "Forward 2", "Loss", "Backward 2", "Backward 1"]),
        ("weight", "x1-h1.1", ["Forward 1", "Update"]),
        ("input_gradient", "x1", ["Backward 1"]),
        ("next_weight", "x1-h1.1", ["Update"]),
        ("next_weight", "x2-h1.1", []),
    ],
)
def test_a_phase_is_silent_only_about_numbers_of_its_own(
    session: Session, strip: Any, of: str, at: str, silent: list[str]
) -> None:
    session.select(node=Node(1, 0), edge=None)
    session.prediction.ask([Quantity(of, at)])
    strip.slow.start()
    found = []
    for index, phase in enumerate(strip.slow.cursor.phases):
        strip.phase_clicked.emit(index)
        if HIDDEN in strip.caption.set_caption.call_args.args[0].sentences[0]:
            found.append(phase.label)
    assert found == silent


def test_a_step_of_training_ends_slow_motion(session: Session, strip: Any) -> None:
    strip.phase_clicked.emit(3)
    session.step()
    strip.set_current.assert_called_with(None)
