"""A message about an edit goes when the edit is undone, or when another edit is the one that Undo takes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from playground.document.changes import with_data, with_training, with_width
from playground.session.session import Session
from widgets.frame.status_line import StatusLine

Act = Callable[[Session], object]


def reset(session: Session) -> None:
    session.step(3)
    session.reset()


def train_what_cannot_be_kept(session: Session) -> None:
    session.change(with_training(loss="hinge"), "Use hinge")
    session.change(with_data(name="plane"), "Take the plane data")


def go_back_beyond_another_network(session: Session) -> None:
    session.step(3)
    session.change(with_width(1, 2), "Narrow")
    session.step_back()


ACTS: dict[str, tuple[Act, str]] = {
    "reset": (reset, "Ctrl+Z brings it back"),
    "a remark on what else changed": (train_what_cannot_be_kept, "the loss is now squared error"),
    "the earliest iteration": (go_back_beyond_another_network, "Undo brings back the network before it"),
}


@pytest.fixture
def line(session: Session, qtbot) -> StatusLine:
    shown = StatusLine()
    qtbot.addWidget(shown)
    shown.set_hint("Hover a neuron")
    session.noted.connect(shown.set_message)
    session.withdrawn.connect(shown.withdraw)
    return shown


@pytest.mark.parametrize(("act", "words"), ACTS.values(), ids=ACTS)
def test_undo_takes_the_message_about_the_edit_away(session: Session, line: StatusLine, act: Act, words: str) -> None:
    act(session)
    assert words in line.message.text() != "Hover a neuron"
    session.undo_stack.undo()
    assert line.message.text() == "Hover a neuron"
    session.undo_stack.redo()
    assert line.message.text() == "Hover a neuron"


@pytest.mark.parametrize(("act", "words"), ACTS.values(), ids=ACTS)
def test_another_edit_takes_it_away(session: Session, line: StatusLine, act: Act, words: str) -> None:
    act(session)
    session.change(with_training(learning_rate=0.5), "Change the learning rate")
    assert line.message.text() == "Hover a neuron"


def test_a_later_message_stays(session: Session, line: StatusLine) -> None:
    reset(session)
    session.note("Saved.")
    session.undo_stack.undo()
    assert line.message.text() == "Saved."
