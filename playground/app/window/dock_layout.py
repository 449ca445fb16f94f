"""Where the panels stand: data and training left, network and inspector middle, output right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QStatusBar, QTabBar, QTabWidget, QToolBar, QVBoxLayout, QWidget

from playground.app.export import pictures
from playground.app.export.export_menu import ExportMenu
from playground.app.window.actions import ACTIONS
from playground.app.window.branch_menu import BranchMenu
from playground.app.window.dock_sizes import DockSizes
from playground.app.window.view_docks import ViewDocks
from widgets.frame.panel_dock import PanelDock

if TYPE_CHECKING:
    from playground.app.window.main_window import MainWindow

_LEFT, _RIGHT, _BOTTOM = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)
MARGIN = 8


def place(window: MainWindow) -> None:
    """Put every panel of `window` in its place and fill the menus."""
    panels = window.panels
    bar = QToolBar("Transport", window)
    bar.setObjectName("transport")
    bar.setMovable(False)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    bar.addWidget(panels.transport)
    window.addToolBar(bar)
    window.setStatusBar(_status_bar(panels.status))

    docks = {
        "setup": PanelDock(
            "setup", "Data and training", panels.setup, grip=True, inset=2,
            summary="which points there are, how many are for training, and how the network is trained on them",
        ),
        "inspector": PanelDock(
            "inspector", "Inspector", panels.inspector, grip=True,
            summary="one neuron, input or loss at one example: its gradients, gates, tensors and Jacobian",
        ),
        "output": PanelDock(
            "output", "Output", panels.output,
            summary="what the network says at each place of the plane, with the data; the cross is the probe",
        ),
        "curves": PanelDock(
            "curves", "Loss", panels.curves,
            summary="loss, its parts, accuracy and learning rate over the iterations; drag the line to go back in time",
        ),
        "flow": PanelDock(
            "flow", "Gradient flow", panels.flow,
            summary="how large the gradient of each layer is now, and how far an update moves its weights",
        ),
    }  # fmt: skip
    docks["output"].add_control(panels.output.tools)
    docks["output"].add_control(panels.overlays)
    docks["output"].heading.slot.setSpacing(8)
    for dock in docks.values():
        dock.visibilityChanged.connect(lambda seen: window.session.request_refresh() if seen else None)
    window.docks = docks
    window.views = ViewDocks(window)
    window.setDockNestingEnabled(True)
    window.setCorner(Qt.Corner.BottomLeftCorner, _LEFT)
    window.setCorner(Qt.Corner.BottomRightCorner, _RIGHT)
    window.setContentsMargins(MARGIN, 0, MARGIN, 0)
    window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
    window.setCentralWidget(_with_margin(panels.center))
    _fill_menus(window)
    window.shares = DockSizes(window)
    arrange(window)


def arrange(window: MainWindow) -> None:
    """Put the docks in their first places and sizes."""
    docks = window.docks
    for dock in (*docks.values(), *window.views.docks.values()):
        if dock.isFloating():
            dock.setFloating(False)
        window.removeDockWidget(dock)
    _hide_tabs(window)
    window.addDockWidget(_LEFT, docks["setup"])
    window.addDockWidget(_BOTTOM, docks["inspector"])
    window.addDockWidget(_RIGHT, docks["output"])
    window.splitDockWidget(docks["output"], docks["curves"], Qt.Orientation.Vertical)
    if window.shares.is_low:
        window.tabifyDockWidget(docks["curves"], docks["flow"])
    else:
        window.splitDockWidget(docks["curves"], docks["flow"], Qt.Orientation.Vertical)
    for dock in docks.values():
        dock.show()
    window.views.put_away()
    docks["curves"].raise_()
    window.shares.give()


def _hide_tabs(window: MainWindow) -> None:
    """Hide every dock tab bar: Qt shows the ones it uses, and leaves those of earlier arrangements in a corner."""
    for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
        bar.hide()


def _with_margin(center: QWidget) -> QWidget:
    frame = QWidget()
    box = QVBoxLayout(frame)
    box.setContentsMargins(0, 8, 0, 0)
    box.addWidget(center)
    return frame


def _status_bar(status: QWidget) -> QStatusBar:
    bar = QStatusBar()
    bar.setSizeGripEnabled(False)
    bar.setContentsMargins(0, 0, 0, 0)
    bar.addWidget(status, 1)
    return bar


def _fill_menus(window: MainWindow) -> None:
    menus: dict[str, QMenu] = {}
    bar = window.menuBar()
    for title in ("&File", "&Edit", "&Train", "&View", "&Help"):
        menus[title] = bar.addMenu(title)
        menus[title].setObjectName(f"menu_{title[1:].lower()}")
    undo = window.session.undo_stack.createUndoAction(window, "&Undo")
    redo = window.session.undo_stack.createRedoAction(window, "&Redo")
    undo.setShortcuts([QKeySequence("Ctrl+Z")])
    redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
    menus["&Edit"].addActions([undo, redo])
    for spec in ACTIONS:
        if spec.menu.startswith("-"):
            menus[spec.menu[1:]].addSeparator()
        if spec.menu:
            menus[spec.menu.removeprefix("-")].addAction(window.actions_by_key[spec.key])
    menus["&File"].addMenu(pictures.menu(window))
    menus["&File"].addMenu(ExportMenu(window).menu)
    menus["&Train"].addMenu(BranchMenu(window.session, window))
    menus["&View"].addSeparator()
    for dock in (*window.docks.values(), *window.views.docks.values()):
        menus["&View"].addAction(dock.toggleViewAction())
    for menu in menus.values():
        menu.menuAction().setVisible(bool(menu.actions()))
        menu.setToolTipsVisible(True)
