"""The network for a screen reader: neurons, the edges into the selected one, and the loss node.

Qt's cache of interfaces holds bare pointers and deletes what was registered with it. So every interface
is registered when it is made, kept here for as long as its canvas lives, and handed back to the cache
to delete when the canvas goes; what a diagram no longer has merely turns invalid.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Protocol, cast

from PySide6.QtCore import QObject, QPoint, QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import isValid

from widgets.network_graph import navigation
from widgets.network_graph.scene import GraphScene, Key
from widgets.values import BIAS, LOSS, EdgeKey, NodeKey

_EDGE_REACH = 6
_kept: dict[int, tuple[CanvasInterface, dict[Key, ItemInterface], list[int]]] = {}
_outlived: list[QAccessibleInterface] = []
_installed: list[object] = []


class SpokenGraph(Protocol):
    """What a screen reader asks of a drawn network, which is a QWidget."""

    scene: GraphScene
    destroyed: Any

    @property
    def focused(self) -> Key | None:
        """The node or edge that has the keyboard focus."""

    @property
    def selected(self) -> Key | None:
        """The node or edge that is selected."""

    def name_of(self, key: Key) -> str:
        """Return the name of `key` with its number."""

    def tooltip(self, key: Key) -> str:
        """Return the description of `key`."""

    def accessibleName(self) -> str:  # noqa: N802 (Qt's own)
        """Return the name of the whole."""

    def hasFocus(self) -> bool:  # noqa: N802 (Qt's own)
        """Return whether keys arrive here."""

    def mapToGlobal(self, at: QPoint, /) -> QPoint:  # noqa: N802 (Qt's own)
        """Return a point on the screen."""

    def mapFromGlobal(self, at: QPoint, /) -> QPoint:  # noqa: N802 (Qt's own)
        """Return a point of the screen in the widget."""


class CanvasInterface(QAccessibleWidget):
    """The canvas: a graphic whose children are its nodes and the edges into the selected neuron."""

    def __init__(self, canvas: SpokenGraph) -> None:
        super().__init__(cast("QWidget", canvas), QAccessible.Role.Graphic, canvas.accessibleName())
        self._canvas = canvas

    def childCount(self) -> int:
        """Return how many items there are."""
        return len(items(self._canvas)) if isValid(self._canvas) else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the item at `index`."""
        keys = items(self._canvas)
        return item(self._canvas, keys[index]) if 0 <= index < len(keys) else None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the item at a point of the screen."""
        key = self._canvas.scene.at(self._canvas.mapFromGlobal(QPoint(x, y)).toPointF())
        return None if key is None or key not in items(self._canvas) else item(self._canvas, key)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return where `child` stands among the items, −1 when it does not."""
        keys = items(self._canvas)
        return keys.index(child.key) if isinstance(child, ItemInterface) and child.key in keys else -1

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the item that has the keyboard focus."""
        key = self._canvas.focused
        return item(self._canvas, key) if key is not None and self._canvas.hasFocus() else None


class ItemInterface(QAccessibleInterface):
    """One node or edge: its name with the live number, its place on the screen, whether it has the focus."""

    def __init__(self, canvas: SpokenGraph, key: Key) -> None:
        super().__init__()
        self._canvas = canvas
        self.key = key

    def isValid(self) -> bool:
        """Return whether the canvas is alive and its diagram still has this item."""
        return isValid(self._canvas) and navigation.exists(self._canvas.scene.diagram, self.key)

    def object(self) -> QObject | None:  # type: ignore[override]
        """Return None: an item is not a widget."""
        return None

    def parent(self) -> QAccessibleInterface:
        """Return the canvas."""
        return QAccessible.queryAccessibleInterface(cast("QWidget", self._canvas))

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
        """Say that nodes and edges can be picked like buttons."""
        return QAccessible.Role.Button

    def text(self, kind: QAccessible.Text) -> str:
        """Return the name with the live number, or the formula as the description."""
        if not self.isValid():
            return ""
        if kind == QAccessible.Text.Name:
            return self._canvas.name_of(self.key)
        if kind in (QAccessible.Text.Description, QAccessible.Text.Help):
            return self._canvas.tooltip(self.key)
        return ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Ignore: names follow the network."""

    def rect(self) -> QRect:
        """Return where the item is on the screen; empty where its column is scrolled away from it."""
        if not self.isValid():
            return QRect()
        local = _place(self._canvas, self.key)
        return QRect(self._canvas.mapToGlobal(local.topLeft()), local.size()) if local.isValid() else local

    def state(self) -> QAccessible.State:
        """Say that it can be focused and selected, and whether it is."""
        state = QAccessible.State()
        if not self.isValid():
            state.invalid = True
            return state
        state.focusable = state.selectable = True
        state.focused = self._canvas.focused == self.key and self._canvas.hasFocus()
        state.selected = self._canvas.selected == self.key
        state.offscreen = not self.rect().isValid()
        return state


