"""From the network into its circuit and back, in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.app.views.circuits.tab_presenter import CELL, CircuitTabPresenter
from playground.app.views.circuits.unrolled import NETWORK, PENALTY, Place
from playground.app.window.main_window import MainWindow
from playground.document.changes import with_depth, with_layer, with_training, with_width
from playground.document.document import LOSS, Document, Edge, Node
from playground.engine.spec import LayerSpec
from widgets.gates.circuit_tab import CircuitTab
from widgets.values import NodeKey

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tab(window: MainWindow) -> CircuitTab:
    window.session.step(20)
    window.parts.panels.inspector.show_page("circuit")
    QApplication.processEvents()
    return window.parts.pages.widget("circuit")


def presenter(window: MainWindow) -> CircuitTabPresenter:
    return next(p for p in window.parts.pages.presenters.values() if isinstance(p, CircuitTabPresenter))


def click_node(window: MainWindow, layer: int, unit: int) -> None:
    canvas = window.parts.panels.network.canvas
    QTest.mouseClick(canvas, LEFT, pos=canvas.scene.layout.tile(NodeKey(layer, unit)).center().toPoint())


def double_click(tab: CircuitTab, gate: int) -> None:
    """Click twice, as a mouse does: the first click may open a card beside the drawing."""
    place = tab.graph.gate_rect(gate).center().toPoint()
    QTest.mouseClick(tab.graph, LEFT, NONE, place)
    QApplication.processEvents()
    QTest.mouseDClick(tab.graph, LEFT, NONE, place)


def crumbs(tab: CircuitTab) -> list[str]:
    return [place.label for place in tab.path.path]


def shown(window: MainWindow) -> tuple[float | None, float | None]:
    shown = presenter(window).current
    assert shown is not None
    return shown.state.values[shown.circuit.output], shown.state.gradients[shown.circuit.output]


def test_a_click_in_the_network_opens_the_neuron_with_the_numbers_of_its_card(
    window: MainWindow, tab: CircuitTab
) -> None:
    click_node(window, 1, 2)
    trace = window.session.snapshot().trace(window.session.selection.example).layer(1)
    a, upstream = shown(window)
    assert a == pytest.approx(trace.a[2], rel=1e-12)
    assert upstream == trace.upstream[2]
    assert crumbs(tab) == ["network", "a₃⁽¹⁾"]


def test_the_circuit_follows_every_step(window: MainWindow, tab: CircuitTab) -> None:
    click_node(window, 1, 0)
    seen = []
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_F10)
        trace = window.session.snapshot().trace(window.session.selection.example).layer(1)
        assert shown(window) == (pytest.approx(trace.a[0], rel=1e-12), trace.upstream[0])
        seen.append(shown(window))
    assert len(set(seen)) == 3


def test_the_drawing_is_laid_out_once_while_training_plays(
    window: MainWindow, tab: CircuitTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    click_node(window, 1, 0)
    laid_out = []
    lay_out = tab.graph.set_diagram
    monkeypatch.setattr(tab.graph, "set_diagram", lambda *shown: (laid_out.append(shown), lay_out(*shown)))
    for _ in range(5):
        window.session.run.train(3)
        window.session.request_refresh()
    assert laid_out == []
    click_node(window, 2, 0)
    assert len(laid_out) == 1


def test_a_hidden_tab_costs_nothing(window: MainWindow, tab: CircuitTab, monkeypatch: pytest.MonkeyPatch) -> None:
    click_node(window, 1, 0)
    window.parts.panels.inspector.show_page("gradients")
    frames: list[object] = []
    monkeypatch.setattr(tab.graph, "set_values", frames.append)
    window.session.step()
    assert frames == []
    window.parts.panels.inspector.show_page("circuit")
    assert len(frames) == 1


def test_a_double_click_drills_down_into_the_neuron_before_and_the_crumbs_lead_back(
    window: MainWindow, tab: CircuitTab
) -> None:
    window.session.select(node=LOSS)
    score = tab.graph.items()[0]
    double_click(tab, score)
    assert window.session.selection.node == Node(2, 0)
    third = next(g.id for g in tab.graph.geometry_shown.gates if g.name == "a₄⁽¹⁾")
    double_click(tab, third)
    assert window.session.selection.node == Node(1, 3)
    assert crumbs(tab) == ["network", "loss L", "ŷ", "a₄⁽¹⁾"]
    tab.path.button(tab.path.path[2].key).click()
    assert window.session.selection.node == Node(2, 0)
    assert crumbs(tab) == ["network", "loss L", "ŷ"]


def test_the_keyboard_walks_too(window: MainWindow, tab: CircuitTab) -> None:
    window.session.select(node=Node(2, 0))
    graph = tab.graph
    graph.setFocus()
    QTest.keyClick(graph, Qt.Key.Key_Home)
    for _ in range(8):
        gate = graph.geometry_shown.gates[graph.geometry_shown.index[graph.focused or 0]]
        if gate.drills_down:
            break
        QTest.keyClick(graph, Qt.Key.Key_Down)
    assert gate.drills_down
    QTest.keyClick(graph, Qt.Key.Key_Return, CTRL)
    assert window.session.selection.node == Node(1, "₁₂₃₄₅₆₇₈".index(gate.name[1]))


def test_a_selection_from_elsewhere_begins_a_new_path(window: MainWindow, tab: CircuitTab) -> None:
    window.session.select(node=LOSS)
    double_click(tab, tab.graph.items()[0])
    click_node(window, 1, 1)
    assert crumbs(tab) == ["network", "a₂⁽¹⁾"]


def test_the_whole_network_opens_and_a_neuron_of_it_leads_to_itself(window: MainWindow, tab: CircuitTab) -> None:
    click_node(window, 1, 0)
    tab.whole.click()
    assert presenter(window).place == NETWORK
    value, _ = shown(window)
    trace = window.session.snapshot().trace(window.session.selection.example)
    assert value == pytest.approx(trace.example_loss, rel=1e-12)
    window.session.step()
    assert shown(window)[0] != value
    neuron = next(g.id for g in tab.graph.geometry_shown.gates if g.name == "a₃⁽¹⁾")
    double_click(tab, neuron)
    assert window.session.selection.node == Node(1, 2)
    assert not tab.whole.isChecked()


def test_a_large_network_is_opened_one_neuron_at_a_time(window: MainWindow, tab: CircuitTab) -> None:
    window.session.change(lambda d: Document(hidden=(LayerSpec(16),) * 2), "Grow")
    window.session.select(node=Node(2, 3))
    assert not tab.whole.isEnabled()
    assert "too many" in tab.whole.toolTip()
    assert crumbs(tab) == ["a₄⁽²⁾"]


@pytest.mark.parametrize("loss", ["softmax", "hinge", "squared", "logistic"])
def test_the_loss_opens_whatever_it_is(window: MainWindow, tab: CircuitTab, loss: str) -> None:
    window.session.change(with_training(loss=loss), "Change the loss")
    window.session.select(node=LOSS)
    trace = window.session.snapshot().trace(window.session.selection.example)
    assert shown(window)[0] == pytest.approx(trace.example_loss, rel=1e-12)


def test_the_regularization_is_one_walk_behind_the_loss(window: MainWindow, tab: CircuitTab) -> None:
    window.session.change(with_training(regularizer="l2", penalty=0.01), "Regularize")
    window.session.select(node=LOSS)
    double_click(tab, next(g.id for g in tab.graph.geometry_shown.gates if g.name == "λR"))
    assert presenter(window).place == PENALTY
    assert crumbs(tab)[1:] == ["loss L", "λ·R(W)"]
    assert shown(window)[0] == pytest.approx(window.session.snapshot().losses.regularization, rel=1e-12)
    tab.path.button(tab.path.path[1].key).click()
    assert presenter(window).place == Place("node", LOSS)


def test_a_maxout_unit_opens_into_its_pieces(window: MainWindow, tab: CircuitTab) -> None:
    window.session.change(with_layer(1, activation="maxout", pieces=3), "Maxout")
    click_node(window, 1, 1)
    shown = presenter(window).current
    assert shown is not None
    last = shown.circuit.nodes[shown.circuit.output]
    assert (last.op, len(last.inputs)) == ("max", 3)


def test_a_unit_that_is_gone_leaves_no_circuit_behind(window: MainWindow, tab: CircuitTab) -> None:
    click_node(window, 1, 3)
    window.session.change(with_width(1, 2), "Change a width")
    assert presenter(window).current is None
    assert "Click a neuron" in tab.note.text()


def test_opening_bundles_holds_for_the_next_neuron(window: MainWindow, tab: CircuitTab) -> None:
    window.session.change(with_layer(1, activation="sigmoid"), "Sigmoid")
    click_node(window, 1, 0)
    before = shown(window)[0]
    tab.unfold.click()
    assert shown(window)[0] == pytest.approx(before, rel=1e-12)
    assert not tab.unfold.isEnabled()
    click_node(window, 1, 1)
    assert not tab.unfold.isEnabled()
    assert any(g.symbol == "exp" for g in tab.graph.geometry_shown.gates)


def test_a_hand_set_weight_shows_at_once(window: MainWindow, tab: CircuitTab) -> None:
    click_node(window, 1, 0)
    window.session.set_weight(Edge(1, 0, 0), 2.5)
    shown = presenter(window).current
    assert shown is not None
    assert shown.inputs["w₁"] == 2.5


def test_a_number_can_be_predicted_while_the_card_is_open(window: MainWindow, tab: CircuitTab) -> None:
    click_node(window, 1, 0)
    shown = presenter(window).current
    assert shown is not None
    tab.graph.number_clicked.emit(shown.circuit.output, "value")
    assert tab.reveal.isVisible()
    tab.graph.answer_typed.emit(shown.circuit.output, "value", "1000")
    assert tab.note.text().startswith("✗ Not yet.")
    tab.reveal.click()
    assert tab.reveal.isHidden()
    assert presenter(window).current is not None
    assert tab.note.text() == CELL


def test_a_neuron_can_be_taken_to_the_circuits_view(window: MainWindow, tab: CircuitTab) -> None:
    click_node(window, 1, 0)
    tab.step.click()
    there, here = window.parts.circuits.window.presenter.current, presenter(window).current
    assert here is not None
    assert there.inputs == here.inputs
    assert there.upstream == here.upstream
    assert there.done == 0
    assert window.parts.circuits.window.view.title == "Circuit of neuron 1 of hidden layer 1"
    assert "value not computed yet" in window.parts.circuits.window.view.graph.name_of(there.circuit.output)


# ---- slow motion -------------------------------------------------------------------------------


def phases_and_gates(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier, steps: int) -> list[str]:
    """Press a key again and again; note the phase and how many gates have a value and a gradient."""
    seen = []
    for _ in range(steps):
        QTest.keyClick(window, key, modifier)
        shown, phase = presenter(window).current, window.parts.slow_motion.cursor.phase
        assert shown is not None
        assert phase is not None
        gates = [i for i, node in enumerate(shown.circuit.nodes) if node.is_gate]
        values = sum(shown.state.values[i] is not None for i in gates)
        slopes = sum(shown.state.gradients[i] is not None for i in gates)
        seen.append(f"{phase.label} {values}/{slopes}")
    return seen


def test_slow_motion_goes_gate_by_gate_through_the_open_circuit_and_back(window: MainWindow, tab: CircuitTab) -> None:
    click_node(window, 1, 0)
    QTest.keyClick(window, Qt.Key.Key_F9)
    forward = phases_and_gates(window, Qt.Key.Key_F10, NONE, 19)
    assert forward == [
        *[f"Forward 1 {k}/0" for k in range(6)],
        "Forward 2 5/0",
        "Loss 5/0",
        "Backward 2 5/0",
        "Backward 1 5/0",
        "Backward 1 5/1",
        "Backward 1 5/2",
        "Backward 1 5/3",
        "Backward 1 5/5",
        "Backward 1 5/5",
        "Backward 1 5/5",
        "Update 5/5",
        "Batch 0/0",
        "Forward 1 0/0",
    ]
    window.parts.slow_motion.cancel()
    QTest.keyClick(window, Qt.Key.Key_F9)
    there = phases_and_gates(window, Qt.Key.Key_F10, NONE, 17)
    back = phases_and_gates(window, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier, 16)
    assert back == there[-2::-1]


def test_after_slow_motion_everything_is_known_again(window: MainWindow, tab: CircuitTab) -> None:
    click_node(window, 1, 0)
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert shown(window)[0] is None
    QTest.keyClick(window, Qt.Key.Key_F9)
    trace = window.session.snapshot().trace(window.session.selection.example).layer(1)
    assert shown(window) == (pytest.approx(trace.a[0], rel=1e-12), trace.upstream[0])


def test_slow_motion_ignores_gates_while_the_tab_is_hidden(window: MainWindow, tab: CircuitTab) -> None:
    click_node(window, 1, 0)
    window.parts.panels.inspector.show_page("gradients")
    QTest.keyClick(window, Qt.Key.Key_F9)
    labels = []
    for _ in range(4):
        QTest.keyClick(window, Qt.Key.Key_F10)
        assert window.parts.slow_motion.cursor is not None
        labels.append(window.parts.slow_motion.cursor.phase.label)
    assert labels == ["Forward 1", "Forward 2", "Loss", "Backward 2"]


def test_slow_motion_steps_through_a_network_that_became_deeper_while_the_tab_was_hidden(
    window: MainWindow, tab: CircuitTab
) -> None:
    click_node(window, 1, 0)
    tab.whole.click()
    window.parts.panels.inspector.show_page("gradients")
    window.session.change(with_depth(3), "Change the depth")
    window.parts.slow_motion.start()
    for index in range(4):
        window.parts.slow_motion.goto(index)

    window.parts.panels.inspector.show_page("circuit")
    QApplication.processEvents()

    shown = presenter(window).current
    assert shown is not None
    assert shown.done == (presenter(window)._reach_on_screen() or (0, 0))[0]


def test_the_whole_network_fills_layer_by_layer(window: MainWindow, tab: CircuitTab) -> None:
    click_node(window, 1, 0)
    tab.whole.click()
    window.parts.slow_motion.start()
    known = []
    for index in range(7):
        window.parts.slow_motion.goto(index)
        shown = presenter(window).current
        assert shown is not None
        low, high = presenter(window)._reach_on_screen() or (0, 0)
        assert shown.done == low
        known.append(high - low)
    assert shown.total == sum(known)
    assert known[0] == known[-1] == 0
    assert all(known[1:-1])
