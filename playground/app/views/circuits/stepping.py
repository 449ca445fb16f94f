"""Step bar ↔ an open circuit: through the forward and the backward pass, gate by gate, by hand or at a pace."""

from __future__ import annotations

from typing import Protocol

from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.session.clock import Metronome
from widgets.circuit_view.step_bar import StepBar


class Steppable(Protocol):
    """The owner of the circuit."""

    @property
    def current(self) -> OpenCircuit:
        """The circuit and the step at which it is shown."""

    def go_to_step(self, position: int) -> None:
        """Show the circuit with `position` steps done."""


class Stepping:
    """Moves a circuit through its steps; `metronome` beats while it plays."""

    def __init__(self, target: Steppable, bar: StepBar, metronome: Metronome) -> None:
        """Connect `bar` and `metronome` to `target`."""
        self._target, self._bar, self.metronome = target, bar, metronome
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
        self._go_to(self._target.current.done + 1)

    def step_back(self) -> None:
        """Take the last gate back."""
        self._go_to(self._target.current.done - 1)

    def go_to_start(self) -> None:
        """Know only the inputs."""
        self._go_to(0)

    def go_to_end(self) -> None:
        """Know everything."""
        self._go_to(self._target.current.total)

    def play(self, on: bool) -> None:
        """Go from gate to gate at the chosen pace; from the start where both passes are done."""
        current = self._target.current
        if not on or not current.total:
            self.pause()
            return
        if current.done >= current.total:
            self._target.go_to_step(0)
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
        self._target.go_to_step(position)

    def _on_beat(self) -> None:
        self._target.go_to_step(self._target.current.done + 1)
        if self._target.current.done >= self._target.current.total:
            self.pause()
