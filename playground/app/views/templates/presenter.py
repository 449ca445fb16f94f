"""Templates ↔ session: drawn a few times a second while seen; a click inspects the unit."""

from __future__ import annotations

from playground.app.views.scheduling import Throttle
from playground.app.views.templates import reading
from playground.document.selection import Selection
from playground.session.session import Session
from widgets.matrices.templates_view import TemplatesView


class TemplatesPresenter:
    """Shows the first layer's weights as images."""

    def __init__(self, session: Session, view: TemplatesView) -> None:
        """Connect `view` to `session`."""
        self._session, self._view = session, view
        self._throttle = Throttle(session, 10)
        view.template_clicked.connect(self._on_template_clicked)
        session.refresh_requested.connect(self.show_frame)
        session.selection_changed.connect(self._on_selection_changed)

    def show_frame(self) -> None:
        """Show the current weights."""
        if not self._view.isVisible() or not self._throttle.is_due():
            return
        templates = reading.of(self._session.snapshot())
        if templates is None:
            self._view.set_nothing(reading.NO_PIXELS)
        else:
            self._view.set_templates(templates)
        self._on_selection_changed(self._session.selection)

    def _on_template_clicked(self, row: int) -> None:
        self._session.select(node=reading.node_of(self._session.snapshot(), row), edge=None)

    def _on_selection_changed(self, selection: Selection) -> None:
        if not self._view.isVisible():
            return
        node, shown = selection.node, len(self._view.templates.labels)
        self._view.set_selected(node.unit if node is not None and node.layer == 1 and node.unit < shown else None)
