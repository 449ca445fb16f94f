"""What changes the look is drawn once, when all of it is done, and input is answered before that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from playground.app.window.curtain import Curtain
from playground.app.window.main_window import MainWindow
from widgets.style import style, themes


class Paints(QObject):
    """Notes the theme that a widget is painted in."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.seen: list[str] = []
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen.append(style.current().name)
        return False


@pytest.fixture
def light(qapp: QApplication) -> Iterator[None]:
    style.apply(qapp, themes.LIGHT)
    yield
    style.apply(qapp, themes.LIGHT)


def test_a_theme_is_drawn_in_an_event_of_its_own(window: MainWindow, qtbot: QtBot, light: None) -> None:
    paints = Paints(window.parts.panels.network.canvas)
    window.parts.actions["theme"].trigger()
    assert style.current() == themes.DARK
    QCoreApplication.sendPostedEvents()  # which Qt does before it answers input
    assert paints.seen == []
    qtbot.waitUntil(window.updatesEnabled)
    qtbot.waitUntil(lambda: len(paints.seen) > 0)
    assert set(paints.seen) == {"dark"}


def test_a_theme_that_changes_within_a_switch_of_lecture_mode_does_not_show_half_of_it(
    window: MainWindow, qtbot: QtBot, light: None
) -> None:
    paints = Paints(window.parts.panels.network.canvas)
    window.parts.actions["lecture"].trigger()
    window.parts.actions["theme"].trigger()
    qtbot.waitUntil(lambda: len(paints.seen) > 0)
    assert window.isFullScreen()
    assert set(paints.seen) == {"dark"}
    window.parts.actions["theme"].trigger()
    window.parts.actions["lecture"].trigger()
    qtbot.waitUntil(window.updatesEnabled)
    assert not window.isFullScreen()


@pytest.fixture
def drawn(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def let_it_open(curtain: Curtain, qtbot: QtBot) -> None:
    """Wait for the event in which it would open."""
    timer = curtain.findChild(QTimer)
    assert timer is not None
    qtbot.waitUntil(lambda: not timer.isActive())


def test_the_curtain_opens_when_the_last_is_done(drawn: QWidget, qtbot: QtBot) -> None:
    curtain = Curtain(drawn)
    curtain.close("type")
    curtain.close("colours")
    curtain.close("colours")
    curtain.open_soon("colours")
    assert not drawn.updatesEnabled()
    let_it_open(curtain, qtbot)
    assert not drawn.updatesEnabled()
    curtain.open("type")
    assert drawn.updatesEnabled()


@pytest.mark.parametrize("is_resized", [True, False])
def test_a_window_that_was_to_be_drawn_when_the_curtain_closed_is_drawn_when_it_opens(
    drawn: QWidget, qtbot: QtBot, is_resized: bool
) -> None:
    curtain, paints = Curtain(drawn), Paints(drawn)
    drawn.resize(300, 200) if is_resized else drawn.update()
    curtain.close("type")
    drawn.resize(400, 300)
    QApplication.processEvents()
    paints.seen.clear()
    curtain.open("type")
    QApplication.processEvents()
    assert paints.seen


def test_whoever_closes_the_curtain_again_is_not_done(drawn: QWidget, qtbot: QtBot) -> None:
    curtain = Curtain(drawn)
    curtain.close("type")
    curtain.open_soon("type")
    curtain.close("type")
    let_it_open(curtain, qtbot)
    assert not drawn.updatesEnabled()
    curtain.open("type")
    assert drawn.updatesEnabled()


def test_a_window_that_draws_nothing_of_its_own_accord_stays_as_it_is(drawn: QWidget, qtbot: QtBot) -> None:
    drawn.setUpdatesEnabled(False)
    curtain = Curtain(drawn)
    curtain.close("type")
    curtain.open("type")
    assert not drawn.updatesEnabled()
