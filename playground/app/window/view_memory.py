"""ViewMemory: what the views of a window remember of themselves in a file; plain values out, and in with care."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from playground.app.views.circuits.presenter import CircuitsPresenter
    from playground.app.window.main_window import MainWindow
    from widgets.frame.panel_dock import PanelDock
    from widgets.loss_plot import LossPlot


class ViewMemory:
    """Reads and sets switches, overlays, the inspector's page and the shown docks of a window."""

    def __init__(self, window: MainWindow) -> None:
        """Look at `window`; its curves may come later."""
        self._window = window
        self._curves: LossPlot | None = None
        self._log: bool | None = None
        self._circuits: CircuitsPresenter | None = None
        self._circuit: dict[str, object] = {}

    def watch_curves(self, plot: LossPlot) -> None:
        """Take in the curves, which are made after the first paint."""
        self._curves = plot
        if self._log is not None:
            plot.set_log(self._log)

    def watch_circuits(self, circuits: CircuitsPresenter) -> None:
        """Take in the Circuits view, which is made when first asked for."""
        self._circuits = circuits
        circuits.restore(self._circuit)

    def settings(self) -> dict[str, object]:
        """Return how the window shows things now."""
        output = self._window.panels.output
        log = self._curves.tools.log_switch.isChecked() if self._curves else self._log
        return {
            "discretize": output.discretize_switch.isChecked(),
            "show_test": output.test_switch.isChecked(),
            **({} if log is None else {"log": log}),
            "inspector": self._window.panels.inspector.current,
            "overlays": [key for key, action in self._overlays().items() if action.isChecked()],
            "docks": {key: not dock.isHidden() for key, dock in self._docks().items()},
            **({"circuit": circuit} if (circuit := self._kept_circuit()) else {}),
        }

    def show(self, settings: Mapping[str, object]) -> None:
        """Let the window show things as `settings` say; what is missing, unknown or of another kind changes nothing."""
        output = self._window.panels.output
        for name, change in (("discretize", output.set_discretize), ("show_test", output.set_test_data_shown)):
            value = settings.get(name)
            if isinstance(value, bool):
                change(value)
        self._show_log(settings.get("log"))
        page = settings.get("inspector")
        if isinstance(page, str):
            with suppress(ValueError):  # a page of another program version
                self._window.panels.inspector.show_page(page)
        self._show_overlays(settings.get("overlays"))
        self._show_docks(settings.get("docks"))
        self._show_circuit(settings.get("circuit"))

    # ---- inside --------------------------------------------------------------------------------

    def _show_log(self, log: object) -> None:
        if isinstance(log, bool):
            self._log = log
            if self._curves is not None:
                self._curves.set_log(log)

    def _show_overlays(self, wanted: object) -> None:
        if isinstance(wanted, list | tuple):
            for key, action in self._overlays().items():
                if (key in wanted) != action.isChecked():
                    action.trigger()

    def _kept_circuit(self) -> dict[str, object]:
        return self._circuits.settings() if self._circuits else self._circuit

    def _show_circuit(self, kept: object) -> None:
        self._circuit = {str(name): value for name, value in kept.items()} if isinstance(kept, Mapping) else {}
        if self._circuits is not None:
            self._circuits.restore(self._circuit)

    def _show_docks(self, wanted: object) -> None:
        if isinstance(wanted, Mapping):
            for key, dock in self._docks().items():
                shown = wanted.get(key)
                if isinstance(shown, bool) and shown == dock.isHidden():
                    dock.setVisible(shown)

    def _overlays(self) -> dict[str, QAction]:
        return self._window.panels.overlays.actions_by_key

    def _docks(self) -> dict[str, PanelDock]:
        return {**self._window.docks, **self._window.views.docks}
