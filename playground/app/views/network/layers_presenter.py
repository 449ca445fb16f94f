"""Layer popup ↔ document: activation constants and dropout of one hidden layer."""

from __future__ import annotations

from playground.app.views.network.layers_reading import settings
from playground.app.views.scheduling import Aspect, Scheduler
from playground.document.changes import with_layer
from playground.engine.setting import settings_of
from playground.engine.spec import LayerSpec
from playground.session.session import Session
from widgets.network_graph import NetworkGraph

_NAMES = {
    "slope": "Change a slope",
    "alpha": "Change α",
    "pieces": "Change the number of pieces",
    "dropout": "Change the dropout",
}


class LayersPresenter:
    """Shows each hidden layer's settings and turns the popup's gestures into edits."""

    def __init__(self, session: Session, scheduler: Scheduler, graph: NetworkGraph) -> None:
        """Connect `graph` to `session`."""
        self._session, self._graph = session, graph
        graph.layer_field_pressed.connect(lambda _layer, _key: session.begin_gesture())
        graph.layer_field_changed.connect(self._on_field_changed)
        graph.layer_field_released.connect(lambda _layer, _key: session.end_gesture())
        scheduler.add(graph, lambda _changed: self.show_settings(), Aspect.DOCUMENT)

    def show_settings(self) -> None:
        """Show every hidden layer's settings."""
        self._graph.set_layer_settings(settings(self._session.document))

    def _on_field_changed(self, layer: int, key: str, value: float) -> None:
        wanted = round(value) if settings_of(LayerSpec)[key].integer else value
        if not self._session.change(with_layer(layer, **{key: wanted}), _NAMES.get(key, "Change the layer")):
            self.show_settings()
