"""Construction: makes the parts of a window and hands each what it uses; loaded after the first paint."""

from __future__ import annotations

import secrets
from collections.abc import Generator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from playground.app.export.animation import Stage
from playground.app.export.export_menu import ExportMenu
from playground.app.export.picture_menu import PictureMenu
from playground.app.files.document_files import Files
from playground.app.files.document_status import DocumentStatus
from playground.app.files.examples_menu import ExamplesMenu
from playground.app.files.file_drop import FileDrop
from playground.app.files.hidden_controls import HiddenControls
from playground.app.files.own_points import OwnPoints
from playground.app.files.recent_menu import RecentMenu
from playground.app.files.recovery import Recovery
from playground.app.files.sharing import Sharing
from playground.app.files.view_memory import ViewMemory
from playground.app.notices import Notices
from playground.app.views.data.fresh_start import FreshStart
from playground.app.views.data.presenter import DataPresenter
from playground.app.views.flow.presenter import FlowPresenter
from playground.app.views.guide.presenter import GuidePresenter
from playground.app.views.hand_edits.presenter import HandEditsPresenter
from playground.app.views.health.presenter import WarningsPresenter
from playground.app.views.health.watch import HealthWatch
from playground.app.views.inspector.presenter import InspectorPresenter
from playground.app.views.lessons.player import LessonPlayer
from playground.app.views.lessons.stage import LESSON, LessonStage
from playground.app.views.lessons.targets import Targets
from playground.app.views.network.layers_presenter import LayersPresenter
from playground.app.views.network.linear_presenter import LinearPresenter
from playground.app.views.network.presenter import NetworkPresenter
from playground.app.views.output.marks_presenter import OutputMarksPresenter
from playground.app.views.output.presenter import OutputPresenter
from playground.app.views.prediction.presenter import PredictionPresenter
from playground.app.views.scheduling import Scheduler
from playground.app.views.slow_motion.presenter import SlowMotionPresenter
from playground.app.views.stop.presenter import StopPresenter
from playground.app.views.training.presenter import TrainingPresenter
from playground.app.views.transport.presenter import TransportPresenter, hint
from playground.app.views.why.presenter import WhyPresenter
from playground.app.window import actions as action_table
from playground.app.window.appearance import Appearance
from playground.app.window.branch_menu import BranchMenu
from playground.app.window.circuits_opener import CircuitsOpener
from playground.app.window.commands import Commands
from playground.app.window.curtain import Curtain
from playground.app.window.curves_dock import CURVES_MODULES, make_curves
from playground.app.window.deferred import DeferredLoading
from playground.app.window.dock_layout import DockLayout
from playground.app.window.dock_sizes import DockSizes
from playground.app.window.frame import make_docks, set_frame
from playground.app.window.help import Help
from playground.app.window.inspector_pages import InspectorPages, PageContext
from playground.app.window.layout_memory import LayoutMemory
from playground.app.window.learn_menu import LearnMenu
from playground.app.window.lecture_mode import LectureMode
from playground.app.window.lessons_opener import LessonsOpener
from playground.app.window.main_window import MainWindow
from playground.app.window.menus import fill_menu_bar
from playground.app.window.paint_switch import PaintSwitch
from playground.app.window.panels import Panels
from playground.app.window.parts import Parts
from playground.app.window.tab_order import TabOrder
from playground.app.window.view_docks import ViewContext, ViewDocks
from playground.document.document import MAX_SEED
from playground.engine.arithmetic import let_overflow
from playground.engine.slices import finish
from playground.files.file_names import LESSON_SUFFIX
from playground.files.lesson_progress import LessonProgress
from playground.files.settings import Settings
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.controls.undo_keys import UndoKeys
from widgets.frame.panel_dock import PanelDock
from widgets.lessons.ring import Ring
from widgets.style import style, tips
from widgets.style.letting_go import let_go

if TYPE_CHECKING:
    from playground.app.views.lessons.circuit_desk import CircuitDesk


