"""Slow motion in the real window: phases forth and back, blank where nothing is computed, the same bits at the end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.app.window.lecture_mode import scale_for
from playground.app.window.main_window import MainWindow
from playground.document.changes import with_depth, with_training
from playground.document.document import Node
from playground.engine.optimizers import OptimizerSpec
from playground.session.session import Session
from widgets.style import style
from widgets.values import NodeKey


def test_ten_steps_of_f10_are_one_ordinary_iteration_bit_for_bit(window: MainWindow) -> None:
    twin = Session(window.session.document)
    twin.step()
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert window.parts.slow_motion.is_active
    n = len(window.parts.slow_motion.cursor.phases)
    assert len(window.parts.panels.phases.chips) == n
    for i in range(n - 1):
        assert window.parts.panels.phases.current == i
        assert window.session.run.iteration == 0
        QTest.keyClick(window, Qt.Key.Key_F10)
    QTest.keyClick(window, Qt.Key.Key_F10)
    assert window.session.run.iteration == 1
    assert window.session.run.memory().state.same_as(twin.run.memory().state)
    assert window.parts.slow_motion.cursor.index == 0


def test_going_back_from_the_batch_returns_to_the_update_before(window: MainWindow) -> None:
    window.session.step(3)
    before = window.session.run.memory().state
    window.parts.commands.toggle_slow_motion()
    QTest.keyClick(window, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert window.session.run.iteration == 2
    assert window.parts.slow_motion.cursor.is_update_known
    window.parts.slow_motion.commit()
    assert window.session.run.memory().state.same_as(before)


def test_leaving_throws_the_step_away(window: MainWindow) -> None:
    before = window.session.run.memory().state
    window.parts.commands.toggle_slow_motion()
    window.parts.slow_motion.goto(4)
    window.parts.commands.toggle_slow_motion()
    assert window.session.run.memory().state.same_as(before)
    assert window.parts.panels.phases.current is None
    assert not window.parts.panels.phase_text.isVisible()


def test_play_walks_the_phases_at_a_pace_instead_of_racing_off(window: MainWindow) -> None:
    slow, transport = window.parts.slow_motion, window.parts.panels.transport
    window.parts.commands.toggle_slow_motion()
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert (slow.is_active, slow.is_playing, window.session.is_playing) == (True, True, False)
    assert transport.play.text() == "Pause"
    for _ in range(len(slow.cursor.phases) + 2):
        slow.metronome.beat.emit()
    assert (window.session.run.iteration, slow.cursor.index, slow.is_playing) == (1, 2, True)
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert (slow.is_active, slow.is_playing, transport.play.text()) == (True, False, "Play")
    QTest.keyClick(window, Qt.Key.Key_F5)
    QTest.keyClick(window, Qt.Key.Key_F10)
    assert (slow.cursor.index, slow.is_playing) == (3, False)
    QTest.keyClick(window, Qt.Key.Key_F5)
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert (slow.is_active, slow.is_playing, transport.play.text()) == (False, False, "Play")
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert window.session.is_playing
    window.session.pause()


def test_another_network_in_the_middle_of_a_walk_ends_it_and_is_shown(window: MainWindow) -> None:
    depth = len(window.session.document.hidden)
    window.session.change(with_depth(depth + 1), "Change the depth")
    window.parts.slow_motion.start()
    window.parts.slow_motion.goto(2)

    window.session.undo_stack.undo()

    assert not window.parts.slow_motion.is_active
    assert len(window.parts.panels.phases.chips) == 2 * (depth + 1) + 3
    assert window.parts.panels.phases.current is None


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_no_phase_moves_or_shrinks_the_network(window: MainWindow, optimizer: str) -> None:
    window.session.change(with_training(optimizer=OptimizerSpec(optimizer)), "Optimizer")
    panels = window.parts.panels
    window.resize(1366, 740)
    window.parts.layout.arrange_at(1366, 740)
    window.parts.commands.toggle_slow_motion()
    places = set()
    for _ in range(2 * len(window.parts.slow_motion.cursor.phases)):
        QApplication.processEvents()
        places.add((panels.network.canvas.size().toTuple(), panels.phases.geometry().getRect()))
        QTest.keyClick(window, Qt.Key.Key_F10)
    assert len(places) == 1


def test_the_chips_stay_where_they_are_when_slow_motion_starts_and_ends(window: MainWindow) -> None:
    chip = window.parts.panels.phases.chips[1]
    QApplication.processEvents()
    places = [chip.mapToGlobal(chip.rect().topLeft())]
    for _ in range(2):
        window.parts.commands.toggle_slow_motion()
        QApplication.processEvents()
        places.append(chip.mapToGlobal(chip.rect().topLeft()))
    assert len(set(places)) == 1


@pytest.mark.parametrize("size", [(1366, 740), (1600, 960)])
@pytest.mark.parametrize("large", [False, True])
def test_slow_motion_neither_moves_nor_shrinks_the_network(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int], large: bool
) -> None:
    panels, canvas = window.parts.panels, window.parts.panels.network.canvas
    if large:
        window.parts.commands.toggle_lecture_mode()
        window.showNormal()  # a screen of another size
    window.resize(*size)
    if large:
        qtbot.waitUntil(lambda: style.current().scale == scale_for(window.size()))
    else:
        window.parts.layout.arrange_at(*size)
    for _ in range(5):
        QApplication.processEvents()
    places = []
    for _ in range(3):
        QApplication.processEvents()
        layout = canvas.scene.layout
        places.append((layout.columns, layout.loss_box, canvas.size().toTuple()))
        window.parts.commands.toggle_slow_motion()
    assert places[0] == places[1] == places[2]
    QApplication.processEvents()
    assert panels.phase_text.isVisible()
    told = panels.phase_text.geometry()
    assert panels.network.rect().contains(told)
    assert told.height() >= panels.phase_text.sizeHint().height()
    floor = canvas.mapTo(panels.network, canvas.scene.view.bottomLeft().toPoint()).y()
    assert floor <= told.top()
    assert all(label.box.bottom() <= canvas.scene.view.bottom() for label in canvas.number_labels())


def test_a_small_screen_names_the_units_and_keeps_a_beside_delta(window: MainWindow) -> None:
    canvas = window.parts.panels.network.canvas
    window.resize(1366, 740)
    window.parts.layout.arrange_at(1366, 740)
    window.parts.session.select(node=Node(1, 0))
    for _ in range(5):
        QApplication.processEvents()

    assert [f"a{n}⁽¹⁾" for n in "₁₂₃₄"] == [name.text for name in canvas.scene._names() if name.text.startswith("a")]
    window.parts.commands.toggle_slow_motion()
    for _ in range(5):  # forward 1 and 2, loss, backward 2 and 1
        window.parts.slow_motion.forward()
    QApplication.processEvents()
    for unit in range(4):
        written = {label.which for label in canvas.number_labels() if label.key == NodeKey(1, unit)}
        assert {"value", "gradient"} <= written
