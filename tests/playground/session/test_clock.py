from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from playground.session.clock import AUTO, FIRST_PACE, FRAME_MS, RATE_WINDOW_S, SLICE_MS, Clock, Metronome, Ticker
from playground.session.session import Session


class Bench:
    """A clock over a pretended time: a step costs `cost` seconds, and each tick comes `wait` seconds after the last."""

    def __init__(self, cost: float = 1e-4) -> None:
        self.now = 100.0
        self.cost = cost
        self.asked: list[tuple[float, int | None]] = []
        self.steps = self.frames = 0
        self.rates: list[tuple[float, float]] = []
        self.clock = Clock(self.advance)
        self.clock.frame_due.connect(self._on_frame)
        self.clock.rated.connect(lambda frames, steps: self.rates.append((frames, steps)))

    def advance(self, seconds: float, most: int | None) -> int:
        self.asked.append((seconds, most))
        able = max(1, int(seconds / self.cost))
        done = able if most is None else min(able, most)
        self.now += done * self.cost
        self.steps += done
        return done

    def run(self, seconds: float, wait: float) -> None:
        end = self.now + seconds
        while self.now < end:
            self.now += wait
            self.clock._on_timeout()

    def _on_frame(self) -> None:
        self.frames += 1


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Bench]:
    bench = Bench()
    monkeypatch.setattr("playground.session.clock.perf_counter", lambda: bench.now)
    yield bench
    bench.clock.stop()


@pytest.mark.parametrize("speed", [1.0, 5.0, 30.0, 250.0])
def test_a_chosen_speed_is_kept(bench: Bench, speed: float) -> None:
    bench.clock.set_speed(speed)
    bench.clock.start()
    bench.run(20.0, FRAME_MS / 1e3)
    assert bench.steps == pytest.approx(20 * speed, abs=max(2, 0.01 * 20 * speed))


def test_the_first_step_comes_at_once(bench: Bench) -> None:
    bench.clock.set_speed(0.5)
    bench.clock.start()
    bench.run(0.02, 0.01)
    assert bench.steps == 1


def test_as_fast_as_possible_trains_in_short_slices(bench: Bench) -> None:
    bench.clock.start()
    bench.run(1.0, 1e-4)
    assert set(bench.asked) == {(SLICE_MS / 1e3, None)}
    assert bench.steps > 9000


def test_auto_begins_slowly_and_doubles_every_second(bench: Bench) -> None:
    bench.clock.set_speed(AUTO)
    bench.clock.start()
    steps = []
    for _ in range(4):
        before = bench.steps
        bench.run(1.0, FRAME_MS / 1e3)
        steps.append(bench.steps - before)
    doubled = [50.0 * 2.0**i / 0.693 for i in range(4)]
    assert steps == pytest.approx(doubled, rel=0.1)
    assert bench.clock.pace == pytest.approx(50.0 * 2.0**4, rel=0.1)


def test_auto_ends_at_what_the_machine_can_do(bench: Bench) -> None:
    bench.clock.set_speed(AUTO)
    bench.clock.start()
    bench.run(12.0, FRAME_MS / 1e3)
    assert bench.clock.pace is None
    bench.clock.stop()
    bench.clock.start()
    assert bench.clock.pace == FIRST_PACE


def test_auto_does_not_wait_for_a_network_that_is_slower_than_its_first_pace(bench: Bench) -> None:
    bench.cost = 0.1
    bench.clock.set_speed(AUTO)
    bench.clock.start()
    bench.run(1.0, FRAME_MS / 1e3)
    assert bench.clock.pace is None


def test_frames_come_sixty_times_a_second(bench: Bench) -> None:
    bench.clock.start()
    bench.run(2.0, 1e-4)
    assert bench.frames == pytest.approx(120, abs=9)
    assert bench.frames <= 121


def test_at_full_speed_a_frame_has_an_event_of_its_own(bench: Bench) -> None:
    bench.clock.start()
    shown = 0
    for _ in range(200):
        slices, frames = len(bench.asked), bench.frames
        bench.now += 1e-4
        bench.clock._on_timeout()
        assert (len(bench.asked) - slices) + (bench.frames - frames) == 1
        shown += bench.frames - frames
    assert shown > 5


def test_no_frame_without_a_step(bench: Bench) -> None:
    bench.clock.set_speed(2.0)
    bench.clock.start()
    bench.run(5.0, FRAME_MS / 1e3)
    assert bench.frames == bench.steps


def test_rates_are_told_twice_a_second(bench: Bench) -> None:
    bench.clock.start()
    bench.run(3.0, 1e-3)
    assert len(bench.rates) == pytest.approx(3.0 / RATE_WINDOW_S, abs=1)
    frames, steps = bench.rates[-1]
    assert frames == pytest.approx(60, abs=6)
    assert steps == pytest.approx(bench.steps / 3.0, rel=0.1)