def build(window: MainWindow, session: Session, settings: Settings, *, restores: bool = True) -> Parts:
    """Fill `window` with what is visible at first; the rest is deferred.

    It `restores` the docks of the last window, unless nobody sees it: Qt dies of docks that find other places
    between their restoring and the first show of their window.
    """
    return finish(_building(window, session, settings, restores=restores))


def _building(
    window: MainWindow, session: Session, settings: Settings, *, restores: bool
) -> Generator[None, None, Parts]:
    """Fill `window` in steps."""
    let_overflow()
    deferred, notices = DeferredLoading(window), Notices(window)
    actions = action_table.make_actions(window)
    loose: list[object] = []  # what does not stand in the window yet, and would not go with it
    try:
        with style.put_off():
            panels = Panels(window)
            loose += vars(panels).values()
            yield
            docks = make_docks(panels)
            loose += docks.values()
            yield
            set_frame(window, panels)
            panels.center.body.insertWidget(0, notices.bar)
            notices.said.connect(panels.status.set_message)
            sizes = DockSizes(window, docks)
            panels.inspector.slim_changed.connect(sizes.set_slim)
            layout = DockLayout(window, docks, sizes, settings)
            layout.arrange()
    except GeneratorExit:
        for part in loose:
            if isinstance(part, QWidget):
                let_go(part)
        raise
    layout_memory = LayoutMemory(window, docks, sizes, settings)
    yield

    slow_motion, scheduler = SlowMotion(session, window), Scheduler(session)
    stops = StopPresenter(session, window, actions["stop_when"])
    hand_edits = HandEditsPresenter(session, panels.network)
    presenters = _make_presenters(session, scheduler, slow_motion, panels)
    prediction = PredictionPresenter(session, scheduler, slow_motion, panels.center, panels.predict)
    for canvas in (panels.network.canvas, panels.output.plane):
        canvas.setProperty("canvas", True)

    controls = HiddenControls(
        (panels.transport, panels.gallery, panels.training, panels.network, panels.output), actions["show_hidden"]
    )
    ordinary = {key: dock for key, dock in docks.items() if key != LESSON}  # it belongs to no document
    memory = ViewMemory(
        panels.output, panels.overlays, panels.inspector, ordinary, controls, session.clock, panels.transport
    )
    files = Files(session, notices, memory, window)
    sharing = Sharing(session, files, notices, controls, window)
    recovery = Recovery(session, files, notices, window)
    own_points = OwnPoints(session, files, notices, window)
    presenters.append(FreshStart(session, notices))
    presenters.append(DocumentStatus(session, files, window, panels.status, actions["revert"]))
    files.about_to_open.connect(slow_motion.cancel)
    files.table_chosen.connect(own_points.open_table)
    recovery.answered.connect(panels.network.canvas.setFocus)
    panels.gallery.import_clicked.connect(own_points.ask_for_import)
    sharing.fill_menu([[actions["copy_link"], actions["open_link"]], [actions["save_as"]]])
    panels.transport.share_clicked.connect(lambda: sharing.open_menu(panels.transport.share))

    views = ViewDocks(
        ViewContext(
            session, scheduler, slow_motion, panels.output, docks, sizes,
            lambda: lessons.make_panel(scheduler, panels.transport),
            files.ask_for_document,
        )
    )  # fmt: skip
    files.opened.connect(lambda: views.open("compare") if session.comparison_run else None)
    yield
    paint = PaintSwitch(panels.gallery, docks["paint"], docks["output"])
    circuits = CircuitsOpener(window, [actions["theme"], actions["lecture"]], memory)
    targets = Targets(
        window, panels.transport, panels.gallery, panels.training, panels.network, panels.center, panels.phases,
        panels.inspector, panels.output, docks,
    )  # fmt: skip
    ring = Ring(window)
    network_only = (panels.center, docks["inspector"], docks["output"], docks["curves"], docks["flow"])
    stage = LessonStage(
        session, slow_motion, targets, docks, controls, ring, views.open,
        partial(_make_desk, panels, sizes, network_only, window),
    )  # fmt: skip
    player = LessonPlayer(session, files, stage, LessonProgress(notices.say), lambda: secrets.randbelow(MAX_SEED))
    lessons = LessonsOpener(session, player, docks[LESSON], sizes, layout, files, notices, views, window)
    guide = GuidePresenter(session, slow_motion, settings, panels.guide, ring, targets, lessons.open_first)
    player.finished.connect(lambda lesson: guide.say_finished(lesson, lessons.following(lesson), lessons.take))
    lessons.opened.connect(guide.dismiss)
    files.opened.connect(guide.withdraw)
    files.table_chosen.connect(lambda _path: guide.withdraw())
    prediction.is_lesson = lambda: player.visit is not None
    FileDrop(
        window, lambda path: lessons.open_file(path) if path.suffix.lower() == LESSON_SUFFIX else files.open_path(path)
    )
    deferred.add("dock_sizes", layout_memory.fit)
    deferred.add(
        "curves",
        partial(make_curves, session, scheduler, panels.curves, docks["curves"], memory, player, presenters),
        CURVES_MODULES,
    )
    pages = InspectorPages(
        PageContext(session, scheduler, slow_motion, panels.inspector, circuits.open_circuit), deferred
    )
    why = WhyPresenter(
        session, scheduler, panels.inspector, partial(_raise, docks["inspector"]),
        lambda: pages.tensors().cell, lambda cell: pages.tensors().show_cell(cell), panels.card.show_step,
    )  # fmt: skip
    regions = (panels.transport, docks["setup"], docks[LESSON], panels.center,
               docks["inspector"], docks["output"], docks["curves"], docks["flow"])  # fmt: skip
    deferred.add("tab_order", TabOrder(window, session, regions).arrange)
    deferred.add("layout_memory", layout_memory.watch)
    deferred.add("lessons", lessons.read_shipped)

    pictures = PictureMenu(panels.center, docks.values(), notices, window)
    exports = ExportMenu(session, notices, make_stage, window)
    sharing.fill_menu([[actions["export"], pictures.menu.menuAction(), exports.menu.menuAction()]])
    submenus: Mapping[str, list[QMenu]] = {
        "open": [RecentMenu(files.recent, files.open_path, window), ExamplesMenu(files.begin, window)],
        "export": [pictures.menu, exports.menu],
        "new_sample": [BranchMenu(session, window)],
    }
    menus = fill_menu_bar(window.menuBar(), actions, submenus, session.undo_stack, docks.values())
    learn_menu = LearnMenu(menus["&Learn"], lessons, actions)
    panels.transport.learn_clicked.connect(lambda: learn_menu.open_at(panels.transport.learn))
    session.display_changed.connect(lambda display: actions["values"].setChecked(display.values))
    actions["values"].setChecked(session.display.values)
    curtain = Curtain(window)
    appearance = Appearance(settings, actions["theme"], curtain)
    lecture = LectureMode(window, actions["lecture"], appearance, sizes, layout_memory, curtain)
    commands = Commands(
        session, slow_motion, pages.circuit_tab, files, sharing, own_points, stops, circuits, appearance, lecture,
        layout, controls, prediction, why, lessons, guide, Help(action_table.keys_by_menu(), window), window.close,
    )  # fmt: skip
    action_table.connect(actions, commands)
    UndoKeys(window)
    _connect_buttons(panels, actions)
    slow_motion.metronome.beat.connect(commands.go_on)
    parts = Parts(
        session, panels, actions, docks, sizes, layout, layout_memory, deferred, notices, slow_motion, scheduler,
        stops, hand_edits, presenters, files, sharing, own_points, recovery, views, paint, circuits, pages, pictures,
        exports, ring, lessons, guide, commands,
    )  # fmt: skip
    window.take(parts, restores=restores)
    if settings.problem:
        notices.show("Settings", f"{settings.problem}.")
    return parts


