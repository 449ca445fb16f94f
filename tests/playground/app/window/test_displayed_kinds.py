"""Whatever edges and neurons show is called the same everywhere: picker, tooltip, legend, spoken name, picture."""

from __future__ import annotations

from itertools import product

from PySide6.QtCore import QPoint

from playground.app.window.main_window import MainWindow
from playground.document.changes import with_width
from playground.document.differences import DIFFERENCES
from playground.document.document import Edge
from playground.files.saved import Saved
from playground.session import comparison
from playground.session.saving import open_saved, to_saved
from widgets.style import colour_tables, numbers, style
from widgets.values import BIAS, EdgeKey, NodeKey

EDGES = ("weight", "gradient", "update")
NOUNS = {"weight": "weight", "gradient": "batch ∂L/∂w", "update": "update", "example": "gradient ∂Lᵢ/∂w"}
NEURONS = {"activation": "activation", "upstream": "upstream gradient", "downstream": "downstream gradient"}
PICKED = {"weight": "weights", "gradient": "batch ∂L/∂w", "update": "updates", "example": "∂Lᵢ/∂w"}


def pick(window: MainWindow, edge: str, neuron: str) -> None:
    window.parts.panels.network.edge_picker.buttons[edge].click()
    window.parts.panels.network.neuron_picker.buttons[neuron].click()


def picked(window: MainWindow) -> tuple[str, str]:
    """Return which word of each picker is marked."""
    pickers = (window.parts.panels.network.edge_picker, window.parts.panels.network.neuron_picker)
    first, second = (next(key for key, button in picker.buttons.items() if button.isChecked()) for picker in pickers)
    return first, second


def number_of(window: MainWindow, edge: Edge, kind: str) -> float:
    snapshot = window.session.snapshot()
    arrays = {
        "weight": snapshot.state.parameters,
        "gradient": snapshot.pending.gradient,
        "update": snapshot.pending.delta,
        "example": snapshot.trace(window.session.selection.example).gradient(),
    }
    return float(arrays[kind][window.session.run.index_of(edge)])


def node_number(window: MainWindow, key: NodeKey, kind: str) -> float:
    layer = window.session.snapshot().trace(window.session.selection.example).layers[key.layer - 1]
    values = {"activation": layer.a, "upstream": layer.upstream, "downstream": layer.downstream}
    return float(values[kind][key.unit])


def all_agree(window: MainWindow, edge: str, neuron: str, layer: int = 1) -> None:
    """Assert that every place that shows or names the numbers of `layer` speaks of these two kinds."""
    word = "gradient" if edge == "example" else edge
    assert picked(window) == (word, neuron)
    button = window.parts.panels.network.edge_picker.buttons[word]
    assert button.text() == PICKED[edge]
    assert button.accessibleName() == f"edges show {PICKED[edge]}"
    words_agree(window, edge, neuron, layer)
    picture_agrees(window, edge, neuron, layer)


def words_agree(window: MainWindow, edge: str, neuron: str, layer: int) -> None:
    canvas = window.parts.panels.network.canvas
    key, node = EdgeKey(layer, 0, 0), NodeKey(layer, 0)
    value = number_of(window, Edge(*key), edge)
    assert f"\n{NOUNS[edge]} {numbers.approximately(value)}" in canvas.tooltip(key)
    spoken = canvas.name_of(key)
    assert spoken.endswith(f", {numbers.four(value)}" if edge == "weight" else f", {NOUNS[edge]} {numbers.four(value)}")
    said = f"{NEURONS[neuron]} {numbers.four(node_number(window, node, neuron))}"
    assert said in canvas.tooltip(node)
    assert said in canvas.name_of(node)
    assert canvas.legend == canvas.accessibleDescription()
    assert f"edges show {PICKED[edge]}" in canvas.legend
    assert f"neurons show {NEURONS[neuron]}" in canvas.legend


def picture_agrees(window: MainWindow, edge: str, neuron: str, layer: int) -> None:
    canvas, theme = window.parts.panels.network.canvas, style.current()
    image, scene = canvas.grab().toImage(), canvas.scene
    ratio = image.devicePixelRatio()

    def colour_at(at: QPoint) -> int:
        return image.pixelColor(QPoint(round(at.x() * ratio), round(at.y() * ratio))).rgb()

    bias = number_of(window, Edge(layer, BIAS, 0), edge)
    if bias:
        plus, minus = (
            (theme.positive, theme.negative) if edge == "weight" else (theme.gradient_positive, theme.gradient_negative)
        )
        dot = scene.spot(EdgeKey(layer, BIAS, 0)).toPoint() - QPoint(0, 2)
        assert colour_at(dot) == int((plus if bias > 0 else minus).replace("#", "ff"), 16)
    inner = scene.layout.tile(NodeKey(layer, 0)).toAlignedRect().adjusted(2, 2, -2, -2)  # beside its number
    colours = {colour_at(at) for at in (inner.topLeft(), inner.topRight(), inner.bottomRight())}
    is_map = len(colours) > 1
    assert is_map == (neuron == "activation")
    if not is_map:
        assert colours <= {int(colour) for colour in colour_tables.gradient_table()}


