"""Network view ↔ session: structure, live numbers, selection, and edits on the columns."""

from __future__ import annotations

from dataclasses import replace

from playground.app.views.hand_edits.reading import what_if_badges, with_locks
from playground.app.views.health.watch import HealthWatch
from playground.app.views.network import reading
from playground.app.views.network import slow_motion_reading as slow_reading
from playground.app.views.network.hidden_numbers import without_hidden
from playground.app.views.prediction.shown_numbers import shown_number
from playground.app.views.prediction.wishes import fulfil
from playground.app.views.scheduling import PICTURES, READINGS, READOUTS, Aspect, Scheduler
from playground.document.changes import with_activation, with_depth, with_feature, with_layer, with_width
from playground.document.document import LOSS, Edge, Node
from playground.engine import features
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from playground.training.step_cursor import StepCursor
from widgets.frame.phase_strip import PhaseStrip, phases_of
from widgets.network_graph import NetworkGraph
from widgets.values import EdgeKey, NetworkFrame, NetworkNumbers, NodeKey


class NetworkPresenter:
    """Shows the network and turns its gestures into edits and selections."""

    def __init__(
        self,
        session: Session,
        scheduler: Scheduler,
        slow: SlowMotion,
        graph: NetworkGraph,
        phases: PhaseStrip,
        health: HealthWatch,
    ) -> None:
        """Connect `graph` and `phases` to `session` and its slow motion; `health` knows of dead and saturated units."""
        self._slow = slow
        self._session, self._graph, self._phases, self._health = session, graph, phases, health
        self._loss = 0.0
        self._phase: StepCursor | None = None
        self._numbers: NetworkNumbers | None = None
        self._maps: reading.Maps | None = None  # while training plays, they may be of a frame before
        self._diagram = reading.diagram(session.snapshot())
        graph.set_activation_choices(reading.activation_choices())
        self._connect_graph()
        self._show_diagram()
        scheduler.add(graph, self._read_numbers, READINGS, times=READOUTS, light=True)
        on = READINGS | Aspect.DISPLAY  # other columns need other maps at once
        maps = scheduler.add(graph, self._read_maps, on, times=PICTURES, light=True, patience=Aspect.RUN)
        frame = scheduler.add(graph, self.show, READINGS | Aspect.SELECTION | Aspect.DISPLAY)
        for moved in (slow.moved, slow.ended):
            moved.connect(maps.refresh)
            moved.connect(frame.refresh)
        slow.moved.connect(self._show_travel)

    def show(self, changed: Aspect) -> None:
        """Show what has changed: columns, selection, numbers."""
        if Aspect.DOCUMENT in changed:
            self._show_columns()
        if Aspect.SELECTION in changed:
            self._show_selection()
        if changed & (Aspect.DOCUMENT | Aspect.SELECTION | Aspect.DISPLAY):  # others than those of the columns now
            self._write_numbers()
        self._show_frame()

    def _read_maps(self, _changed: Aspect) -> None:
        is_map = self._session.display.neuron_kind == "activation" and not self._slow.cursor
        self._maps = reading.activation_maps(self._session.snapshot()) if is_map else None

    def _read_numbers(self, _changed: Aspect) -> None:
        losses = self._session.snapshot().losses
        self._loss = losses.train + losses.regularization
        self._write_numbers()

    def _write_numbers(self) -> None:
        """Read the numbers on nodes and edges, where they are written."""
        session, display = self._session, self._session.display
        self._numbers = None
        if display.values:
            example = session.selection.example
            self._numbers = reading.written(session.snapshot(), example, display.edge_kind, display.neuron_kind)

    def _show_frame(self) -> None:
        """Show the current numbers; in slow motion, those that are computed."""
        if self._slow.cursor:
            cursor, example = self._slow.cursor, self._session.selection.example
            numbers = slow_reading.written(cursor, example) if self._session.display.values else None
            self._set_frame(replace(slow_reading.frame(cursor, example), numbers=numbers))
        else:
            snapshot, selection = self._session.snapshot(), self._session.selection
            badges = {**self._health.badges, **what_if_badges(self._session.what_if)}
            frame = reading.frame(
                snapshot,
                selection.example,
                self._session.display.edge_kind,
                self._session.display.neuron_kind,
                loss=self._loss,
                badges=badges,
                with_values=self._is_read(),
                maps=self._maps,
            )
            self._set_frame(replace(frame, numbers=self._numbers))

    def _set_frame(self, frame: NetworkFrame) -> None:
        snapshot, hidden = self._session.snapshot(), self._session.prediction.hidden()
        frame = with_locks(frame, snapshot)
        self._graph.set_frame(without_hidden(frame, snapshot, hidden) if hidden else frame)

    def _show_travel(self) -> None:
        """Let the signal of the phase that slow motion has gone on to travel; on the way back nothing does."""
        before, cursor = self._phase, self._slow.cursor
        self._phase = cursor
        if cursor is None or before is None or cursor.snapshot is not before.snapshot or cursor.index < before.index:
            return
        if cursor.phase.kind in ("forward", "loss"):
            self._graph.canvas.show_travel(cursor.phase.layer or cursor.n_layers + 1, backward=False)
        elif cursor.phase.kind == "backward":
            self._graph.canvas.show_travel(cursor.phase.layer + 1, backward=True)

    def _is_read(self) -> bool:
        """Return whether a tooltip may need the numbers: training is paused, or the pointer is on a node."""
        return not self._session.is_playing or self._session.hovered is not None

    def _connect_graph(self) -> None:
        graph, session = self._graph, self._session
        graph.canvas.neuron_hovered.connect(lambda key: session.hover(None if key is None else Node(*key)))
        graph.canvas.neuron_clicked.connect(lambda key: session.select(node=Node(*key), edge=None))
        graph.canvas.loss_clicked.connect(lambda: session.select(node=LOSS, edge=None))
        graph.canvas.edge_clicked.connect(self._on_edge_clicked)
        graph.canvas.edge_value_typed.connect(lambda key, value: session.set_weight(Edge(*key), value))
        graph.canvas.wished.connect(self._on_wished)
        graph.canvas.selection_cleared.connect(lambda: session.select(node=None, edge=None))
        graph.width_pressed.connect(lambda _layer: session.begin_gesture())
        graph.width_changed.connect(lambda layer, width: session.change(with_width(layer, width), "Change a width"))
        graph.width_released.connect(lambda _layer: session.end_gesture())
        graph.depth_pressed.connect(session.begin_gesture)
        graph.depth_changed.connect(lambda depth: session.change(with_depth(depth), "Change the depth"))
        graph.depth_released.connect(session.end_gesture)
        graph.all_activations_picked.connect(
            lambda name: session.change(with_activation(name), "Change all activations")
        )
        graph.activation_picked.connect(
            lambda layer, name: session.change(with_layer(layer, activation=name), "Change an activation")
        )
        graph.feature_toggled.connect(self._on_feature_toggled)
        graph.edge_kind_picked.connect(lambda kind: session.set_display(edge_kind=kind))
        graph.neuron_kind_picked.connect(lambda kind: session.set_display(neuron_kind=kind))
        graph.values_switched.connect(lambda on: session.set_display(values=on))

    def _on_wished(self, key: NodeKey | EdgeKey, wish: str) -> None:
        display = self._session.display
        fulfil(self._session, shown_number(key, display.edge_kind, display.neuron_kind), wish)

    def _on_edge_clicked(self, key: EdgeKey) -> None:
        edge = Edge(*key)
        self._session.select(node=Node(edge.layer, edge.target), edge=edge)

    def _on_feature_toggled(self, name: str, on: bool) -> None:
        order = tuple(f.name for f in features.available(self._session.run.data.sample.points.shape[1]))
        if not self._session.change(with_feature(name, on, order), "Switch an input feature"):
            self._graph.set_diagram(self._diagram)

    def _show_columns(self) -> None:
        diagram = reading.diagram(self._session.snapshot())
        if diagram != self._diagram:
            self._diagram = diagram
            self._show_diagram()

    def _show_diagram(self) -> None:
        self._graph.set_diagram(self._diagram)
        self._phases.set_phases(phases_of(len(self._session.run.network.layers)))

    def _show_selection(self) -> None:
        selection = self._session.selection
        if selection.edge is not None:
            self._graph.set_selection(EdgeKey(*selection.edge))
        else:
            self._graph.set_selection(None if selection.node is None else NodeKey(*selection.node))