def test_time_at_full_speed_is_not_owed_at_a_chosen_one(bench: Bench) -> None:
    bench.clock.start()
    bench.run(60.0, 0.01)
    before = bench.steps
    bench.clock.set_speed(10.0)
    bench.run(1.0, FRAME_MS / 1e3)
    assert bench.steps - before <= 12


def test_a_machine_too_slow_for_the_speed_owes_a_quarter_second_at_most(bench: Bench) -> None:
    bench.cost = 0.1
    bench.clock.set_speed(100.0)
    bench.clock.start()
    bench.run(20.0, FRAME_MS / 1e3)
    bench.cost = 1e-6
    before = bench.steps
    bench.run(1.0, FRAME_MS / 1e3)
    assert bench.steps - before <= 100 + 25 + 12  # a second, what is owed, and the last slow slice


def test_a_large_iteration_stays_owed_until_it_is_complete(bench: Bench) -> None:
    bench.clock.set_speed(1.0)
    pulses = iter([0, 0, 0, 1])
    asked = []

    def advance(seconds: float, most: int | None) -> int:
        asked.append(most)
        return next(pulses)

    bench.clock._advance = advance
    bench.clock.start()
    bench.run(4 * FRAME_MS / 1e3 - 0.001, FRAME_MS / 1e3)
    assert asked == [1, 1, 1, 1]


def test_starting_and_stopping(bench: Bench) -> None:
    assert not bench.clock.is_running
    bench.clock.start()
    assert bench.clock.is_running
    bench.clock.set_speed(3.0)
    assert bench.clock.is_running
    bench.clock.stop()
    bench.clock.set_speed(4.0)
    assert not bench.clock.is_running


def test_playing_shows_frames_and_pausing_the_last_state(session: Session) -> None:
    shown, playing = [], []
    session.stepped.connect(lambda: shown.append(session.run.iteration))
    session.playing_changed.connect(playing.append)
    session.toggle()
    session.play()
    session.clock._on_timeout()
    assert shown == [session.run.iteration]
    assert shown[0] > 0
    session.toggle()
    session.pause()
    assert playing == [True, False]
    assert len(shown) == 2


def test_a_step_pauses(session: Session) -> None:
    session.play()
    session.step()
    assert not session.is_playing


def test_a_ticker_asks_until_it_is_stopped(qapp: QApplication) -> None:
    asked = []
    ticker = Ticker(lambda: asked.append(1))
    ticker.start()
    assert ticker.is_running
    while len(asked) < 3:
        qapp.processEvents()
    ticker.stop()
    assert not ticker.is_running
    qapp.processEvents()
    assert len(asked) == 3


def test_a_metronome_keeps_its_pace(qapp: QApplication) -> None:
    metronome = Metronome(4.0)
    metronome.set_pace(5.0)
    assert not metronome.is_running
    metronome.start()
    assert metronome._timer.interval() == 200
    metronome.set_pace(10.0)
    assert metronome._timer.interval() == 100
    assert metronome.pace == 10.0
    metronome.stop()
    assert not metronome.is_running


def test_long_frames_leave_at_least_half_of_the_time_to_training(bench: Bench) -> None:
    def paint() -> None:
        bench.now += 0.1

    bench.clock.frame_due.connect(paint)
    bench.clock.start()
    bench.run(10.0, 0.0)
    assert 40 <= bench.frames <= 50
    assert bench.steps * bench.cost >= 4.9


def test_one_long_frame_among_short_ones_delays_none(bench: Bench) -> None:
    lengths = cycle([0.004, 0.004, 0.004, 0.013])

    def show() -> None:
        bench.now += next(lengths)

    bench.clock.frame_due.connect(show)
    bench.clock.start()
    bench.run(2.0, 1e-4)
    assert bench.frames >= 110


def test_a_frame_of_seconds_does_not_hold_the_next_back_for_long(bench: Bench) -> None:
    bench.clock.start()
    bench.run(0.1, 0.0)
    bench.clock.frame_due.connect(lambda: setattr(bench, "now", bench.now + 3.0))
    before = bench.frames
    bench.run(7.0, 0.0)
    assert bench.frames - before == 3


def test_work_is_done_once_a_turn_whatever_other_timers_end_meanwhile(qapp: QApplication) -> None:
    """Qt gives the turns of timers that were due and have ended to whichever is due next: that was the ticker again."""
    others = [QTimer(interval=0) for _ in range(4)]
    done: list[int] = []
    others[0].timeout.connect(lambda: [other.stop() for other in others])
    ticker = Ticker(lambda: done.append(1))
    ticker.start()
    for other in others:
        other.start()
    for turn in range(1, 4):
        while len(done) < turn:
            QApplication.processEvents()
        assert len(done) == turn
    ticker.stop()
