"""Expose the gates of a painted circuit to screen readers.

Each gate gets a tiny QObject of its own, made when it is first asked for: Qt's cache owns an accessible
interface until its object dies, so interfaces without an object would be freed twice. Methods that may
find nothing return Any, because Qt takes None there and the stubs of PySide6 do not say so.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QPoint, QPointF, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QColor
from PySide6.QtWidgets import QAccessibleWidget

if TYPE_CHECKING:
    from widgets.circuit_graph.canvas import CircuitCanvas

_factories: list[object] = []
_kept: dict[int, QAccessibleInterface] = {}
_gates: dict[int, dict[int, GateObject]] = {}


class GateObject(QObject):
    """The object behind the accessible interface of one gate."""

    def __init__(self, graph: CircuitCanvas, gate: int) -> None:
        super().__init__(graph)
        self.gate = gate

    @property
    def graph(self) -> CircuitCanvas:
        """The circuit; asked of Qt, because a reference would keep it alive."""
        return cast("CircuitCanvas", self.parent())


class GateInterface(QAccessibleInterface):
    """One gate: its sentence, its place, whether it has the keyboard focus."""

    def __init__(self, target: GateObject) -> None:
        super().__init__()
        self._target = target

    def isValid(self) -> bool:
        """Return whether the gate is still drawn."""
        return self._target.gate in self._target.graph.geometry_shown.index

    def object(self) -> QObject:
        """Return the gate's object."""
        return self._target

    def window(self) -> Any:
        """Return the native window."""
        return self._target.graph.window().windowHandle()

    def parent(self) -> Any:
        """Return the circuit's interface."""
        return QAccessible.queryAccessibleInterface(self._target.graph)

    def child(self, index: int) -> Any:
        """Gates have no children."""
        return None

    def childAt(self, x: int, y: int) -> Any:
        """Gates have no children."""
        return None

    def childCount(self) -> int:
        """Gates have no children."""
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Gates have no children."""
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        """Return the sentence to read aloud."""
        if kind != QAccessible.Text.Name or not self.isValid():
            return ""
        return self._target.graph.gate_text(self._target.gate)

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Gates cannot be renamed."""

    def rect(self) -> QRect:
        """Return the gate's place on the screen."""
        if not self.isValid():
            return QRect()
        graph = self._target.graph
        place = graph.gate_rect(self._target.gate).toRect()
        return place.translated(graph.mapToGlobal(QPoint(0, 0)))

    def role(self) -> QAccessible.Role:
        """Return that a gate can be pressed."""
        return QAccessible.Role.Button

    def state(self) -> QAccessible.State:
        """Return whether the gate has the keyboard focus."""
        state = QAccessible.State()
        if self.isValid():
            state.focusable = True
            state.focused = self._target.graph.focused_gate == self._target.gate
        return state

    def foregroundColor(self) -> QColor:
        """Return no particular colour."""
        return QColor()

    def backgroundColor(self) -> QColor:
        """Return no particular colour."""
        return QColor()


class CircuitInterface(QAccessibleWidget):
    """The circuit: its children are its gates, in id order."""

    def __init__(self, graph: CircuitCanvas) -> None:
        super().__init__(graph, QAccessible.Role.Grouping, "Circuit")

    @property
    def _graph(self) -> CircuitCanvas:
        return cast("CircuitCanvas", self.object())

    def childCount(self) -> int:
        """Return the number of gates."""
        return len(self._graph.gate_ids())

    def child(self, index: int) -> Any:
        """Return the interface of gate number `index`."""
        gates = self._graph.gate_ids()
        if not 0 <= index < len(gates):
            return None
        return QAccessible.queryAccessibleInterface(gate_object(self._graph, gates[index]))

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the number of a gate's interface."""
        target = child.object()
        gates = self._graph.gate_ids()
        return gates.index(target.gate) if isinstance(target, GateObject) and target.gate in gates else -1

    def childAt(self, x: int, y: int) -> Any:
        """Return the gate under a point of the screen."""
        gate = self._graph.gate_at(QPointF(self._graph.mapFromGlobal(QPoint(x, y))))
        return None if gate is None else self.child(self._graph.gate_ids().index(gate))

    def focusChild(self) -> Any:
        """Return the gate that has the keyboard focus."""
        gate = self._graph.focused_gate
        return None if gate is None else self.child(self._graph.gate_ids().index(gate))


def gate_factory(_name: str, target: QObject) -> QAccessibleInterface | None:
    """Return the interface of a circuit or of one of its gates; None for everything else."""
    if isinstance(target, GateObject):
        return _keep(target, GateInterface(target))
    if hasattr(target, "gate_text"):
        return _keep(target, CircuitInterface(cast("CircuitCanvas", target)))
    return None


def install() -> None:
    """Register with Qt, once, how circuits are read aloud."""
    if not _factories:
        _factories.append(gate_factory)
        QAccessible.installFactory(gate_factory)


def gate_object(graph: CircuitCanvas, gate: int) -> GateObject:
    """Return the object of the gate with this id, made at the first call."""
    if id(graph) not in _gates:
        _gates[id(graph)] = {}
        graph.destroyed.connect(partial(_forget, _gates, id(graph)))
    made = _gates[id(graph)]
    if gate not in made:
        made[gate] = GateObject(graph, gate)
    return made[gate]


def report_focus(graph: CircuitCanvas, gate: int) -> None:
    """Report to a screen reader that `gate` has the keyboard focus."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(gate_object(graph, gate), QAccessible.Event.Focus))


def _keep(target: QObject, interface: QAccessibleInterface) -> QAccessibleInterface:
    """Hold the Python half of `interface` for as long as its object lives."""
    _kept[id(target)] = interface
    target.destroyed.connect(partial(_forget, _kept, id(target)))
    return interface


def _forget(kept: dict[int, Any], number: int, *_: object) -> None:
    kept.pop(number, None)
