"""A number that is typed never becomes another one, in whichever field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from widgets.controls.number_edit import NumberEdit
from widgets.dialogs.number_prompt import NumberPrompt
from widgets.dialogs.stop_dialog import StopDialog
from widgets.loss_plot.time_field import TimeField
from widgets.plane.probe_editor import ProbeEditor
from widgets.values import NumberField

COUNT = NumberField("n", "Batch size", "n", (10.0, 20.0), 10.0, 1.0, 1e6, integer=True)
RATE = NumberField("rate", "Learning rate", "η", (0.1,), 0.1, 0.0, 1e6)
SHARE = NumberField("share", "Share", "s", (0.5,), 0.5, 0.0, 1.0, percent=True)


def type_in(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


WHOLE = [
    ("1,000", 1000.0),
    ("100,000", 100_000.0),
    ("1 000", 1000.0),
    ("1000", 1000.0),
    ("1.000", None),
    ("12.5", None),
]
FRACTION = [("0,03", 0.03), ("1 000", 1000.0), ("1.250", 1.25), ("1,000", None), ("100,000", None)]


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [*((COUNT, *row) for row in WHOLE), *((RATE, *row) for row in FRACTION), (SHARE, "55", 0.55), (SHARE, "55 %", 0.55),
     (SHARE, "0,5", 0.5), (SHARE, "1", None), (SHARE, "1 %", 0.01), (SHARE, "100", 1.0)],
)  # fmt: skip
def test_a_field_takes_the_number_or_says_why_not(
    field: NumberField, text: str, value: float | None, qtbot: QtBot
) -> None:
    edit = NumberEdit(field)
    qtbot.addWidget(edit)
    taken, refused = [], []
    edit.number_entered.connect(taken.append)
    edit.number_refused.connect(lambda why: refused.append(why) if why else None)
    edit.show()
    type_in(qtbot, edit, text)
    assert taken == ([] if value is None else [pytest.approx(value)])
    assert bool(refused) is (value is None)


@pytest.mark.parametrize(("text", "value"), WHOLE)
def test_the_iteration_field_goes_where_it_says(text: str, value: float | None, qtbot: QtBot) -> None:
    time = TimeField()
    qtbot.addWidget(time)
    went: list[float] = []
    time.iteration_typed.connect(went.append)
    time.set_iteration(277_984)
    time.show()
    type_in(qtbot, time.field, text)
    assert went == ([] if value is None else [value])
    assert value is not None or time.field.text() == "277 984"


def test_the_coordinates_of_the_probe_are_not_guessed(qtbot: QtBot) -> None:
    probe = ProbeEditor()
    qtbot.addWidget(probe)
    placed: list[tuple[float, float]] = []
    probe.coordinates_typed.connect(lambda x, y: placed.append((x, y)))
    probe.set_coordinates((0.0, 0.5))
    probe.show()
    type_in(qtbot, probe.fields[0], "1,000")
    assert placed == []
    assert "expected 1000 or 1.000" in probe.message.text()
    type_in(qtbot, probe.fields[0], "1,5")
    assert placed == [(1.5, 0.5)]


def test_a_number_typed_equal_to_the_one_shown_counts(qtbot: QtBot) -> None:
    dialog = StopDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    forms: list[object] = []
    dialog.form_changed.connect(forms.append)
    type_in(qtbot, dialog.edits["iteration"], "1,000")
    assert dialog.switches["iteration"].isChecked()
    assert [getattr(form, "iteration", None) for form in forms] == [1000.0]
    qtbot.keyClick(dialog.edits["iteration"], Qt.Key.Key_Return)  # nothing was typed
    assert len(forms) == 1


def test_a_prompt_stays_open_on_a_number_that_could_be_two(qtbot: QtBot) -> None:
    prompt = NumberPrompt("Add noise", "How much?", (RATE, COUNT))
    qtbot.addWidget(prompt)
    given: list[tuple[float, ...]] = []
    prompt.numbers_given.connect(given.append)
    prompt.open()
    type_in(qtbot, prompt.edits["rate"], "1,000")
    assert given == []
    assert "expected 1000 or 1.000" in prompt.message.text()
    prompt.close()
