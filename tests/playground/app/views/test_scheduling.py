"""Pace: while training plays presenters take turns; a step always shows."""

from __future__ import annotations

import pytest

from playground.app.views import scheduling as pace
from playground.app.views.scheduling import Throttle
from playground.session.session import Session


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, to be set by hand."""
    time = [100.0]
    monkeypatch.setattr(pace, "perf_counter", lambda: time[0])
    return time


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(Session, "is_playing", property(lambda _self: True))
    return Session()


def frame(session: Session, *paces: Throttle) -> list[bool]:
    session.request_refresh()
    return [pace.is_due() for pace in paces]


def test_a_pace_skips_frames_until_its_pause_is_over(session: Session, now: list[float]) -> None:
    one = Throttle(session, 20)
    assert frame(session, one) == [True]
    now[0] += 0.049
    assert frame(session, one) == [False]
    now[0] += 0.002
    assert frame(session, one) == [True]


def test_only_one_pace_shows_in_a_frame(session: Session, now: list[float]) -> None:
    one, two, light = Throttle(session, 20), Throttle(session, 20), Throttle(session, 20, light=True)
    assert frame(session, one, two, light) == [True, False, True]
    now[0] += 0.016
    assert frame(session, one, two, light) == [False, True, False]


def test_light_paces_show_in_the_same_frames(session: Session, now: list[float]) -> None:
    one = Throttle(session, 20, light=True)
    assert frame(session, one) == [True]
    now[0] += 0.03
    two = Throttle(session, 20, light=True)
    both = []
    for _ in range(20):
        now[0] += 0.016
        both.append(frame(session, one, two))
    assert all(first == second for first, second in both)
    assert [True, True] in both
    assert [False, False] in both


def test_who_waited_too_long_shows_anyway(session: Session, now: list[float]) -> None:
    one, two = Throttle(session, 1000), Throttle(session, 20)
    frame(session, two, one)
    now[0] += 0.06
    assert frame(session, one, two) == [True, False]
    now[0] += 0.2
    assert frame(session, one, two) == [True, True]


def test_a_step_always_shows(now: list[float]) -> None:
    session = Session()
    one, two = Throttle(session, 20), Throttle(session, 20)
    assert frame(session, one, two) == [True, True]
    assert frame(session, one, two) == [True, True]
