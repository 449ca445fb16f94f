"""The line above the phases takes the same room whatever it says, and says as much as fits."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from widgets.frame.phase_caption import PhaseCaptionLine
from widgets.values import PhaseCaption

LONG = "Forward 1: a₁⁽¹⁾ takes Σ w·x + b from the left, z ≈ 0.63, and tanh makes a ≈ 0.56 of it"
SHORT = "Forward 1: z ≈ 0.63"


@pytest.fixture
def line(qtbot: QtBot) -> PhaseCaptionLine:
    made = PhaseCaptionLine()
    qtbot.addWidget(made)
    made.set_caption(PhaseCaption("forward", (LONG, SHORT), "z = Σ w·x + b, a = tanh(z)"))
    return made


def test_the_longest_way_to_say_it_that_fits_is_shown_and_the_tooltip_has_all(line: PhaseCaptionLine) -> None:
    line.resize(900, 40)
    assert line.shown == (LONG, "z = Σ w·x + b, a = tanh(z)")
    line.resize(300, 40)
    assert line.shown[0] == SHORT
    assert LONG in line.toolTip()
    assert LONG in line.accessibleName()


def test_its_height_does_not_depend_on_its_words(line: PhaseCaptionLine) -> None:
    before = line.sizeHint()
    line.set_caption(PhaseCaption("loss", ("Loss: " + "very " * 200 + "long",), ""))
    assert line.sizeHint() == before
    line.resize(300, before.height())
    assert not line.grab().isNull()
