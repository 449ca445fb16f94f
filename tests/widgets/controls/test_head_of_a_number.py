"""A long number that is offered for editing shows its head: sign and first digits, not its tail."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from widgets.controls.number_edit import NumberEdit
from widgets.network_graph.editor import ValueEditor
from widgets.values import EdgeKey, NumberField

LONG = -0.1234567890123456


def test_a_number_field_shows_the_head_of_its_number(qtbot: QtBot) -> None:
    edit = NumberEdit(NumberField("x", "x", "A number.", (0.0,), 0.0, -1.0, 1.0), characters=6)
    qtbot.addWidget(edit)
    edit.set_value(LONG)
    edit.show()
    edit.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    assert edit.selectedText() == edit.text()
    assert edit.cursorPosition() == 0


def test_the_editor_of_a_weight_shows_the_head_of_its_number(qtbot: QtBot) -> None:
    graph = QWidget()
    qtbot.addWidget(graph)
    graph.resize(400, 300)
    editor = ValueEditor(graph)
    graph.show()
    editor.open(EdgeKey(1, 0, 0), "weight", LONG, graph.rect().center())
    QApplication.processEvents()
    assert editor.line.selectedText() == editor.line.text()
    assert editor.line.cursorPosition() == 0
