"""Tables in the real window: looked at, imported by mouse, refused by row and column, cancelled, written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.app.window.main_window import MainWindow
from playground.document import catalogue
from playground.document.own_data import OWN
from tests.drops import drop_file
from widgets.controls.choice_box import ChoiceBox
from widgets.dialogs.import_dialog import ImportDialog
from widgets.style.parts import parts_of

LEFT = Qt.MouseButton.LeftButton
DATA = Path(__file__).parents[3] / "data"


def table_file(folder: Path, n: int = 60, bad: bool = False) -> Path:
    rng = np.random.default_rng(1)
    rows = ["length;width;kind"]
    for i in range(n):
        kind = ("ant", "bee", "fly")[i % 3]
        rows.append(f"{5 + i % 3 + rng.random():.3f};{10 * (i % 3) + rng.random():.3f};{kind}")
    if bad:
        rows[4] = "5.1;wide;ant"
    path = folder / "insects.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


@pytest.fixture
def dialog_of(window: MainWindow, qtbot: QtBot) -> Callable[[Path], ImportDialog]:
    def opened(path: Path) -> ImportDialog:
        window.parts.own_points.open_table(path)
        qtbot.waitUntil(lambda: window.parts.own_points.imports.dialog is not None)
        made = window.parts.own_points.imports.dialog
        assert made is not None
        qtbot.waitUntil(made.isVisible)
        return made

    return opened


def test_a_table_is_imported_with_its_names(
    window: MainWindow, dialog_of: Callable[[Path], ImportDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = dialog_of(table_file(tmp_path))
    assert dialog.form.features == (0, 1)
    assert dialog.form.target == 2
    with qtbot.waitSignal(window.session.document_changed):
        QTest.mouseClick(dialog.take, LEFT)
    qtbot.waitUntil(lambda: window.parts.own_points.imports.dialog is None)
    data = window.session.document.data
    assert data.name == OWN
    assert data.table is not None
    assert data.table.class_names == ("ant", "bee", "fly")
    plane = window.parts.panels.output.plane
    assert plane.axis_names == ("x₁ · length", "x₂ · width")
    gallery = window.parts.panels.gallery
    qtbot.waitUntil(lambda: OWN in gallery.tiles)
    assert gallery.tiles[OWN].isChecked()
    assert gallery.more_tiles.isVisible()
    assert "insects.csv" in window.parts.panels.gallery.note.text()
    window.session.step(5)
    window.session.undo_stack.undo()
    assert window.session.document.data.name == "xor"
    assert plane.axis_names == ("x₁", "x₂")


def test_a_bad_cell_is_named_and_nothing_is_lost(
    window: MainWindow, dialog_of: Callable[[Path], ImportDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    before = window.session.document
    dialog = dialog_of(table_file(tmp_path, bad=True))
    QTest.mouseClick(dialog.take, LEFT)
    qtbot.waitUntil(dialog.error.isVisible)
    assert 'row 5, column "width": expected a number, got "wide"' in dialog.error.text()
    assert window.session.document is before
    QTest.mouseClick(dialog.skip_bad, LEFT)
    QTest.mouseClick(dialog.take, LEFT)
    qtbot.waitUntil(lambda: window.session.document is not before)
    assert window.session.run.data.sample.points.shape == (59, 2)


def test_a_reading_is_stopped_and_nothing_is_lost(
    window: MainWindow, dialog_of: Callable[[Path], ImportDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    before = window.session.document
    dialog = dialog_of(table_file(tmp_path, 200_000))
    QTest.mouseClick(dialog.take, LEFT)
    job = window.parts.own_points.imports.job
    assert job is not None
    qtbot.waitUntil(lambda: job.progress > 0.0)
    assert dialog.progress.isVisible()
    QTest.mouseClick(dialog.cancel, LEFT)
    assert window.parts.own_points.imports.job is None
    assert dialog.isVisible()
    assert not dialog.progress.isVisible()
    assert window.session.document is before
    QTest.mouseClick(dialog.cancel, LEFT)
    assert window.parts.own_points.imports.dialog is None


def test_nothing_but_the_edit_is_done_in_its_event_and_no_stop_comes_too_late(
    window: MainWindow, dialog_of: Callable[[Path], ImportDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = dialog_of(table_file(tmp_path))
    with qtbot.waitSignal(window.session.document_changed):
        QTest.mouseClick(dialog.take, LEFT)
    assert dialog.isVisible()
    QTest.mouseClick(dialog.cancel, LEFT)
    qtbot.waitUntil(lambda: window.parts.own_points.imports.dialog is None)
    assert window.session.document.data.name == OWN


def test_a_dropped_table_opens_the_import(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    drop_file(window, table_file(tmp_path))
    qtbot.waitUntil(lambda: window.parts.own_points.imports.dialog is not None)
    dialog = window.parts.own_points.imports.dialog
    assert dialog is not None
    assert dialog.source.text() == "insects.csv"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"only one word"])
def test_what_is_no_table_is_refused_in_a_line(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    window.parts.own_points.open_table(path)
    qtbot.waitUntil(window.parts.notices.bar.isVisible)
    assert window.parts.own_points.imports.dialog is None


def test_a_table_is_looked_at_while_the_window_answers(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    imports = window.parts.own_points.imports
    imports.open(table_file(tmp_path))
    assert imports.dialog is None
    assert imports.job is not None
    qtbot.waitUntil(lambda: imports.dialog is not None)
    assert imports.job is None
    imports.close()
    imports.open(table_file(tmp_path))
    imports.close()
    assert imports.job is None
    assert imports.dialog is None


def test_a_preview_that_is_closed_while_it_is_made_leaves_no_dialog(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    imports = window.parts.own_points.imports
    imports.open(table_file(tmp_path))
    job = imports.job
    assert job is not None
    while not parts_of(window, ImportDialog):
        job.run_slice(0.0)
    assert imports.dialog is None
    imports.close()
    qtbot.waitUntil(lambda: not parts_of(window, ImportDialog))
    assert imports.job is None


def test_the_sheet_of_a_workbook_is_chosen(
    dialog_of: Callable[[Path], ImportDialog],
) -> None:
    dialog = dialog_of(DATA / "two-sheets.xlsx")
    box = dialog.options.fields["sheet"]
    assert isinstance(box, ChoiceBox)
    assert box.box.itemText(0) == "automatic: ants"
    assert [dialog.inputs.item(i).text().split()[0] for i in range(dialog.inputs.count())] == ["a", "b", "c"]
    box.box.setCurrentIndex(2)
    box.box.activated.emit(2)
    assert [dialog.inputs.item(i).text().split()[0] for i in range(dialog.inputs.count())] == ["u", "v"]
    assert 'sheet "bees"' in dialog.form_label.text()
    dialog.close()


def test_a_file_that_is_gone_is_refused(window: MainWindow, tmp_path: Path) -> None:
    window.parts.own_points.open_table(tmp_path / "gone.csv")
    assert window.parts.notices.bar.isVisible()


def test_the_present_points_are_written_and_read_back_exactly(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "xor.csv"
    window.parts.own_points.export(path)
    qtbot.waitUntil(lambda: window.parts.own_points.writing is None)
    table = catalogue.open_table(path.read_bytes())
    reading = table.read(table.preview.suggested)
    try:
        while True:
            next(reading)
    except StopIteration as end:
        imported = end.value
    sample = window.session.run.data.sample
    assert np.array_equal(imported.dataset.points, sample.points)
    assert np.array_equal(imported.dataset.targets, sample.labels)
    assert sorted(child.name for child in tmp_path.iterdir()) == ["xor.csv"]


def test_a_folder_that_is_not_there_leaves_a_notice(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.parts.own_points.export(tmp_path / "none" / "xor.csv")
    qtbot.waitUntil(window.parts.notices.bar.isVisible)


def pick(dialog: ImportDialog, key: str, choice: str) -> None:
    """Choose as the user does: by the text of an entry."""
    box = dialog.options.fields[key].box  # type: ignore[union-attr]
    place = next(i for i in range(box.count()) if box.itemText(i).startswith(choice))
    box.setCurrentIndex(place)
    box.activated.emit(place)


def test_what_was_guessed_is_said_and_another_choice_is_followed_at_once(
    dialog_of: Callable[[Path], ImportDialog], tmp_path: Path
) -> None:
    path = tmp_path / "insects.csv"
    path.write_text("length;width;kind\n1.204;10;ant\n2.050;20;bee\n3.100;30;ant\n", encoding="utf-8")
    dialog = dialog_of(path)
    box = dialog.options.fields["delimiter"].box  # type: ignore[union-attr]
    assert box.currentText().startswith("automatic: semicolon")
    assert "1.204 were read as 1.204" in dialog.notes.text()
    pick(dialog, "thousands", "point")
    assert dialog.options.fields["thousands"].box.currentText().startswith("point")  # type: ignore[union-attr]
    pick(dialog, "header_line", "none")
    assert "no header" in dialog.form_label.text()
    assert dialog.table.rows.rowCount() == 4
    pick(dialog, "header_line", "automatic")
    assert dialog.form.features == (0, 1)


def test_a_wrong_choice_is_said_and_the_next_good_one_takes_the_error_away(
    window: MainWindow, dialog_of: Callable[[Path], ImportDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = dialog_of(table_file(tmp_path))
    pick(dialog, "delimiter", "tilde")
    assert "only one column was found" in dialog.error.text()
    pick(dialog, "delimiter", "semicolon")
    assert dialog.error.text() == ""
    missing = dialog.options.fields["missing"].edit  # type: ignore[union-attr]
    missing.setText("ant")
    missing.editingFinished.emit()
    missing.editingFinished.emit()
    QTest.mouseClick(dialog.take, LEFT)
    qtbot.waitUntil(dialog.error.isVisible)
    assert "tick “Leave out rows with bad cells”" in dialog.error.text()


def test_words_and_booleans_become_inputs_that_undo_takes_back(
    window: MainWindow, dialog_of: Callable[[Path], ImportDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("sex,smoker,age,outcome\nm,True,22,0\nf,False,38,1\nf,True,26,1\nm,False,35,0\n", encoding="utf-8")
    dialog = dialog_of(path)
    assert "one-hot" in dialog.inputs.item(0).text()
    QTest.mouseClick(dialog.take, LEFT)
    qtbot.waitUntil(lambda: window.parts.own_points.imports.dialog is None)
    table = window.session.document.data.table
    assert table is not None
    assert table.feature_names == ("sex = f", "sex = m", "smoker", "age")
    assert "sex: one-hot, 2 inputs" in window.parts.panels.gallery.note.text()
    window.session.undo_stack.undo()
    assert window.session.document.data.name == "xor"


def test_a_refusal_vanishes_with_the_next_table_that_can_be_read(
    window: MainWindow, dialog_of: Callable[[Path], ImportDialog], tmp_path: Path
) -> None:
    window.parts.own_points.open_table(tmp_path / "gone.csv")
    assert window.parts.notices.bar.isVisible()
    dialog_of(table_file(tmp_path))
    assert not window.parts.notices.bar.isVisible()


@pytest.mark.parametrize(
    "name", ["a.data", "b.DAT", "c.tab", "d.arff", "e.json", "f.csv.gz", "g.zip", "h.xlsx", "i.npy"]
)
def test_open_and_drop_take_the_same_tables(window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(table_file(tmp_path).read_bytes())
    window.parts.files.open_path(path)
    qtbot.waitUntil(lambda: window.parts.own_points.imports.dialog is not None)
    dialog = window.parts.own_points.imports.dialog
    assert dialog is not None
    assert dialog.source.text() == name
