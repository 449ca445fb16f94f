from __future__ import annotations

import numpy as np
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from widgets.matrices.confusion_grid import ConfusionGrid
from widgets.matrices.matrix_map import MatrixMap
from widgets.matrices.template_grid import TemplateGrid
from widgets.values.confusion import Confusion
from widgets.values.templates import Templates

NAME = QAccessible.Text.Name


def test_each_cell_of_a_matrix_is_a_named_child_in_its_place(qtbot: QtBot) -> None:
    grid = MatrixMap("W")
    qtbot.addWidget(grid)
    grid.set_values(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 0.25]]))
    grid.resize(grid.sizeHint())
    spoken = QAccessible.queryAccessibleInterface(grid)
    assert spoken.childCount() == 6
    last = spoken.child(5)
    assert last.text(NAME) == "W[1, 2] = 0.25"
    assert last.rect().center() == grid.mapToGlobal(grid.cell_rect(1, 2).toAlignedRect().center())
    assert spoken.childAt(*last.rect().center().toTuple()) is last
    assert spoken.indexOfChild(last) == 5


def test_a_cell_that_a_smaller_matrix_lacks_turns_invalid(qtbot: QtBot) -> None:
    grid = MatrixMap("W")
    qtbot.addWidget(grid)
    grid.set_values(np.ones((2, 2)))
    cell = QAccessible.queryAccessibleInterface(grid).child(3)
    assert cell.isValid()
    grid.set_values(np.ones((1, 2)))
    assert not cell.isValid()
    assert cell.text(NAME) == ""


def test_the_cell_at_the_cursor_is_the_focused_child(qtbot: QtBot, monkeypatch) -> None:
    grid = ConfusionGrid()
    qtbot.addWidget(grid)
    grid.set_confusion(Confusion(np.array([[7, 3], [1, 9]]), ("cats", "dogs")))
    monkeypatch.setattr(grid, "hasFocus", lambda: True)
    grid.move_cursor((0, 1))
    child = QAccessible.queryAccessibleInterface(grid).focusChild()
    assert child.text(NAME).startswith("3 of 10 examples of cats were taken for dogs")
    assert child.state().focused


def test_a_row_of_templates_that_is_not_full_has_no_empty_children(qtbot: QtBot) -> None:
    grid = TemplateGrid()
    qtbot.addWidget(grid)
    grid.resize(250, 400)
    grid.set_templates(Templates(np.ones((5, 4, 4)), tuple("abcde")))
    spoken = QAccessible.queryAccessibleInterface(grid)
    assert [spoken.child(k).text(NAME) for k in range(spoken.childCount())] == [
        f"{letter}, {k} of 5" for k, letter in enumerate("abcde", 1)
    ]
