"""What was let go of hears nothing: no key, no mouse, no timer, no shortcut, whoever had an ear on it."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.every_event import every_event, send_every_event
from widgets.style.letting_go import let_go, let_go_when_closed


class Ears(QObject):
    """Hears what reaches a widget and its parts."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.heard: list[QEvent.Type] = []
        for part in (widget, *widget.findChildren(QObject)):
            part.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.heard.append(event.type())
        return False


@pytest.fixture
def outer(qtbot: QtBot) -> QWidget:
    outer = QWidget()
    qtbot.addWidget(outer)
    QVBoxLayout(outer)
    outer.layout().addWidget(QLineEdit())
    outer.show()
    outer.activateWindow()
    qtbot.waitUntil(outer.isActiveWindow)
    return outer


def inside(outer: QWidget) -> tuple[QWidget, QLineEdit]:
    part = QWidget()
    QVBoxLayout(part)
    edit = QLineEdit("typed")
    part.layout().addWidget(edit)
    outer.layout().addWidget(part)
    part.show()
    return part, edit


def test_no_event_of_any_kind_reaches_it_or_what_it_holds(outer: QWidget) -> None:
    part, edit = inside(outer)
    edit.setFocus()
    said: list[object] = []
    edit.editingFinished.connect(lambda: said.append("finished"))
    edit.textChanged.connect(said.append)
    ears = Ears(part)
    let_go(part)
    assert not part.isVisible()
    assert QApplication.focusWidget() not in (None, part, edit)
    for widget in (part, edit):
        assert send_every_event(widget) == len(every_event())
    assert ears.heard == []
    assert said == []
    assert edit.text() == "typed"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(part)
    let_go(part)  # once more is no error


def test_its_timers_animations_and_shortcuts_end(outer: QWidget) -> None:
    part, edit = inside(outer)
    rung: list[str] = []
    timer, animation = QTimer(edit, interval=0), QVariantAnimation(part, duration=1000, startValue=0, endValue=9)
    timer.timeout.connect(lambda: rung.append("timer"))
    animation.valueChanged.connect(lambda _value: rung.append("animation"))
    context = Qt.ShortcutContext.ApplicationShortcut
    QShortcut(QKeySequence("Ctrl+G"), part, lambda: rung.append("shortcut"), context=context)
    action = QAction("Go", part, shortcut="Ctrl+H", shortcutContext=context)
    action.triggered.connect(lambda: rung.append("action"))
    part.addAction(action)
    timer.start()
    animation.start()
    rung.clear()
    let_go(part)
    assert not timer.isActive()
    assert animation.state() == QVariantAnimation.State.Stopped
    for key in (Qt.Key.Key_G, Qt.Key.Key_H):
        QTest.keyClick(outer, key, Qt.KeyboardModifier.ControlModifier)
    assert rung == []


def test_a_button_may_let_go_of_itself_while_it_is_clicked(outer: QWidget, qtbot: QtBot) -> None:
    button = QPushButton()
    outer.layout().addWidget(button)
    clicked: list[str] = []
    button.clicked.connect(lambda: (let_go(button), clicked.append("first")))
    button.clicked.connect(lambda: clicked.append("second"))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert clicked == ["first", "second"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert clicked == ["first", "second"]


@pytest.mark.parametrize("how", ["accept", "reject", "close"])
def test_a_dialog_gives_its_answer_then_hears_nothing_and_goes(outer: QWidget, how: str) -> None:
    dialog = QDialog(outer)
    edit = QLineEdit(dialog)
    let_go_when_closed(dialog)
    answers: list[str] = []
    dialog.accepted.connect(lambda: answers.append("accepted"))
    dialog.rejected.connect(lambda: answers.append("rejected"))
    dialog.finished.connect(lambda _code: answers.append("finished"))
    dialog.open()
    ears = Ears(dialog)
    getattr(dialog, how)()
    assert answers == ["accepted" if how == "accept" else "rejected", "finished"]
    ears.heard.clear()
    assert send_every_event(dialog) == send_every_event(edit) == len(every_event())
    assert ears.heard == []
    assert edit.text() == ""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(dialog)


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_a_menu_gives_the_picked_action_then_hears_nothing_and_goes(outer: QWidget, qtbot: QtBot) -> None:
    menu = QMenu(outer)
    picked: list[str] = []
    menu.addAction("One", lambda: picked.append("one"))
    menu.addAction("Two", lambda: picked.append("two"))
    let_go_when_closed(menu)
    menu.popup(outer.mapToGlobal(outer.rect().center()))
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert picked == ["one"]
    send_every_event(menu)
    assert picked == ["one"]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(menu)


def test_a_dialog_that_nobody_holds_is_not_held_by_being_watched(outer: QWidget) -> None:
    dialog = QDialog(outer)
    let_go_when_closed(dialog)
    dialog.open()
    dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert not isValid(dialog)
