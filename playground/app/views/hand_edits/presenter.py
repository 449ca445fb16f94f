"""The network's menus ↔ session: freeze, prune, perturb, set and type weights by hand; and the drag of an edge."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from playground.app.views.hand_edits import reading
from playground.app.views.names import node_label
from playground.app.views.prediction.shown_numbers import shown_number
from playground.app.views.prediction.wishes import fulfil
from playground.document.changes import with_activation, with_depth
from playground.document.document import Edge, Node
from playground.engine.activations import LAYER_ACTIVATIONS
from playground.session import weight_edits
from playground.session.session import Session
from playground.training.what_if import WhatIf
from widgets.controls.number_menu import PREDICT, WHY
from widgets.dialogs.number_prompt import NumberPrompt
from widgets.network_graph import NetworkGraph
from widgets.style import numbers
from widgets.style.letting_go import let_go
from widgets.values import EdgeKey, NodeKey, NumberField

LAYER = -1


class HandEditsPresenter:
    """Opens the menu of an edge, a unit or a layer, and drags weights."""

    def __init__(self, session: Session, graph: NetworkGraph) -> None:
        """Connect the menus and drags of `graph` to `session`."""
        self._session, self._graph = session, graph
        self.menu = QMenu(graph)  # the menu that was opened last; its actions are named after their commands
        self.prompt: NumberPrompt | None = None  # the prompt that was opened last
        graph.canvas.context_requested.connect(self._on_context_requested)
        graph.canvas.selection_cleared.connect(lambda: session.set_what_if(None))
        graph.canvas.edge_drag_started.connect(lambda _key: session.begin_gesture())
        graph.canvas.edge_dragged.connect(lambda key, value: session.set_weight(Edge(*key), value))
        graph.canvas.edge_drag_ended.connect(lambda _key: session.end_gesture())

    def fill(self, key: NodeKey | EdgeKey) -> QMenu:
        """Return a new menu of the commands for `key`."""
        let_go(self.menu)
        self.menu = QMenu(self._graph)
        self.menu.setToolTipsVisible(True)
        self._fill(self.menu, key)
        if isinstance(key, NodeKey) and key.unit != LAYER:
            layer = self.menu.addMenu(f"All of {reading.layer_name(self._session.snapshot(), key.layer)}")
            layer.setToolTipsVisible(True)
            self._fill(layer, NodeKey(key.layer, LAYER))
        return self.menu

    # ---- the menu --------------------------------------------------------------------------------

    def _on_context_requested(self, key: NodeKey | EdgeKey, at: QPoint) -> None:
        if reading.edges_at(self._session.snapshot(), key):
            self.fill(key).popup(at)

    def _fill(self, menu: QMenu, key: NodeKey | EdgeKey) -> None:
        session, snapshot = self._session, self._session.snapshot()
        edges = reading.edges_at(snapshot, key)
        frozen, pruned = set(session.document.frozen), {weight.edge for weight in session.document.pruned}
        removed = [edge for edge in edges if edge in pruned]
        loose = [edge for edge in edges if edge not in pruned]
        free = [edge for edge in loose if edge not in frozen]
        heading = _add(menu, "title", reading.title(snapshot, key), "", None)
        heading.setEnabled(False)
        menu.addSeparator()
        if isinstance(key, EdgeKey) or key.unit != LAYER:
            self._fill_questions(menu, key)
        if isinstance(key, EdgeKey):
            _add(menu, "type", "Type a value…", "Every digit can be typed; double-click does the same",
                 partial(self._graph.canvas.edit, key))  # fmt: skip
        elif key.unit == LAYER and 1 <= key.layer <= session.document.depth:
            self._fill_layer(menu, key.layer)
        if free:
            _add(menu, "freeze", _counted("Freeze", free, edges), "Training no longer changes them; you still can",
                 partial(weight_edits.freeze, session, free))  # fmt: skip
        if len(free) < len(loose):
            thawed = [edge for edge in loose if edge in frozen]
            _add(menu, "unfreeze", _counted("Unfreeze", thawed, edges), "Let training change them again",
                 partial(weight_edits.freeze, session, thawed, False))  # fmt: skip
        if loose:
            _add(menu, "prune", _counted("Prune", loose, edges), "Set to 0 and keep at 0",
                 partial(weight_edits.prune, session, loose))  # fmt: skip
        if removed:
            _add(menu, "revive", _counted("Revive", removed, edges), "Restore the values from before pruning",
                 partial(weight_edits.revive, session, removed))  # fmt: skip
        menu.addSeparator()
        if loose:
            _add(menu, "perturb", "Perturb…", "w ← w + scale · n, n from a normal generator with a seed",
                 partial(self._ask_to_perturb, loose, reading.title(snapshot, key)))  # fmt: skip
        if not isinstance(key, EdgeKey):
            self._fill_what_if(menu, key)
            _add(menu, "set_all", "Set all to…", "One value for all: equal weights stay equal as they train",
                 partial(self._ask_to_set_all, edges, reading.title(snapshot, key)))  # fmt: skip

    def _fill_questions(self, menu: QMenu, key: NodeKey | EdgeKey) -> None:
        display = self._session.display
        number = shown_number(key, display.edge_kind, display.neuron_kind)
        _add(menu, WHY, "Why?\t?", "Show where the number that it shows came from",
             partial(fulfil, self._session, number, WHY))  # fmt: skip
        _add(menu, PREDICT, "Predict it\tH", "Hide the number that it shows everywhere, and type what you expect",
             partial(fulfil, self._session, number, PREDICT))  # fmt: skip
        menu.addSeparator()

    def _fill_layer(self, menu: QMenu, layer: int) -> None:
        session, depth = self._session, self._session.document.depth
        _add(menu, "settings", "Layer settings…", "Its activation with its curve, its constants, dropout",
             partial(self._graph.open_layer_settings, layer))  # fmt: skip
        name = session.document.hidden[layer - 1].activation
        if any(one.activation != name for one in session.document.hidden):
            label = LAYER_ACTIVATIONS[name].label
            _add(menu, "activation_for_all", f"{label} in all hidden layers", "One activation for all; weights stay",
                 partial(session.change, with_activation(name), "Change all activations"))  # fmt: skip
        _add(menu, "layer_more", "One hidden layer more", "Add a layer before the output; the others keep theirs",
             partial(session.change, with_depth(depth + 1), "Add a hidden layer"))  # fmt: skip
        _add(menu, "layer_fewer", "One hidden layer fewer", "Remove the last hidden layer",
             partial(session.change, with_depth(depth - 1), "Remove a hidden layer"))  # fmt: skip
        menu.addSeparator()

    def _fill_what_if(self, menu: QMenu, key: NodeKey) -> None:
        session = self._session
        if session.what_if is not None:
            _add(menu, "end_what_if", "End the what-if", "Show every reading without it again (Esc)",
                 partial(session.set_what_if, None))  # fmt: skip
        if key.unit != LAYER and WhatIf(Node(*key), 0.0).fits(session.run.network):
            _add(menu, "what_if", "What if this unit were…", "Clamp its activation for reading only",
                 partial(self._ask_what_if, Node(*key)))  # fmt: skip

    # ---- questions -------------------------------------------------------------------------------

    def _ask_what_if(self, node: Node) -> None:
        def set_what_if(given: tuple[float, ...]) -> None:
            self._session.set_what_if(WhatIf(node, given[0]))

        what = f"What if {node_label(self._session.snapshot(), node)} were…"
        self._ask("What if", what, (reading.WHAT_IF,), set_what_if)

    def _ask_to_set_all(self, edges: tuple[Edge, ...], what: str) -> None:
        self._ask(
            "Set all to", what, (reading.SET_ALL,), lambda given: weight_edits.set_all(self._session, edges, *given)
        )

    def _ask_to_perturb(self, edges: list[Edge], what: str) -> None:
        def perturb(given: tuple[float, ...]) -> None:
            weight_edits.perturb(self._session, edges, given[0], int(given[1]))

        self._ask("Perturb", what, reading.PERTURB, perturb)

    def _ask(
        self, title: str, what: str, asked: tuple[NumberField, ...], done: Callable[[tuple[float, ...]], object]
    ) -> None:
        self.prompt = NumberPrompt(title, what, asked, self._graph.window())
        self.prompt.numbers_given.connect(done)
        self.prompt.open()


def _add(menu: QMenu, name: str, text: str, tip: str, run: Callable[[], object] | None) -> QAction:
    action = menu.addAction(text)
    action.setObjectName(name)
    action.setToolTip(tip or text)
    if run is not None:
        action.triggered.connect(lambda _checked=False: run())
    return action


def _counted(verb: str, some: list[Edge], edges: tuple[Edge, ...]) -> str:
    return verb if len(some) == len(edges) else f"{verb} {numbers.grouped(len(some))} of {numbers.grouped(len(edges))}"
