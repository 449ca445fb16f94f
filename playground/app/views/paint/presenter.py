"""Painting: strokes on the output plane ↔ points of the document; each stroke is one undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer

from playground.document.data_choice import own_table, with_cleared_points, with_stroke
from playground.document.document import Document
from playground.document.own_data import Table
from playground.document.paint import Stroke, nearest
from playground.session.session import Session
from widgets.controls import stops
from widgets.plane.output_plane import OutputPlane
from widgets.setup.paint_tools import PaintTools
from widgets.values.paint import PaintForm, PaintMode

GRAB = 0.03
_TEXTS: dict[PaintMode, str] = {
    "brush": "Paint points",
    "add": "Add a point",
    "move": "Move a point",
    "erase": "Erase points",
}
_NOT_FLAT = "Painting needs points of two columns: choose other data first."


class PaintPresenter:
    """Turns strokes into edits while painting is on; the table is always computed from the one at the press.

    Moves that arrive faster than the table can be made are taken together, so that the brush keeps up with
    the hand however many points there are.
    """

    def __init__(self, session: Session, plot: OutputPlane, tools: PaintTools, is_on: Callable[[], bool]) -> None:
        """Connect `tools` and the plane of `plot` to `session`; `is_on` returns whether painting is on."""
        self._session, self._plot, self._tools, self._is_on = session, plot, tools, is_on
        self._form = PaintForm()
        self._stroke: Stroke | None = None
        self._strokes = 0
        self._later = QTimer(plot, singleShot=True, interval=0)
        self._later.timeout.connect(self._apply)
        tools.form_changed.connect(self._on_form_changed)
        tools.clear_clicked.connect(self._on_clear_clicked)
        plot.stroke_began.connect(self._on_stroke_began)
        plot.stroke_moved.connect(self._on_stroke_moved)
        plot.stroke_ended.connect(self._on_stroke_ended)
        plot.brush_key_typed.connect(tools.take_key)
        session.document_changed.connect(self._on_document_changed)
        session.noted.connect(self._on_noted)
        self._show_classes()
        self.refresh()

    def refresh(self) -> None:
        """Give the plane the brush of the current mode, or none."""
        form = self._form
        if not self._is_on() or not self._is_flat:
            self._plot.set_brush(None)
        else:
            self._plot.set_brush(self._radius if form.mode in ("brush", "erase") else 0.0)

    def _on_form_changed(self, form: PaintForm) -> None:
        self._show_form(form)
        self.refresh()

    def _show_form(self, form: PaintForm) -> None:
        if form != self._form:
            self._form = form
            self._tools.set_form(form)

    # ---- strokes -------------------------------------------------------------------------------

    def _on_stroke_began(self, x: float, y: float) -> None:
        form = self._form
        index = None
        if form.mode == "move":
            left, right, _bottom, _top = self._session.snapshot().extent()
            index = nearest(self._table(), (x, y), GRAB * (right - left), self._stretch)
        self._strokes += 1
        target = form.value if form.is_regression else float(form.label)
        self._session.begin_gesture()
        self._say("")
        self._stroke = Stroke(form.mode, target, self._radius, self._strokes, index, stretch=self._stretch).to(x, y)
        self._apply()

    def _on_stroke_moved(self, x: float, y: float) -> None:
        if self._stroke is not None:
            self._stroke = self._stroke.to(x, y)
            self._later.start()

    def _on_stroke_ended(self) -> None:
        if self._later.isActive():
            self._later.stop()
            self._apply()
        self._stroke = None
        self._session.end_gesture()

    def _apply(self) -> None:
        stroke = self._stroke
        if stroke is None or (stroke.mode == "move" and stroke.index is None):
            return
        self._session.change(with_stroke(stroke), _TEXTS[stroke.mode])

    def _on_clear_clicked(self) -> None:
        self._session.change(with_cleared_points(), "Clear the points")

    # ---- what is shown -------------------------------------------------------------------------

    def _on_document_changed(self, before: Document, after: Document) -> None:
        if before.data != after.data:
            self._show_classes()
            self.refresh()

    def _show_classes(self) -> None:
        sample = self._session.run.data.sample
        names = () if sample.is_regression else sample.class_names
        form = self._form
        made = replace(form, class_names=names, note="" if self._is_flat else _NOT_FLAT)
        if self._stroke is None:
            made = replace(made, label=min(form.label, max(len(names) - 1, 0)))
        if sample.is_regression:
            low, high = float(sample.values.min()), float(sample.values.max())
            value = min(max(form.value, low), high) if self._stroke is None else form.value
            made = replace(made, value=value, value_range=(low, high), value_stops=stops.between(low, high))
        self._show_form(made)

    def _on_noted(self, text: str) -> None:
        if self._stroke is not None:
            self._say(text)

    def _say(self, note: str) -> None:
        self._show_form(replace(self._form, note=note))

    def _table(self) -> Table:
        return own_table(self._session.document.data)

    @property
    def _is_flat(self) -> bool:
        return int(self._session.run.data.sample.points.shape[1]) == 2

    @property
    def _radius(self) -> float:
        left, right, _bottom, _top = self._session.snapshot().extent()
        return self._form.size * (right - left)

    @property
    def _stretch(self) -> float:
        left, right, bottom, top = self._session.snapshot().extent()
        return (top - bottom) / (right - left)
