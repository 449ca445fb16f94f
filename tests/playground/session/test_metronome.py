from __future__ import annotations

from pytestqt.qtbot import QtBot

from playground.session.clock import Metronome


def test_the_metronome_beats_until_it_is_stopped(qtbot: QtBot) -> None:
    metronome = Metronome(pace=200.0)
    assert not metronome.is_running
    metronome.start()
    with qtbot.waitSignals([metronome.beat, metronome.beat], timeout=5000):
        pass
    metronome.stop()
    assert not metronome.is_running


def test_another_pace_counts_at_once_and_starts_nothing(qtbot: QtBot) -> None:
    metronome = Metronome(pace=0.5)
    metronome.set_pace(200.0)
    assert not metronome.is_running
    metronome.set_pace(0.01)
    metronome.start()
    metronome.set_pace(200.0)
    with qtbot.waitSignal(metronome.beat, timeout=5000):
        pass
    assert metronome.pace == 200.0
    metronome.stop()
