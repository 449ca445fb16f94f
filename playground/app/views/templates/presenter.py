"""Templates ↔ session: drawn a few times a second while seen; a click inspects the unit."""

from __future__ import annotations

from playground.app.views.scheduling import READINGS, Aspect, Scheduler
from playground.app.views.templates import reading
from playground.session.session import Session
from widgets.matrices.templates_view import TemplatesView


class TemplatesPresenter:
    """Shows the first layer's weights as images."""

    def __init__(self, session: Session, scheduler: Scheduler, view: TemplatesView) -> None:
        """Connect `view` to `session`."""
        self._session, self._view = session, view
        self._example = session.selection.example
        view.template_clicked.connect(self._on_template_clicked)
        scheduler.add(view, self.show, READINGS | Aspect.SELECTION, times=10)

    def show(self, changed: Aspect) -> None:
        """Show the current weights and which unit is selected."""
        if changed != Aspect.SELECTION or self._session.selection.example != self._example:
            self._show_weights()
        self._show_selected()

    def _show_weights(self) -> None:
        self._example = self._session.selection.example
        hidden = self._session.prediction.hidden()
        templates = reading.of(self._session.snapshot(), self._example, hidden)
        if templates is not None and hidden.hides_weights:
            self._view.set_nothing(reading.HIDDEN)
        elif templates is None:
            self._view.set_nothing(reading.NO_PIXELS)
        else:
            self._view.set_templates(templates)

    def _on_template_clicked(self, row: int) -> None:
        self._session.select(node=reading.node_of(self._session.snapshot(), row), edge=None)

    def _show_selected(self) -> None:
        node, shown = self._session.selection.node, len(self._view.templates.labels)
        self._view.set_selected(node.unit if node is not None and node.layer == 1 and node.unit < shown else None)
