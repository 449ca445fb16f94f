"""Overlays of the output ↔ session: lines, contours and rings, only those that are on, and only while seen."""

from __future__ import annotations

from playground.app.views.output import marks_reading as reading
from playground.app.views.output.reading import fitted_curve
from playground.app.views.scheduling import READINGS, Aspect, Scheduler
from playground.session.session import Session
from widgets.controls.overlay_menu import OverlayMenu
from widgets.network_graph import NetworkGraph
from widgets.plane.output_plane import OutputPlane
from widgets.values import NodeKey

NO_LINES = "Neurons of the first hidden layer have straight lines only where their inputs are x₁ and x₂."
NO_HINGES = "Hinges need a fit over one input (More data → Curve), a hidden layer and a linear output."
NO_CLASSES = "This data set has values, not classes."


class OutputMarksPresenter:
    """Lays over the output what its menu says; a line under the cursor highlights its neuron."""

    def __init__(
        self, session: Session, scheduler: Scheduler, plot: OutputPlane, menu: OverlayMenu, graph: NetworkGraph
    ) -> None:
        """Connect `menu` and the lines of `plot` to `session`."""
        self._session, self._plot, self._menu, self._graph = session, plot, menu, graph
        self._marks: list[reading.Marked] = []
        for action in menu.actions_by_key.values():
            action.triggered.connect(lambda _on: self._show())
        plot.line_hovered.connect(self._on_line_hovered)
        scheduler.add(plot, self.show_lines, READINGS | Aspect.HOVERED, times=20)
        scheduler.add(plot, self.show_rings, READINGS, times=4)

    def show_lines(self, changed: Aspect) -> None:
        """Show lines and contours; a hovered neuron concerns its line alone."""
        if Aspect.DOCUMENT in changed:
            self._offer()
        if changed != Aspect.HOVERED or self._menu.is_on(reading.LINES) or self._menu.is_on(reading.HINGES):
            self._show_lines()

    def show_rings(self, _changed: Aspect) -> None:
        """Show which examples are misclassified, if that is asked for."""
        if self._menu.is_on(reading.WRONG):
            self._show_rings()

    def _show(self) -> None:
        """Show what was just switched on, and take away what was switched off."""
        self._show_lines()
        if self._menu.is_on(reading.WRONG):
            self._show_rings()
        else:
            self._plot.set_misclassified(None)

    def _show_rings(self) -> None:
        snapshot = self._session.snapshot()
        self._plot.set_misclassified(reading.misclassified(snapshot), reading.misclassified_note(snapshot))

    def _show_lines(self) -> None:
        snapshot, marks = self._session.snapshot(), []
        curve = fitted_curve(snapshot)
        if curve is not None:
            marks.append(reading.Marked(curve, None))
        if self._menu.is_on(reading.CONTOURS):
            marks += reading.contours(snapshot)
        if self._menu.is_on(reading.HINGES) and reading.has_hinges(snapshot):
            marks += reading.hinges(snapshot, self._session.hovered)
        tells_weights = self._session.prediction.hidden().hides_weights  # the lines are labelled with their equations
        if self._menu.is_on(reading.LINES) and reading.has_lines(snapshot) and not tells_weights:
            marks += reading.neuron_lines(snapshot, self._session.hovered)
        if marks or self._marks:
            self._marks = marks
            self._plot.set_lines(tuple(mark.line for mark in marks))

    def _offer(self) -> None:
        snapshot = self._session.snapshot()
        has_lines, has_classes = reading.has_lines(snapshot), not snapshot.data.sample.is_regression
        self._menu.set_usable(reading.LINES, has_lines, "" if has_lines else NO_LINES)
        has_hinges = reading.has_hinges(snapshot)
        self._menu.set_usable(reading.HINGES, has_hinges, "" if has_hinges else NO_HINGES)
        self._menu.set_usable(reading.WRONG, has_classes, "" if has_classes else NO_CLASSES)

    def _on_line_hovered(self, index: int) -> None:
        node = self._marks[index].node if 0 <= index < len(self._marks) else None
        self._graph.set_hovered(None if node is None else NodeKey(node.layer, node.unit))
