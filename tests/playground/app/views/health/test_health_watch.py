"""Health is looked after when it can have changed, and a few times a second at most while training plays."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.app.views.health import watch as health_watch
from playground.app.views.health.watch import HealthWatch
from playground.app.views.scheduling import Scheduler
from playground.document.changes import with_layer
from playground.document.document import Document
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


@pytest.fixture
def widget(qtbot: QtBot) -> QWidget:
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.show()
    return shown


def test_nothing_is_computed_while_no_view_can_be_seen(widget: QWidget, looks: list[int]) -> None:
    session = Session(Document())
    widget.hide()
    HealthWatch(session, Scheduler(session), [widget])
    session.step()
    assert looks == []


def test_one_state_is_examined_once_for_all_views(widget: QWidget, looks: list[int]) -> None:
    session = Session(Document())
    watch = HealthWatch(session, Scheduler(session), [widget, widget])
    assert watch.badges == {}
    assert watch.health.looked_at == "200 training examples"
    assert len(looks) == 1
    session.step()
    assert len(looks) == 2


def test_while_training_plays_it_waits_but_not_for_a_new_structure(widget: QWidget, looks: list[int]) -> None:
    session = Session(Document())
    watch = HealthWatch(session, Scheduler(session), [widget])
    session.play()
    session.request_refresh()
    session.advance(0.0, 3)
    session.request_refresh()
    assert len(looks) == 1
    session.change(with_layer(1, width=6), "wider")
    assert len(watch.health.units[0].dead) == 6
    session.pause()


def test_while_training_plays_one_look_is_for_all_views_in_whichever_frames_they_show(
    widget: QWidget, looks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("playground.app.views.scheduling.perf_counter", lambda: now[0])
    session = Session(Document())
    HealthWatch(session, Scheduler(session), [widget, widget])
    session.play()
    looks.clear()
    for _ in range(60):  # a second
        now[0] += 1.0 / 60.0
        session.advance(0.0, 3)
        session.stepped.emit()
        session.request_refresh()
    session.pause()
    assert 3 <= len(looks) <= 5
