"""Breadcrumbs: the places that led here; all but the last can be clicked, and each click is reported once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from widgets.frame.breadcrumbs import Breadcrumbs
from widgets.values import Choice

PATH = (Choice("n", "network"), Choice("h2", "a₂⁽²⁾"), Choice("h1", "a₁⁽¹⁾"))


def test_the_path_is_shown_in_order_and_setting_it_tells_nothing(qtbot: QtBot) -> None:
    crumbs = Breadcrumbs()
    qtbot.addWidget(crumbs)
    emitted: list[str] = []
    crumbs.crumb_clicked.connect(emitted.append)
    crumbs.set_path(PATH)
    crumbs.show()
    assert crumbs.path == PATH
    assert crumbs.button("n").text() == "network"
    assert "a₁⁽¹⁾" in [label.text() for label in crumbs.findChildren(QLabel) if label.isVisible()]
    crumbs.set_path(PATH[:2])
    QApplication.processEvents()
    assert "a₂⁽²⁾" in [label.text() for label in crumbs.findChildren(QLabel) if label.isVisible()]
    assert emitted == []


def test_a_click_on_an_earlier_place_is_told_once(qtbot: QtBot) -> None:
    crumbs = Breadcrumbs()
    qtbot.addWidget(crumbs)
    crumbs.set_path(PATH)
    crumbs.show()
    emitted: list[str] = []
    crumbs.crumb_clicked.connect(emitted.append)
    QTest.mouseClick(crumbs.button("h2"), Qt.MouseButton.LeftButton)
    assert emitted == ["h2"]
