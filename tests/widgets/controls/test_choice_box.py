"""A combo box over choices: set shows, a pick emits once, set never emits."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.controls.choice_box import CalmComboBox, ChoiceBox
from widgets.style import style, themes
from widgets.values import Choice

CHOICES = (
    Choice("none", "None", "Nothing is added."),
    Choice("l2", "L2", "Keeps weights small.", "R(W) = ΣW², gradient 2λW"),
)


@pytest.fixture
def box(qtbot: QtBot) -> ChoiceBox:
    widget = ChoiceBox("Regularization", "What weights cost", show_formula=True)
    qtbot.addWidget(widget)
    widget.resize(200, 80)
    with qtbot.waitExposed(widget):
        widget.show()
        widget.activateWindow()
    return widget


def test_set_shows_the_choice_its_formula_and_its_reason_and_never_emits(box: ChoiceBox, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(box.choice_picked):
        box.set_choices(CHOICES, "l2")
    assert (box.current, box.box.currentText()) == ("l2", "L2")
    assert box.formula.text() == "R(W) = ΣW², gradient 2λW"
    assert "Keeps weights small." in box.box.toolTip()
    with qtbot.assertNotEmitted(box.choice_picked):
        box.set_current("none")
    assert box.formula.isHidden()


def test_making_one_shows_no_window(qtbot: QtBot) -> None:
    before = set(QApplication.topLevelWidgets())
    widget = ChoiceBox("Loss", "What one wrong answer costs")
    qtbot.addWidget(widget)
    assert not [w for w in set(QApplication.topLevelWidgets()) - before if w.isVisible()]
    assert ChoiceBox("", "Loss").label.isHidden()


def test_a_pick_emits_its_key(box: ChoiceBox, qtbot: QtBot) -> None:
    box.set_choices(CHOICES, "none")
    box.box.setFocus()
    with qtbot.waitSignal(box.choice_picked) as picked:
        qtbot.keyClick(box.box, Qt.Key.Key_Down)
    assert picked.args == ["l2"]
    assert box.formula.isVisible()


def test_picking_what_is_there_says_nothing(box: ChoiceBox, qtbot: QtBot) -> None:
    box.set_choices(CHOICES, "none")
    with qtbot.assertNotEmitted(box.choice_picked):
        box.box.activated.emit(0)


def test_an_unknown_key_shows_an_empty_box(box: ChoiceBox) -> None:
    box.set_choices(CHOICES, "l7")
    assert (box.current, box.box.currentIndex()) == ("l7", -1)


def test_the_wheel_scrolls_the_panel_unless_the_box_has_the_focus(box: ChoiceBox, qtbot: QtBot) -> None:
    box.set_choices(CHOICES, "none")
    box.box.clearFocus()
    turn = QWheelEvent(
        QPointF(20, 8), QPointF(20, 8), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box.box, turn)
    assert box.current == "none"
    box.box.setFocus()
    QApplication.sendEvent(box.box, turn)
    assert box.current == "l2"


@pytest.mark.parametrize("width", [70, 110, 150])
def test_a_text_too_long_for_its_box_ends_in_an_ellipsis(width: int, qtbot: QtBot, qapp: QApplication) -> None:
    style.apply(qapp, themes.LIGHT)
    box = CalmComboBox()
    qtbot.addWidget(box)
    box.addItem("hidden 1: Linear, ∂a/∂z, at the current example")
    box.resize(width, 28)
    shown = box.text_shown()
    assert shown.endswith("…")
    assert box.fontMetrics().horizontalAdvance(shown) < width
    assert box.currentText().startswith(shown[:-1])
    assert not box.grab().isNull()
    box.resize(600, 28)
    assert box.text_shown() == box.currentText()
