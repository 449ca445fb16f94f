"""Inspector ↔ session: the gradient card of the selected node at the selected example."""

from __future__ import annotations

from playground.app.views.example_picture import picture
from playground.app.views.hand_edits.reading import what_if_title
from playground.app.views.inspector.card_numbers import Reading, numbers_of, veiled
from playground.app.views.inspector.mean_reading import mean_card
from playground.app.views.inspector.reading import card
from playground.app.views.names import edge_label, example_text, node_label, node_title
from playground.app.views.prediction.blanks import Named
from playground.app.views.prediction.wishes import answer_at, fulfil
from playground.app.views.scheduling import READINGS, Aspect, Scheduler
from playground.document.document import Edge, Node
from playground.document.selection import Example
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.controls.number_menu import WHY
from widgets.frame.inspector import Inspector
from widgets.gradient_card.gradient_card import GradientCard
from widgets.values import EdgeKey, MeanReading
from widgets.values.veil import Place

_ONLY_RESULTS = "Of an update you can predict the batch gradient g, the update Δw and the next weight."


class InspectorPresenter:
    """Shows the card and turns a typed weight into an edit."""

    def __init__(
        self,
        session: Session,
        scheduler: Scheduler,
        slow_motion: SlowMotion,
        inspector: Inspector,
        card_view: GradientCard,
    ) -> None:
        """Connect both widgets to `session`; `slow_motion` decides what is computed yet."""
        self._session, self._slow, self._inspector, self._card = session, slow_motion, inspector, card_view
        self._reading: Reading | None = None
        card_view.edge_clicked.connect(self._on_edge_clicked)
        card_view.mean_clicked.connect(self._on_mean_clicked)
        card_view.example_clicked.connect(lambda index: session.select(example=Example(index)))
        card_view.back_clicked.connect(self._on_back_clicked)
        card_view.answered.connect(self._on_answered)
        card_view.wished.connect(self._on_wished)
        card_view.weight_typed.connect(lambda key, value: session.set_weight(Edge(*key), value))
        scheduler.add(inspector, self.show_subject, Aspect.DOCUMENT | Aspect.SELECTION | Aspect.WHAT_IF)
        scheduler.add(inspector, self.show_picture, READINGS | Aspect.SELECTION, times=10)
        self._view = scheduler.add(card_view, self.show_card, READINGS | Aspect.SELECTION, times=20)
        slow_motion.moved.connect(self._view.refresh)
        slow_motion.ended.connect(self._view.refresh)

    def show_card(self, changed: Aspect) -> None:
        """Show the current numbers."""
        selection = self._session.selection
        self._reading = None if selection.node is None else self._read(selection.node)
        self._card.set_reading(self._reading)
        if changed & (Aspect.SELECTION | Aspect.OWN):
            self._card.set_selected_edge(None if selection.edge is None else EdgeKey(*selection.edge))

    def _read(self, node: Node) -> Reading:
        selection, snapshot = self._session.selection, self._session.snapshot()
        hidden, cursor = self._session.prediction.hidden(), self._slow.cursor
        made: Reading
        if selection.follows_mean and selection.edge is not None:
            made = mean_card(snapshot, selection.edge, selection.example, cursor, hidden)
        else:
            edge = selection.edge
            is_said = edge is not None and not (hidden and hidden.hides("batch_gradient", edge))
            made = card(snapshot, node, selection.example, cursor, edge if is_said else None)
        return veiled(made, snapshot, node, selection.edge, hidden) if hidden else made

    def _named(self, place: Place) -> Named | None:
        node, edge = self._session.selection.node, self._session.selection.edge
        if self._reading is None or node is None:
            return None
        found = numbers_of(self._reading, self._session.run.network, node, edge)
        return next((named for here, named in found if here == place), None)

    def _on_answered(self, place: Place, typed: str) -> None:
        if named := self._named(place):
            answer_at(self._session, named, typed)

    def _on_wished(self, place: Place, wish: str) -> None:
        if named := self._named(place):
            fulfil(self._session, named, wish)
        elif isinstance(self._reading, MeanReading) and place[0] == "step":
            step = self._reading.steps[place[1]]
            if wish == WHY and step.has_earlier and self._slow.cursor is None:
                self._session.ask_earlier()
            self._session.note(step.origin if wish == WHY else _ONLY_RESULTS)

    def _on_edge_clicked(self, key: EdgeKey) -> None:
        edge = Edge(*key)
        self._session.select(node=Node(edge.layer, edge.target), edge=edge)

    def _on_mean_clicked(self, key: EdgeKey) -> None:
        edge = Edge(*key)
        self._session.select(node=Node(edge.layer, edge.target), edge=edge, follows_mean=True)

    def _on_back_clicked(self) -> None:
        self._session.select(follows_mean=False)

    def show_picture(self, _changed: Aspect) -> None:
        """Show the example as a picture where its inputs are pixels, and what the network says of it now."""
        session = self._session
        self._inspector.set_picture(picture(session.snapshot(), session.selection.example, session.prediction.hidden()))

    def show_subject(self, _changed: Aspect) -> None:
        """Show what is inspected, and at which example."""
        snapshot, selection = self._session.snapshot(), self._session.selection
        if selection.edge is not None:
            ways = [edge_label(snapshot, selection.edge)]
        elif selection.node is not None:
            ways = [node_title(snapshot, selection.node), node_label(snapshot, selection.node)]
        else:
            ways = ["Click a neuron to follow its gradients", "Click a neuron"]
        parts = example_text(snapshot, selection.example), what_if_title(snapshot)
        said = [" · ".join(part for part in (way, *parts) if part) for way in ways]
        self._inspector.set_subject(*said, has_selection=selection.node is not None)
