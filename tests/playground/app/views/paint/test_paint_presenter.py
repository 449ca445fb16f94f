"""A stroke is one edit, computed from the points at the press; the brush follows the mode."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from playground.app.views.paint import presenter
from playground.app.views.paint.presenter import PaintPresenter
from playground.document.data_choice import with_dataset
from playground.session.session import Session
from widgets.plane.output_plane import OutputPlane
from widgets.setup.paint_tools import PaintTools
from widgets.values.paint import PaintForm


@pytest.fixture
def plot(session: Session, stand_in: Callable[..., Any]) -> Iterator[Any]:
    made = stand_in(OutputPlane)
    made.tools, made.is_on = stand_in(PaintTools), True
    made.presenter = PaintPresenter(session, made, made.tools, lambda: made.is_on)
    yield made
    made.stroke_ended.emit()


def form(plot: Any) -> Any:
    """Return what the tools show: at first, the form that they are made with."""
    shown = plot.tools.set_form.call_args
    return PaintForm() if shown is None else shown.args[0]


def stroke(plot: Any, *places: tuple[float, float]) -> None:
    plot.stroke_began.emit(*places[0])
    for place in places[1:]:
        plot.stroke_moved.emit(*place)
    plot.stroke_ended.emit()


def test_a_brush_stroke_is_one_undo(session: Session, plot: Any) -> None:
    before = session.document
    stroke(plot, (-0.5, 0.5), (0.0, 0.6), (0.5, 0.5))
    assert session.document.data.table is not None
    assert session.document.data.table.n_points > 440
    assert session.undo_stack.undoText() == "Paint points"
    session.undo_stack.undo()
    assert session.document == before


def test_add_paints_one_point_of_the_chosen_class(session: Session, plot: Any) -> None:
    plot.tools.form_changed.emit(replace(form(plot), mode="add", label=1))
    stroke(plot, (0.5, -0.25))
    table = session.document.data.table
    assert table is not None
    assert table.n_points == 401
    assert table.points[-1].tolist() == [0.5, -0.25]
    assert table.targets[-1] == 1.0


def test_the_brush_has_the_width_of_the_mode_and_is_gone_when_painting_is_off(session: Session, plot: Any) -> None:
    low, high = session.snapshot().extent()[:2]
    plot.set_brush.assert_called_with(pytest.approx(form(plot).size * (high - low)))
    plot.tools.form_changed.emit(replace(form(plot), mode="move"))
    plot.set_brush.assert_called_with(0.0)
    plot.is_on = False
    plot.presenter.refresh()
    plot.set_brush.assert_called_with(None)


def test_data_of_many_columns_say_why_they_cannot_be_painted(session: Session, plot: Any) -> None:
    session.change(with_dataset("digits"), "Take the digits")
    plot.set_brush.assert_called_with(None)
    assert form(plot).note == presenter._NOT_FLAT


def test_values_are_painted_within_their_range(session: Session, plot: Any) -> None:
    session.change(with_dataset("plane"), "Take the plane")
    values = session.run.data.sample.values
    assert form(plot).value_range == (values.min(), values.max())
    assert form(plot).class_names == ()
    plot.tools.form_changed.emit(replace(form(plot), mode="add", value=0.25))
    stroke(plot, (0.0, 0.0))
    assert session.document.data.table is not None
    assert session.document.data.table.targets[-1] == 0.25


def test_clear_leaves_one_point_of_each_class(session: Session, plot: Any) -> None:
    plot.tools.clear_clicked.emit()
    assert sorted(session.run.data.sample.labels.tolist()) == [0, 1]
