"""One scheduler asks each visible view once, shows nothing that is hidden, and lets views take turns while playing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.app.views import scheduling
from playground.app.views.scheduling import READINGS, Aspect, Scheduler, View
from playground.document.changes import with_training, with_width
from playground.document.document import Node
from playground.session.session import Session


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the time, to be set by hand."""
    time = [100.0]
    monkeypatch.setattr(scheduling, "perf_counter", lambda: time[0])
    return time


@pytest.fixture
def widget(qtbot: QtBot) -> QWidget:
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.show()
    return shown


@pytest.fixture
def hidden(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


class Shown(list[Aspect]):
    """What a view was asked to show, one entry a call."""

    def add(self, changed: Aspect) -> None:
        self.append(changed)

    def since(self) -> list[Aspect]:
        """Return the calls since the last time."""
        calls = list(self)
        self.clear()
        return calls


# ---- what is shown -----------------------------------------------------------------------------


def test_everything_is_new_to_a_view_at_first(session: Session, widget: QWidget) -> None:
    shown = Shown()
    Scheduler(session).add(widget, shown.add, READINGS | Aspect.SELECTION)
    assert shown == [READINGS | Aspect.SELECTION]


@pytest.mark.parametrize(
    ("change", "aspect"),
    [
        (lambda session: session.step(), Aspect.RUN),
        (lambda session: session.select(node=Node(1, 0)), Aspect.SELECTION),
        (lambda session: session.hover(Node(1, 0)), Aspect.HOVERED),
        (lambda session: session.set_display(edge_kind="gradient"), Aspect.DISPLAY),
        (
            lambda session: session.change(with_training(learning_rate=0.5), "Change the learning rate"),
            Aspect.RUN | Aspect.DOCUMENT,
        ),
    ],
)
def test_a_view_is_asked_once_for_what_it_depends_on(
    session: Session, widget: QWidget, change: Callable[[Session], object], aspect: Aspect
) -> None:
    scheduler, shown, others = Scheduler(session), Shown(), Shown()
    scheduler.add(widget, shown.add, aspect)
    scheduler.add(widget, others.add, ~aspect)
    shown.clear(), others.clear()
    change(session)
    assert shown == [aspect]
    assert others == []


def test_an_edit_that_changes_the_selection_too_is_shown_once(session: Session, widget: QWidget) -> None:
    shown = Shown()
    session.select(node=Node(1, 3))
    Scheduler(session).add(widget, shown.add, READINGS | Aspect.SELECTION)
    shown.clear()
    session.change(with_width(1, 2), "Change a width")
    assert shown == [Aspect.RUN | Aspect.DOCUMENT | Aspect.SELECTION]


def test_a_hidden_view_shows_nothing_until_it_is_visible(session: Session, hidden: QWidget) -> None:
    shown = Shown()
    Scheduler(session).add(hidden, shown.add, Aspect.RUN)
    session.step()
    assert shown == []
    hidden.show()
    assert shown == [Aspect.RUN]
    hidden.hide()
    hidden.show()
    assert shown == [Aspect.RUN]


def test_a_view_that_another_hides_shows_first_that_what_it_showed_is_gone(
    session: Session, widget: QWidget, qtbot: QtBot
) -> None:
    page = QWidget(widget)
    page.show()
    shown, scheduler = Shown(), Scheduler(session)
    scheduler.add(widget, lambda _changed: page.hide(), Aspect.RUN)
    page.show()
    scheduler.add(page, shown.add, Aspect.RUN)
    shown.clear()
    session.step()
    assert not page.isVisible()
    assert shown == [Aspect.RUN]
    session.step()
    assert shown == [Aspect.RUN]


def test_a_presenter_shows_again_what_is_its_own(session: Session, widget: QWidget) -> None:
    shown = Shown()
    view = Scheduler(session).add(widget, shown.add, Aspect.RUN)
    shown.clear()
    view.refresh()
    assert shown == [Aspect.OWN]


# ---- when --------------------------------------------------------------------------------------


@pytest.fixture
def playing(session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(Session, "is_playing", property(lambda _self: True))
    return session


class Stage:
    """Views beside each other on one widget, all up to date, and frames by hand."""

    def __init__(self, session: Session, widget: QWidget) -> None:
        self.session, self.widget, self.scheduler = session, widget, Scheduler(session)
        self.shown: list[Shown] = []

    def add(self, times: float, *, light: bool = False) -> View:
        shown = Shown()
        view = self.scheduler.add(self.widget, shown.add, READINGS | Aspect.SELECTION, times=times, light=light)
        shown.clear()
        self.shown.append(shown)
        return view

    def frame(self) -> list[bool]:
        """Move the run; return which views showed it."""
        self.session.stepped.emit()
        self.session.request_refresh()
        return [bool(shown.since()) for shown in self.shown]


@pytest.fixture
def stage(playing: Session, widget: QWidget, now: list[float]) -> Stage:
    return Stage(playing, widget)


def test_a_view_skips_frames_until_its_pause_is_over(stage: Stage, now: list[float]) -> None:
    stage.add(20)
    assert stage.frame() == [True]
    now[0] += 0.049
    assert stage.frame() == [False]
    now[0] += 0.002
    assert stage.frame() == [True]


def test_only_one_view_that_is_not_light_shows_in_a_frame(stage: Stage, now: list[float]) -> None:
    for light in (False, False, True):
        stage.add(20, light=light).next = now[0]
    assert stage.frame() == [True, False, True]
    now[0] += 0.016
    assert stage.frame() == [False, True, False]


def test_light_views_show_in_the_same_frames(stage: Stage, now: list[float]) -> None:
    stage.add(20, light=True)
    stage.frame()
    now[0] += 0.03
    stage.add(20, light=True)
    both = []
    for _ in range(20):
        now[0] += 0.016
        both.append(stage.frame())
    assert all(first == second for first, second in both)
    assert [True, True] in both
    assert [False, False] in both


@pytest.mark.parametrize("light", [False, True], ids=["in turn", "light"])
def test_a_view_that_takes_long_rests_twenty_times_as_long(stage: Stage, now: list[float], light: bool) -> None:
    def work(_changed: Aspect) -> None:
        now[0] += 0.02

    view = stage.add(20, light=light)
    stage.frame()
    now[0] += 1.0
    quick, view.show = view.show, work
    stage.frame()
    view.show = quick
    now[0] += 0.37
    assert stage.frame() == [False]
    now[0] += 0.011
    assert stage.frame() == [True]


def test_a_view_that_waited_too_long_shows_anyway(stage: Stage, now: list[float]) -> None:
    for times in (1000, 20):
        stage.add(times).next = now[0]
    assert stage.frame() == [True, False]
    now[0] += 0.2
    assert stage.frame() == [True, True]


def test_after_a_turn_that_took_long_no_view_has_one_for_a_while(stage: Stage, now: list[float]) -> None:
    def work(_changed: Aspect) -> None:
        now[0] += 0.02

    slow, quick = stage.add(20), stage.add(1000)
    slow.next, quick.next = now[0] - 1.0, now[0]
    slow.show = work
    assert stage.frame() == [False, False]  # the slow one had its turn
    now[0] += 0.15
    assert stage.frame() == [False, False]
    now[0] += 0.02
    assert stage.frame() == [False, True]


def test_where_views_take_long_late_ones_wait_for_their_turn_and_each_has_it(stage: Stage, now: list[float]) -> None:
    for view in [stage.add(20) for _ in range(3)]:
        show = view.show

        def work(changed: Aspect, show: Callable[[Aspect], object] = show) -> None:
            now[0] += 0.03
            show(changed)

        view.show = work
    shown = []
    for _ in range(7):
        now[0] += 1.0
        shown.append(stage.frame())
    shown = shown[1:]  # what they take is not known before
    assert all(sum(frame) == 1 for frame in shown)
    assert [sum(of) for of in zip(*shown, strict=True)] == [2, 2, 2]


def test_a_turn_waits_for_a_frame_in_which_light_views_take_little(stage: Stage, now: list[float]) -> None:
    light, slow = stage.add(20, light=True), stage.add(20)
    light.took, slow.next = 0.02, now[0]
    assert stage.frame() == [True, False]
    now[0] += 0.016
    assert stage.frame() == [False, True]
    light.took = 0.02
    now[0] += 0.16
    assert stage.frame() == [True, True]  # it waits no longer than a tenth of a second


def test_a_selection_waits_for_no_frame(stage: Stage) -> None:
    stage.add(20)
    stage.frame()
    stage.session.select(node=Node(1, 1))
    assert stage.shown[0] == [Aspect.SELECTION]


def test_a_step_always_shows(session: Session, widget: QWidget, now: list[float]) -> None:
    stage = Stage(session, widget)
    stage.add(20)
    stage.add(20)
    assert stage.frame() == [True, True]
    assert stage.frame() == [True, True]
