"""Health is looked after when it can have changed, and a few times a second at most while training plays."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from playground.app.views.health import watch as health_watch
from playground.app.views.health.watch import HealthWatch
from playground.document.document import Document, with_layer
from playground.session.session import Session


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the examinations; time stands still."""
    made: list[int] = []
    examine = health_watch.reading.examine

    def counted(snapshot, examples):
        made.append(snapshot.version)
        return examine(snapshot, examples)

    monkeypatch.setattr(health_watch.reading, "examine", counted)
    monkeypatch.setattr("playground.app.views.scheduling.perf_counter", lambda: 100.0)
    return made


def test_nobody_asks_and_nothing_is_computed(qtbot: QtBot, looks: list[int]) -> None:
    session = Session(Document())
    HealthWatch(session)
    session.step()
    assert looks == []


def test_one_state_is_examined_once_for_all_who_ask(qtbot: QtBot, looks: list[int]) -> None:
    session = Session(Document())
    watch = HealthWatch(session)
    assert watch.badges() == {}
    assert watch.health().looked_at == "200 training examples"
    assert len(looks) == 1
    session.step()
    watch.health()
    assert len(looks) == 2


def test_while_training_plays_it_waits_but_not_for_a_new_structure(qtbot: QtBot, looks: list[int]) -> None:
    session = Session(Document())
    watch = HealthWatch(session)
    watch.health()
    session.play()
    watch._throttle.is_due()
    session.advance(0.0, 3)
    watch.health()
    assert len(looks) == 1
    session.change(with_layer(1, width=6), "wider")
    assert len(watch.health().units[0].dead) == 6
    session.pause()
