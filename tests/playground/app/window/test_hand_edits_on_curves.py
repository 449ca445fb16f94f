"""Hand edits in the real window leave no stale point on the curves, and a mark on the timeline."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from playground.app.window.main_window import MainWindow
from playground.document.document import Edge
from widgets.loss_plot import LossPlot
from widgets.values import BIAS, CurveMark, EdgeKey, Floats

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
OUTPUT_BIAS = EdgeKey(2, BIAS, 0)


@pytest.fixture
def plot(window: MainWindow) -> LossPlot:
    window.session.step(20)
    found = window.findChild(LossPlot)
    assert isinstance(found, LossPlot)
    for chip in found._chips.values():
        if not chip.isChecked():  # a curve that is switched off is not drawn
            chip.click()
    return found


def require_true(window: MainWindow, plot: LossPlot) -> None:
    """Check that every curve ends once, at the present iteration, with what is measured now."""
    session = window.session
    now, losses = session.run.iteration, session.snapshot().losses
    assert len(drawn(plot)) >= 6
    for name, (x, y) in drawn(plot).items():
        assert (np.diff(x) > 0).all()
        assert x[-1] == now
        if name in ("train data loss", "test data loss"):
            assert y[-1] == {"train data loss": losses.train, "test data loss": losses.test}[name]


def drawn(plot: LossPlot, *, left: bool = False) -> dict[str, tuple[Floats, Floats]]:
    """Return x and y of every curve on the canvas, or of those that were left."""
    return {name: curve.getData() for name, curve in plot.canvas._curves.items() if (", left " in name) == left}


def edits(plot: LossPlot) -> list[CurveMark]:
    return [mark for mark in plot.canvas.marks.marks if mark.kind == "edit"]


def edge_spot(window: MainWindow, key: EdgeKey) -> QPoint:
    """Return a place where `key` and nothing else is hit."""
    scene = window.parts.panels.network.canvas.scene
    assert scene.edges is not None
    layer = scene.edges.layers[key.layer - 1]
    x = layer.x0 + 0.3 * (layer.x1 - layer.x0)
    rows = range(int(scene.layout.body.top), int(scene.layout.body.bottom))
    return QPoint(round(x), next(y for y in rows if scene.at(QPointF(round(x), y)) == key))


def type_weight(window: MainWindow, key: EdgeKey, text: str) -> None:
    window.parts.panels.network.canvas.edit(key)
    line = window.parts.panels.network.canvas.editor.line
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_a_typed_output_bias_ends_the_curves_where_they_are_now(window: MainWindow, plot: LossPlot) -> None:
    before = window.session.snapshot().losses.train
    canvas = window.parts.panels.network.canvas
    QTest.mouseDClick(canvas, LEFT, NONE, canvas.scene.spot(OUTPUT_BIAS).toPoint())
    line = canvas.editor.line
    assert canvas.editor.key == OUTPUT_BIAS
    line.selectAll()
    QTest.keyClicks(line, "1.5")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert window.session.run.trainer.parameters[window.session.run.index_of(Edge(*OUTPUT_BIAS))] == 1.5
    assert window.session.snapshot().losses.train > before
    require_true(window, plot)
    assert [(mark.iteration, mark.label) for mark in edits(plot)] == [(20, "Set a bias")]
    QTest.keyClick(window, Qt.Key.Key_F10)
    require_true(window, plot)
    assert len(edits(plot)) == 1
    window.session.undo_stack.undo()
    require_true(window, plot)
    assert edits(plot) == []
    assert window.session.run.iteration == 20
    assert window.session.snapshot().losses.train == before


def test_a_drag_of_a_weight_keeps_the_curves_true_all_the_way_and_leaves_one_mark(
    window: MainWindow, plot: LossPlot
) -> None:
    canvas, before = window.parts.panels.network.canvas, window.session.snapshot().losses.train
    at = edge_spot(window, EdgeKey(1, 0, 0))
    seen = set()
    QTest.mousePress(canvas, LEFT, NONE, at)
    for lift in (20, 40, 60):
        QTest.mouseMove(canvas, at - QPoint(0, lift))
        require_true(window, plot)
        seen.add(window.session.snapshot().losses.train)
    QTest.mouseRelease(canvas, LEFT, NONE, at - QPoint(0, 60))
    assert len(seen) == 3
    require_true(window, plot)
    assert [(mark.iteration, mark.label) for mark in edits(plot)] == [(20, "Set a weight")]
    window.session.undo_stack.undo()
    require_true(window, plot)
    assert edits(plot) == []
    assert window.session.snapshot().losses.train == before
    window.session.undo_stack.redo()
    require_true(window, plot)
    assert len(edits(plot)) == 1


def test_an_edit_while_training_plays_ends_the_curves_at_the_edited_network(window: MainWindow, plot: LossPlot) -> None:
    window.session.play()
    type_weight(window, OUTPUT_BIAS, "-2")
    window.session.pause()
    require_true(window, plot)
    assert [mark.label for mark in edits(plot)] == ["Set a bias"]


def test_an_edit_in_the_past_leaves_the_future_as_a_branch(window: MainWindow, plot: LossPlot) -> None:
    window.session.go_to(10)
    type_weight(window, OUTPUT_BIAS, "1")
    require_true(window, plot)
    assert {x[-1] for x, _y in drawn(plot, left=True).values()} == {20.0}
    assert [mark.iteration for mark in edits(plot)] == [10]
