"""Stage: carries out the actions of a lesson with the window's own commands, so that each can be undone."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from playground.app.views.lessons.targets import Targets
from playground.document.data_choice import with_new_sample
from playground.document.document import Edge, Node
from playground.document.quantity import Quantity
from playground.document.selection import Example, has_edge, has_example, has_node
from playground.document.words import document_of
from playground.engine.messages import message, plural
from playground.lessons.drills.drawing import Drawing
from playground.lessons.lesson import Action, Condition, Expression
from playground.lessons.playing import train_until
from playground.session.commands import Trained
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.frame.panel_dock import PanelDock
from widgets.lessons.ring import Ring

FIRST_LOOK, LOOKS = 5, 40
"""Iterations before the first look at the picture, and looks at a long stretch of training."""
LESSON = "lesson"
"""The dock in which lessons are read."""
Work = Generator[float, None, None]

if TYPE_CHECKING:
    from playground.app.views.lessons.circuit_desk import CircuitDesk


class Controls(Protocol):
    """What keeps controls out of sight."""

    keys: tuple[str, ...]  # of those that are

    def knows(self, key: str) -> bool:
        """Return whether it can hide the control `key`."""

    def hide(self, keys: Iterable[object]) -> None:
        """Hide the controls `keys`, and show all others."""


@dataclass(slots=True)
class LessonStage:
    """What the actions act on; what they hide and lock is shown and free again after ``clear``."""

    session: Session
    slow_motion: SlowMotion
    targets: Targets
    docks: Mapping[str, PanelDock]
    controls: Controls
    ring: Ring
    open_view: Callable[[str], object]
    make_desk: Callable[[], CircuitDesk]
    solved: Callable[[], object] = lambda: None  # called when an asked number was typed into the circuit
    _desk: CircuitDesk | None = None
    _hidden: set[str] = field(default_factory=set)
    _out_of_sight: list[QWidget] = field(default_factory=list)
    _locked: list[QWidget] = field(default_factory=list)

    @property
    def desk(self) -> CircuitDesk:
        """What shows circuits; made when it is first asked for."""
        if self._desk is None:
            self._desk = self.make_desk()
            self._desk.solved.connect(self.solved)
        return self._desk

    @property
    def open_desk(self) -> CircuitDesk | None:
        """What shows a circuit where the network was; None while the network is in sight."""
        return self._desk if self._desk is not None and self._desk.is_open else None

    def close_circuit(self) -> None:
        """Show the network again."""
        if self._desk is not None:
            self._desk.close()

    def show_task(self, drawing: Drawing | None, known: int) -> None:
        """Show the circuit of a task as far as it is known; without one, what was shown before the drill."""
        if drawing is not None:
            self.desk.show_task(drawing, known)
        elif self._desk is not None:
            self._desk.end_task()

    def end_asking(self) -> None:
        """Show every number of an open circuit, and what was shown before a drill."""
        if self._desk is not None:
            self._desk.end_task()
            self._desk.end_asking()

    def clear(self) -> None:
        """Point at nothing, and let go of what is locked; what is hidden comes back with the document."""
        self.ring.clear()
        self.slow_motion.cancel()
        self.close_circuit()
        self._unlock(self._locked)
        self._hidden.clear()
        for part in self._out_of_sight:
            if isValid(part):
                part.show()
        self._out_of_sight.clear()

    def carry_out(self, actions: tuple[Action, ...]) -> Work:
        """Do one action after another; yields how much is done.

        Raises
        ------
        ValueError
            When one cannot be done now: the network has no such node.
        """
        for done, action in enumerate(actions):
            for share in self._do(action):
                yield (done + share) / len(actions)

    def hide(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Keep views and controls out of sight; return the docks that were in sight."""
        docks = tuple(key for key in keys if key in self.docks and not self.docks[key].isHidden())
        for key in keys:
            if key in self.docks:
                self.docks[key].hide()
            elif self.controls.knows(key):
                self._hidden.add(key)
            else:
                for part in self.targets.controls(key):
                    part.hide()
                    self._out_of_sight.append(part)
        self.controls.hide((*self.controls.keys, *self._hidden))
        return docks

    # ---- inside --------------------------------------------------------------------------------

    def _do(self, action: Action) -> Work:
        session, arguments = self.session, action.arguments
        match action.verb:
            case "play" | "step" | "back" | "epoch":
                yield from self._train(action)
            case "reset":
                session.reset()
            case "new_weights":
                session.change(lambda d: replace(d, seed=d.seed + 1), "New weights")
            case "new_sample":
                session.change(with_new_sample(), "New sample")
            case "set":
                self._set(*arguments)
            case "select":
                self._select(*arguments)
            case "probe":
                self._select("probe", arguments[0])
            case "show":
                self._show(str(arguments[0]))
            case "hide":
                self.hide((str(arguments[0]),))
            case "lock":
                for part in self._parts(str(arguments[0])):
                    part.setEnabled(False)
                    self._locked.append(part)
            case "unlock":
                self._unlock(list(self._parts(str(arguments[0]))))
            case "ring":
                self.point_at(str(arguments[0]), str(arguments[1]))
            case "edges":
                session.set_display(edge_kind=arguments[0])
            case "neurons":
                session.set_display(neuron_kind=arguments[0])
            case "values":
                session.set_display(values=arguments[0])
            case "slow_motion":
                self._go_to_phase(*arguments)
            case "circuit":
                self._circuit(*arguments)
        yield 1.0

    def _train(self, action: Action) -> Work:
        """Train as one step that Undo takes back."""
        session, before = self.session, self.session.run.whole()
        if action.verb == "back":
            job = session.step_back(_count(action))
            if job is not None:
                job.finish()
        elif isinstance(action.arguments[0], Condition):
            yield from self._train_until(action.arguments[0])
        elif action.verb == "epoch":
            for done in range(_count(action)):
                session.step_epoch()
                yield done / _count(action)
        else:
            yield from self._train_for(_count(action))
        count = session.run.iteration - before.memory.state.iteration
        text = plural(count, "Train {count} iteration", "Train {count} iterations") if count > 0 else "Step back"
        session.undo_stack.do(Trained(session.live, before, text))

    def _train_for(self, count: int) -> Work:
        done = 0
        while done < count and not self.session.run.divergence:
            some = min(max(FIRST_LOOK, count // LOOKS), count - done)
            self.session.step(some)
            done += some
            yield done / count

    def _train_until(self, condition: Condition) -> Work:
        session = self.session
        session.pause()
        first, shown = session.run.iteration, 0
        for _ in train_until(session.run, condition):
            done = session.run.iteration - first
            if done - shown >= condition.most / LOOKS:
                shown = done
                session.step(0)  # shows where it is
            yield done / condition.most
        session.step(0)

    def _set(self, *arguments: object) -> None:
        word, value = str(arguments[0]), arguments[1]
        if word == "weight":
            edge = _place_of(str(value), self.session.document.depth)
            if not isinstance(edge, Edge) or not has_edge(self.session.run.network, edge):
                raise ValueError(message("This network has no edge {edge}.", edge=value))
            self.session.set_weight(edge, float(str(arguments[2])))
            return
        text = message("Set {word}", word=word.replace("_", " "))
        self.session.change(lambda document: document_of({word: value}, document), text)

    def _select(self, *arguments: object) -> None:
        session, kind = self.session, arguments[0]
        if kind == "nothing":
            session.select(node=None, edge=None)
        elif kind in ("example", "probe"):
            value = arguments[1]
            example = Example(value) if isinstance(value, int) else Example(None, tuple(value))  # type: ignore[arg-type]
            if not has_example(session.run.data, example):
                raise ValueError(message("These data have no example {index}.", index=value))
            session.select(example=example)
        else:
            item = self.item(str(arguments[1]))
            edge = item if isinstance(item, Edge) else None
            session.select(node=Node(edge.layer, edge.target) if edge else item, edge=edge)

    def item(self, name: str) -> Node | Edge:
        """Return the node or edge that is called `name`.

        Raises
        ------
        ValueError
            When the network has none.
        """
        network = self.session.run.network
        item = _place_of(name, network.depth)
        if not (has_edge(network, item) if isinstance(item, Edge) else has_node(network, item)):
            raise ValueError(message("This network has no {name}.", name=name))
        return item

    def _show(self, key: str) -> None:
        if key in self.docks:
            self.open_view(key)
        elif key in self.targets.inspector.keys:
            self.open_view("inspector")
            self.targets.inspector.show_page(key)
        elif self.controls.knows(key):
            self._hidden.discard(key)
            self.controls.hide(other for other in self.controls.keys if other != key)
        else:
            for part in self.targets.controls(key):
                part.show()

    def look_at(self, quantity: Quantity) -> None:
        """Select what `quantity` is about, so that the card asks for it."""
        item = self.item(quantity.at)
        edge = item if isinstance(item, Edge) else None
        selected = self.session.selection.example
        example = selected if quantity.example is None else Example(quantity.example)
        self.session.select(node=Node(edge.layer, edge.target) if edge else item, edge=edge, example=example)

    def point_at(self, kind: str, name: str) -> None:
        """Put the ring round a place, a node or an edge."""
        if kind == "place":
            self._bring_forward(name)
        target = self.targets.of_place(name) if kind == "place" else self.targets.of_item(self.item(name))
        if target is None:
            self.ring.clear()
        else:
            self.ring.point_at(*target)

    def _bring_forward(self, place: str) -> None:
        """Put the dock with `place` in front of the tabs beside it; the lesson is never covered."""
        parts = self._parts(place)
        for key, dock in self.docks.items():
            is_meant = key == place or any(dock.isAncestorOf(part) for part in parts)
            if is_meant and dock.is_behind:
                beside = self.targets.window.tabifiedDockWidgets(dock)
                if not any(self.docks[LESSON] is other and other.content.isVisible() for other in beside):
                    dock.raise_()

    def _circuit(self, what: object, *more: object) -> None:
        if isinstance(what, Expression) or (more and isinstance(more[0], Expression)):
            expression = what if isinstance(what, Expression) else more[0]
            assert isinstance(expression, Expression)
            self.desk.open(expression.text, dict(expression.inputs))
        elif self._desk is None or not self._desk.is_open:
            raise ValueError(message("No circuit is open."))
        elif what == "set":
            self.desk.set_input(str(more[0]), float(str(more[1])))
        else:
            self.desk.go(str(what))

    def _parts(self, key: str) -> tuple[QWidget, ...]:
        return (self.docks[key].content,) if key in self.docks else self.targets.controls(key)

    def _unlock(self, parts: list[QWidget]) -> None:
        for part in list(parts):
            if isValid(part):
                part.setEnabled(True)
            if part in self._locked:
                self._locked.remove(part)

    def _go_to_phase(self, *arguments: object) -> None:
        kind, layer = arguments
        if kind == "off":
            self.slow_motion.cancel()
        elif self.slow_motion.start() and (cursor := self.slow_motion.cursor) is not None:
            wanted = (kind, layer)
            found = [index for index, phase in enumerate(cursor.phases) if (phase.kind, phase.layer) == wanted]
            if not found:
                raise ValueError(message("This network has no phase {kind} {layer}.", kind=kind, layer=layer))
            self.slow_motion.goto(found[0])


def _place_of(name: str, depth: int) -> Node | Edge:
    kind = "loss" if name == "loss" else "weight" if "-" in name else "value"
    return Quantity(kind, name).place(depth)


def _count(action: Action) -> int:
    return int(str(action.arguments[0]))
