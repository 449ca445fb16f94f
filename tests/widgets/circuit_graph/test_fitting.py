"""A circuit is as large as its window allows: first its type grows, then its wires."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.widgets.circuit_graph.test_geometry import CIRCUITS, overlaps, slots
from widgets.circuit_graph import CircuitGraph
from widgets.circuit_graph.camera import LARGEST_FIT
from widgets.circuit_graph.fitting import LONGEST, SHORTEST, fitted, longest_number
from widgets.circuit_graph.geometry import Geometry, arrange
from widgets.circuit_graph.metrics import measure
from widgets.style import numbers
from widgets.values import GateDiagram, GateValues


def zoom_in(geometry: Geometry, size: tuple[float, float]) -> float:
    return min(size[0] / geometry.width, size[1] / geometry.height, LARGEST_FIT)


@pytest.mark.parametrize("times", [1.2, 1.5, 2.0])
@pytest.mark.parametrize("name", CIRCUITS)
def test_a_window_times_as_large_makes_the_numbers_as_much_larger(
    name: str, times: float, request: pytest.FixtureRequest, qapp: QApplication
) -> None:
    diagram = request.getfixturevalue(name)
    least = arrange(diagram, measure(LONGEST), named=True)
    size = times * least.width, times * least.height
    assert zoom_in(fitted(diagram, size, LONGEST), size) == pytest.approx(times)


@pytest.mark.parametrize("name", CIRCUITS)
def test_room_that_is_left_over_lengthens_the_wires(
    name: str, request: pytest.FixtureRequest, qapp: QApplication
) -> None:
    diagram = request.getfixturevalue(name)
    least = arrange(diagram, measure(LONGEST), named=True)
    assert fitted(diagram, (1.5 * least.width, least.height), LONGEST).width > 1.05 * least.width


@pytest.mark.parametrize("longest", range(SHORTEST, LONGEST + 1))
@pytest.mark.parametrize("name", CIRCUITS)
@pytest.mark.parametrize("size", [(1067.0, 310.0), (700.0, 260.0), (300.0, 90.0)])
def test_no_number_touches_another_or_a_gate(
    size: tuple[float, float], name: str, longest: int, request: pytest.FixtureRequest, qapp: QApplication
) -> None:
    geometry = fitted(request.getfixturevalue(name), size, longest)
    boxes = [geometry.box(k) for k in range(len(geometry.gates))]
    assert not [pair for pair in combinations(slots(geometry), 2) if overlaps(*pair)]
    assert not [(slot, box) for slot in slots(geometry) for box in boxes if overlaps(slot, box)]


def test_short_numbers_leave_room_for_larger_ones(routed: GateDiagram, qapp: QApplication) -> None:
    size = 1067.0, 310.0
    short, long = (zoom_in(fitted(routed, size, longest), size) for longest in (SHORTEST, LONGEST))
    assert short > 1.15 * long


def test_every_gate_has_room_for_its_name_where_the_window_is_high_enough(
    neuron: GateDiagram, qapp: QApplication
) -> None:
    geometry = fitted(neuron, (900.0, 1200.0), LONGEST)
    name = measure().line + 6.0
    for k, gate in enumerate(geometry.gates):
        above = geometry.box(k).adjusted(0.0, -name, 0.0, 0.0)
        boxes = [geometry.box(j) for j in range(len(geometry.gates)) if j != k]
        assert not gate.is_named or not any(overlaps(above, box) for box in boxes)


def test_the_longest_number_is_counted_with_its_signs(multiply_values: GateValues) -> None:
    assert longest_number(None) == longest_number(multiply_values) == SHORTEST
    long = replace(multiply_values, gradients=(-0.19661, -4.0, 3.0, -4.0, 1.0))
    assert longest_number(long) == len(numbers.four(-0.19661)) + 3
    assert longest_number(replace(long, values=(-1.23456e-7, 5.0, -4.0, 3.0, -12.0))) == LONGEST


def test_numbers_that_grow_get_their_room_and_keep_it(
    multiply: GateDiagram, multiply_values: GateValues, qtbot: QtBot
) -> None:
    graph = CircuitGraph()
    qtbot.addWidget(graph)
    graph.resize(900, 300)
    graph.set_diagram(multiply, multiply_values)
    graph.set_values(multiply_values)
    short = graph.geometry_shown
    graph.set_values(replace(multiply_values, values=(-0.12345, 5.0, -4.0, 4.87655, -19.5062)))
    long = graph.geometry_shown
    assert long.value_slots[0].width() > short.value_slots[0].width()
    graph.set_values(multiply_values)
    assert graph.geometry_shown is long


def test_the_numbers_of_both_passes_have_their_room_from_the_start(
    multiply: GateDiagram, multiply_values: GateValues, qtbot: QtBot
) -> None:
    graph = CircuitGraph()
    qtbot.addWidget(graph)
    graph.resize(900, 300)
    done = replace(multiply_values, gradients=(-0.19661, -4.0, 3.0, -4.0, 1.0))
    graph.set_diagram(multiply, done)
    first = graph.geometry_shown
    nothing = (None,) * 5
    graph.set_values(replace(done, gradients=nothing, wire_gradients=((), (), (), (None, None), (None, None))))
    graph.set_values(done)
    assert graph.geometry_shown is first
