"""The import dialog: columns to tick, a target, classes or regression, progress, faults."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QStyleOptionHeader
from pytestqt.qtbot import QtBot

from widgets.dialogs.import_dialog import MOST_FAULTS, ImportDialog
from widgets.dialogs.import_table import ImportTable
from widgets.style import style, themes
from widgets.values.data_import import ImportColumn, ImportForm, ImportPreview

PREVIEW = ImportPreview(
    "flowers.csv",
    "utf-8, comma, with header",
    (
        ImportColumn("length", "number", "5.1, 4.9…"),
        ImportColumn("width", "number", "3.5, 3…"),
        ImportColumn("species", "text", "a, b"),
        ImportColumn("nothing", "empty", can_be_input=False),
    ),
    (("5.1", "3.5", "a", ""), ("4.9", "3", "b")),
    ("Byte 2 is not UTF-8.",),
)
FORM = ImportForm((0, 1), 2)


@pytest.fixture
def dialog(qtbot: QtBot, qapp: QApplication) -> ImportDialog:
    style.apply(qapp, themes.LIGHT)
    made = ImportDialog()
    qtbot.addWidget(made)
    made.set_preview(PREVIEW)
    made.set_form(FORM)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def emitted(dialog: ImportDialog) -> list[Any]:
    said: list[Any] = []
    dialog.form_changed.connect(said.append)
    dialog.import_clicked.connect(lambda form: said.append(("import", form)))
    dialog.cancelled.connect(lambda: said.append("cancelled"))
    return said


def ticked(dialog: ImportDialog) -> list[int]:
    count = dialog.inputs.count()
    return [i for i in range(count) if dialog.inputs.item(i).checkState() == Qt.CheckState.Checked]


def test_set_shows_and_never_emits(dialog: ImportDialog, emitted: list[Any]) -> None:
    dialog.set_form(ImportForm((1,), 0, "regression", True, True))
    dialog.set_preview(PREVIEW)
    dialog.set_progress(0.5)
    dialog.set_progress(None)
    dialog.set_error("row 3: bad")

    assert ticked(dialog) == [1]
    assert dialog.target.current == "0"
    assert dialog.tasks["regression"].isChecked()
    assert dialog.standardize.isChecked()
    assert dialog.skip_bad.isChecked()
    assert dialog.source.text() == "flowers.csv"
    assert dialog.form_label.text() == "utf-8, comma, with header · 4 columns"
    assert dialog.notes.isVisible()
    assert emitted == []


def test_only_numbers_that_are_not_the_target_can_be_ticked(dialog: ImportDialog) -> None:
    enabled = [bool(dialog.inputs.item(i).flags() & Qt.ItemFlag.ItemIsEnabled) for i in range(4)]
    assert enabled == [True, True, False, False]
    dialog.set_form(replace(FORM, target=0, features=(1,)))
    assert not dialog.inputs.item(0).flags() & Qt.ItemFlag.ItemIsEnabled


def test_the_table_shows_rows_and_what_each_column_is_for(dialog: ImportDialog) -> None:
    model = dialog.table.rows
    heads = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(4)]

    assert heads == ["length\ninput", "width\ninput", "species\ntarget", "nothing\nleft out"]
    assert model.data(model.index(0, 0)) == "5.1"
    assert model.data(model.index(1, 3)) == ""
    assert model.data(model.index(0, 2), Qt.ItemDataRole.FontRole).bold()
    tint = model.data(model.index(0, 0), Qt.ItemDataRole.BackgroundRole)
    assert tint.color() == QColor(themes.LIGHT.accent_soft)
    assert model.data(model.index(0, 2), Qt.ItemDataRole.BackgroundRole) is None


def test_space_ticks_a_column(dialog: ImportDialog, emitted: list[Any], qtbot: QtBot) -> None:
    dialog.inputs.setFocus()
    dialog.inputs.setCurrentRow(1)
    qtbot.keyClick(dialog.inputs, Qt.Key.Key_Space)

    assert emitted == [replace(FORM, features=(0,))]


def test_a_click_on_a_heading_takes_a_column_in_or_out_but_never_text_or_the_target(
    dialog: ImportDialog, emitted: list[Any]
) -> None:
    for column in (0, 2, 3, 0):
        dialog.table.horizontalHeader().sectionClicked.emit(column)

    assert emitted == [replace(FORM, features=(1,)), FORM]


def test_all_and_none(dialog: ImportDialog, emitted: list[Any], qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.no_inputs, Qt.MouseButton.LeftButton)
    assert emitted[-1].features == ()
    assert not dialog.take.isEnabled()
    qtbot.mouseClick(dialog.all_inputs, Qt.MouseButton.LeftButton)
    assert emitted[-1].features == (0, 1)
    assert dialog.take.isEnabled()


def test_a_text_target_can_only_be_classes(dialog: ImportDialog, emitted: list[Any]) -> None:
    assert not dialog.tasks["regression"].isEnabled()
    dialog.target.choice_picked.emit("0")
    assert emitted[-1] == ImportForm((1,), 0)
    assert dialog.tasks["regression"].isEnabled()
    dialog.tasks["regression"].click()
    assert emitted[-1] == ImportForm((1,), 0, "regression")
    dialog.target.choice_picked.emit("2")
    assert emitted[-1] == ImportForm((1,), 2, "classes")


def test_an_empty_column_is_no_target(dialog: ImportDialog) -> None:
    assert dialog.target.box.count() == 3


def test_boxes_and_import_report_the_choice(dialog: ImportDialog, emitted: list[Any], qtbot: QtBot) -> None:
    dialog.standardize.click()
    dialog.skip_bad.click()
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)

    assert emitted[-1] == ("import", replace(FORM, standardize=True, skip_bad=True))


def test_while_reading_only_stop_is_left_and_the_dialog_stays(
    dialog: ImportDialog, emitted: list[Any], qtbot: QtBot
) -> None:
    dialog.set_progress(0.25)

    assert dialog.progress.isVisible()
    assert dialog.progress.value() == 250
    assert not any(part.isEnabled() for part in (dialog.take, dialog.inputs, dialog.target, dialog.standardize))
    assert dialog.cancel.text() == "Stop"
    dialog.table.horizontalHeader().sectionClicked.emit(0)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.close()
    assert emitted == ["cancelled", "cancelled"]
    assert dialog.isVisible()
    dialog.set_progress(None)
    assert dialog.cancel.text() == "Cancel"
    assert dialog.take.isEnabled()


def test_cancel_closes_when_nothing_is_read(dialog: ImportDialog, emitted: list[Any], qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)

    assert emitted == ["cancelled"]
    assert not dialog.isVisible()


def test_faults_are_listed_once_and_counted_and_go_with_the_next_choice(dialog: ImportDialog) -> None:
    faults = tuple(f"row {i}: bad" for i in range(10))
    dialog.set_error("row 0: bad (and 9 more rows)", faults)

    assert dialog.error.text() == "row 0: bad (and 9 more rows)"
    lines = dialog.faults.text().splitlines()
    assert lines[0] == "row 1: bad"
    assert lines[-1] == f"… and {10 - MOST_FAULTS} more"
    dialog.standardize.click()
    assert not dialog.error.isVisible()
    assert not dialog.faults.isVisible()


def test_every_control_says_what_it_does(dialog: ImportDialog) -> None:
    parts = [dialog.inputs, dialog.all_inputs, dialog.no_inputs, dialog.target.box, dialog.standardize, dialog.skip_bad,
             dialog.cancel, dialog.take, *dialog.tasks.values()]  # fmt: skip
    assert all(part.toolTip() for part in parts)
    assert "(x − mean) / standard deviation" in dialog.standardize.toolTip()
    assert "over all rows, test rows included" in dialog.standardize.toolTip()


def test_the_table_follows_the_theme(dialog: ImportDialog, qapp: QApplication) -> None:
    style.apply(qapp, themes.DARK)
    model = dialog.table.rows

    assert model.data(model.index(0, 0), Qt.ItemDataRole.BackgroundRole).color() == QColor(themes.DARK.accent_soft)
    style.apply(qapp, themes.LIGHT)


def test_no_tick_box_and_no_button_moves_when_a_message_comes_or_goes(dialog: ImportDialog) -> None:
    dialog.resize(1000, 640)
    controls = (dialog.inputs, dialog.target, *dialog.tasks.values(), dialog.standardize, dialog.skip_bad,
                dialog.all_inputs, dialog.take, dialog.cancel)  # fmt: skip

    def places() -> list[tuple[int, ...]]:
        for _ in range(3):
            QApplication.processEvents()
        return [(*part.mapTo(dialog, QPoint()).toTuple(), *part.size().toTuple()) for part in controls]

    before = places()
    dialog.set_error("Row 3 is bad. " * 30, tuple(f"row {i}: bad" for i in range(9)))
    assert dialog.faults.isVisible()
    assert places() == before
    dialog.set_progress(0.5)
    dialog.set_error("")
    assert places()[:-1] == before[:-1]  # Cancel says Stop
    dialog.set_progress(None)
    dialog.set_preview(replace(PREVIEW, notes=("A note. " * 40,) * 4))
    dialog.set_form(FORM)
    assert places() == before


def test_a_long_column_name_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    table = ImportTable()
    qtbot.addWidget(table)
    name = "sepal length in centimetres of every single flower"
    table.show_preview(replace(PREVIEW, columns=(replace(PREVIEW.columns[0], name=name), *PREVIEW.columns[1:])))
    header, option = table.horizontalHeader(), QStyleOptionHeader()
    header.initStyleOption(option)
    header.initStyleOptionForIndex(option, 0)
    shown, role = option.text.splitlines()
    assert shown.startswith("sepal")
    assert shown.endswith("…")
    assert option.fontMetrics.horizontalAdvance(shown) <= header.sectionSize(0)
    assert role in ("input", "target", "left out")
