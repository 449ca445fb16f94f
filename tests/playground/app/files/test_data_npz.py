"""NPZ archives in the real window: dropped, chosen in the dialog, and broken ones that are refused in a line."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from playground.app.window.main_window import MainWindow
from playground.document.own_data import OWN
from tests.drops import drop_file

LEFT = Qt.MouseButton.LeftButton
RNG = np.random.default_rng(3)
X = RNG.standard_normal((60, 2))
Y = np.arange(60) % 3


def saved(path: Path, **arrays: object) -> Path:
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
    return path


def take(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.parts.own_points.imports.dialog is not None)
    dialog = window.parts.own_points.imports.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    QTest.mouseClick(dialog.take, LEFT)
    qtbot.waitUntil(lambda: window.parts.own_points.imports.dialog is None)


def test_a_dropped_archive_is_looked_at_and_imported_with_its_names(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    names = np.array(["ant", "bee", "fly"])
    drop_file(
        window, saved(tmp_path / "insects.npz", X=X, y=Y, class_names=names, feature_names=np.array(["long", "wide"]))
    )
    take(window, qtbot)
    table = window.session.document.data.table
    assert table is not None
    assert table.class_names == ("ant", "bee", "fly")
    assert np.array_equal(table.points, X)
    assert np.array_equal(table.targets, Y)
    assert window.parts.panels.output.plane.axis_names == ("x₁ · long", "x₂ · wide")
    window.session.step(3)
    window.session.undo_stack.undo()
    assert window.session.document.data.name == "xor"


def test_an_archive_is_chosen_in_the_dialog(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = saved(tmp_path / "values.npz", X=X, y=X[:, 0] * 2.5)
    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = window.findChildren(QFileDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert "*.npz" in dialog.nameFilters()[0]
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(field, QLineEdit)
    field.setText(str(path))
    QTest.keyClick(field, Qt.Key.Key_Return)
    take(window, qtbot)
    data = window.session.document.data
    assert data.name == OWN
    assert data.table is not None
    assert data.table.is_regression
    assert window.session.document.training.loss == "squared"


def pickled() -> bytes:
    out = io.BytesIO()
    np.savez(out, y=np.array([{"a": 1}] * 60, dtype=object))
    return out.getvalue()


def cut_off() -> bytes:
    out = io.BytesIO()
    np.savez(out, X=X, y=Y)
    return out.getvalue()[:700]


def uneven() -> bytes:
    out = io.BytesIO()
    np.savez(out, a=np.arange(3), b=np.arange(4), c=np.float64(1.0))
    return out.getvalue()


def bomb(claim: bytes) -> bytes:
    """Return an archive of a few hundred bytes whose one array claims to be huge."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("X.npy", claim + b" " * 1_000_000)
    return out.getvalue()


HUGE = io.BytesIO()
np.lib.format.write_array_header_1_0(HUGE, {"descr": "<f8", "fortran_order": False, "shape": (10**6, 10**5)})


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (pickled(), "odd.npz: archive: no array in it can be read; The array y was left out: it holds Python objects"),
        (cut_off(), "odd.npz: archive: it cannot be unpacked (BadZipFile); get the file again"),
        (uneven(), "odd.npz: archive: only one column was found"),
        (bomb(HUGE.getvalue()), "odd.npz: archive: its arrays need 800 000 000 000 bytes; at most 268 435 456"),
        (bomb(b"\x93NUMPY\x02\x00\xff\xff\xff\x7f"), "odd.npz: array X: it cannot be read (ValueError)"),
    ],
    ids=["pickled", "cut off", "uneven", "huge array", "huge header"],
)
def test_a_broken_archive_is_refused_in_a_line_and_nothing_changes(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, data: bytes, told: str
) -> None:
    before = window.session.document
    path = tmp_path / "odd.npz"
    path.write_bytes(data)
    drop_file(window, path)
    qtbot.waitUntil(window.parts.notices.bar.isVisible)
    assert window.parts.own_points.imports.dialog is None
    assert told in window.parts.notices.bar.text.text()
    assert window.session.document is before


def test_a_row_that_is_not_finite_is_named_by_row_and_column(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    broken = X.copy()
    broken[7, 1] = np.nan
    drop_file(window, saved(tmp_path / "holes.npz", X=broken, y=Y))
    qtbot.waitUntil(lambda: window.parts.own_points.imports.dialog is not None)
    dialog = window.parts.own_points.imports.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    QTest.mouseClick(dialog.take, LEFT)
    qtbot.waitUntil(dialog.error.isVisible)
    assert 'row 8, column "X2": expected a finite number, got "nan"' in dialog.error.text()
    assert window.session.document.data.name == "xor"
