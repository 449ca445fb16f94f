"""MainWindow: puts the panels in their places and joins them to the session through presenters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox

from playground import __version__
from playground.app import layout
from playground.app.actions import ACTIONS, canvas_keys, make_actions
from playground.app.files import Files
from playground.app.later import Later
from playground.app.own_points import OwnPoints
from playground.app.pages import InspectorPages
from playground.app.panels import Panels
from playground.app.presenters.data_presenter import DataPresenter
from playground.app.presenters.flow_presenter import FlowPresenter
from playground.app.presenters.hand_edits_presenter import HandEditsPresenter
from playground.app.presenters.health_watch import HealthWatch
from playground.app.presenters.inspector_presenter import InspectorPresenter
from playground.app.presenters.layers_presenter import LayersPresenter
from playground.app.presenters.linear_presenter import LinearPresenter
from playground.app.presenters.network_presenter import NetworkPresenter
from playground.app.presenters.output_marks_presenter import OutputMarksPresenter
from playground.app.presenters.output_presenter import OutputPresenter
from playground.app.presenters.slow_motion_presenter import SlowMotionPresenter
from playground.app.presenters.stop_presenter import StopPresenter
from playground.app.presenters.training_presenter import TrainingPresenter
from playground.app.presenters.transport_presenter import TransportPresenter
from playground.app.recovery import Recovery
from playground.app.sharing import Sharing
from playground.session.document import with_data
from playground.session.session import Session
from playground.session.settings import Settings
from playground.session.slow_motion import SlowMotion
from widgets import style
from widgets.panel_dock import PanelDock

if TYPE_CHECKING:
    from playground.app.circuits_window import CircuitsWindow
    from playground.app.presenters.circuit_tab_presenter import CircuitTabPresenter
    from playground.app.presenters.curves_presenter import CurvesPresenter
    from playground.app.readings.circuits_desk import Desk
    from playground.app.views import ViewDocks

LECTURE_SCALE = 1.4


class MainWindow(QMainWindow):
    """The window of one session.

    Attributes
    ----------
    session : Session
    panels : Panels
        Every widget by name.
    actions_by_key : dict of QAction
    """

    session: Session
    views: ViewDocks
    files: Files
    sharing: Sharing
    own_points: OwnPoints

    def __init__(self, session: Session, settings: Settings) -> None:
        """Build the window; nothing is shown yet."""
        super().__init__()
        self.session = session
        self.settings = settings
        self.docks: dict[str, PanelDock] = {}
        self.setObjectName("main_window")
        self.setWindowTitle("Backprop Playground")
        self.later = Later(self)
        self.panels = Panels(self)
        self.actions_by_key = make_actions(self)
        self.resize(layout.first_size(self))
        layout.place(self)
        health = HealthWatch(session)
        self.slow_motion = SlowMotion(session, self)
        self.stops = StopPresenter(session, self, self.actions_by_key["stop_when"])
        self.hand_edits = HandEditsPresenter(session, self.panels.network)
        self._presenters: list[object] = [
            DataPresenter(session, self.panels.gallery),
            TrainingPresenter(session, self.panels.training),
            NetworkPresenter(session, self.slow_motion, self.panels.network, self.panels.phases, health),
            SlowMotionPresenter(
                session, self.slow_motion, self.panels.phases, self.panels.phase_text, self.panels.transport
            ),
            LayersPresenter(session, self.panels.network),
            self.hand_edits,
            InspectorPresenter(session, self.panels.inspector, self.panels.card),
            LinearPresenter(session, self.panels.linear_line),
            OutputPresenter(session, self.panels.output),
            OutputMarksPresenter(session, self.panels.output, self.panels.overlays, self.panels.network),
            FlowPresenter(session, self.panels.flow, health),
            TransportPresenter(session, self.panels.transport, self.panels.status, self.panels.notice),
        ]
        self.later.add("curves", self._make_curves)
        self.pages = InspectorPages(self)
        self._canvas_keys = canvas_keys()
        for canvas in (self.panels.network.canvas, self.panels.output.plane):
            canvas.setProperty("canvas", True)
        self._curves: CurvesPresenter | None = None
        self._circuits: CircuitsWindow | None = None
        self.files = Files(self)
        self.sharing = Sharing(self)
        self.recovery = Recovery(self)
        self._connect()
        self._restore_layout()
        self.own_points = OwnPoints(self)

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

    def _make_curves(self) -> None:
        from playground.app.presenters.curves_presenter import CurvesPresenter
        from widgets.loss_plot import LossPlot

        plot = LossPlot()
        box = self.panels.curves.layout()
        assert box is not None
        box.addWidget(plot)
        plot.show()  # now, not when the layout gets to it: the presenter shows only what can be seen
        self.docks["curves"].add_control(plot.tools)
        self._curves = CurvesPresenter(self.session, plot)
        self.files.view.watch_curves(plot)

    def first_layout(self, width: int, height: int) -> None:
        """Take a size and the first shares of it, whatever is remembered."""
        self.resize(width, height)
        layout.arrange(self)

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

    def _restore_layout(self) -> None:
        remembered = self.settings.layout()
        if remembered:
            self.restoreGeometry(remembered[0])
            self.restoreState(remembered[1])
        else:
            layout.resize_docks(self)

    def _apply_theme(self, name: str, scale: float) -> None:
        base = style.DARK if name == "dark" else style.LIGHT
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
        self.session.change(lambda d: with_data(seed=d.data.seed + 1)(d), "New sample")

    def import_file(self, path: Path) -> None:
        """Look at the table at `path` and ask what to learn from it."""
        self.own_points.imports.open(path)

    def clear_selection(self) -> None:
        """Inspect nothing."""
        self.session.suppose(None)
        self.session.select(node=None, edge=None, hovered=None)

    @property
    def _circuit_tab(self) -> CircuitTabPresenter | None:
        """The inspector's circuit, if anybody has looked at it yet."""
        return cast("CircuitTabPresenter | None", self.pages.presenters.get("circuit"))

    @property
    def circuits(self) -> CircuitsWindow:
        """The Circuits view, made when first asked for."""
        if self._circuits is None:
            from playground.app.circuits_window import CircuitsWindow

            self._circuits = CircuitsWindow(self)
            for key in ("theme", "lecture"):
                self._circuits.addAction(self.actions_by_key[key])
        return self._circuits

    def show_circuits(self) -> None:
        """Open the Circuits view over this window."""
        self.circuits.show_over(self)

    def show_circuit(self, desk: Desk) -> None:
        """Open the Circuits view with the circuit of a node on it."""
        self.circuits.presenter.open_desk(desk)
        self.show_circuits()

    def toggle_theme(self) -> None:
        """Switch between light and dark, and remember it."""
        name = "light" if style.current().is_dark else "dark"
        self.settings.theme = name
        self._apply_theme(name, style.current().scale)

    def toggle_lecture_mode(self) -> None:
        """Full screen with large type, and back."""
        lecture = style.current().scale == 1.0
        self._apply_theme(style.current().name, LECTURE_SCALE if lecture else 1.0)
        layout.resize_docks(self)
        self.actions_by_key["lecture"].setChecked(lecture)
        if lecture:
            self.showFullScreen()
        else:
            self.showNormal()
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
        layout.arrange(self)

    def show_shortcuts(self) -> None:
        """List every key."""
        rows = [
            f"<tr><td><b>{', '.join(spec.keys + spec.canvas_keys)}</b>&nbsp;&nbsp;</td><td>{spec.tip}</td></tr>"
            for spec in ACTIONS
            if spec.keys or spec.canvas_keys
        ]
        rows.append("<tr><td><b>Ctrl+Z, Ctrl+Shift+Z</b>&nbsp;&nbsp;</td><td>Undo and redo every edit</td></tr>")
        text = f"<table>{''.join(rows)}</table><p>Space, R and the arrows work while a canvas has the focus.</p>"
        self._say("Keyboard shortcuts", text)

    def show_about(self) -> None:
        """Say what this program is."""
        self._say(
            "Backprop Playground",
            f"<p><b>Backprop Playground {__version__}</b></p><p>Every number on the screen can be checked by hand, "
            "and followed back to where it came from, while it trains.</p><p>MIT licence.</p>",
        )
