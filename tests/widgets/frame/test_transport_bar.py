"""The bar on top: what it shows, what its buttons say, and that it fits."""

from __future__ import annotations

from math import inf

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.frame.transport_bar import TransportBar
from widgets.style import style, themes
from widgets.values import TransportReadouts

ALL = TransportReadouts(1284, 183, 0.0212, 0.0347, 0.988)


@pytest.fixture
def bar(qtbot: QtBot, qapp: QApplication) -> TransportBar:
    style.apply(qapp, themes.LIGHT)
    widget = TransportBar()
    qtbot.addWidget(widget)
    widget.resize(1600, 46)
    widget.show()
    return widget


def shown(bar: TransportBar) -> list[str]:
    readouts = (bar.iteration, bar.epochs, bar.train_loss, bar.test_loss, bar.accuracy)
    return [readout.number.text() for readout in readouts]


def test_readouts_are_grouped_and_of_four_digits(bar: TransportBar) -> None:
    bar.set_readouts(ALL)
    assert shown(bar) == ["001 284", "183", "0.02120", "0.03470", "98.8 %"]
    assert "Now 0.0212" in bar.train_loss.toolTip()


def test_what_is_not_there_reads_as_a_dash(bar: TransportBar) -> None:
    bar.set_readouts(TransportReadouts(0, 0))
    assert shown(bar) == ["000 000", "0", "–", "–", "–"]


def test_numbers_that_grow_move_nothing(bar: TransportBar) -> None:
    bar.set_readouts(TransportReadouts(0, 0))
    QApplication.processEvents()
    places = [widget.geometry() for widget in (bar.iteration, bar.epochs, bar.train_loss, bar.accuracy, bar.share)]
    bar.set_readouts(TransportReadouts(1_234_567, 12345, 1.2345e-7, 12345.678, 1.0))
    QApplication.processEvents()
    after = [widget.geometry() for widget in (bar.iteration, bar.epochs, bar.train_loss, bar.accuracy, bar.share)]
    assert after == places
    for readout in (bar.iteration, bar.epochs, bar.train_loss, bar.test_loss, bar.accuracy):
        assert readout.number.sizeHint().width() <= readout.number.width()


@pytest.mark.parametrize("button", ["reset", "back", "step", "epoch", "circuits", "share", "theme"])
def test_each_button_says_that_it_was_clicked(bar: TransportBar, qtbot: QtBot, button: str) -> None:
    with qtbot.waitSignal(getattr(bar, f"{button}_clicked"), timeout=1000):
        qtbot.mouseClick(getattr(bar, button), Qt.MouseButton.LeftButton)


def test_play_asks_and_shows_only_what_it_is_told(bar: TransportBar, qtbot: QtBot) -> None:
    asked: list[bool] = []
    bar.play_toggled.connect(asked.append)
    bar.play.click()
    assert (asked, bar.play.text()) == ([True], "Play")
    bar.set_playing(True)
    assert (asked, bar.play.text()) == ([True], "Pause")
    bar.play.click()
    assert asked == [True, False]


def test_slow_motion_is_a_switch_that_set_does_not_emit(bar: TransportBar) -> None:
    asked: list[bool] = []
    bar.slow_motion_toggled.connect(asked.append)
    bar.set_slow_motion(True)
    assert (bar.slow.isChecked(), asked) == (True, [])
    bar.slow.click()
    assert asked == [False]


def test_speed_is_auto_or_from_one_iteration_a_second_to_max(bar: TransportBar, qtbot: QtBot) -> None:
    asked: list[float] = []
    bar.speed_changed.connect(asked.append)
    assert (bar.speed.value(), bar.speed_label.text()) == (0, "Speed · auto")
    bar.set_rate(50.0)
    assert bar.speed_label.text() == "Speed · auto, 50 it/s"
    qtbot.keyClick(bar.speed, Qt.Key.Key_Right)
    qtbot.keyClick(bar.speed, Qt.Key.Key_Right)
    qtbot.keyClick(bar.speed, Qt.Key.Key_End)
    assert asked == [1.0, 2.0, inf]
    assert bar.speed_label.text() == "Speed · max"
    bar.set_speed(20.0)
    assert (bar.speed_label.text(), len(asked)) == ("Speed · 20 it/s", 3)


def test_in_slow_motion_the_slider_sets_phases_a_second(bar: TransportBar, qtbot: QtBot) -> None:
    speeds: list[float] = []
    paces: list[float] = []
    bar.speed_changed.connect(speeds.append)
    bar.pace_changed.connect(paces.append)
    bar.set_speed(20.0)
    bar.set_slow_motion(True)
    assert bar.speed_label.text() == "Phases a second · 1"
    qtbot.keyClick(bar.speed, Qt.Key.Key_Right)
    assert (paces, speeds) == ([2.0], [])
    bar.set_slow_motion(False)
    assert bar.speed_label.text() == "Speed · 20 it/s"


@pytest.mark.parametrize("width", [1600, 1280, 1000])
def test_everything_fits_at(bar: TransportBar, width: int) -> None:
    bar.set_readouts(ALL)
    bar.resize(width, 46)
    QApplication.processEvents()
    assert bar.width() == width
    assert bar.theme.geometry().right() < width
    for left, right in ((bar.slow, bar.speed), (bar.speed, bar.iteration), (bar.train_loss, bar.circuits)):
        assert left.geometry().right() < right.geometry().left()


def test_no_word_is_lost_at_1600_and_no_number_at_1280(bar: TransportBar) -> None:
    QApplication.processEvents()
    assert all(button.text() for button in (bar.reset, bar.back, bar.step, bar.slow, bar.share))
    bar.resize(1280, 46)
    QApplication.processEvents()
    assert not any(readout.isHidden() for readout in (bar.epochs, bar.test_loss, bar.accuracy))


def test_a_button_without_its_word_keeps_its_name(bar: TransportBar) -> None:
    bar.resize(900, 46)
    QApplication.processEvents()
    assert bar.slow.text() == ""
    assert bar.slow.accessibleName() == "Slow motion"
    bar.resize(1600, 46)
    QApplication.processEvents()
    assert bar.slow.text() == "Slow motion"


def test_a_number_that_outgrows_its_place_is_never_cut(bar: TransportBar) -> None:
    bar.set_readouts(TransportReadouts(98_765_432_109, 12_345_678, 0.5, 0.5, 0.5))
    QApplication.processEvents()
    QApplication.processEvents()  # the bar lays out after its parts
    assert shown(bar)[:2] == ["98 765 432 109", "12 345 678"]
    for readout in (bar.iteration, bar.epochs):
        assert readout.number.sizeHint().width() <= readout.number.width()
        assert readout.number.geometry().right() <= readout.width()
    wide = bar.epochs.geometry()
    bar.set_readouts(ALL)
    QApplication.processEvents()
    assert bar.epochs.geometry() == wide
