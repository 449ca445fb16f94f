from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.circuit_graph import CircuitGraph
from widgets.circuit_graph.camera import visible
from widgets.circuit_graph.still_layer import losing_wires
from widgets.style import style, themes
from widgets.values import Gate, GateDiagram, GateValues

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def graph(qtbot: QtBot, multiply: GateDiagram, multiply_values: GateValues) -> CircuitGraph:
    shown = CircuitGraph()
    qtbot.addWidget(shown)
    shown.resize(800, 400)
    shown.set_diagram(multiply)
    shown.set_values(multiply_values)
    shown.show()
    return shown


def centre(graph: CircuitGraph, gate: int) -> QPoint:
    return graph.gate_rect(gate).center().toPoint()


def test_setting_never_emits(graph: CircuitGraph, routed: GateDiagram, routed_values: GateValues) -> None:
    spies = [QSignalSpy(signal) for signal in (graph.gate_clicked, graph.number_clicked, graph.answer_typed)]
    graph.set_diagram(routed)
    graph.set_values(routed_values)
    graph.set_selected(2)
    graph.set_wrong(frozenset({(2, "value")}))
    assert [spy.count() for spy in spies] == [0, 0, 0]


def test_a_click_on_a_gate_names_it(graph: CircuitGraph, qtbot: QtBot) -> None:
    with qtbot.waitSignal(graph.gate_clicked) as caught:
        qtbot.mouseClick(graph, LEFT, pos=centre(graph, 3))
    assert caught.args == [3]


def test_a_double_click_drills_down_into_a_gate(graph: CircuitGraph, qtbot: QtBot) -> None:
    with qtbot.waitSignal(graph.gate_double_clicked) as caught:
        qtbot.mouseDClick(graph, LEFT, pos=centre(graph, 4))
    assert caught.args == [4]


@pytest.mark.parametrize("which", ["value", "gradient"])
def test_a_click_on_a_number_names_it(graph: CircuitGraph, qtbot: QtBot, which: str) -> None:
    with qtbot.waitSignal(graph.number_clicked) as caught:
        qtbot.mouseClick(graph, LEFT, pos=graph.number_rect(3, which).center().toPoint())
    assert caught.args == [3, which]


def test_a_click_on_a_branch_number_names_gate_and_input(
    graph: CircuitGraph, qtbot: QtBot, routed: GateDiagram, routed_values: GateValues
) -> None:
    graph.set_diagram(routed)
    graph.set_values(routed_values)
    with qtbot.waitSignal(graph.number_clicked) as caught:
        qtbot.mouseClick(graph, LEFT, pos=graph.number_rect(5, "wire_1").center().toPoint())
    assert caught.args == [5, "wire_1"]


def test_a_click_on_a_wire_names_the_gate_it_feeds_and_which_input(graph: CircuitGraph, qtbot: QtBot) -> None:
    wire = graph.geometry_shown.wires[3]
    x, y = wire.knots[2]
    place = graph._camera.transform().map(QPointF(x + 20, y))
    with qtbot.waitSignal(graph.wire_clicked) as caught:
        qtbot.mouseClick(graph, LEFT, pos=place.toPoint())
    assert caught.args == [4, 1]


def test_a_gate_under_the_mouse_is_ringed_until_the_mouse_leaves_it(graph: CircuitGraph, qtbot: QtBot) -> None:
    plain = graph.grab().toImage()
    qtbot.mouseMove(graph, centre(graph, 3))
    graph._hover(QPointF(centre(graph, 3)))
    assert graph.grab().toImage() != plain
    graph.leaveEvent(QEvent(QEvent.Type.Leave))
    assert graph.grab().toImage() == plain


