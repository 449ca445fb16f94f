"""Output view ↔ session: the boundary (or a hovered neuron's map), the data, the batch, the example, the probe."""

from __future__ import annotations

from dataclasses import replace
from weakref import ref

from playground.app.views.example_picture import picture
from playground.app.views.hand_edits.reading import what_if_title
from playground.app.views.output import reading
from playground.app.views.prediction.wishes import fulfil
from playground.app.views.scheduling import PICTURES, READINGS, Aspect, Scheduler
from playground.document.document import Node
from playground.document.prepared_data import PreparedData
from playground.document.selection import Example
from playground.session.session import Session
from widgets.controls.number_menu import WHY
from widgets.plane.output_plane import OutputPlane


class OutputPresenter:
    """Shows the plane and turns clicks and drags on it into the selected example."""

    def __init__(self, session: Session, scheduler: Scheduler, plot: OutputPlane) -> None:
        """Connect `plot` to `session`."""
        self._session, self._plot = session, plot
        plot.point_clicked.connect(lambda index: session.select(example=Example(index)))
        plot.probe_moved.connect(lambda x, y: session.select(example=Example(None, (x, y))))
        plot.why_requested.connect(self._on_why_requested)
        plot.cursor_moved.connect(self._on_cursor_moved)
        plot.point_hovered.connect(self._on_point_hovered)
        self._pointed = -1
        self._cursor: tuple[float, float] | None = None
        self._data: ref[PreparedData] | None = None  # weak: a hidden view keeps no data
        on = READINGS | Aspect.SELECTION | Aspect.HOVERED
        scheduler.add(plot, self.show, on, times=PICTURES, light=True, patience=Aspect.RUN)

    def show(self, changed: Aspect) -> None:
        """Show what has changed: points, example, picture."""
        data = self._session.run.data
        has_new_data = self._data is None or self._data() is not data
        if has_new_data:
            self._data = ref(data)
            self._show_points()
        if has_new_data or Aspect.SELECTION in changed:
            self._show_example()
        if changed != Aspect.SELECTION:
            self._show_picture()
        self._show_cursor()
        if self._pointed >= 0:
            self._show_thumb()

    def _show_picture(self) -> None:
        snapshot = self._session.snapshot()
        image = reading.image(snapshot, self._session.hovered)
        supposed = what_if_title(snapshot)
        self._plot.set_image(replace(image, title=f"{supposed} · {image.title}") if supposed else image)
        self._plot.set_batch(None if self._session.is_playing else snapshot.batch)

    def _show_points(self) -> None:
        snapshot = self._session.snapshot()
        self._plot.set_points(reading.points(snapshot))
        self._plot.set_axis_names(*reading.axis_names(snapshot))

    def _show_example(self) -> None:
        example = self._session.selection.example
        self._plot.set_example(example.index)
        if example.index is None:
            self._plot.set_probe(*example.probe[:2])
        else:
            self._plot.set_probe(*reading.probe_home(self._session.snapshot(), example.index))

    def _on_cursor_moved(self, place: tuple[float, float] | None) -> None:
        self._cursor = place
        self._show_cursor()

    def _on_why_requested(self) -> None:
        """Follow the output at the example, or the neuron whose map is shown."""
        node = self._session.hovered or Node(len(self._session.run.network.layers), 0)
        fulfil(self._session, ("value", node, None), WHY)

    def _on_point_hovered(self, index: int) -> None:
        self._pointed = index
        self._show_thumb()

    def _show_thumb(self) -> None:
        """Show the point under the cursor as a picture, where the data are pictures."""
        snapshot = self._session.snapshot()
        is_there = 0 <= self._pointed < len(snapshot.data.sample.points)
        self._plot.set_thumb(
            picture(snapshot, Example(self._pointed), self._session.prediction.hidden()) if is_there else None
        )

    def _show_cursor(self) -> None:
        if self._cursor is not None:
            is_hidden = self._session.prediction.hidden().hides_outputs
            text = reading.cursor_text(self._session.snapshot(), self._cursor, self._session.hovered)
            self._plot.set_cursor_text(reading.HIDDEN if is_hidden else text)
