"""CircuitsOpener: the Circuits view, made when it is first opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from playground.app.files.view_memory import ViewMemory

if TYPE_CHECKING:
    from playground.app.views.circuits.open_circuit import OpenCircuit
    from playground.app.window.circuits_window import CircuitsWindow


class CircuitsOpener:
    """Opens the Circuits view over the window `over`."""

    def __init__(self, over: QWidget, shared: Sequence[QAction], memory: ViewMemory) -> None:
        """Let the view have the `shared` actions too, and save its circuit with the document through `memory`."""
        self._over, self._shared, self._memory = over, shared, memory
        self.made: CircuitsWindow | None = None  # the view, once it has been opened

    @property
    def window(self) -> CircuitsWindow:
        """The view, made if it has not been opened yet."""
        if self.made is None:
            from playground.app.window.circuits_window import CircuitsWindow

            self.made = CircuitsWindow(self._over)
            self.made.addActions(self._shared)
            self._memory.watch_circuits(self.made.presenter)
        return self.made

    def open(self) -> None:
        """Show the view."""
        self.window.show_over(self._over)

    def open_circuit(self, circuit: OpenCircuit, title: str) -> None:
        """Show `circuit`, to which what `title` names was unrolled."""
        self.window.presenter.show_circuit(circuit, title)
        self.open()

    def follow(self) -> None:
        """Fill the screen as the window below does, if the view is open."""
        if self.made is not None and self.made.isVisible():
            self.made.show_over(self._over)
