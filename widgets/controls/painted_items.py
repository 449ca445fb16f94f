"""What a widget paints by itself, as accessible children: nodes of a graph, gates of a circuit, cells of a grid.

What a widget no longer draws turns invalid; it goes with the widget.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QPoint, QPointF, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import VoidPtr, isValid

from widgets.controls import described
from widgets.controls.described import Described, PressAction

Key = TypeVar("Key", bound=Hashable)


class PaintedItems(Described, Generic[Key]):
    """To put before the Qt class: the items that it draws, by their keys."""

    def description(self) -> QAccessibleInterface:
        """Return a graphic whose children are the items."""
        return WidgetInterface(self)

    @property
    def focused(self) -> Key | None:
        """The item that the keyboard is at."""
        raise NotImplementedError

    @property
    def selected(self) -> Key | None:
        """The item that is selected."""
        return None

    def items(self) -> Sequence[Key]:
        """Return what a screen reader meets, in reading order."""
        raise NotImplementedError

    def item_at(self, point: QPointF) -> Key | None:
        """Return the item at a point of the widget."""
        raise NotImplementedError

    def has_item(self, key: Key) -> bool:
        """Return whether the item is still drawn."""
        return key in self.items()

    def place_of(self, key: Key) -> QRect:
        """Return where an item is in the widget; invalid where it is out of sight."""
        raise NotImplementedError

    def name_of(self, key: Key) -> str:
        """Return an item in words, with its number."""
        raise NotImplementedError

    def tooltip(self, key: Key) -> str:
        """Return the description of an item."""
        return ""

    def press(self, key: Key) -> None:
        """Do what a click on an item does."""
        raise NotImplementedError

    def report_focus(self, key: Key) -> None:
        """Report to a screen reader that the keyboard is at `key`."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(item(self, key), QAccessible.Event.Focus))

    def report_selection(self, before: Key | None, now: Key | None) -> None:
        """Report to a screen reader, which keeps what it has read, that another item is selected."""
        if before == now or not QAccessible.isActive():
            return
        for key, happened in ((before, QAccessible.Event.SelectionRemove), (now, QAccessible.Event.SelectionAdd)):
            if key is not None and self.has_item(key):
                QAccessible.updateAccessibility(QAccessibleEvent(item(self, key), happened))


class WidgetInterface(QAccessibleWidget):
    """The widget: a graphic whose children are its items."""

    def __init__(self, widget: PaintedItems[Any]) -> None:
        super().__init__(widget, QAccessible.Role.Graphic, widget.accessibleName())
        self._widget = widget

    def childCount(self) -> int:
        """Return how many items there are."""
        return len(self._widget.items()) if isValid(self._widget) else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the item at `index`."""
        keys = self._widget.items()
        return item(self._widget, keys[index]) if 0 <= index < len(keys) else None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the item at a point of the screen."""
        key = self._widget.item_at(self._widget.mapFromGlobal(QPoint(x, y)).toPointF())
        return None if key is None or key not in self._widget.items() else item(self._widget, key)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return where `child` stands among the items, −1 when it does not."""
        keys = self._widget.items()
        return keys.index(child.key) if isinstance(child, ItemInterface) and child.key in keys else -1

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the item that the keyboard is at."""
        key = self._widget.focused
        return item(self._widget, key) if key is not None and self._widget.hasFocus() else None


class ItemInterface(QAccessibleInterface):
    """One item: its name with the live number, its place on the screen, whether the keyboard is at it."""

    def __init__(self, widget: PaintedItems[Any], key: Any) -> None:
        super().__init__()
        self._widget = widget
        self.key = key
        self._action = PressAction(lambda: widget.press(key), self._can_be_pressed)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> VoidPtr:  # type: ignore[override]
        """Return what can be done to it."""
        can_act = kind == QAccessible.InterfaceType.ActionInterface
        return described.address(self._action) if can_act else described.NOTHING

    def isValid(self) -> bool:
        """Return whether the widget is alive and still draws this item."""
        return isValid(self._widget) and self._widget.has_item(self.key)

    def object(self) -> QObject | None:  # type: ignore[override]
        """Return None: an item is not a widget."""
        return None

    def parent(self) -> QAccessibleInterface:
        """Return the interface of the widget."""
        return QAccessible.queryAccessibleInterface(self._widget)

    def childCount(self) -> int:
        """Return 0."""
        return 0

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return None."""
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return None."""
        return None

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """Return −1."""
        return -1

    def role(self) -> QAccessible.Role:
        """Say that items can be picked like buttons."""
        return QAccessible.Role.Button

    def text(self, kind: QAccessible.Text) -> str:
        """Return the name with the live number, or the description."""
        if not self.isValid():
            return ""
        if kind == QAccessible.Text.Name:
            return self._widget.name_of(self.key)
        is_about_it = kind in (QAccessible.Text.Description, QAccessible.Text.Help)
        return self._widget.tooltip(self.key) if is_about_it else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Ignore: names follow what is drawn."""

    def rect(self) -> QRect:
        """Return where the item is on the screen; invalid where it is out of sight."""
        local = self._widget.place_of(self.key) if self.isValid() else QRect()
        return QRect(self._widget.mapToGlobal(local.topLeft()), local.size()) if local.isValid() else QRect()

    def state(self) -> QAccessible.State:
        """Say that it can be focused and selected, and whether it is."""
        state = QAccessible.State()
        if not self.isValid():
            state.invalid = True
            return state
        state.focusable = state.selectable = True
        state.focused = self._widget.focused == self.key and self._widget.hasFocus()
        state.selected = self._widget.selected == self.key
        state.offscreen = not self.rect().isValid()
        state.invisible = not self._widget.isVisible()
        return state

    def _can_be_pressed(self) -> bool:
        return self.isValid() and self._widget.isEnabled()


def item(widget: PaintedItems[Key], key: Key) -> QAccessibleInterface:
    """Return the interface of `key`, the same for as long as `widget` lives."""
    return described.part(widget, key, lambda: ItemInterface(widget, key))
