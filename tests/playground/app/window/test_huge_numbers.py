"""Weights, targets and inputs near the largest number: every view shows them, without a warning or an exception."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from playground.analysis.hidden_space import steady_reach
from playground.analysis.plane import levels, steady_scale
from playground.app.window.main_window import MainWindow
from playground.document.display import EDGE_KINDS, NEURON_KINDS
from playground.document.document import DataSettings, Document, Edge, Node, StartWeight
from playground.document.own_data import Table
from playground.engine.spec import LayerSpec, TrainingSpec
from playground.files.saved import Saved
from playground.session.saving import open_saved
from widgets.matrices.gradcheck_view import GradientCheckView
from widgets.network_graph.edges import quantise

LARGEST = float(np.finfo(float).max)


@pytest.mark.parametrize("largest", [2.0**1023, 9e307, 1e308, LARGEST])
def test_scales_end_at_the_largest_power_of_two(largest: float) -> None:
    assert steady_scale(largest) == 2.0**1023
    assert np.isfinite(steady_reach(largest))
    assert levels(np.array([largest, -largest]), steady_scale(largest)).tolist() == [255, 1]


def test_a_huge_weight_is_drawn_as_strong_and_not_as_broken() -> None:
    values = np.array([LARGEST, -LARGEST, 1e308, 0.0, np.nan, np.inf])
    with np.errstate(all="ignore"):
        assert quantise(values, 2.0**1023).tolist() == quantise(np.array([9.0, -9, 9, 0, np.nan, np.inf]), 1.0).tolist()


def with_weights(activation: str, loss: str, *weights: tuple[Edge, float]) -> Document:
    start = tuple(StartWeight(edge, value) for edge, value in weights)
    return Document(
        hidden=(LayerSpec(2, activation),),
        training=TrainingSpec(loss=loss, regularizer="elastic_net", penalty=0.1),
        start_weights=start,
    )


def with_points(scale: float, target: float) -> Document:
    rng = np.random.default_rng(0)
    table = Table(scale * rng.uniform(-1.0, 1.0, (30, 2)), target * rng.uniform(-1.0, 1.0, 30), 0)
    features = ("x1", "x2", "x1_squared", "x1_x2")
    return Document(data=DataSettings("own", table=table), features=features, hidden=(LayerSpec(2, "relu"),))


DOCUMENTS = {
    "tanh": with_weights("tanh", "squared", (Edge(1, 0, 0), 1e308)),
    "relu": with_weights("relu", "squared", (Edge(1, 0, 0), -9.5e307), (Edge(2, 1, 0), 1e300)),
    "biases": with_weights("linear", "squared", (Edge(1, -1, 0), LARGEST), (Edge(2, -1, 0), -LARGEST)),
    "sine": with_weights("sine", "squared", (Edge(2, 0, 0), 1e308), (Edge(2, 1, 0), 1e308)),
    "softmax": with_weights("linear", "softmax", (Edge(1, 0, 0), 1e308), (Edge(2, 0, 1), -1e4)),
    "hinge": with_weights("gelu", "hinge", (Edge(1, 0, 0), 1e200), (Edge(2, 0, 0), 1e308)),
    "logistic": with_weights("maxout", "logistic", (Edge(1, 0, 0), 1e308), (Edge(1, 1, 0, 1), -1e308)),
    "squares of weights": with_weights("elu", "squared", (Edge(1, 0, 0), 1e160)),
    "targets": with_points(1.0, 1e100),
    "inputs": with_points(1e100, 1.0),
}


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


@pytest.fixture
def warned() -> Iterator[list[str]]:
    """Collect what NumPy and Python warn of, also inside Qt, where an exception would be lost."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", RuntimeWarning)
        found: list[str] = []
        yield found
        found += [str(warning.message) for warning in caught if issubclass(warning.category, RuntimeWarning)]
    assert found == []


@pytest.mark.slow
@pytest.mark.usefixtures("warned")
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_view_takes_huge_numbers(name: str, window: MainWindow) -> None:
    session, parts = window.session, window.parts
    open_saved(session, Saved(DOCUMENTS[name]))
    for dock in parts.docks.values():
        dock.show()
        dock.raise_()
        settle()
    depth = len(session.run.network.layers)
    for after in (0, 3):
        session.step(after)
        for page in range(parts.panels.inspector.tabs.count()):
            parts.panels.inspector.tabs.setCurrentIndex(page)
            settle()
        for edges, neurons in zip(EDGE_KINDS, NEURON_KINDS, strict=True):
            session.set_display(edge_kind=edges, neuron_kind=neurons)
            settle()
        for node in (Node(0, 0), Node(1, 0), Node(1, 1), Node(depth, 0)):
            session.select(node=node, edge=Edge(node.layer, 0, node.unit) if node.layer else None)
            session.hover(node)
            settle()
        session.hover(None)
    for view in window.findChildren(GradientCheckView):
        view.check_requested.emit()
        settle()
        view.cancel_requested.emit()
    assert not window.grab().isNull()
    if session.run.divergence is not None:
        assert session.run.divergence.message.startswith("Training stopped at iteration 0, the last finite one")
    else:
        assert np.isfinite(session.run.trainer.parameters).all()
