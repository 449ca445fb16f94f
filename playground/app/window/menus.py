"""The menu bar: the actions in the order of their table, with submenus between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMenu, QMenuBar

from playground.app.window.actions import ACTIONS
from widgets.frame.panel_dock import PanelDock

MENUS = ("&File", "&Edit", "&Train", "&View", "&Learn", "&Help")


def fill_menu_bar(
    bar: QMenuBar, actions: Mapping[str, QAction], submenus: Mapping[str, Iterable[QMenu]],
    undo_stack: QUndoStack, docks: Iterable[PanelDock],
) -> dict[str, QMenu]:  # fmt: skip
    """Fill `bar`; `submenus` are given by the action that they follow. Return the menus by their titles."""
    menus: dict[str, QMenu] = {}
    for title in MENUS:
        menus[title] = bar.addMenu(title)
        menus[title].setObjectName(f"menu_{title[1:].lower()}")
        menus[title].setToolTipsVisible(True)
    undo = undo_stack.createUndoAction(bar, "&Undo")
    redo = undo_stack.createRedoAction(bar, "&Redo")
    undo.setShortcuts([QKeySequence("Ctrl+Z")])
    redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
    menus["&Edit"].addActions([undo, redo])
    for spec in ACTIONS:
        if not spec.menu:
            continue
        if spec.begins_group:
            menus[spec.menu].addSeparator()
        menus[spec.menu].addAction(actions[spec.key])
        for submenu in submenus.get(spec.key, ()):
            menus[spec.menu].addMenu(submenu)
    menus["&View"].addSeparator()
    menus["&View"].addActions([dock.toggleViewAction() for dock in docks])
    return menus
