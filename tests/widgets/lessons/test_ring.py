"""The ring follows what it points at, and is gone when that cannot be seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from widgets.lessons.ring import Ring


@pytest.fixture
def button(qtbot: QtBot) -> Iterator[QPushButton]:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(500, 300)
    center = QWidget()
    window.setCentralWidget(center)
    made = QPushButton("Play", center)
    made.setGeometry(200, 100, 80, 30)
    window.show()
    yield made
    window.close()


@pytest.fixture
def ring(button: QPushButton) -> Ring:
    made = Ring(button.window())
    made.point_at(button)
    return made


def meant(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), widget.rect().topLeft()), widget.size())


def test_it_goes_round_a_widget_and_follows_it(ring: Ring, button: QPushButton) -> None:
    assert ring.isVisible()
    assert ring.meant == meant(button)
    button.move(20, 200)
    assert ring.meant == meant(button)
    button.parentWidget().move(5, 7)
    assert ring.meant == meant(button)


def test_it_is_gone_while_the_widget_is_hidden(ring: Ring, button: QPushButton) -> None:
    button.hide()
    assert not ring.isVisible()
    button.show()
    QApplication.processEvents()
    assert ring.isVisible()
    ring.clear()
    button.move(1, 1)
    assert not ring.isVisible()


def test_a_part_of_a_widget_can_be_meant(ring: Ring, button: QPushButton) -> None:
    part = QRect(10, 5, 20, 10)
    ring.point_at(button, lambda: part)
    assert ring.meant.size() == part.size()
    part.moveLeft(30)
    button.update()
    QApplication.processEvents()
    assert ring.meant.left() == meant(button).left() + 30


def test_it_takes_no_click_and_no_focus(ring: Ring, button: QPushButton, qtbot: QtBot) -> None:
    with qtbot.waitSignal(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.window().childAt(meant(button).center()) is not ring


def test_a_widget_that_is_deleted_takes_the_ring_with_it(ring: Ring, button: QPushButton) -> None:
    button.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    ring.follow()
    assert not ring.isVisible()
