"""The line at the foot: a message stands before a hint, and nothing pushes anything."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.frame.status_line import StatusLine


@pytest.fixture
def line(qtbot: QtBot) -> StatusLine:
    widget = StatusLine()
    qtbot.addWidget(widget)
    widget.resize(900, 28)
    widget.show()
    return widget


def test_rates_are_grouped_and_paused_is_said(line: StatusLine) -> None:
    assert line.rates.text() == "○ paused"
    line.set_rates(59.6, 21400.2)
    assert line.rates.text() == "● 60 fps · 21 400 it/s"


def test_a_message_stands_before_the_hint_until_it_is_cleared(line: StatusLine) -> None:
    line.set_hint("Hover a neuron")
    line.set_message("Diverged at iteration 412", "warning")
    line.set_hint("Drag an edge")
    assert line.message.text() == "Diverged at iteration 412"
    assert line.message.property("role") == "error"
    line.set_message("")
    assert (line.message.text(), line.message.property("role")) == ("Drag an edge", "secondary")


def test_a_message_fades_into_the_hint_and_a_warning_stays(line: StatusLine) -> None:
    fading = line.findChild(QTimer)
    line.set_hint("Hover a neuron")
    line.set_message("Saved.")
    assert fading.isActive()
    fading.timeout.emit()
    assert line.message.text() == "Hover a neuron"
    line.set_message("Diverged", "warning")
    assert not fading.isActive()


def test_long_texts_push_nothing_and_can_be_read_in_the_tooltip(line: StatusLine) -> None:
    line.set_document("Saved · xor.playground")
    QApplication.processEvents()
    places = [part.geometry() for part in (line.rates, line.message, line.document)]
    line.set_rates(60.0, 99_999.0)
    line.set_message("very " * 100)
    QApplication.processEvents()
    assert [part.geometry() for part in (line.rates, line.message, line.document)] == places
    assert line.width() == 900
    assert line.message.toolTip() == "very " * 100
