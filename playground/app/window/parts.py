"""Parts: everything in one window, by name. Construction fills it; no part is handed it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QAction

from playground.app.export.export_menu import ExportMenu
from playground.app.export.picture_menu import PictureMenu
from playground.app.files.document_files import Files
from playground.app.files.own_points import OwnPoints
from playground.app.files.recovery import Recovery
from playground.app.files.sharing import Sharing
from playground.app.notices import Notices
from playground.app.views.guide.presenter import GuidePresenter
from playground.app.views.hand_edits.presenter import HandEditsPresenter
from playground.app.views.scheduling import Scheduler
from playground.app.views.stop.presenter import StopPresenter
from playground.app.window.circuits_opener import CircuitsOpener
from playground.app.window.commands import Commands
from playground.app.window.deferred import DeferredLoading
from playground.app.window.dock_layout import DockLayout
from playground.app.window.dock_sizes import DockSizes
from playground.app.window.inspector_pages import InspectorPages
from playground.app.window.layout_memory import LayoutMemory
from playground.app.window.lessons_opener import LessonsOpener
from playground.app.window.paint_switch import PaintSwitch
from playground.app.window.panels import Panels
from playground.app.window.view_docks import ViewDocks
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.frame.panel_dock import PanelDock
from widgets.lessons.ring import Ring


@dataclass(slots=True, eq=False, repr=False)
class Parts:
    """The parts of one window."""

    session: Session
    panels: Panels  # every widget that is there from the start
    actions: dict[str, QAction]
    # Every dock by its key: those of the first layout, and those of ``VIEWS``, hidden at first.
    docks: dict[str, PanelDock]
    sizes: DockSizes
    layout: DockLayout
    memory: LayoutMemory
    deferred: DeferredLoading
    notices: Notices
    slow_motion: SlowMotion
    scheduler: Scheduler
    stops: StopPresenter
    hand_edits: HandEditsPresenter
    presenters: list[object]  # connect widgets and session; presenters that are made later are added
    files: Files
    sharing: Sharing
    own_points: OwnPoints
    recovery: Recovery
    views: ViewDocks
    paint: PaintSwitch
    circuits: CircuitsOpener
    pages: InspectorPages
    pictures: PictureMenu
    exports: ExportMenu
    ring: Ring  # points at what a lesson or the tour means
    lessons: LessonsOpener
    guide: GuidePresenter
    commands: Commands
