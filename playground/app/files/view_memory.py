"""ViewMemory: how views show things, as plain values that are saved with the document."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from math import inf
from typing import TYPE_CHECKING

from playground.app.files.hidden_controls import HiddenControls
from playground.session.clock import AUTO, Clock
from widgets.controls.overlay_menu import OverlayMenu
from widgets.frame.inspector import Inspector
from widgets.frame.panel_dock import PanelDock
from widgets.frame.transport_bar import SPEED, TransportBar
from widgets.plane.output_plane import OutputPlane

if TYPE_CHECKING:
    from playground.app.views.circuits.presenter import CircuitsPresenter
    from widgets.loss_plot import LossPlot


SPEED_WORDS: dict[float | None, str] = {AUTO: "auto", None: "max"}


class ViewMemory:
    """Reads and sets switches, overlays, the inspector's page and which docks are shown."""

    def __init__(
        self,
        output: OutputPlane,
        overlays: OverlayMenu,
        inspector: Inspector,
        docks: Mapping[str, PanelDock],
        controls: HiddenControls,
        clock: Clock,
        transport: TransportBar,
    ) -> None:
        """Serve these widgets, and the speed of `clock`; curves and circuits follow once they are made."""
        self._clock, self._transport = clock, transport
        self._output, self._overlays, self._inspector, self._docks = output, overlays.actions_by_key, inspector, docks
        self._controls = controls
        self._curves: LossPlot | None = None
        self._log: bool | None = None
        self._circuits: CircuitsPresenter | None = None
        self._circuit: dict[str, object] = {}

    def watch_curves(self, plot: LossPlot) -> None:
        """Serve the curves too, which are made after the first paint."""
        self._curves = plot
        if self._log is not None:
            plot.set_log(self._log)

    def watch_circuits(self, circuits: CircuitsPresenter) -> None:
        """Serve the Circuits view too, which is made when first opened."""
        self._circuits = circuits
        circuits.restore(self._circuit)

    def settings(self) -> dict[str, object]:
        """Return how views show things now."""
        output = self._output
        log = self._curves.tools.log_switch.isChecked() if self._curves else bool(self._log)
        return {
            "discretize": output.discretize_switch.isChecked(),
            "show_test": output.test_switch.isChecked(),
            "log": log,
            "speed": SPEED_WORDS.get(self._clock.speed, self._clock.speed),
            "inspector": self._inspector.current,
            "overlays": [key for key, action in self._overlays.items() if action.isChecked()],
            "docks": {key: not dock.isHidden() for key, dock in self._docks.items()},
            **({"hidden_controls": list(hidden)} if (hidden := self._controls.keys) else {}),
            **({"circuit": circuit} if (circuit := self._circuit_settings()) else {}),
        }

    def show(self, settings: Mapping[str, object]) -> None:
        """Show things as `settings` say; entries that are missing, unknown or of another type change nothing.

        Only what is hidden is hidden by this document alone.
        """
        output = self._output
        for name, change in (("discretize", output.set_discretize), ("show_test", output.set_test_data_shown)):
            value = settings.get(name)
            if isinstance(value, bool):
                change(value)
        self._show_speed(settings.get("speed"))
        self._show_log(settings.get("log"))
        page = settings.get("inspector")
        if isinstance(page, str):
            with suppress(ValueError):  # a page of another program version
                self._inspector.show_page(page)
        self._show_overlays(settings.get("overlays"))
        self._show_docks(settings.get("docks"))
        self._show_circuit(settings.get("circuit"))
        hidden = settings.get("hidden_controls")
        self._controls.hide(hidden if isinstance(hidden, list | tuple) else ())

    # ---- inside --------------------------------------------------------------------------------

    def _show_speed(self, wanted: object) -> None:
        known = {word: speed for speed, word in SPEED_WORDS.items()}
        if isinstance(wanted, str) and wanted in known:
            speed = known[wanted]
        elif isinstance(wanted, int | float) and not isinstance(wanted, bool) and SPEED.low < wanted <= SPEED.high:
            speed = float(wanted)
        else:
            speed = AUTO  # a file of a version before, or a new document
        self._clock.set_speed(speed)
        self._transport.set_speed(inf if speed is None else speed)

    def _show_log(self, log: object) -> None:
        if isinstance(log, bool):
            self._log = log
            if self._curves is not None:
                self._curves.set_log(log)

    def _show_overlays(self, wanted: object) -> None:
        if isinstance(wanted, list | tuple):
            for key, action in self._overlays.items():
                if (key in wanted) != action.isChecked():
                    action.trigger()

    def _circuit_settings(self) -> dict[str, object]:
        return self._circuits.settings() if self._circuits else self._circuit

    def _show_circuit(self, settings: object) -> None:
        self._circuit = {str(name): value for name, value in settings.items()} if isinstance(settings, Mapping) else {}
        if self._circuits is not None:
            self._circuits.restore(self._circuit)

    def _show_docks(self, wanted: object) -> None:
        if isinstance(wanted, Mapping):
            for key, dock in self._docks.items():
                shown = wanted.get(key)
                if isinstance(shown, bool) and shown == dock.isHidden():
                    dock.setVisible(shown)
