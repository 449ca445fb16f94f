"""Parts are found in their order, and none is kept that Qt has deleted."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from widgets.style import style, themes
from widgets.style.parts import direct_parts_of, parts_of

TIMES = 5


@pytest.fixture
def whole(qtbot: QtBot) -> QWidget:
    whole = QWidget()
    qtbot.addWidget(whole)
    whole.setFixedSize(300, 200)
    whole.show()
    return whole


def box_with_a_list(whole: QWidget) -> QComboBox:
    """Return a box whose list is made, with all its parts, by Qt alone."""
    box = QComboBox(whole)
    box.addItems(["a", "b"])
    box.view()
    box.show()
    return box


def delete(box: QComboBox) -> None:
    box.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def deleted_but_kept() -> int:
    gc.collect()
    return sum(isinstance(thing, QObject) and not isValid(thing) for thing in gc.get_objects())


def test_parts_are_those_of_qt_in_its_order(whole: QWidget) -> None:
    layout = QVBoxLayout(whole)
    layout.addWidget(QTableWidget(2, 2))
    layout.addWidget(QLabel("a"))
    timer = QTimer(layout.itemAt(0).widget())
    for kind in (QWidget, QLabel, QObject, QTimer):
        assert parts_of(whole, kind) == whole.findChildren(kind)
        direct = whole.findChildren(kind, options=Qt.FindChildOption.FindDirectChildrenOnly)
        assert direct_parts_of(whole, kind) == direct
    assert timer in parts_of(whole, QTimer)


def test_no_part_is_kept_that_qt_deleted(whole: QWidget) -> None:
    before = deleted_but_kept()
    for _ in range(TIMES):
        box = box_with_a_list(whole)
        assert len(parts_of(whole, QWidget)) > len(direct_parts_of(whole, QWidget)) > 0
        parts_of(whole, QObject)
        delete(box)
        del box
    assert deleted_but_kept() <= before


def test_a_change_of_colours_keeps_no_part_that_qt_deleted(whole: QWidget, qapp: QApplication) -> None:
    before, theme = deleted_but_kept(), style.current()
    try:
        for other in (themes.DARK, themes.LIGHT) * 2:
            box = box_with_a_list(whole)
            style.apply(qapp, other)
            delete(box)
            del box
    finally:
        style.apply(qapp, theme)
    assert deleted_but_kept() <= before
