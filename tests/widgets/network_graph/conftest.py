"""Small networks to draw, and a shown view of one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from widgets.network_graph import NetworkGraph
from widgets.values import Choice, NetworkColumn, NetworkDiagram, NetworkFrame

CHOICES = (
    Choice("tanh", "tanh", "saturates", "a = tanh(z)"),
    Choice("relu", "ReLU", "can die", "a = max(0, z)"),
    Choice("maxout", "Maxout", "", "a = max(z₁, z₂)"),
    Choice("linear", "linear", "", "a = z"),
)
FEATURES = (Choice("x1", "x₁"), Choice("x2", "x₂"), Choice("x1_squared", "x₁²"))

MakeDiagram = Callable[..., NetworkDiagram]
MakeFrame = Callable[..., NetworkFrame]


@pytest.fixture
def make_diagram() -> MakeDiagram:
    """Return a maker of diagrams: widths from the inputs to the outputs, pieces per hidden layer."""

    def make(*widths: int, pieces: tuple[int, ...] = (), activation: str = "tanh") -> NetworkDiagram:
        last = len(widths) - 1
        columns = [NetworkColumn("input", "Input", tuple(f"x{i + 1}" for i in range(widths[0])))]
        for layer in range(1, last):
            labels = tuple(f"h{layer}[{unit}]" for unit in range(widths[layer]))
            count = pieces[layer - 1] if pieces else 1
            columns.append(NetworkColumn("hidden", f"Hidden {layer}", labels, activation, count))
        columns.append(NetworkColumn("output", "Output", tuple(f"s{i}" for i in range(widths[-1])), "linear"))
        return NetworkDiagram(tuple(columns), FEATURES, ("x1", "x2"))

    return make


@pytest.fixture
def make_frame() -> MakeFrame:
    """Return a maker of frames that fit a diagram; keywords replace fields."""

    def make(diagram: NetworkDiagram, **fields: object) -> NetworkFrame:
        rng = np.random.default_rng(3)
        counts = [len(column.labels) for column in diagram.columns]
        edges = []
        for layer in range(1, len(counts)):
            pieces = diagram.columns[layer].pieces
            shape = (counts[layer], pieces, counts[layer - 1] + 1)
            block = rng.normal(size=shape)
            edges.append(block if pieces > 1 else block[:, 0])
        values: dict[str, object] = {
            "maps": tuple(rng.integers(0, 256, (count, 8, 8), dtype=np.uint8) for count in counts),
            "edges": tuple(edges),
            "edge_scale": 2.0,
            "loss": 0.0212,
            "neuron_values": tuple(np.arange(float(count)) for count in counts),
        }
        return NetworkFrame(**(values | fields))  # type: ignore[arg-type]

    return make


@pytest.fixture
def graph(qtbot: QtBot, make_diagram: MakeDiagram, make_frame: MakeFrame) -> NetworkGraph:
    """Return a shown 2-4-2-1 network."""
    view = NetworkGraph()
    qtbot.addWidget(view)
    view.resize(790, 480)
    view.set_activation_choices(CHOICES)
    diagram = make_diagram(2, 4, 2, 1)
    view.set_diagram(diagram)
    view.set_frame(make_frame(diagram))
    view.show()
    qtbot.waitExposed(view)
    return view
