"""CircuitsOpener: the Circuits view, made when it is first opened."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from playground.app.files.view_memory import ViewMemory
from playground.session.clock import Ticker

if TYPE_CHECKING:
    from playground.app.views.circuits.open_circuit import OpenCircuit
    from playground.app.window.circuits_window import CircuitsWindow


class CircuitsOpener:
    """Opens the Circuits view over the window `over`."""

    def __init__(self, over: QWidget, shared: Sequence[QAction], memory: ViewMemory) -> None:
        """Let the view have the `shared` actions too, and save its circuit with the document through `memory`."""
        self._over, self._shared, self._memory = over, shared, memory
        self.made: CircuitsWindow | None = None  # the view, once it has been opened
        self._making: Generator[None, None, CircuitsWindow] | None = None
        self._is_wanted = False  # whether it is shown as soon as it is made
        self._ticker = Ticker(self._go_on, over)

    @property
    def window(self) -> CircuitsWindow:
        """The view, made now if it has not been opened yet."""
        while self.made is None:
            self._go_on()
        return self.made

    def open(self) -> None:
        """Show the view; the first time it is made before that, in steps between the events that come.

        A dialog that opens meanwhile is answered first: under it the view would take no key, and stay behind.
        """
        self._is_wanted = True
        if self.made is None:
            self._ticker.start()
        elif isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            dialog.finished.connect(self.open)
        else:
            self.made.show_over(self._over)

    def open_circuit(self, circuit: OpenCircuit, title: str) -> None:
        """Show `circuit`, to which what `title` names was unrolled."""
        self.window.presenter.show_circuit(circuit, title)
        self.open()

    def _go_on(self) -> None:
        """Take the next step of making the view; the last one shows it, if it is wanted."""
        self._making, making = None, self._making or self._steps()
        self._ticker.stop()  # a step that fails says so once
        try:
            next(making)
        except StopIteration as end:
            self.made = end.value
        else:
            self._making = making
        if self._is_wanted:
            self.open()

    def _steps(self) -> Generator[None, None, CircuitsWindow]:
        from playground.app.window.circuits_window import CircuitsWindow
        from widgets.circuit_view import CircuitView

        yield
        view = CircuitView()
        yield
        window = CircuitsWindow(self._over, view)
        window.addActions(self._shared)
        self._memory.watch_circuits(window.presenter)
        yield
        return window

    def follow(self) -> None:
        """Fill the screen as the window below does, if the view is open."""
        if self.made is not None and self.made.isVisible():
            self.made.show_over(self._over)
