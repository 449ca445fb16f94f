from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.circuit_graph.geometry import Geometry, arrange
from widgets.circuit_graph.metrics import measure
from widgets.values import Gate, GateDiagram

CIRCUITS = ("multiply", "square", "routed", "neuron")


def slots(geometry: Geometry) -> list[QRectF]:
    return [*geometry.value_slots, *geometry.gradient_slots, *(s for s in geometry.wire_slots if s is not None)]


def overlaps(a: QRectF, b: QRectF) -> bool:
    both = a.intersected(b)
    return both.width() > 0.5 and both.height() > 0.5


@pytest.mark.parametrize("name", CIRCUITS)
@pytest.mark.parametrize("room", [None, (1000.0, 500.0), (700.0, 260.0)])
def test_no_number_stands_on_a_gate(
    name: str, room: tuple[float, float] | None, request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    geometry = arrange(request.getfixturevalue(name), measure(), room)
    boxes = [geometry.box(k) for k in range(len(geometry.gates))]
    assert not [(s, b) for s in slots(geometry) for b in boxes if overlaps(s, b)]


@pytest.mark.parametrize("name", CIRCUITS)
@pytest.mark.parametrize("room", [None, (1000.0, 500.0), (700.0, 260.0)])
def test_no_two_numbers_and_no_two_gates_overlap(
    name: str, room: tuple[float, float] | None, request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    geometry = arrange(request.getfixturevalue(name), measure(), room)
    boxes = [geometry.box(k) for k in range(len(geometry.gates))]
    for rectangles in (slots(geometry), boxes):
        assert not [pair for pair in combinations(rectangles, 2) if overlaps(*pair)]


@pytest.mark.parametrize("name", ["square", "routed"])
def test_a_contribution_is_clear_of_its_gate_even_when_that_is_ringed(
    name: str, request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    geometry = arrange(request.getfixturevalue(name), measure(), (1000.0, 500.0))
    labels = [(slot, wire) for slot, wire in zip(geometry.wire_slots, geometry.wires, strict=True) if slot is not None]
    assert labels
    for slot, wire in labels:
        assert geometry.box(wire.target).left() - slot.right() >= 8.0


@given(st.lists(st.integers(1, 6), min_size=2, max_size=7), st.randoms(use_true_random=False))
def test_random_layers_never_overlap(qapp: QApplication, widths: list[int], random: object) -> None:
    gates: list[Gate] = []
    before: list[int] = []
    for column, width in enumerate(widths):
        here = []
        for row in range(width):
            inputs = tuple(random.choices(before, k=2)) if before else ()  # type: ignore[attr-defined]
            kind = "gate" if before else "input"
            gates.append(Gate(len(gates), "×", kind, "x", inputs, column, row))
            here.append(len(gates) - 1)
        before = here
    geometry = arrange(GateDiagram(tuple(gates), len(widths), 6), measure())
    boxes = [geometry.box(k) for k in range(len(gates))]
    assert not [pair for pair in combinations(boxes, 2) if overlaps(*pair)]
    assert not [1 for s in slots(geometry) for b in boxes if overlaps(s, b)]


def test_x_times_x_has_two_wires_with_a_slot_each(square: GateDiagram, qtbot: QtBot) -> None:
    geometry = arrange(square, measure())
    assert len(geometry.wires) == 2
    assert geometry.outgoing[0] == (0, 1)
    assert all(slot is not None for slot in geometry.wire_slots)
    assert geometry.wires[0].knots[-1] != geometry.wires[1].knots[-1]


def test_a_lone_wire_needs_no_contribution_of_its_own(multiply: GateDiagram, qtbot: QtBot) -> None:
    assert set(arrange(multiply, measure()).wire_slots) == {None}


def test_wires_run_from_left_to_right_and_end_at_their_gates(routed: GateDiagram, qtbot: QtBot) -> None:
    geometry = arrange(routed, measure())
    for wire in geometry.wires:
        xs = [x for x, _ in wire.knots]
        assert all(a <= b for a, b in pairwise(xs))
        assert wire.knots[0][0] == geometry.boxes[wire.source, 2]
        assert wire.knots[-1][0] == geometry.boxes[wire.target, 0]
        assert geometry.boxes[wire.target, 1] < wire.knots[-1][1] < geometry.boxes[wire.target, 3]


def test_gates_that_do_not_come_in_order_are_put_in_id_order(multiply: GateDiagram, qtbot: QtBot) -> None:
    shuffled = GateDiagram(multiply.gates[::-1], 2, 2)
    assert [gate.id for gate in arrange(shuffled, measure()).gates] == [0, 1, 2, 3, 4]


def test_more_room_widens_the_columns(multiply: GateDiagram, qtbot: QtBot) -> None:
    narrow, wide = arrange(multiply, measure(), (300.0, 90.0)), arrange(multiply, measure(), (1000.0, 500.0))
    assert wide.width > narrow.width
    assert wide.height > narrow.height


def test_five_thousand_gates_in_a_chain_are_arranged(qtbot: QtBot) -> None:
    gates = [Gate(0, "x", "input", "x", (), 0, 0)]
    gates += [Gate(i, "tanh", "gate", "", (i - 1,), i, 0) for i in range(1, 5000)]
    geometry = arrange(GateDiagram(tuple(gates), 4999, 0), measure(), (800.0, 400.0))
    assert len(geometry.wires) == 4999
    assert geometry.width > 100_000