def test_every_place_names_what_is_shown_whatever_happens(window: MainWindow) -> None:
    for edge, neuron in product(EDGES, NEURONS):
        live_through_everything(window, edge, neuron)


def live_through_everything(window: MainWindow, edge: str, neuron: str) -> None:
    session = window.session
    open_saved(session, Saved())
    session.step(7)
    pick(window, edge, neuron)
    all_agree(window, edge, neuron)
    saved = to_saved(session)
    window.parts.files.adopt(Saved())  # what New does once nothing is lost by it
    session.step(3)
    all_agree(window, "weight", "activation")
    open_saved(session, saved)
    all_agree(window, edge, neuron)
    session.change(with_width(1, 3), "Change a width")
    all_agree(window, edge, neuron)
    session.undo_stack.undo()
    all_agree(window, edge, neuron)
    window.parts.commands.appearance.toggle_theme()
    all_agree(window, edge, neuron)
    assert comparison.start(session, DIFFERENCES["rate_up"])
    session.step(2)
    all_agree(window, edge, neuron)


def test_in_slow_motion_every_place_names_what_the_phase_shows(window: MainWindow) -> None:
    window.session.step(7)
    for edge, neuron in product(EDGES, NEURONS):
        step_through_phases(window, edge, neuron)


def step_through_phases(window: MainWindow, edge: str, neuron: str) -> None:
    pick(window, edge, neuron)
    slow = window.parts.slow_motion
    assert slow.start()
    last = slow.cursor.n_layers
    for index, phase in enumerate(slow.cursor.phases):
        slow.goto(index)
        if phase.kind in ("backward", "update"):
            all_agree(window, "update" if phase.kind == "update" else "example", "downstream", last)
        elif phase.kind == "batch":
            assert picked(window) == ("weight", "activation")
        else:
            all_agree(window, "weight", "activation")
    slow.cancel()
    all_agree(window, edge, neuron)


def test_a_gradient_that_is_not_yet_computed_has_no_number(window: MainWindow) -> None:
    slow, canvas = window.parts.slow_motion, window.parts.panels.network.canvas
    slow.start()
    slow.goto(slow.cursor.n_layers + 2)
    assert slow.cursor.known_backward == slow.cursor.n_layers
    for key in (EdgeKey(1, 0, 0), NodeKey(1, 0)):
        assert "not yet computed" in canvas.tooltip(key)
        assert not any(zero in canvas.name_of(key) for zero in ("gradient 0", "∂w 0"))


def test_in_slow_motion_the_phase_alone_decides_what_is_shown(window: MainWindow) -> None:
    graph = window.parts.panels.network
    window.parts.slow_motion.start()
    assert not graph.edge_picker.isEnabled()
    assert not graph.neuron_picker.isEnabled()
    window.parts.slow_motion.cancel()
    assert graph.edge_picker.isEnabled()


def test_the_editor_of_a_weight_starts_from_the_weight_whatever_edges_show(window: MainWindow) -> None:
    window.session.step(7)
    canvas = window.parts.panels.network.canvas
    weight = number_of(window, Edge(1, 0, 0), "weight")
    for kind in EDGES:
        pick(window, kind, "activation")
        canvas.edit(EdgeKey(1, 0, 0))
        assert canvas.editor.line.text() == numbers.full(weight)
        canvas.editor.close_editor()


def test_the_numbers_are_switched_in_the_header_and_in_the_menu_and_the_file_remembers_it(window: MainWindow) -> None:
    graph, action = window.parts.panels.network, window.parts.actions["values"]
    assert graph.values_switch.isChecked()
    assert action.isChecked()
    assert graph.canvas.number_labels()
    undone = window.session.undo_stack.count()
    graph.values_switch.click()
    assert not action.isChecked()
    assert not graph.values_switch.isChecked()
    assert graph.canvas.number_labels() == []
    saved = to_saved(window.session)
    action.trigger()
    assert graph.values_switch.isChecked()
    assert window.session.undo_stack.count() == undone
    open_saved(window.session, saved)
    assert not action.isChecked()
    assert not graph.values_switch.isChecked()
