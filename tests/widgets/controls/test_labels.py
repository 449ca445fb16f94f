"""Words that change often do not move what is around them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from widgets.controls.derivation_text import DerivationText
from widgets.controls.elided_label import ElidedLabel
from widgets.controls.labels import ScaledLabel
from widgets.style import style, themes


class Holder(QWidget):
    """Counts how often its layout is asked to work."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.asked = 0
        QVBoxLayout(self).addWidget(inside)

    def event(self, event) -> bool:
        self.asked += event.type() == event.Type.LayoutRequest
        return super().event(event)


def test_a_label_says_it_in_the_longest_way_that_fits(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    long, short = "neuron 2 of hidden layer 1 · example 0", "a₂⁽¹⁾ · example 0"
    label.set_ways(long, short)
    label.resize(label.fontMetrics().horizontalAdvance(long) + 4, 20)
    assert label.shown == long
    assert label.tooltip_text() == ""
    label.resize(label.fontMetrics().horizontalAdvance(short) + 4, 20)
    assert label.shown == short
    assert label.tooltip_text() == long
    assert label.text() == long
    label.setText(long)
    assert label.shown.endswith("…")


def held(qtbot: QtBot, inside: QWidget) -> Holder:
    """Return a shown holder of `inside` whose layout has come to rest."""
    holder = Holder(inside)
    qtbot.addWidget(holder)
    holder.resize(200, 100)
    holder.show()
    QApplication.processEvents()
    holder.asked = 0
    return holder


def test_a_longer_derivation_asks_for_no_layout_and_can_be_copied(qtbot: QtBot) -> None:
    text = DerivationText("Derivation", 2)
    holder = held(qtbot, text)
    text.set_text("Y = X·W " * 40)
    QApplication.processEvents()
    assert holder.asked == 0
    assert text.text() == "Y = X·W " * 40
    text.selectAll()
    assert text.textCursor().selectedText() == "Y = X·W " * 40
    text.set_text("Y = X·W " * 40)
    assert text.textCursor().hasSelection()


def test_a_longer_label_asks_for_no_layout_and_is_read_aloud(qtbot: QtBot) -> None:
    label = ElidedLabel("short")
    holder = held(qtbot, label)
    label.setText("long " * 40)
    QApplication.processEvents()
    assert holder.asked == 0
    assert label.text() == label.accessibleName() == "long " * 40


def test_an_ordinary_label_does_ask(qtbot: QtBot) -> None:
    label = QLabel("short")
    holder = held(qtbot, label)
    label.setText("long " * 40)
    QApplication.processEvents()
    assert holder.asked > 0


def test_a_name_that_was_given_stays(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setAccessibleName("Message")
    label.setText("all is well")
    assert (label.accessibleName(), label.accessibleDescription()) == ("Message", "all is well")


def test_words_follow_the_type_scale(qtbot: QtBot, qapp: QApplication) -> None:
    style.apply(qapp, themes.LIGHT)
    text, label = DerivationText("Derivation", 2), ScaledLabel(9.0, bold=True)
    for widget in (text, label):
        qtbot.addWidget(widget)
        widget.show()
    height = text.height()
    style.apply(qapp, replace(themes.LIGHT, scale=1.5))
    assert text.height() > height
    assert text.font().pointSizeF() == label.font().pointSizeF() == 13.5
    style.apply(qapp, themes.LIGHT)
    assert text.height() == height


def test_the_tooltip_has_the_words_that_are_cut_over_the_given_one(qtbot: QtBot) -> None:
    label = ElidedLabel("one line that will not fit")
    label.setToolTip("What it is for.")
    holder = held(qtbot, label)
    holder.resize(60, 60)
    QApplication.processEvents()
    assert label.tooltip_text() == "one line that will not fit\nWhat it is for."
    holder.resize(600, 60)
    QApplication.processEvents()
    assert label.tooltip_text() == "What it is for."
    QApplication.sendEvent(label, QHelpEvent(QEvent.Type.ToolTip, QPoint(2, 2), label.mapToGlobal(QPoint(2, 2))))
    assert QToolTip.text() == "What it is for."
