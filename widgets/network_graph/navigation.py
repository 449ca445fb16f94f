"""Keyboard navigation: from node to node, and along the edges into a node; and the keys that it takes for itself."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from widgets.network_graph.camera import STEP
from widgets.values import BIAS, LOSS, EdgeKey, NetworkDiagram, NodeKey

Direction = Literal["left", "right", "up", "down"]
DIRECTIONS: dict[int, Direction] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
TAB_REASONS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
MENU = Qt.Key.Key_M
WARNING = Qt.Key.Key_W
MOST_LISTED = 300
"""More edges than this are not listed one by one."""
_BESIDE_CONTROL = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def wants(event: QKeyEvent, *, navigating: bool) -> bool:
    """Return whether the graph takes `event`: Enter begins keyboard navigation; the other keys need it."""
    if event.modifiers() not in _PLAIN:
        return False
    if not navigating:
        return event.key() in ENTER
    return event.key() in (*DIRECTIONS, *ENTER, Qt.Key.Key_E, Qt.Key.Key_F2, MENU, WARNING, Qt.Key.Key_Escape)


def zoom_of(event: QKeyEvent) -> float | None:
    """Return by what factor Ctrl and plus or minus zoom, 0 for Ctrl+0, which shows all; None for another key."""
    if event.modifiers() & ~_BESIDE_CONTROL != Qt.KeyboardModifier.ControlModifier:
        return None
    return {Qt.Key.Key_Plus: STEP, Qt.Key.Key_Equal: STEP, Qt.Key.Key_Minus: 1.0 / STEP, Qt.Key.Key_0: 0.0}.get(
        Qt.Key(event.key())
    )


def start(diagram: NetworkDiagram) -> NodeKey:
    """Return where keyboard navigation begins: the first unit after the input."""
    return NodeKey(min(1, len(diagram.columns) - 1), 0)


def step(diagram: NetworkDiagram, key: NodeKey | EdgeKey, direction: Direction) -> NodeKey | EdgeKey:
    """Return what is next to `key`, be it a node or an edge."""
    return step_edge(diagram, key, direction) if isinstance(key, EdgeKey) else step_node(diagram, key, direction)


def step_node(diagram: NetworkDiagram, key: NodeKey, direction: Direction) -> NodeKey:
    """Return the node next to `key`: left and right cross layers, up and down stay in one."""
    last = len(diagram.columns) - 1
    if key == LOSS:
        return NodeKey(last, 0) if direction == "left" else LOSS
    units = len(diagram.columns[key.layer].labels)
    if direction in ("up", "down"):
        return NodeKey(key.layer, min(max(key.unit + (1 if direction == "down" else -1), 0), units - 1))
    layer = key.layer + (1 if direction == "right" else -1)
    if layer > last:
        return LOSS
    return key if layer < 0 else NodeKey(layer, _aligned(key.unit, units, len(diagram.columns[layer].labels)))


def across(diagram: NetworkDiagram, key: NodeKey | EdgeKey) -> NodeKey | EdgeKey:
    """Return the neuron that an edge leads into, or the first edge into a node or out of an input."""
    if isinstance(key, EdgeKey):
        return NodeKey(key.layer, key.target)
    if key == LOSS:
        return key
    return EdgeKey(1, key.unit, 0) if key.layer == 0 else EdgeKey(key.layer, 0, key.unit)


def edges_into(diagram: NetworkDiagram, key: NodeKey) -> list[EdgeKey]:
    """Return every edge into `key`, the bias of each piece last; none for inputs and the loss node."""
    if key.layer < 1:
        return []
    sources = [*range(len(diagram.columns[key.layer - 1].labels)), BIAS]
    pieces = range(diagram.columns[key.layer].pieces)
    return [EdgeKey(key.layer, source, key.unit, piece) for piece in pieces for source in sources]


def listed(diagram: NetworkDiagram, chosen: NodeKey | EdgeKey | None) -> list[NodeKey | EdgeKey]:
    """Return every node and edge in reading order; of very many edges only those into `chosen`."""
    nodes = [NodeKey(layer, unit) for layer, column in enumerate(diagram.columns) for unit in range(len(column.labels))]
    sizes = [len(column.labels) for column in diagram.columns]
    many = sum((before + 1) * after for before, after in pairwise(sizes)) > MOST_LISTED
    ends = [node for node in nodes if not many or node == chosen]
    return [*nodes, *(edge for node in ends for edge in edges_into(diagram, node)), LOSS]


def edges_out_of(diagram: NetworkDiagram, key: NodeKey) -> list[EdgeKey]:
    """Return every edge that leaves `key`."""
    if key == LOSS or key.layer >= len(diagram.columns) - 1:
        return []
    after = diagram.columns[key.layer + 1]
    return [
        EdgeKey(key.layer + 1, key.unit, target, piece)
        for target in range(len(after.labels))
        for piece in range(after.pieces)
    ]


def edges_of(diagram: NetworkDiagram, keys: Iterable[NodeKey | EdgeKey]) -> list[EdgeKey]:
    """Return the edges among `keys`, and those into and out of the nodes among them."""
    found: dict[EdgeKey, None] = {}
    for key in keys:
        own = [key] if isinstance(key, EdgeKey) else edges_into(diagram, key) + edges_out_of(diagram, key)
        found.update(dict.fromkeys(own))
    return list(found)


def step_edge(diagram: NetworkDiagram, key: EdgeKey, direction: Direction) -> NodeKey | EdgeKey:
    """Return what is next to edge `key`: its ends to the left and right, the unit's other edges up and down."""
    target = NodeKey(key.layer, key.target)
    if direction == "right" or (direction == "left" and key.source == BIAS):
        return target
    if direction == "left":
        return NodeKey(key.layer - 1, key.source)
    siblings = edges_into(diagram, target)
    index = siblings.index(key) + (1 if direction == "down" else -1)
    return siblings[min(max(index, 0), len(siblings) - 1)]


def exists(diagram: NetworkDiagram, key: NodeKey | EdgeKey) -> bool:
    """Return whether `diagram` has the node or edge `key`."""
    if isinstance(key, EdgeKey):
        target = NodeKey(key.layer, key.target)
        return exists(diagram, target) and key in edges_into(diagram, target)
    if key == LOSS:
        return True
    return 0 <= key.layer < len(diagram.columns) and 0 <= key.unit < len(diagram.columns[key.layer].labels)


def _aligned(unit: int, units: int, others: int) -> int:
    return round(unit * (others - 1) / (units - 1)) if units > 1 else (others - 1) // 2
