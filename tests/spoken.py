"""What a screen reader meets in a widget, asked of Qt without a screen: everything below it, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QAbstractItemView, QWidget

Role, NAME = QAccessible.Role, QAccessible.Text.Name
CONTROLS = {
    Role.Button, Role.PushButton, Role.CheckBox, Role.RadioButton, Role.ComboBox, Role.Slider, Role.SpinBox,
    Role.EditableText, Role.PageTab, Role.MenuItem, Role.ButtonMenu, Role.ButtonDropDown, Role.Graphic, Role.Chart,
    Role.Tree, Role.Table, Role.List, Role.Link, Role.ProgressBar, Role.Dialog,
}  # fmt: skip
VAGUE = {Role.NoRole, Role.Client}
CELLS = {Role.TreeItem, Role.Cell, Role.ListItem, Role.ColumnHeader, Role.RowHeader}
"""What they are called is what they hold, which may be nothing."""


def everything(root: QWidget) -> Iterator[tuple[QAccessibleInterface, str]]:
    """Return `root` and all below it that is shown, each with the names of what it is in."""
    return _below(QAccessible.queryAccessibleInterface(root), "")


def _below(thing: QAccessibleInterface, path: str) -> Iterator[tuple[QAccessibleInterface, str]]:
    if not thing.isValid() or (path and thing.state().invisible):
        return
    yield thing, path
    inside = f"{path} / {thing.text(NAME) or thing.role().name}"
    for index in range(thing.childCount()):
        child = thing.child(index)
        if child is not None:
            yield from _below(child, inside)


def faults(root: QWidget) -> set[str]:
    """Return what is nameless, has no role or no value, below `root`."""
    return {f"{path} / {thing.role().name}: {wrong}" for thing, path in everything(root) if (wrong := _wrong(thing))}


def _wrong(thing: QAccessibleInterface) -> str:
    role, name, can_focus = thing.role(), thing.text(NAME).strip(), thing.state().focusable
    if role == Role.NoRole or (can_focus and role in VAGUE):
        return f"{name or type(thing.object()).__name__} has no role"
    if role in CELLS or _is_inside_a_list(thing):
        return ""
    if not name and (can_focus or role in CONTROLS):
        return f"{type(thing.object()).__name__} has no name"
    if role in (Role.Slider, Role.SpinBox, Role.ProgressBar) and thing.valueInterface() is None:
        return f"{name} has no value"
    return ""


def _is_inside_a_list(thing: QAccessibleInterface) -> bool:
    """Return whether a view of Qt made it for one of its rows."""
    parent = thing.parent()
    return thing.object() is None and parent is not None and isinstance(parent.object(), QAbstractItemView)


def actions(thing: QAccessibleInterface) -> list[str]:
    """Return what can be done to `thing`."""
    found = thing.actionInterface()
    return [] if found is None else list(found.actionNames())


def press(thing: QAccessibleInterface) -> None:
    """Do what a screen reader does for a press."""
    thing.actionInterface().doAction(QAccessibleActionInterface.pressAction())


def named(root: QWidget, begin: str) -> QAccessibleInterface:
    """Return the first thing below `root` whose name begins like that."""
    return next(thing for thing, _path in everything(root) if thing.text(NAME).startswith(begin))