def new_window(session: Session, settings: Settings, *, restores: bool = True) -> MainWindow:
    """Return a window of `session`, complete but not shown."""
    window = MainWindow(settings)
    build(window, session, settings, restores=restores)
    return window


def shown_offscreen(session: Session, size: tuple[int, int]) -> MainWindow:
    """Return the window laid out at `size` as the user sees it, curves included, but not on the screen."""
    window = new_window(session, Settings(), restores=False)
    _lay_out_unseen(window, size)
    window.parts.deferred.need("curves")
    window.parts.layout.arrange_at(*size)
    QApplication.processEvents()
    return window


def _lay_out_unseen(window: MainWindow, size: tuple[int, int]) -> None:
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(*size)
    window.show()


def make_stage(session: Session, size: tuple[int, int]) -> Generator[None, None, Stage]:
    """Make a window that is not on the screen, for an animation of `session`, step by step."""
    settings = Settings()
    window = MainWindow(settings)
    try:
        with tips.paused():
            parts = yield from _building(window, session, settings, restores=False)
        parts.deferred.make_only_what_is_needed()
        window.setUpdatesEnabled(False)
        yield
        _lay_out_unseen(window, size)
        yield
        parts.layout.arrange_at(*size)
        yield
        window.setUpdatesEnabled(True)
        QApplication.processEvents()
        window.setUpdatesEnabled(False)  # from now on only its pictures are drawn, of two of its parts
        return Stage(window, parts.panels.network.canvas, parts.panels.output.plane)
    except GeneratorExit:
        let_go(window)
        raise


