"""The compare panel gets the names, planes, numbers and curves of both runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import numpy as np
import pytest

from playground.app.views.compare.presenter import ComparePresenter
from playground.app.views.scheduling import Scheduler
from playground.document.changes import with_training
from playground.document.data_choice import with_dataset
from playground.document.differences import Difference
from playground.document.document import Document
from playground.engine.spec import LayerSpec
from playground.files.document_file import save
from playground.files.saved import Saved
from playground.session import comparison
from playground.session.session import Session
from widgets.compare.compare_panel import ComparePanel


@pytest.fixture
def panel(session: Session, scheduler: Scheduler, stand_in: Callable[..., Any]) -> Any:
    made = stand_in(ComparePanel)
    made.table, made.plots = MagicMock(), (MagicMock(), MagicMock())
    made.presenter = ComparePresenter(session, scheduler, made)
    return made


def test_a_picked_difference_shows_both_runs(session: Session, panel: Any) -> None:
    panel.difference_picked.emit("hidden_layer")
    session.step(20)
    assert panel.set_names.call_args.args[:2] == ("one hidden layer", "no hidden layer")
    assert session.comparison_run is not None
    shown = {call.args[0]: call.args[1] for call in panel.set_readouts.call_args_list}
    for index, run in enumerate((session.run, session.comparison_run.run)):
        losses = run.snapshot().losses
        assert (shown[index].iteration, shown[index].train_loss) == (20, losses.train)
        panel.plots[index].set_points.assert_called_once()
    panel.set_time.assert_called_with(20)


def test_both_curves_are_the_recorded_ones(session: Session, panel: Any) -> None:
    panel.difference_picked.emit("rate_up")
    session.step(40)
    assert session.comparison_run is not None
    for key, column in (("test_loss", "test"), ("test_accuracy", "test_accuracy")):
        panel.curve_picked.emit(key)
        series = panel.set_curves.call_args.args[0]
        for one, run in zip(series, (session.run, session.comparison_run.run), strict=True):
            iterations, values = run.history.column(column)
            assert np.array_equal(one.x, iterations)
            assert np.array_equal(one.y, values)
        assert [one.dashed for one in series] == [False, True]


def test_an_edit_of_a_shared_setting_renames_both_runs(session: Session, panel: Any) -> None:
    panel.difference_picked.emit("rate_up")
    session.change(with_training(learning_rate=0.2), "Change the learning rate")
    assert panel.set_names.call_args.args[:2] == ("η = 0.2", "η = 0.6")
    session.undo_stack.undo()
    assert panel.set_names.call_args.args[:2] == ("η = 0.1", "η = 0.3")


def test_the_run_that_diverges_is_named(session: Session, panel: Any) -> None:
    comparison.start(session, Difference("wild", "wild", with_training(learning_rate=1e5)))
    session.step(60)
    assert panel.set_note.call_args.args[0].startswith("B stopped at iteration")
    assert panel.set_note.call_args.args[0].endswith("A continues.")
    session.reset()
    panel.set_note.assert_called_with("")


def test_values_to_learn_have_no_accuracy(session: Session, panel: Any) -> None:
    panel.difference_picked.emit("rate_up")
    assert "test_accuracy" in panel.table.set_columns.call_args.args[0]
    panel.curve_picked.emit("test_accuracy")
    session.change(with_dataset("plane"), "Take the plane")
    assert "test_accuracy" not in panel.table.set_columns.call_args.args[0]
    panel.table.set_curve.assert_called_with("test_loss")


def test_a_saved_document_can_be_the_second_run_and_a_broken_one_is_reported(
    session: Session, panel: Any, tmp_path: Path, notes: list[str]
) -> None:
    broken, wide = tmp_path / "broken.playground", tmp_path / "wide.playground"
    broken.write_text("{", encoding="utf-8")
    save(wide, Saved(Document(hidden=(LayerSpec(7, "relu"),))))
    panel.presenter.compare_with(broken)
    assert session.comparison_run is None
    assert notes
    panel.presenter.compare_with(wide)
    assert panel.set_names.call_args.args[1] == "wide"
    panel.end_clicked.emit()
    assert session.comparison_run is None
    panel.set_names.assert_called_with("", "")


def test_the_gradient_flow_of_both_runs_is_shown_when_it_is_wanted(session: Session, panel: Any) -> None:
    panel.difference_picked.emit("rate_up")
    session.step(3)
    panel.set_flows.assert_called_with(None)
    panel.flow_toggled.emit(True)
    session.step(2)
    assert session.comparison_run is not None
    shown = panel.set_flows.call_args.args[0]
    for flow, run in zip(shown, (session.run, session.comparison_run.run), strict=True):
        snapshot = run.snapshot()
        for row, layout in zip(flow, snapshot.network.layers, strict=True):
            gradient = snapshot.network.matrices(snapshot.pending.gradient)[layout.index - 1][:, :-1]
            assert row.gradient_norm == pytest.approx(np.linalg.norm(gradient))
    panel.flow_toggled.emit(False)
    panel.set_flows.assert_called_with(None)
