"""The phases of one iteration as chips."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.frame.phase_strip import PhaseStrip, phase_named, phases_of


@pytest.fixture
def strip(qtbot: QtBot) -> PhaseStrip:
    widget = PhaseStrip()
    qtbot.addWidget(widget)
    widget.resize(900, 40)
    widget.set_phases(phases_of(3))
    with qtbot.waitExposed(widget):
        widget.show()
        widget.activateWindow()
    return widget


def test_an_iteration_goes_forward_and_then_back() -> None:
    assert [phase.label for phase in phases_of(2)] == [
        "Batch", "Forward 1", "Forward 2", "Loss", "Backward 2", "Backward 1", "Update",
    ]  # fmt: skip
    assert [phase_named(label).kind for label in ("Forward 12", "Update")] == ["forward", "update"]
    assert phase_named("Backward 3").short == "B3"


def test_set_marks_current_and_done_and_never_emits(strip: PhaseStrip, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(strip.phase_clicked):
        strip.set_current(2)
    assert [chip.state for chip in strip.chips] == ["done", "done", "current"] + ["waiting"] * 6
    strip.set_current(None)
    assert {chip.state for chip in strip.chips} == {"waiting"}


def test_a_phase_that_is_not_there_is_refused(strip: PhaseStrip) -> None:
    with pytest.raises(ValueError, match="expected an index below 9, got 9"):
        strip.set_current(9)


def test_a_click_emits_the_index_once_even_after_new_phases(strip: PhaseStrip, qtbot: QtBot) -> None:
    emitted: list[int] = []
    strip.phase_clicked.connect(emitted.append)
    strip.set_phases(["Batch", "Forward 1", "Loss", "Backward 1", "Update"])
    qtbot.mouseClick(strip.chips[3], Qt.MouseButton.LeftButton)
    assert emitted == [3]


def test_arrows_walk_and_enter_clicks(strip: PhaseStrip, qtbot: QtBot) -> None:
    strip.chips[0].setFocus()
    qtbot.keyClick(strip.chips[0], Qt.Key.Key_Right)
    assert strip.chips[1].hasFocus()
    with qtbot.waitSignal(strip.phase_clicked, timeout=1000) as clicked:
        qtbot.keyClick(strip.chips[1], Qt.Key.Key_Return)
    assert clicked.args == [1]


@pytest.mark.parametrize(("layers", "width"), [(1, 900), (4, 700), (4, 420), (17, 900), (17, 420)])
@pytest.mark.parametrize("current", [None, 2])
def test_chips_stay_inside_and_apart(strip: PhaseStrip, layers: int, width: int, current: int | None) -> None:
    strip.set_phases(phases_of(layers))
    strip.set_current(current)
    strip.resize(width, 40)
    QApplication.processEvents()
    assert strip.chips[0].x() >= 0
    assert strip.chips[-1].geometry().right() < width
    for left, right in zip(strip.chips, strip.chips[1:], strict=False):
        assert left.geometry().right() < right.x()
    if current is not None:
        assert strip.chips[current].width() >= strip.chips[current].width_of("label")
