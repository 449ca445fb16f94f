"""While training plays, views show at times of their own: a change of the document leaves none with what is gone."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from playground.app.views import scheduling
from playground.app.window.main_window import MainWindow
from playground.document.changes import with_activation, with_depth, with_feature, with_training, with_width
from playground.document.data_choice import with_dataset, with_new_sample
from playground.document.display import EDGE_KINDS, NEURON_KINDS
from playground.document.document import LOSS, Edge, Node
from playground.session.session import Session

FEATURES = ("x1", "x2", "x1_squared", "x1_x2")
CHANGES = {
    "wider": with_width(1, 7),
    "narrower": with_width(1, 1),
    "deeper": with_depth(4),
    "no hidden layer": with_depth(0),
    "one hidden layer": with_depth(1),
    "more inputs": with_feature("x1_squared", True, FEATURES),
    "fewer inputs": with_feature("x2", False, FEATURES),
    "three classes": with_dataset("three_arms"),
    "numbers": with_dataset("plane"),
    "one input": with_dataset("curve"),
    "digits": with_dataset("digits"),
    "two classes": with_dataset("xor"),
    "pieces": with_activation("maxout"),
    "one piece": with_activation("relu"),
    "softmax": with_training(loss="softmax"),
    "small batches": with_training(batch_size=1),
    "new points": with_new_sample(),
}


@pytest.mark.slow
def test_no_view_is_left_with_what_is_gone(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    session, parts = window.session, window.parts
    for dock in parts.docks.values():
        dock.show()
        QApplication.processEvents()
    monkeypatch.setattr(Session, "is_playing", property(lambda _self: True))
    clock = [100.0]
    monkeypatch.setattr(scheduling, "perf_counter", lambda: clock[0])  # it stands: no view is due

    def frame() -> None:
        session.run.train(1)
        session.stepped.emit()
        session.request_refresh()
        QApplication.processEvents()

    def look() -> None:
        last = len(session.run.network.layers)
        for node in (Node(0, 0), Node(1, 0), Node(last, 0), LOSS):
            session.select(node=node, edge=Edge(node.layer, 0, 0) if 0 < node.layer <= last else None)
            session.hover(node)
            frame()

    tabs = parts.panels.inspector.tabs
    for at, change in enumerate(CHANGES.values()):
        tabs.setCurrentIndex(at % tabs.count())
        session.set_display(edge_kind=EDGE_KINDS[at % 3], neuron_kind=NEURON_KINDS[at % 3])
        frame()
        session.change(change, "Change")
        frame()
        look()
        session.undo_stack.undo()
        frame()
        session.undo_stack.redo()
        clock[0] += 0.03 * (at % 2)
