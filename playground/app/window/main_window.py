"""MainWindow: puts the panels in their places and joins them to the session through presenters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox

from playground import __version__
from playground.app.window.actions import ACTIONS, canvas_keys
from playground.files.settings import Settings
from widgets.style import style, themes

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from playground.app.files.document_files import Files
    from playground.app.files.own_points import OwnPoints
    from playground.app.files.recovery import Recovery
    from playground.app.files.sharing import Sharing
    from playground.app.views.circuits.open_circuit import OpenCircuit
    from playground.app.views.circuits.tab_presenter import CircuitTabPresenter
    from playground.app.views.hand_edits.presenter import HandEditsPresenter
    from playground.app.views.stop.presenter import StopPresenter
    from playground.app.window.circuits_window import CircuitsWindow
    from playground.app.window.deferred import DeferredLoading
    from playground.app.window.dock_sizes import DockSizes
    from playground.app.window.inspector_pages import InspectorPages
    from playground.app.window.lecture_mode import LectureMode
    from playground.app.window.panels import Panels
    from playground.app.window.view_docks import ViewDocks
    from playground.session.session import Session
    from playground.session.slow_motion import SlowMotion
    from widgets.frame.panel_dock import PanelDock

LEAST_SIZE = (1024, 640)
FIRST_SIZE = (1600, 1000)
CANVAS_WALKS = (
    ("Enter, arrows, Esc", "On the network: begin a walk from node to node, go on, end it"),
    ("E, Enter, F2, M", "In the walk: to an edge and back, inspect, type a weight, menu"),
    ("Arrows, Shift+arrows", "On the output plane: move the probe, or ten times as far"),
)


class MainWindow(QMainWindow):
    """The window of one session.

    It can be shown at once, empty: what it is furnished with takes several times longer to load and to
    make than the first picture of it.

    Attributes
    ----------
    session : Session
    panels : Panels
        Every widget by name.
    actions_by_key : dict of QAction
    presenters : list
        What joins widgets and session; those made later are added.
    is_furnished : bool
        Whether there is anything in it; nothing above is there before.
    """

    session: Session
    panels: Panels
    actions_by_key: dict[str, QAction]
    presenters: list[object]
    docks: dict[str, PanelDock]
    views: ViewDocks
    pages: InspectorPages
    later: DeferredLoading
    lecture: LectureMode
    shares: DockSizes
    files: Files
    sharing: Sharing
    own_points: OwnPoints
    recovery: Recovery
    slow_motion: SlowMotion
    stops: StopPresenter
    hand_edits: HandEditsPresenter

    def __init__(self, session: Session | None, settings: Settings) -> None:
        """Build the window of `session`, or with None an empty one, to be furnished; nothing is shown yet."""
        super().__init__()
        self.settings = settings
        self.is_furnished = self.was_painted = False
        self.setObjectName("main_window")
        self.setWindowTitle("Backprop Playground")
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(self._first_size())
        self._canvas_keys = canvas_keys()
        self._circuits: CircuitsWindow | None = None
        self._remembered = settings.layout()
        if self._remembered:
            self.restoreGeometry(self._remembered[0])
        if session is not None:
            self.furnish(session)

    def furnish(self, session: Session) -> None:
        """Put everything in its place, for `session`."""
        from playground.app.window.construction import furnish

        self.session = session
        self.destroyed.connect(session.shut_down)
        furnish(self)
        self._connect()
        if self._remembered and self.restoreState(self._remembered[1]):
            self.shares.are_ours = False
        else:
            self.shares.give()
        self.is_furnished = True

    @property
    def _arrangement(self) -> ModuleType:
        from playground.app.window import dock_layout as layout

        return layout

    def _first_size(self) -> QSize:
        """Return the size to begin with: the sketch's, or what the screen has."""
        screen = self.screen().availableGeometry().size()
        return QSize(*FIRST_SIZE).boundedTo(screen).expandedTo(QSize(*LEAST_SIZE))

    def _connect(self) -> None:
        transport, session = self.panels.transport, self.session
        for signal, key in (
            (transport.reset_clicked, "reset"),
            (transport.back_clicked, "back"),
            (transport.step_clicked, "step"),
            (transport.epoch_clicked, "epoch"),
            (transport.theme_clicked, "theme"),
            (transport.circuits_clicked, "circuits"),
            (self.panels.training.new_weights_clicked, "new_weights"),
            (self.panels.gallery.new_sample_clicked, "new_sample"),
        ):
            signal.connect(self.actions_by_key[key].trigger)
        transport.play_toggled.connect(lambda _on: session.toggle())
        self.actions_by_key["theme"].setChecked(style.current().is_dark)

    # ---- window events -------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let menu, transport and status run to the edges; panels keep a margin."""
        self.was_painted = True
        if not self.is_furnished:
            return  # the style has filled the background
        painter = QPainter(self)
        panel = QColor(style.current().panel)
        painter.fillRect(
            0, 0, self.width(), self.panels.transport.mapTo(self, self.panels.transport.rect().bottomLeft()).y(), panel
        )
        painter.fillRect(0, self.statusBar().y(), self.width(), self.statusBar().height(), panel)
        painter.end()
        super().paintEvent(event)

    def load_curves(self) -> None:
        """Make the curves now; a picture of the window asks for them at once."""
        self.later.need("curves")

    def first_layout(self, width: int, height: int) -> None:
        """Take a size and the first shares of it, whatever is remembered."""
        self.resize(width, height)
        self._arrangement.arrange(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that steer training while a canvas has the focus; Esc anywhere."""
        name = QKeySequence(event.keyCombination()).toString()
        key = self._canvas_keys.get(name)
        if key == "clear_selection" or (key and self._canvas_has_focus()):
            self.actions_by_key[key].trigger()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the layout and let training end; what would be lost is asked about before."""
        if not self.is_furnished:
            return
        self.session.pause()
        if not self.files.may_close():
            event.ignore()
            return
        self.recovery.end()
        if style.current().scale == 1.0:
            self.settings.keep_layout(self.saveGeometry(), self.saveState())
        super().closeEvent(event)

    def _canvas_has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is None or focused.property("canvas") is True or focused is self

    def apply_theme(self, name: str, scale: float) -> None:
        """Show everything in the theme `name`, its type `scale` times as large as usual."""
        base = themes.DARK if name == "dark" else themes.LIGHT
        theme = replace(base, scale=scale, reduced_motion=style.current().reduced_motion)
        style.apply(self._application(), theme)
        self.actions_by_key["theme"].setChecked(theme.is_dark)

    def _application(self) -> QApplication:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        return application

    def _say(self, title: str, text: str) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.RichText)
        box.setText(text)
        box.setWindowModality(Qt.WindowModality.WindowModal)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.show()

    # ---- what actions do -----------------------------------------------------------------------

    def step(self) -> None:
        """One iteration; in slow motion one gate of the open circuit, or one phase."""
        if self.slow_motion.is_active:
            tab = self._circuit_tab
            if tab is None or not tab.step_gate():
                self.slow_motion.forward()
        else:
            self.session.step()

    def step_back(self) -> None:
        """One iteration back; in slow motion one gate of the open circuit, or one phase."""
        if self.slow_motion.is_active:
            tab = self._circuit_tab
            if tab is None or not tab.step_gate_back():
                self.slow_motion.back()
        else:
            self.session.step_back()

    def toggle_slow_motion(self) -> None:
        """Walk through one iteration phase by phase, or leave it without taking the step."""
        if self.slow_motion.is_active:
            self.slow_motion.cancel()
        else:
            self.slow_motion.start()

    def new_weights(self) -> None:
        """Start again from the next seed."""
        self.session.change(lambda d: replace(d, seed=d.seed + 1), "New weights")

    def new_sample(self) -> None:
        """Draw other points: the next seed of the data."""
        from playground.document.data_choice import with_new_sample

        self.session.change(with_new_sample(), "New sample")

    def import_file(self, path: Path) -> None:
        """Look at the table at `path` and ask what to learn from it."""
        self.own_points.imports.open(path)

    def clear_selection(self) -> None:
        """Inspect nothing."""
        self.session.set_what_if(None)
        self.session.select(node=None, edge=None)
        self.session.hover(None)

    @property
    def _circuit_tab(self) -> CircuitTabPresenter | None:
        """The inspector's circuit, if anybody has looked at it yet."""
        return cast("CircuitTabPresenter | None", self.pages.presenters.get("circuit"))

    @property
    def circuits(self) -> CircuitsWindow:
        """The Circuits view, made when first asked for."""
        if self._circuits is None:
            from playground.app.window.circuits_window import CircuitsWindow

            self._circuits = CircuitsWindow(self)
            for key in ("theme", "lecture"):
                self._circuits.addAction(self.actions_by_key[key])
            self.files.view.watch_circuits(self._circuits.presenter)
        return self._circuits

    def show_circuits(self) -> None:
        """Open the Circuits view over this window."""
        self.circuits.show_over(self)

    def show_circuit(self, desk: OpenCircuit) -> None:
        """Open the Circuits view with the circuit of a node on it."""
        self.circuits.presenter.open_desk(desk)
        self.show_circuits()

    def toggle_theme(self) -> None:
        """Switch between light and dark, and remember it."""
        name = "light" if style.current().is_dark else "dark"
        self.settings.theme = name
        self.apply_theme(name, style.current().scale)

    def toggle_lecture_mode(self) -> None:
        """Full screen with large type, and back."""
        self.lecture.toggle()
        if self._circuits is not None and self._circuits.isVisible():
            self._circuits.show_over(self)

    def toggle_reduced_motion(self) -> None:
        """Let nothing move on its own, or let it again."""
        self.settings.reduced_motion = not style.current().reduced_motion
        theme = replace(style.current(), reduced_motion=self.settings.reduced_motion)
        style.apply(self._application(), theme)

    def reset_layout(self) -> None:
        """Put every panel back in its first place."""
        self.settings.forget_layout()
        self._arrangement.arrange(self)

    def show_shortcuts(self) -> None:
        """List every key."""
        rows = [
            _key_row(", ".join(spec.keys + spec.canvas_keys), spec.tip)
            for spec in ACTIONS
            if spec.keys or spec.canvas_keys
        ]
        rows.append(_key_row("Ctrl+Z, Ctrl+Shift+Z", "Undo and redo every edit"))
        rows += [_key_row(keys, told) for keys, told in CANVAS_WALKS]
        text = (
            f"<table>{''.join(rows)}</table><p>Space, R and the arrows steer training while a canvas has the focus, "
            "but the arrows move the probe on the output plane and take the steps of a walk.</p>"
        )
        self._say("Keyboard shortcuts", text)

    def show_about(self) -> None:
        """Say what this program is."""
        self._say(
            "Backprop Playground",
            f"<p><b>Backprop Playground {__version__}</b></p><p>Every number on the screen can be checked by hand, "
            "and followed back to where it came from, while it trains.</p><p>MIT licence.</p>",
        )


def _key_row(keys: str, told: str) -> str:
    """Return one line of the list of keys; it does not wrap, so that the list fits a low screen."""
    whole = "style='white-space: nowrap'"
    return f"<tr><td {whole}><b>{keys}</b>&nbsp;&nbsp;</td><td {whole}>{told}</td></tr>"
