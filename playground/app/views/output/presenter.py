"""Output view ↔ session: the boundary (or a hovered neuron's map), the data, the batch, the example, the probe."""

from __future__ import annotations

from dataclasses import replace

from playground.app.views.hand_edits.reading import what_if_title
from playground.app.views.output import reading
from playground.document.document import Document
from playground.document.selection import Example, Selection
from playground.session.session import Session
from widgets.plane.output_plane import OutputPlane


class OutputPresenter:
    """Shows the plane and turns clicks and drags on it into the selected example."""

    def __init__(self, session: Session, plot: OutputPlane) -> None:
        """Connect `plot` to `session`."""
        self._session, self._plot = session, plot
        plot.point_clicked.connect(lambda index: session.select(example=Example(index)))
        plot.probe_moved.connect(lambda x, y: session.select(example=Example(None, (x, y))))
        plot.cursor_moved.connect(self._on_cursor_moved)
        session.document_changed.connect(self._on_document_changed)
        session.refresh_requested.connect(self.show_frame)
        session.selection_changed.connect(self._on_selection_changed)
        self._cursor: tuple[float, float] | None = None
        self._show_points()

    def show_frame(self) -> None:
        """Show the picture of this moment."""
        if not self._plot.isVisible():
            return
        snapshot = self._session.snapshot()
        image = reading.image(snapshot, self._session.hovered)
        supposed = what_if_title(snapshot)
        self._plot.set_image(replace(image, title=f"{supposed} · {image.title}") if supposed else image)
        self._plot.set_batch(None if self._session.is_playing else snapshot.batch)
        self._show_cursor()

    def _show_points(self) -> None:
        snapshot = self._session.snapshot()
        self._plot.set_points(reading.points(snapshot))
        self._plot.set_axis_names(*reading.axis_names(snapshot))
        self._on_selection_changed(self._session.selection)

    def _on_document_changed(self, before: Document, after: Document) -> None:
        if before.data != after.data:
            self._show_points()

    def _on_selection_changed(self, selection: Selection) -> None:
        example = selection.example
        self._plot.set_example(example.index)
        if example.index is None:
            self._plot.set_probe(*example.probe[:2])
        else:
            self._plot.set_probe(*reading.probe_home(self._session.snapshot(), example.index))
        self.show_frame()

    def _on_cursor_moved(self, place: tuple[float, float] | None) -> None:
        self._cursor = place
        self._show_cursor()

    def _show_cursor(self) -> None:
        if self._cursor is not None:
            text = reading.cursor_text(self._session.snapshot(), self._cursor, self._session.hovered)
            self._plot.set_cursor_text(text)