def _make_presenters(session: Session, scheduler: Scheduler, slow_motion: SlowMotion, panels: Panels) -> list[object]:
    health = HealthWatch(session, scheduler, (panels.network, panels.flow))
    return [
        DataPresenter(session, scheduler, panels.gallery),
        TrainingPresenter(session, scheduler, panels.training),
        NetworkPresenter(session, scheduler, slow_motion, panels.network, panels.phases, health),
        SlowMotionPresenter(session, scheduler, slow_motion, panels.phases, panels.phase_text, panels.transport),
        LayersPresenter(session, scheduler, panels.network),
        InspectorPresenter(session, scheduler, slow_motion, panels.inspector, panels.card),
        LinearPresenter(session, scheduler, panels.center, panels.linear_line),
        OutputPresenter(session, scheduler, panels.output),
        OutputMarksPresenter(session, scheduler, panels.output, panels.overlays, panels.network),
        FlowPresenter(session, scheduler, slow_motion, panels.flow, health),
        WarningsPresenter(session, panels.network, panels.flow),
        TransportPresenter(session, scheduler, panels.transport, panels.status, panels.notice),
    ]


def _raise(dock: PanelDock) -> None:
    dock.show()
    dock.raise_()


def _connect_buttons(panels: Panels, actions: Mapping[str, QAction]) -> None:
    """Let buttons trigger the actions of the same meaning."""
    transport = panels.transport
    for signal, key in (
        (transport.reset_clicked, "reset"),
        (transport.back_clicked, "back"),
        (transport.step_clicked, "step"),
        (transport.epoch_clicked, "epoch"),
        (transport.theme_clicked, "theme"),
        (transport.circuits_clicked, "circuits"),
        (panels.training.new_weights_clicked, "new_weights"),
        (panels.card.predict_clicked, "predict"),
        (panels.gallery.new_sample_clicked, "new_sample"),
    ):
        signal.connect(actions[key].trigger)
    transport.play_toggled.connect(lambda _on: actions["play"].trigger())


def _make_desk(panels: Panels, sizes: DockSizes, hides: tuple[QWidget, ...], parent: QWidget) -> CircuitDesk:
    from playground.app.views.lessons.circuit_desk import CircuitDesk  # here: a start without circuits loads none

    desk = CircuitDesk(panels.circuit_place, hides, parent)
    desk.open_changed.connect(panels.transport.set_still)
    desk.open_changed.connect(sizes.put_aside)
    desk.open_changed.connect(lambda is_open: panels.status.set_hint(hint(is_circuit=is_open)))
    return desk