def test_the_arrows_follow_the_wires_and_enter_inspects(graph: CircuitGraph, qtbot: QtBot) -> None:
    graph.setFocus()
    graph._focused = 4
    for key, expected in (
        (Qt.Key.Key_Left, 3),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Right, 3),
        (Qt.Key.Key_End, 4),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(graph, key)
        assert graph.focused == expected
    with qtbot.waitSignal(graph.gate_clicked) as caught:
        qtbot.keyClick(graph, Qt.Key.Key_Return)
    assert caught.args == [0]
    with qtbot.waitSignal(graph.gate_double_clicked):
        qtbot.keyClick(graph, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_hidden_number_takes_an_answer(graph: CircuitGraph, qtbot: QtBot, multiply_values: GateValues) -> None:
    graph.set_values(replace(multiply_values, hidden=frozenset({(3, "gradient")})))
    with qtbot.waitSignal(graph.field_opened) as opened:
        qtbot.mouseClick(graph, LEFT, pos=graph.number_rect(3, "gradient").center().toPoint())
    assert opened.args == [3, "gradient"]
    assert graph._answer.isVisible()
    qtbot.keyClicks(graph._answer, "-4")
    with qtbot.waitSignal(graph.answer_typed) as caught:
        qtbot.keyClick(graph._answer, Qt.Key.Key_Return)
    assert caught.args == [3, "gradient", "-4"]
    assert graph._answer.isVisible()
    assert graph._answer.selectedText() == "-4"


def test_after_a_right_answer_the_next_hidden_number_is_asked_and_after_the_last_the_drawing_has_the_focus(
    graph: CircuitGraph, qtbot: QtBot, multiply_values: GateValues
) -> None:
    hidden = [(3, "gradient"), (0, "gradient")]
    graph.answer_typed.connect(
        lambda gate, which, _text: graph.set_values(
            replace(multiply_values, hidden=frozenset(hidden) - {(gate, which)})
        )
    )
    graph.set_values(replace(multiply_values, hidden=frozenset(hidden)))
    qtbot.mouseClick(graph, LEFT, pos=graph.number_rect(3, "gradient").center().toPoint())
    qtbot.keyClicks(graph._answer, "-4")
    qtbot.keyClick(graph._answer, Qt.Key.Key_Return)
    assert graph._answer.isVisible()
    assert graph._answer.text() == ""
    hidden.clear()
    qtbot.keyClicks(graph._answer, "-4")
    qtbot.keyClick(graph._answer, Qt.Key.Key_Return)
    assert not graph._answer.isVisible()


def test_escape_leaves_a_question_open(graph: CircuitGraph, qtbot: QtBot, multiply_values: GateValues) -> None:
    graph.set_values(replace(multiply_values, hidden=frozenset({(3, "gradient")})))
    spy = QSignalSpy(graph.answer_typed)
    graph._focused = 3
    qtbot.keyClick(graph, Qt.Key.Key_F2)
    qtbot.keyClick(graph._answer, Qt.Key.Key_Escape)
    assert spy.count() == 0
    assert not graph._answer.isVisible()


def test_a_hidden_number_is_not_given_away(graph: CircuitGraph, multiply_values: GateValues) -> None:
    graph.set_values(replace(multiply_values, hidden=frozenset({(4, "value")})))
    assert graph.name_of(4) == "gate 4, multiply, value hidden, gradient 1"


def test_gates_speak(graph: CircuitGraph, multiply_values: GateValues) -> None:
    assert graph.name_of(4) == "gate 4, multiply, value −12, gradient 1"
    graph.set_values(replace(multiply_values, gradients=(None,) * 5))
    assert graph.name_of(0) == "gate 0, input x, value −2, gradient not computed yet"


def test_ctrl_and_wheel_zoom_about_the_pointer(graph: CircuitGraph) -> None:
    place = graph.gate_rect(3).center()
    before = graph.zoom
    event = QWheelEvent(
        place, place, QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(graph, event)
    assert graph.zoom > before
    assert (graph.gate_rect(3).center() - place).manhattanLength() < 0.01
    graph.fit()
    assert graph.zoom == pytest.approx(before)


def test_dragging_pans_and_does_not_click(graph: CircuitGraph, qtbot: QtBot) -> None:
    spy, before = QSignalSpy(graph.gate_clicked), graph.gate_rect(3)
    start = centre(graph, 3)
    qtbot.mousePress(graph, LEFT, pos=start)
    qtbot.mouseMove(graph, start + QPoint(30, 10))
    qtbot.mouseRelease(graph, LEFT, pos=start + QPoint(30, 10))
    assert spy.count() == 0
    assert (graph.gate_rect(3).topLeft() - before.topLeft()) == QPointF(30, 10)


def test_streaming_numbers_leaves_the_still_layer_alone(
    graph: CircuitGraph, multiply_values: GateValues, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph.grab()
    drawn = []
    monkeypatch.setattr(graph, "_draw_still", lambda: drawn.append(1))
    graph.set_values(replace(multiply_values, values=(1.0, 2.0, 3.0, 4.0, 5.0), active=3))
    graph.grab()
    assert drawn == []


def test_numbers_change_what_is_painted(graph: CircuitGraph, multiply_values: GateValues) -> None:
    before = graph.grab().toImage()
    graph.set_values(replace(multiply_values, values=(-2.0, 5.0, -4.0, 3.0, None)))
    assert graph.grab().toImage() != before


def test_the_losers_of_max_are_switched_off(
    graph: CircuitGraph, routed: GateDiagram, routed_values: GateValues
) -> None:
    graph.set_diagram(routed)
    assert losing_wires(graph.geometry_shown, routed_values) == {1}
    graph.set_values(routed_values)
    assert graph._winning() == {0}
    graph.set_values(replace(routed_values, winners=(None,) * 6))
    assert graph._winning() == frozenset()


def test_values_for_another_circuit_are_refused(graph: CircuitGraph, routed_values: GateValues) -> None:
    with pytest.raises(ValueError, match="set the diagram first"):
        graph.set_values(routed_values)


def test_no_circuit_says_what_to_do(graph: CircuitGraph) -> None:
    graph.set_diagram(None)
    assert graph.items() == ()
    assert not graph.grab().isNull()


def test_the_theme_is_followed(graph: CircuitGraph) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    style.apply(application, themes.DARK)
    try:
        corner = graph.grab().toImage().pixelColor(1, 1).name().upper()
    finally:
        style.apply(application, themes.LIGHT)
    assert corner == themes.DARK.panel


def test_only_what_is_in_view_is_drawn(qtbot: QtBot) -> None:
    gates = [Gate(0, "x", "input", "x", (), 0, 0)]
    gates += [Gate(i, "tanh", "gate", "", (i - 1,), i, 0) for i in range(1, 5000)]
    graph = CircuitGraph()
    qtbot.addWidget(graph)
    graph.resize(800, 300)
    graph.set_diagram(GateDiagram(tuple(gates), 4999, 0))
    graph.set_values(GateValues((0.5,) * 5000, (0.25,) * 5000, ((), *(((0.25,),) * 4999)), (None,) * 5000))
    graph.zoom_by(1.0 / graph.zoom)
    graph.grab()
    assert 0 < len(graph._seen.gates) < 40
    assert visible(graph.geometry_shown, graph.geometry_shown.box(2500)).gates


def test_what_is_too_far_to_read_says_so_as_long_as_it_is(graph: CircuitGraph, qapp: QApplication) -> None:
    style.apply(qapp, themes.LIGHT)

    def lower_edge() -> set[str]:
        picture = graph.grab().toImage()
        return {picture.pixelColor(x, y).name() for x in range(300, 500) for y in range(380, 398)}

    graph.fit()
    near = lower_edge()
    graph.zoom_by(0.15)
    assert not graph.shows_numbers
    assert lower_edge() - near
    graph.fit()
    assert graph.shows_numbers
    assert lower_edge() == near


@pytest.fixture
def chain(graph: CircuitGraph) -> CircuitGraph:
    """Return twelve gates one after another, in a window with room for eight of them at a size that a hall can read."""
    gates = [Gate(0, "x", "input", "x", (), 0, 0)]
    gates += [Gate(i, "tanh", "gate", f"q{i}", (i - 1,), i, 0) for i in range(1, 12)]
    graph.resize(1067, 299)
    graph.keep_large()
    graph.set_diagram(GateDiagram(tuple(gates), 11, 0))
    graph.set_values(GateValues((0.5,) * 12, (0.25,) * 12, ((), *(((0.25,),) * 11)), (None,) * 12))
    return graph


def test_a_wide_circuit_is_drawn_large_and_the_selected_gate_is_in_view_with_its_neighbours(
    chain: CircuitGraph,
) -> None:
    assert chain.zoom >= 1.3
    assert chain.cuts_off
    for gate in (0, 1, 5, 11, 10, 4, 0):
        chain.set_selected(gate)
        for near in range(max(gate - 1, 0), min(gate + 2, 12)):
            assert QRectF(chain.rect()).contains(chain.gate_rect(near))


def test_0_shows_all_of_a_wide_circuit_and_0_again_its_large_drawing(chain: CircuitGraph, qtbot: QtBot) -> None:
    large = chain.zoom
    qtbot.keyClicks(chain, "0")
    assert chain.zoom < 1.1
    assert not chain.cuts_off
    qtbot.keyClicks(chain, "0")
    assert chain.zoom == large
    qtbot.keyClicks(chain, "+0")
    assert not chain.cuts_off


def test_the_wheel_moves_a_circuit_that_is_cut_off_as_far_as_its_ends(chain: CircuitGraph) -> None:
    chain.set_selected(0)

    def turn(step: int) -> float:
        place = QPointF(500.0, 150.0)
        event = QWheelEvent(
            place, place, QPoint(), QPoint(0, step), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(chain, event)
        return chain.gate_rect(0).left()

    begin = chain.gate_rect(0).left()
    assert turn(-240) == pytest.approx(begin - 240)
    turn(-100_000)
    assert chain.width() - 60 < chain.number_rect(11, "value").right() < chain.width()
    assert 0 < turn(100_000) < 60


def test_a_number_that_is_asked_comes_into_view(chain: CircuitGraph, multiply_values: GateValues) -> None:
    hidden = frozenset({(11, "gradient")})
    chain.set_selected(0)
    chain.set_values(GateValues((0.5,) * 12, (0.25,) * 12, ((), *(((0.25,),) * 11)), (None,) * 12, hidden=hidden))
    chain.ask_next()
    assert chain.rect().contains(chain._answer.geometry())


def test_a_circuit_that_fits_is_drawn_as_before(graph: CircuitGraph) -> None:
    before = graph.grab().toImage()
    graph.keep_large()
    assert graph.grab().toImage() == before
    assert not graph.cuts_off


def test_a_quiz_of_both_passes_asks_the_values_first(
    graph: CircuitGraph, multiply_values: GateValues, qtbot: QtBot
) -> None:
    hidden = {(3, "value"), (4, "value"), *((gate, "gradient") for gate in range(4))}
    order: list[tuple[int, str]] = []
    while hidden:
        graph.set_values(replace(multiply_values, hidden=frozenset(hidden)))
        graph.ask_next()
        order.append(graph._answer.asked)
        hidden.discard(graph._answer.asked)
    gradients = [(gate, "gradient") for gate in (3, 2, 1, 0)]
    assert order == [(3, "value"), (4, "value"), *gradients]


def test_the_field_of_an_answer_covers_the_number_that_is_drawn_large(
    graph: CircuitGraph, multiply_values: GateValues
) -> None:
    graph.set_values(replace(multiply_values, hidden=frozenset({(3, "value")})))
    graph.zoom_by(2.2 / graph.zoom)
    graph.ask(3, "value")
    slot = graph.number_rect(3, "value")
    assert graph._answer.y() <= slot.top()
    assert graph._answer.y() + graph._answer.height() >= slot.bottom()


@pytest.mark.parametrize("size", [(1067, 310), (700, 260), (480, 210)])
def test_the_field_of_an_answer_covers_no_gate(
    size: tuple[int, int], graph: CircuitGraph, routed: GateDiagram, routed_values: GateValues
) -> None:
    hidden = frozenset({*((k, "value") for k in (2, 4, 5)), *((k, "gradient") for k in (0, 1, 2, 4)), (2, "wire_0")})
    graph.resize(*size)
    graph.set_diagram(routed, routed_values)
    graph.set_values(replace(routed_values, hidden=hidden))
    assert graph.zoom >= 0.8
    for gate, which in hidden:
        graph.ask(gate, which)
        field = graph._answer.geometry().adjusted(2, 2, -2, -2)
        assert not [k for k in range(6) if field.intersects(graph.gate_rect(k).toRect())]
