"""CircuitsWindow: the Circuits view in a window of its own, beside the network it explains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from playground.app.views.circuits.presenter import CircuitsPresenter
from playground.session.clock import Metronome
from widgets.circuit_view import CircuitView
from widgets.controls.button import Button
from widgets.style import boxes

_FILLING = Qt.WindowState.WindowFullScreen | Qt.WindowState.WindowMaximized
LEAST_SIZE = (960, 600)


@dataclass(frozen=True, slots=True)
class Key:
    """One row of the window's table of keys; ``canvas`` keys work while the drawing has the focus."""

    text: str
    keys: tuple[str, ...]
    run: Callable[[CircuitsWindow], object]
    canvas: tuple[str, ...] = ()


KEYS: tuple[Key, ...] = (
    Key("Play or pause", ("F5",), lambda w: w.presenter.stepping.toggle_play(), ("Space",)),
    Key("Compute the next gate", ("F10",), lambda w: w.presenter.stepping.step(), ("N",)),
    Key("Undo the last gate", ("Shift+F10",), lambda w: w.presenter.stepping.step_back(), ("Shift+N",)),
    Key(
        "Go to the start: only the inputs are known", ("Ctrl+R",), lambda w: w.presenter.stepping.go_to_start(), ("R",)
    ),
    Key("Go to the end: both passes are done", ("Ctrl+F10",), lambda w: w.presenter.stepping.go_to_end(), ("E",)),
    Key("Type an expression", ("Ctrl+T",), lambda w: w.type_expression()),
    Key("Worked examples", ("Ctrl+Shift+E",), lambda w: w.view.expression.examples.showMenu()),
    Key("Fold gates into bundles", ("Ctrl+B",), lambda w: w.presenter.fold(), ("F",)),
    Key("Open every bundle", ("Ctrl+Shift+B",), lambda w: w.presenter.unfold(), ("U",)),
    Key("Predict: fill in the backward pass", ("F8",), lambda w: w.presenter.toggle_quiz(), ("Q",)),
    Key("Reveal the next hidden number", ("F7",), lambda w: w.presenter.reveal_next()),
    Key("Hide the gradient of the focused gate", (), lambda w: w.presenter.ask_gradient(), ("H",)),
    Key("Hide the value of the focused gate", (), lambda w: w.presenter.ask_value(), ("Shift+H",)),
    Key("Mistake: forget to add at a branch", ("Ctrl+1",), lambda w: w.presenter.toggle_forget_to_add()),
    Key("Mistake: forget to zero the gradients", ("Ctrl+2",), lambda w: w.presenter.toggle_forget_to_zero()),
    Key("Undo the last edit", ("Ctrl+Z",), lambda w: w.presenter.undo_stack.undo()),
    Key("Redo the last edit", ("Ctrl+Shift+Z", "Ctrl+Y"), lambda w: w.presenter.undo_stack.redo()),
    Key("Go to the drawing", ("Ctrl+G",), lambda w: w.view.graph.setFocus()),
    Key("Back to the network", ("F6", "Ctrl+Shift+C"), lambda w: w.close(), ("Esc",)),
)


class CircuitsWindow(QWidget):
    """A window with one circuit, which is still there when the window opens again."""

    view: CircuitView
    presenter: CircuitsPresenter

    def __init__(self, parent: QWidget | None = None, view: CircuitView | None = None) -> None:
        """Hold `view`, which is made if there is none, with the first example open."""
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("circuits_window")
        self.setWindowTitle("Circuits — Backprop Playground")
        self.setMinimumSize(*LEAST_SIZE)
        self.view = CircuitView() if view is None else view
        self.presenter = CircuitsPresenter(self.view, Metronome(parent=self))
        boxes.column(self.view, owner=self)
        self._canvas_keys = {name: key for key in KEYS for name in key.canvas}
        self._add_actions()
        self._add_help()

    def show_over(self, window: QWidget) -> None:
        """Show the view over `window`: in its place and size, maximized or full screen as it is."""
        if not self.isVisible():
            self.setGeometry(window.geometry())
        self.setWindowState(window.windowState() & _FILLING)
        self.show()
        self.raise_()
        self.activateWindow()
        self.view.graph.setFocus()

    def type_expression(self) -> None:
        """Put the cursor into the expression and select all of it."""
        self.view.expression.editor.setFocus()
        self.view.expression.editor.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the canvas keys while the drawing has the focus; elsewhere Esc returns to the drawing."""
        key = self._canvas_keys.get(QKeySequence(event.keyCombination()).toString())
        focused = QApplication.focusWidget()
        is_on_drawing = focused in (self.view.graph, self, None)
        if event.key() == Qt.Key.Key_Escape and not is_on_drawing:
            self.view.graph.setFocus()
        elif key is not None and is_on_drawing:
            key.run(self)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Pause the computation."""
        self.presenter.stepping.pause()
        super().closeEvent(event)

    def _add_actions(self) -> None:
        for key in KEYS:
            action = QAction(key.text, self)
            action.setShortcuts([QKeySequence(name) for name in key.keys])
            action.triggered.connect(lambda _checked=False, run=key.run: run(self))
            self.addAction(action)

    def _add_help(self) -> None:
        """Add the menu of all commands with their keys, and the button back to the network."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for key, action in zip(KEYS, self.actions(), strict=True):
            menu.addAction(action)
            if key.canvas:
                action.setToolTip(f"{key.text} ({', '.join(key.keys + key.canvas)})")
        self.help = Button("", "All commands with their keys (F1).", "help")
        self.help.setAccessibleName("Keys")
        self.help.setMenu(menu)
        shown = QAction("Keys", self)
        shown.setShortcut(QKeySequence("F1"))
        shown.triggered.connect(self.help.showMenu)
        self.addAction(shown)
        self.back = Button("Network", "Back to the network (Esc, F6).", "back")
        self.back.clicked.connect(self.close)
        for button in (self.help, self.back):
            self.view.add_control(button)
