"""Step bar ↔ an open circuit: through the forward and the backward pass, gate by gate, by hand or at a pace."""

from __future__ import annotations

from collections.abc import Callable

from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.session.clock import Metronome
from widgets.circuit_view.step_bar import StepBar


class Stepping:
    """Moves a circuit through its steps; `metronome` beats while it plays."""

    def __init__(
        self, current: Callable[[], OpenCircuit], show: Callable[[int], None], bar: StepBar, metronome: Metronome
    ) -> None:
        """Connect `bar` and `metronome`; `show` shows the `current` circuit with a number of steps done."""
        self._current, self._show, self._bar, self.metronome = current, show, bar, metronome
        bar.set_pace(metronome.pace)
        bar.first_requested.connect(self.go_to_start)
        bar.back_requested.connect(self.step_back)
        bar.forward_requested.connect(self.step)
        bar.last_requested.connect(self.go_to_end)
        bar.play_toggled.connect(self.play)
        bar.pace_changed.connect(metronome.set_pace)
        metronome.beat.connect(self._on_beat)

    def step(self) -> None:
        """Compute the next gate."""
        self._go_to(self._current().done + 1)

    def step_back(self) -> None:
        """Take the last gate back."""
        self._go_to(self._current().done - 1)

    def go_to_start(self) -> None:
        """Know only the inputs."""
        self._go_to(0)

    def go_to_end(self) -> None:
        """Know everything."""
        self._go_to(self._current().total)

    def play(self, on: bool) -> None:
        """Go from gate to gate at the chosen pace; from the start where both passes are done."""
        current = self._current()
        if not on or not current.total:
            self.pause()
            return
        if current.done >= current.total:
            self._show(0)
        self.metronome.start()
        self._bar.set_playing(True)

    def toggle_play(self) -> None:
        """Play or pause."""
        self.play(not self.metronome.is_running)

    def pause(self) -> None:
        """Stop at this step."""
        self.metronome.stop()
        self._bar.set_playing(False)

    def _go_to(self, position: int) -> None:
        self.pause()
        self._show(position)

    def _on_beat(self) -> None:
        self._show(self._current().done + 1)
        if self._current().done >= self._current().total:
            self.pause()