def install() -> None:
    """Register with Qt, once, how a drawn network is described."""
    if not _installed:
        _installed.append(_factory)
        QAccessible.installFactory(_factory)


def items(canvas: SpokenGraph) -> list[Key]:
    """Return what a reader meets: every node in order, the edges into the selected neuron, the loss node."""
    diagram = canvas.scene.diagram
    nodes: list[Key] = [
        NodeKey(layer, unit) for layer, column in enumerate(diagram.columns) for unit in range(len(column.labels))
    ]
    chosen = canvas.focused if canvas.focused is not None else canvas.selected
    if isinstance(chosen, EdgeKey):
        chosen = NodeKey(chosen.layer, chosen.target)
    return [*nodes, *(navigation.edges_into(diagram, chosen) if chosen is not None else ()), LOSS]


def item(canvas: SpokenGraph, key: Key) -> ItemInterface:
    """Return the interface of `key`, made and registered at the first call."""
    _, made, ids = _keep(canvas)
    if key not in made:
        made[key] = ItemInterface(canvas, key)
        ids.append(QAccessible.registerAccessibleInterface(made[key]))
    return made[key]


def report_focus(canvas: SpokenGraph, key: Key) -> None:
    """Report to a screen reader that `key` has the keyboard focus."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(item(canvas, key), QAccessible.Event.Focus))


def _factory(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    is_graph = isinstance(thing, QWidget) and isinstance(getattr(thing, "scene", None), GraphScene)
    return _keep(cast("SpokenGraph", thing))[0] if is_graph else None


def _keep(canvas: SpokenGraph) -> tuple[CanvasInterface, dict[Key, ItemInterface], list[int]]:
    if id(canvas) not in _kept:
        _kept[id(canvas)] = (CanvasInterface(canvas), {}, [])
        canvas.destroyed.connect(partial(_release, id(canvas)))
    return _kept[id(canvas)]


def _release(number: int, *_: object) -> None:
    # The cache deletes what was registered; the Python halves may only be dropped after that.
    if number not in _kept:
        return
    _outlived[:] = [thing for thing in _outlived if isValid(thing)]
    of_canvas, made, ids = _kept.pop(number)
    for one in ids:
        QAccessible.deleteAccessibleInterface(one)
    _outlived.extend(thing for thing in (of_canvas, *made.values()) if isValid(thing))


def _place(canvas: SpokenGraph, key: Key) -> QRect:
    layout = canvas.scene.layout
    if isinstance(key, NodeKey):
        return layout.tile(key).toAlignedRect() if layout.is_shown(key) else QRect()
    ends = [NodeKey(key.layer, key.target)] + ([] if key.source == BIAS else [NodeKey(key.layer - 1, key.source)])
    if not all(layout.is_shown(end) for end in ends):
        return QRect()
    spot = canvas.scene.spot(key)
    return QRectF(spot.x() - _EDGE_REACH, spot.y() - _EDGE_REACH, 2 * _EDGE_REACH, 2 * _EDGE_REACH).toAlignedRect()
