"""Overlays of the output, in the real window: lines tied to neurons, contours, rings, nothing while off."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.testing import assert_allclose

from playground.app.views.output import marks_reading as reading
from playground.app.window.main_window import MainWindow
from playground.document.changes import with_data, with_feature
from playground.document.document import Node
from playground.document.selection import Example
from widgets.style import numbers
from widgets.values import NodeKey


def switch(window: MainWindow, key: str) -> None:
    window.parts.panels.overlays.actions_by_key[key].trigger()


def test_nothing_lies_over_the_output_at_first(window: MainWindow) -> None:
    plane = window.parts.panels.output.plane
    assert plane.lines == ()
    assert len(plane.misclassified) == 0


def test_each_line_is_where_its_neuron_has_z_0_and_follows_training(window: MainWindow) -> None:
    switch(window, reading.LINES)
    plane = window.parts.panels.output.plane
    before = [line.points for line in plane.lines]
    window.session.step(50)
    assert len(plane.lines) == len(before) > 0
    assert any((line.points != old).any() for line, old in zip(plane.lines, before, strict=True))
    snapshot = window.session.snapshot()
    for mark in reading.neuron_lines(snapshot, None):
        assert mark.node is not None
        w1, w2, b = snapshot.matrices()[0][mark.node.unit]
        assert_allclose(mark.line.points @ [w1, w2] + b, 0.0, atol=1e-9)
    switch(window, reading.LINES)
    assert plane.lines == ()


def test_a_hovered_line_highlights_its_neuron_and_a_hovered_neuron_its_line(window: MainWindow) -> None:
    switch(window, reading.LINES)
    window.parts.panels.output.line_hovered.emit(1)
    marks = reading.neuron_lines(window.session.snapshot(), None)
    node = marks[1].node
    assert node is not None
    assert window.parts.panels.network.canvas.hovered == NodeKey(*node)
    window.parts.panels.output.line_hovered.emit(-1)
    assert window.parts.panels.network.canvas.hovered is None
    window.session.hover(Node(1, node.unit))
    assert [line.strong for line in window.parts.panels.output.plane.lines].index(True) == 1


def test_lines_need_x1_and_x2_as_inputs(window: MainWindow) -> None:
    switch(window, reading.LINES)
    window.session.change(with_feature("x1_squared", True, ("x1", "x2", "x1_squared")), "Feature")
    assert window.parts.panels.output.plane.lines == ()
    action = window.parts.panels.overlays.actions_by_key[reading.LINES]
    assert not action.isEnabled()
    assert "x₁ and x₂" in action.statusTip()
    window.session.undo_stack.undo()
    assert action.isEnabled()
    assert window.parts.panels.output.plane.lines


def test_contours_begin_with_the_decision_and_name_their_levels(window: MainWindow) -> None:
    window.session.step(400)
    switch(window, reading.CONTOURS)
    lines = window.parts.panels.output.plane.lines
    assert lines[0].label == "decision"
    assert lines[0].strong
    assert {line.label for line in lines[1:]} <= {f"ŷ = {text}" for text in ("0.5", "−0.5", "0.9", "−0.9")}


def test_rings_are_on_the_points_that_the_network_gets_wrong(window: MainWindow) -> None:
    switch(window, reading.WRONG)
    snapshot = window.session.snapshot()
    scores = [snapshot.trace(Example(None, tuple(point))).scores[0] for point in snapshot.data.sample.points]
    wrong = np.flatnonzero((np.array(scores) > 0) != (snapshot.data.sample.labels == 1))
    assert window.parts.panels.output.plane.misclassified.tolist() == wrong.tolist()
    window.session.step(800)
    assert len(window.parts.panels.output.plane.misclassified) < len(wrong)
    switch(window, reading.WRONG)
    assert len(window.parts.panels.output.plane.misclassified) == 0


def test_of_very_many_points_it_is_said_which_are_looked_at(window: MainWindow) -> None:
    plane = window.parts.panels.output.plane
    switch(window, reading.WRONG)
    assert plane.note_on_rings() == ""
    window.session.change(with_data(points=20_001), "Points")
    window.session.step(400)
    assert plane.note_on_rings() == f"rings among {numbers.grouped(20_000)} of {numbers.grouped(20_001)}"
    window.session.change(with_data(points=20_000), "Points")
    assert plane.note_on_rings() == ""


def test_regression_has_nothing_to_misclassify(window: MainWindow) -> None:
    window.session.change(lambda d: replace(d, data=replace(d.data, name="plane")), "Data")
    assert not window.parts.panels.overlays.actions_by_key[reading.WRONG].isEnabled()
