"""Only the overlays that are switched on are computed; a line under the cursor highlights its neuron."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from playground.app.views.output import marks_reading as reading
from playground.app.views.output.marks_presenter import NO_CLASSES, NO_LINES, OutputMarksPresenter
from playground.app.views.scheduling import Scheduler
from playground.document.changes import with_data, with_feature
from playground.document.data_choice import with_dataset
from playground.session.session import Session
from widgets.controls.overlay_menu import OverlayMenu
from widgets.network_graph import NetworkGraph
from widgets.plane.output_plane import OutputPlane
from widgets.values import NodeKey


@pytest.fixture
def plot(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any], qtbot: QtBot) -> Any:
    made = stand_in(OutputPlane)
    made.menu, made.graph = OverlayMenu(reading.CHOICES), stand_in(NetworkGraph)
    qtbot.addWidget(made.menu)
    made.presenter = OutputMarksPresenter(session, scheduler, made, made.menu, made.graph)
    return made


def switch(plot: Any, key: str) -> None:
    plot.menu.actions_by_key[key].trigger()


def lines(plot: Any) -> Any:
    return plot.set_lines.call_args.args[0]


def test_nothing_lies_over_the_output_at_first(session: Session, plot: Any) -> None:
    session.step()
    plot.set_lines.assert_not_called()
    plot.set_misclassified.assert_not_called()


def test_lines_follow_training_until_they_are_switched_off(session: Session, plot: Any) -> None:
    switch(plot, reading.LINES)
    before = [line.points for line in lines(plot)]
    session.step(50)
    assert any((line.points != old).any() for line, old in zip(lines(plot), before, strict=True))
    switch(plot, reading.LINES)
    assert lines(plot) == ()


def test_a_hovered_line_highlights_its_neuron_and_a_hovered_neuron_its_line(session: Session, plot: Any) -> None:
    switch(plot, reading.LINES)
    node = reading.neuron_lines(session.snapshot(), None)[1].node
    assert node is not None
    plot.line_hovered.emit(1)
    plot.graph.set_hovered.assert_called_with(NodeKey(*node))
    plot.line_hovered.emit(-1)
    plot.graph.set_hovered.assert_called_with(None)
    session.hover(node)
    assert [line.strong for line in lines(plot)].index(True) == 1


def test_a_hovered_neuron_computes_no_contours(session: Session, plot: Any) -> None:
    switch(plot, reading.CONTOURS)
    drawn = plot.set_lines.call_count
    node = reading.neuron_lines(session.snapshot(), None)[1].node
    session.hover(node)
    assert plot.set_lines.call_count == drawn


def test_overlays_that_the_data_do_not_have_say_why(session: Session, plot: Any) -> None:
    switch(plot, reading.LINES)
    session.change(with_feature("x1_squared", True, ("x1", "x2", "x1_squared")), "Switch a feature")
    assert lines(plot) == ()
    action = plot.menu.actions_by_key[reading.LINES]
    assert not action.isEnabled()
    assert action.statusTip() == NO_LINES
    session.undo_stack.undo()
    assert action.isEnabled()
    assert lines(plot)
    session.change(with_dataset("plane"), "Take the plane")
    assert plot.menu.actions_by_key[reading.WRONG].statusTip() == NO_CLASSES


def test_rings_follow_training_until_they_are_switched_off(session: Session, plot: Any) -> None:
    switch(plot, reading.WRONG)
    before = plot.set_misclassified.call_args.args[0]
    session.step(800)
    assert len(plot.set_misclassified.call_args.args[0]) < len(before)
    switch(plot, reading.WRONG)
    plot.set_misclassified.assert_called_with(None)


def test_of_very_many_points_the_rings_say_how_many_were_examined(
    session: Session, plot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_POINTS", 500)
    switch(plot, reading.WRONG)
    session.change(with_data(points=501), "Change the number of points")
    assert plot.set_misclassified.call_args.args[1] == "rings among 500 of 501"
    session.change(with_data(points=500), "Change the number of points")
    assert plot.set_misclassified.call_args.args[1] == ""
