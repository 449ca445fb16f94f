"""Ctrl+Z takes back what is being typed, and else the edit of the window, whatever field has the focus."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from widgets.controls.number_edit import NumberEdit
from widgets.controls.undo_keys import UndoKeys
from widgets.values import NumberField


def _number_edit() -> NumberEdit:
    return NumberEdit(NumberField("rate", "Rate", "", (0.1, 1.0), 0.1, 0.0, 10.0))


def _editable_box() -> QComboBox:
    box = QComboBox()
    box.setEditable(True)
    return box


FIELDS: dict[str, Callable[[], QWidget]] = {
    "a line": QLineEdit,
    "a number": _number_edit,
    "a spin box": QSpinBox,
    "a box that takes text": _editable_box,
}


class Window(QWidget):
    def __init__(self, field: QWidget) -> None:
        super().__init__()
        self.field, self.undone = field, 0
        QVBoxLayout(self).addWidget(field)
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self._on_activated)
        self.keys = UndoKeys(self)

    def _on_activated(self) -> None:
        self.undone += 1


@pytest.fixture(params=FIELDS)
def window(request: pytest.FixtureRequest, qtbot: QtBot) -> Window:
    made = Window(FIELDS[request.param]())
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.field.setFocus()
    return made


def _line(window: Window) -> QLineEdit:
    return window.field if isinstance(window.field, QLineEdit) else window.field.lineEdit()


def test_a_field_in_which_nothing_is_typed_leaves_the_key_to_the_window(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.undone == 1


def test_the_key_takes_back_what_is_being_typed(window: Window, qtbot: QtBot) -> None:
    before = _line(window).text()
    _line(window).selectAll()
    qtbot.keyClicks(window.field, "7")
    qtbot.keyClick(window.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (window.undone, _line(window).text()) == (0, before)


def test_a_taken_number_is_undone_by_the_window(qtbot: QtBot) -> None:
    window = Window(_number_edit())
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.field.setFocus()
    qtbot.keyClicks(window.field, "7")
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    qtbot.keyClick(window.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.undone == 1
