"""The confusion matrix: counts, per cent, accuracy, cells by mouse and key, both themes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.matrices.confusion_matrix import ConfusionMatrix
from widgets.style import style, themes
from widgets.values.confusion import Confusion

COUNTS = np.array([[8, 2, 0], [1, 9, 0], [0, 0, 0]])
NAMES = ("ant", "bee", "cat")


@pytest.fixture
def matrix(qtbot: QtBot, qapp: QApplication) -> ConfusionMatrix:
    style.apply(qapp, themes.LIGHT)
    made = ConfusionMatrix()
    qtbot.addWidget(made)
    made.resize(420, 400)
    made.set_confusion(Confusion(COUNTS, NAMES))
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_set_shows_and_never_emits(matrix: ConfusionMatrix) -> None:
    emitted: list[Any] = []
    matrix.part_picked.connect(emitted.append)
    matrix.cell_clicked.connect(lambda *cell: emitted.append(cell))
    matrix.set_confusion(Confusion(COUNTS, NAMES, "train", "over a seeded subset"))

    assert matrix.parts["train"].isChecked()
    assert matrix.summary.text() == "accuracy = 17 / 20 = 85.0 % of the train examples; over a seeded subset"
    assert emitted == []


def test_each_cell_is_a_sentence(matrix: ConfusionMatrix) -> None:
    assert matrix.grid.cell_text(0, 1) == "2 of 10 examples of ant were taken for bee (20.0 %)."
    assert matrix.grid.cell_text(1, 1) == "9 of 10 examples of bee were recognized (90.0 %)."
    assert matrix.grid.cell_text(2, 2) == "0 of 0 examples of cat were recognized."


def test_without_examples_it_says_so(matrix: ConfusionMatrix) -> None:
    matrix.set_confusion(Confusion(np.zeros((2, 2), dtype=np.int64), ("a", "b")))

    assert matrix.summary.text() == "There are no test examples."


def test_a_regression_has_no_matrix_and_says_why(matrix: ConfusionMatrix) -> None:
    matrix.set_nothing("A regression has no classes to confuse.")

    assert matrix.confusion is None
    assert not matrix.grid.isVisible()
    assert matrix.summary.text() == "A regression has no classes to confuse."
    matrix.set_confusion(Confusion(COUNTS, NAMES))
    assert matrix.grid.isVisible()


def test_a_click_reports_the_cell_under_it(matrix: ConfusionMatrix, qtbot: QtBot) -> None:
    emitted: list[tuple[int, int]] = []
    matrix.cell_clicked.connect(lambda *cell: emitted.append(cell))
    for cell in ((0, 2), (2, 0), (1, 1)):
        qtbot.mouseClick(matrix.grid, Qt.MouseButton.LeftButton, pos=matrix.grid.cell_rect(*cell).center().toPoint())
    qtbot.mouseClick(matrix.grid, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))

    assert emitted == [(0, 2), (2, 0), (1, 1)]


def test_arrows_move_through_the_cells_and_enter_reports_one(matrix: ConfusionMatrix, qtbot: QtBot) -> None:
    emitted: list[tuple[int, int]] = []
    matrix.cell_clicked.connect(lambda *cell: emitted.append(cell))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(matrix.grid, key)
    qtbot.keyClick(matrix.grid, Qt.Key.Key_Return)

    assert emitted == [(1, 1)]
    assert matrix.grid.accessibleDescription() == matrix.grid.cell_text(1, 1)


def test_train_and_test_are_switched_by_the_user_only(matrix: ConfusionMatrix, qtbot: QtBot) -> None:
    emitted: list[str] = []
    matrix.part_picked.connect(emitted.append)
    qtbot.mouseClick(matrix.parts["test"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(matrix.parts["train"], Qt.MouseButton.LeftButton)

    assert emitted == ["train"]


@pytest.mark.parametrize("theme", [themes.LIGHT, themes.DARK])
def test_the_more_of_a_row_a_cell_holds_the_further_it_stands_out(
    theme: themes.Theme, matrix: ConfusionMatrix, qapp: QApplication
) -> None:
    style.apply(qapp, theme)
    picture = matrix.grid.grab().toImage()

    def away(true: int, predicted: int) -> int:
        rect = matrix.grid.cell_rect(true, predicted)
        shade = picture.pixelColor(round(rect.left() + 6), round(rect.top() + 6)).lightness()
        panel = style.blend(theme.panel, theme.panel, 1.0).lightness()
        return abs(shade - panel)

    assert away(1, 1) > away(0, 0) > away(0, 1) > away(1, 0) > away(0, 2) == 0
    style.apply(qapp, themes.LIGHT)


@pytest.mark.parametrize(("k", "side", "decimals"), [(3, 420, 1), (10, 480, 0), (10, 300, None)])
def test_per_cent_is_written_where_every_cell_has_room(
    k: int, side: int, decimals: int | None, matrix: ConfusionMatrix
) -> None:
    matrix.set_confusion(Confusion(np.full((k, k), 10), tuple(f"{i}" for i in range(k))))
    matrix.resize(side, side)
    matrix.grab()

    assert matrix.grid._decimals == decimals


@pytest.mark.parametrize("counts", [np.zeros((2, 3), dtype=np.int64), np.zeros(3, dtype=np.int64)])
def test_counts_that_are_not_square_of_the_classes_are_refused(counts: np.ndarray, matrix: ConfusionMatrix) -> None:
    with pytest.raises(ValueError, match="confusion: expected counts of shape"):
        matrix.set_confusion(Confusion(counts, NAMES))


def test_ten_classes_in_a_low_view_have_room_for_their_counts(matrix: ConfusionMatrix) -> None:
    counts = np.full((10, 10), 888)
    matrix.resize(300, 240)
    matrix.set_confusion(Confusion(counts, tuple("0123456789")))
    QApplication.processEvents()
    cell = matrix.grid.cell_rect(3, 3)
    assert cell.width() > cell.height()
    assert cell.width() >= 15
    image = matrix.grid.grab().toImage()
    inner = cell.adjusted(3, 3, -3, -3).toRect()
    seen = {
        image.pixelColor(x, y).lightness()
        for x in range(inner.left(), inner.right())
        for y in range(inner.top(), inner.bottom())
    }
    assert min(seen) < 90
