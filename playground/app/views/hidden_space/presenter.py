"""Hidden space ↔ session: one layer's view of the data, thirty times a second at most, and only while it is seen."""

from __future__ import annotations

from dataclasses import replace
from weakref import ref

from playground.analysis.hidden_space import PRINCIPAL, SCORE, Axes
from playground.app.views.hand_edits.reading import what_if_title
from playground.app.views.hidden_space import slow_motion_reading as hidden_space_walk
from playground.app.views.hidden_space.reading import HiddenSpaceReading
from playground.app.views.names import layer_labels
from playground.app.views.scheduling import READINGS, Aspect, Scheduler
from playground.document.prepared_data import PreparedData
from playground.document.selection import Example
from playground.engine.network import Network
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from playground.training.snapshot import Snapshot
from widgets.plots.hidden_space_plot import HiddenSpacePlot
from widgets.plots.hidden_space_view import EMPTY
from widgets.values import Choice

LAST = 0
"""The layer before the output, however many there are: what is shown until the user picks one."""


class HiddenSpacePresenter:
    """Shows one hidden layer and turns clicks on points into the selected example."""

    def __init__(self, session: Session, scheduler: Scheduler, slow: SlowMotion, plot: HiddenSpacePlot) -> None:
        """Connect `plot` to `session` and its slow motion."""
        self._session, self._slow, self._plot = session, slow, plot
        self._layer = LAST
        self._axes: dict[int, Axes] = {}
        self._reading: HiddenSpaceReading | None = None
        self._of: tuple[Network, ref[PreparedData]] | None = None
        plot.layer_picked.connect(self._on_layer_picked)
        plot.axes_picked.connect(self._on_axes_picked)
        plot.point_clicked.connect(lambda index: session.select(example=Example(index)))
        self._frame = scheduler.add(plot, self.show_frame, READINGS, times=30)
        scheduler.add(plot, self._show_example, Aspect.SELECTION)
        slow.moved.connect(self._frame.refresh)
        slow.ended.connect(self._frame.refresh)

    def show_frame(self, _changed: Aspect) -> None:
        """Show the current state; in slow motion, as far as it has come."""
        snapshot = self._session.snapshot()
        if self._of is None or self._of[0] is not snapshot.network or self._of[1]() is not snapshot.data:
            self._of = snapshot.network, ref(snapshot.data)  # which a hidden view must not keep
            self._prepare(snapshot)
        if self._reading is None:
            self._plot.set_frame(None, EMPTY)
        elif self._slow.cursor:
            self._plot.set_frame(hidden_space_walk.frame(self._reading, self._slow.cursor))
        else:
            frame, supposed = self._reading.frame(snapshot), what_if_title(snapshot)
            self._plot.set_frame(replace(frame, title=f"{supposed} · {frame.title}") if supposed else frame)

    def _prepare(self, snapshot: Snapshot) -> None:
        """Make the reading of the present layer and axes, and offer what can be chosen."""
        depth = snapshot.network.depth
        if depth == 0:
            self._reading = None
            self._plot.set_choices((), 0, (), PRINCIPAL)
            return
        layer = self._layer if LAST < self._layer <= depth else depth
        units = snapshot.network.layers[layer - 1].units
        scored = layer == depth and snapshot.network.spec.n_outputs <= 2 < units
        axes = self._axes_of(layer, units, scored)
        self._reading = HiddenSpaceReading(snapshot, layer, axes)
        layers = tuple(Choice(str(i), f"Hidden {i}") for i in range(1, depth + 1))
        self._plot.set_choices(layers, layer, layer_labels(snapshot, layer), axes, with_score=scored)

    def _axes_of(self, layer: int, units: int, scored: bool) -> Axes:
        """Return what the user picked for `layer` where it still has a place, else what shows most."""
        if units == 1:
            return 0, None
        first = SCORE if scored else PRINCIPAL
        chosen = self._axes.get(layer, (0, 1) if units == 2 else first)
        if isinstance(chosen, tuple):
            return chosen if chosen[1] is not None and max(chosen[0], chosen[1]) < units else first
        return chosen if scored else PRINCIPAL

    def _on_layer_picked(self, layer: int) -> None:
        self._layer = layer
        self._renew()

    def _on_axes_picked(self, axes: Axes) -> None:
        if self._reading is not None:
            self._axes[self._reading.layer] = axes
        self._renew()

    def _renew(self) -> None:
        self._of = None
        self._frame.refresh()

    def _show_example(self, _changed: Aspect) -> None:
        self._plot.set_example(self._session.selection.example.index)
