"""ViewModel: what a window looks at, and the one request to show whatever has changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from playground.document.display import Display
from playground.document.document import Node
from playground.document.quantity import Quantity
from playground.document.selection import Selection
from playground.document.veil import Veil
from playground.document.view import View


class ViewModel(QObject):
    """Selection, hovered node, display and veil, each with its own signal.

    Attributes
    ----------
    selection_changed : Signal(object)
        The new ``Selection``.
    hovered_changed : Signal(object)
        The new hovered ``Node``, or None.
    display_changed : Signal(object)
        The new ``Display``.
    veil_changed : Signal(object)
        The new ``Veil``: other numbers are hidden.
    why_asked : Signal(object)
        Where a number came from is asked: the ``Quantity``.
    earlier_asked : Signal()
        The same of a number that the update before this one left: the state of an optimizer.
    refresh_requested : Signal()
        Views should show what has changed since the last time; it follows when all of it has been announced.
    """

    selection_changed = Signal(object)
    hovered_changed = Signal(object)
    display_changed = Signal(object)
    veil_changed = Signal(object)
    why_asked = Signal(object)
    earlier_asked = Signal()
    refresh_requested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with nothing selected and the default display."""
        super().__init__(parent)
        self._view = View()
        self._announcing = 0

    @property
    def view(self) -> View:
        """All that is looked at."""
        return self._view

    @property
    def selection(self) -> Selection:
        """The inspected node or edge, and the example that is read."""
        return self._view.selection

    @property
    def hovered(self) -> Node | None:
        """The node under the cursor, whose map fills the output view."""
        return self._view.hovered

    @property
    def display(self) -> Display:
        """What edges and neurons show."""
        return self._view.display

    def select(self, **values: object) -> None:
        """Change parts of the selection; every view follows."""
        selection = replace(self.selection, **values)  # type: ignore[arg-type]
        if selection.edge is None and selection.follows_mean:
            selection = replace(selection, follows_mean=False)
        self.look(replace(self._view, selection=selection))

    def ask_why(self, quantity: Quantity) -> None:
        """Ask where a number came from."""
        self.why_asked.emit(quantity)

    def ask_earlier(self) -> None:
        """Ask for the update before this one, which left the state of the optimizer."""
        self.earlier_asked.emit()

    def hover(self, node: Node | None) -> None:
        """Let the map of `node` fill the output view; with None, the output again."""
        self.look(replace(self._view, hovered=node))

    def set_display(self, **values: object) -> None:
        """Change what edges or neurons show."""
        self.look(replace(self._view, display=replace(self.display, **values)))  # type: ignore[arg-type]

    def set_veil(self, veil: Veil) -> None:
        """Hide what `veil` asks for, and show what it does not."""
        self.look(replace(self._view, veil=veil))

    def look(self, view: View) -> None:
        """Look at `view`; what of it is new is announced."""
        was, self._view = self._view, view
        if was != view:
            with self.refreshing():
                self._announce_view(was)

    def _announce_view(self, was: View) -> None:
        if was.selection != self.selection:
            self.selection_changed.emit(self.selection)
        if was.hovered != self.hovered:
            self.hovered_changed.emit(self.hovered)
        if was.display != self.display:
            self.display_changed.emit(self.display)
        if was.veil != self._view.veil:
            self.veil_changed.emit(self._view.veil)

    # ---- refreshing ----------------------------------------------------------------------------

    def request_refresh(self) -> None:
        """Ask the views to show what has changed; asked while changes are being announced, once for all of them."""
        if not self._announcing:
            self.refresh_requested.emit()

    @contextmanager
    def refreshing(self) -> Iterator[None]:
        """Announce changes, of which the views are asked to show all at once at the end."""
        self._announcing += 1
        try:
            yield
        finally:
            self._announcing -= 1
            self.request_refresh()
